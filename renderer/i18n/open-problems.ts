import { type OpenProblemCode, openProblemCodes } from "#feed/contract/recordings.ts";
import type { Language } from "./translate.ts";

interface OpenProblemText {
  readonly what: string;
  readonly tip: string;
}

type OpenProblemTexts = Readonly<Record<OpenProblemCode, OpenProblemText>>;

const en: OpenProblemTexts = {
  "log-not-mcap": {
    what: "This file is no recording.",
    tip: "Choose a .mcap file that this product recorded.",
  },
  "log-not-ours": {
    what: "This is an MCAP file of another product.",
    tip: "Choose one that this product recorded.",
  },
  "log-newer": {
    what: "A newer version of this product recorded it.",
    tip: "Open it with that version, or a newer one.",
  },
  "log-damaged": {
    what: "The beginning of the file is damaged; there is no other copy of it.",
    tip: "Open another file of the same recording, or a copy of this one.",
  },
  "log-empty": {
    what: "The file is empty: recording ended before it began.",
    tip: "Choose another file of the recording.",
  },
  "log-none": { what: "No recording is in it.", tip: "Choose .mcap files that this product recorded." },
  "log-no-twin": {
    what: "The description of the recorded campus is damaged.",
    tip: "Open another file of the same recording together with this one.",
  },
  "log-unreadable": {
    what: "The recording cannot be read.",
    tip: "Try a copy of the file. The product's log says more.",
  },
  "log-too-large": {
    what: "The file is larger than 16 GiB.",
    tip: "Start the product with --log and the file's path: it is then shown from where it is.",
  },
  "log-too-many": {
    what: "These are more than 64 files.",
    tip: "Open fewer at a time, or start the product with --log and their folder.",
  },
  "log-disk-full": {
    what: "There is no room for a copy of the recording.",
    tip: "Free some room for temporary files, or start the product with --log and the file's path.",
  },
  "log-busy": {
    what: "Four recordings are being opened already.",
    tip: "Wait for one of them, then try again.",
  },
  "log-upload": {
    what: "The recording did not arrive whole.",
    tip: "Check that the file can still be read and that the product runs, then open it again.",
  },
  "log-gone": { what: "This recording is no longer open.", tip: "Open its file again." },
  "log-wall": {
    what: "Nobody opens recordings on a display wall.",
    tip: "Open it at a workstation.",
  },
};

const zh: OpenProblemTexts = {
  "log-not-mcap": {
    what: "该文件不是记录。",
    tip: "请选择本产品录制的 .mcap 文件。",
  },
  "log-not-ours": { what: "这是其他产品的 MCAP 文件。", tip: "请选择本产品录制的文件。" },
  "log-newer": { what: "该记录由本产品的更新版本录制。", tip: "请用该版本或更新的版本打开。" },
  "log-damaged": {
    what: "文件开头已损坏,且没有备份可用。",
    tip: "请打开同一记录的其他文件,或本文件的副本。",
  },
  "log-empty": { what: "文件为空:录制尚未开始就已结束。", tip: "请选择该记录的其他文件。" },
  "log-none": { what: "其中没有记录。", tip: "请选择本产品录制的 .mcap 文件。" },
  "log-no-twin": { what: "所录园区的描述已损坏。", tip: "请将同一记录的其他文件与本文件一起打开。" },
  "log-unreadable": { what: "记录无法读取。", tip: "请换用文件的副本再试;产品日志中有详细原因。" },
  "log-too-large": {
    what: "文件大于 16 GiB。",
    tip: "请用 --log 加文件路径启动产品,即可就地显示,无需复制。",
  },
  "log-too-many": { what: "文件超过 64 个。", tip: "请分批打开,或用 --log 加文件夹路径启动产品。" },
  "log-disk-full": {
    what: "磁盘空间不足,放不下记录的副本。",
    tip: "请为临时文件腾出空间,或用 --log 加文件路径启动产品。",
  },
  "log-busy": { what: "已有四份记录正在打开。", tip: "请等其中一份完成后再试。" },
  "log-upload": { what: "记录没有完整送达。", tip: "请确认文件仍可读取、产品仍在运行,然后重新打开。" },
  "log-gone": { what: "该记录已不再打开。", tip: "请重新打开文件。" },
  "log-wall": { what: "大屏上不打开记录。", tip: "请在工作站上打开。" },
};

/** Why a recording cannot be opened, in the user's language; undefined for any other code. */
export const openProblemText = (language: Language, code: string): OpenProblemText | undefined => {
  const known = openProblemCodes.find((each) => each === code);
  return known && (language === "zh" ? zh : en)[known];
};

import type { Language } from "./translate.ts";

/** Codes of feed/log/export and feed/replay/export-desk. */
const texts = {
  "export-point-unknown": {
    en: "One of the points is not in this recording's campus: choose others.",
    zh: "其中有测点不在该记录的园区内,请另选。",
  },
  "export-points": {
    en: "These are more than 1,000 points: choose fewer, or export in several files.",
    zh: "测点超过 1,000 个,请减少,或分成多个文件导出。",
  },
  "export-empty": {
    en: "Nothing was recorded in this range: choose another.",
    zh: "该时段内没有记录,请另选时段。",
  },
  "export-large": {
    en: "This is too much for one file: choose fewer points or a shorter range.",
    zh: "数据量超过单个文件的上限,请减少测点或缩短时段。",
  },
  "export-none": {
    en: "Another export took its place: begin it again.",
    zh: "已被另一次导出取代,请重新导出。",
  },
} as const;

/** Why something is not exported, in the user's language; undefined for any other code. */
export const exportProblemText = (language: Language, code: string): string | undefined =>
  Object.hasOwn(texts, code) ? texts[code as keyof typeof texts][language] : undefined;

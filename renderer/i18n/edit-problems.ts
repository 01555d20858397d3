import type { EditProblemCode } from "#feed/contract/edit.ts";

type EditProblemTexts = Readonly<Record<EditProblemCode, { readonly what: string; readonly tip: string }>>;

export const enEditProblems: EditProblemTexts = {
  "edit-not-announced": {
    what: "This campus comes from a twin directory.",
    tip: "Edit its files, and start again.",
  },
  "edit-asset-unknown": {
    what: "The asset is no longer there.",
    tip: "The campus was laid out anew: choose the asset again.",
  },
  "edit-fixed": {
    what: "This asset has no place of its own.",
    tip: "Move the room or building it belongs to.",
  },
  "edit-name-empty": { what: "A name is empty.", tip: "Give both names; they may be the same." },
  "edit-overlap": {
    what: "Something else stands there.",
    tip: "Move it to free ground, or move the other first.",
  },
  "edit-asset-lost": { what: "It finds no place there.", tip: "Move it to where nothing else stands." },
  "save-nowhere": {
    what: "No directory to save to was given.",
    tip: "Start the product with --save-twin DIR.",
  },
  "save-nothing": { what: "Nothing is laid out yet.", tip: "Save when the campus is there." },
  "save-foreign": {
    what: "The directory holds something that was not saved from here.",
    tip: "Start with an empty directory, or with one that was saved from here before.",
  },
  "save-failed": {
    what: "The files could not be written.",
    tip: "Check that the directory can be written to, and that the disk has room.",
  },
};

export const zhEditProblems: EditProblemTexts = {
  "edit-not-announced": { what: "本园区来自园区目录。", tip: "请修改其中的文件后重新启动。" },
  "edit-asset-unknown": { what: "该资产已不存在。", tip: "园区已重新布局,请重新选择资产。" },
  "edit-fixed": { what: "该资产没有自己的位置。", tip: "请移动它所属的机房或机楼。" },
  "edit-name-empty": { what: "名称为空。", tip: "请填写中英文名称,两者可以相同。" },
  "edit-overlap": { what: "该处已有其他资产。", tip: "请移到空处,或先移开另一个。" },
  "edit-asset-lost": { what: "该处放不下。", tip: "请移到没有其他资产的地方。" },
  "save-nowhere": { what: "没有指定保存目录。", tip: "请以 --save-twin 目录 启动。" },
  "save-nothing": { what: "尚未布局,没有可保存的内容。", tip: "请在园区出现后保存。" },
  "save-foreign": { what: "该目录中有并非由此保存的内容。", tip: "请使用空目录,或曾由此保存过的目录。" },
  "save-failed": { what: "文件无法写入。", tip: "请检查目录的写权限和磁盘空间。" },
};

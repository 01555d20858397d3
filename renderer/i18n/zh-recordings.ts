import type { enRecordings } from "./en-recordings.ts";

/** 从页面打开记录。 */
export const zhRecordings: Readonly<Record<keyof typeof enRecordings, string>> = {
  "open.button": "打开记录",
  "open.buttonTip": "打开记录:选择本产品录制的 .mcap 文件,或将文件拖入窗口",
  "open.label": "打开记录",
  "open.sending": "正在复制 {name}",
  "open.sendingMore": "正在复制 {name} 及另外 {more} 个文件",
  "open.progress": "{share},共 {size}",
  "open.reading": "正在读取 {name}",
  "open.readingMore": "正在读取 {name} 及另外 {more} 个文件",
  "open.readingWhat": "记录较长时需稍候。",
  "open.stays": "记录可显示之前,本页面保持不变。",
  "open.cancel": "取消",
  "open.refused": "未能打开记录",
  "open.where": "文件:{file}",
  "open.choose": "重新选择…",
  "open.close": "关闭",
  "open.drop": "松开即打开记录",
  "open.dropWhat": "记录将单独显示;实时画面照常运行,可随时返回。同一记录的多个文件可一并拖入。",
  "open.dropOther": "这不是记录文件",
  "open.dropOtherWhat": "此处只能打开本产品录制的 .mcap 文件。",
  "open.backLive": "返回实时",
  "open.backLog": "返回启动时的记录",
  "open.goneTitle": "该记录已不再打开",
  "open.goneWhat": "同时最多保留四份打开的记录,产品重新启动后均不保留。请返回后重新打开文件。",
  "open.goneBack": "返回启动时的画面",
};

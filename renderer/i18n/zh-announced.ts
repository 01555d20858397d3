import type { enAnnounced } from "./en-announced.ts";

/** 自描述园区:等待、修改、保存。 */
export const zhAnnounced: Readonly<Record<keyof typeof enAnnounced, string>> = {
  "announced.waiting": "等待设备自描述:已收到 {points} 个测点",
  "announced.waitingWhat": "本园区按设备自身的描述布局:DSX 元数据或 Sparkplug birth 报文。",
  "announced.waitingDo":
    "若一直没有内容,请检查服务器是否保留了元数据、访问列表是否允许读取。birth 报文在节点启动时发出,或在被请求时发出(--allow-publish)。",
  "announced.nothing": "已收到 {points} 个测点的描述,但都无法布置",
  "announced.nothingWhat": "其中没有一个属于已知的资产类别。这里不做猜测。",
  "announced.nothingDo": "下方“未映射”列表逐点说明原因。",
  "announced.beyond": "另有 {points} 个已描述的测点超出上限,未予布置。",
  "unmapped.noMatch": "主题和原因中都没有“{text}”。",
  "unmapped.first": "只显示前 {shown} 个,其余请搜索。",
  "edit.title": "修改",
  "edit.nameZh": "中文名称",
  "edit.nameEn": "英文名称",
  "edit.east": "向东,m",
  "edit.north": "向北,m",
  "edit.yaw": "自正北顺时针,°",
  "edit.placeTip": "从 {parent} 的中心量起。",
  "edit.apply": "应用",
  "edit.applying": "正在应用…",
  "edit.unchanged": "尚无改动。",
  "edit.badNumber": "{field} 不是 {low} 至 {high} 之间的数。",
  "edit.refused": "未应用。",
  "edit.lost": "数据服务无法连接,请重试。",
  "save.title": "园区目录",
  "save.what": "把园区的名称与位置存成文件;下次以同一目录启动时会沿用。",
  "save.do": "保存园区目录",
  "save.saving": "正在保存…",
  "save.done": "已保存 {files} 个文件至",
  "save.refused": "未保存。",
};

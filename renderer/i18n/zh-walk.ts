import type { enWalk } from "./en-walk.ts";

export const zhWalk: Readonly<Record<keyof typeof enWalk, string>> = {
  "walk.start": "漫游",
  "walk.tip": "以第一人称走进本机房(G)",
  "walk.none": "先进入机房视图,再开始漫游(G)",
  "walk.keys": "W A S D 行走 · 拖动环顾 · Shift 快走 · Esc 退出",
  "slots.title": "U位布置(示意)",
  "slots.note":
    "孪生未录入服务器台账:按常见设备高度与功耗填至机柜额定功率,仅为示意。柜顶色条、两侧色带及设备旁色标均为机柜自身数值,无单设备测点。",
  "slots.empty": "该机位未上架设备。",
  "slots.line": "{count} × {height} U",
  "slots.servers": "服务器",
  "slots.switches": "交换机",
  "slots.power": "电源框",
  "slots.free": "空U位(盲板)",
  "slots.units": "{used} / {all} U",
};

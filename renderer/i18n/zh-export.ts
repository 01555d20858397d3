import type { enExport } from "./en-export.ts";

/** Chinese texts of exports. */
export const zhExport: Readonly<Record<keyof typeof enExport, string>> = {
  "export.open": "导出数据或画面",
  "export.title": "导出",
  "export.range": "时段",
  "export.rangeLoop": "循环区间 I–O",
  "export.rangeView": "当前可见时段",
  "export.rangeWhole": "整段记录",
  "export.span": "{from} – {to}",
  "export.what": "测点",
  "export.selected": "{asset}:{n} 个测点",
  "export.charted": "趋势图测点:{n} 个",
  "export.nothing": "请先选中资产,或把测点加入趋势图。",
  "export.csv": "CSV(Excel)",
  "export.parquet": "Parquet",
  "export.gaps": "缺数为空单元格,旁列注明原因,不写成零。",
  "export.picture": "画面(PNG)",
  "export.pictureTip": "当前画面,连同图例、时间和标识",
  "export.progress": "正在读取记录,{share}",
  "export.cancel": "取消",
  "export.done": "已保存 {name},{size}",
  "export.failed": "未能导出:{reason}",
  "export.live": "实时,{time}",
  "export.replay": "记录回放,{time}",
  "export.simulated": "含仿真数据",
  "export.illustrative": "示意布局",
};

import type { enExtremes } from "./en-extremes.ts";

/** 画面内最高与最低;短时趋势的坐标轴;图例数值的归属。 */
export const zhExtremes: Readonly<Record<keyof typeof enExtremes, string>> = {
  "pin.highest": "画面内最高 · {name}",
  "pin.lowest": "画面内最低 · {name}",
  "pin.nearHighest": "近处最高 · {name}",
  "pin.nearLowest": "近处最低 · {name}",
  "pin.rack": "{row} {rack}",
  "energy.scene.idle": "当前不出力",
  "legend.nowIn": "{name} 当前",
  "legend.ends": "最低 {low},最高 {high}",
  "subject.trendAgo": "{n} 分钟前",
  "subject.trendBefore": "{n} 秒前起才有样本",
  "subject.trendAxis": "纵轴不自 0 起",
  "subject.trendNow": "现在",
};

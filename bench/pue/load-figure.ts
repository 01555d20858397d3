import type { Findings, Share } from "./findings.ts";
import { parts } from "./kinds.ts";
import { kindCurves, kindDot, kindLegend, partColours, partLegend, rowPx, steps, up } from "./marks.ts";
import type { Panel } from "./svg.ts";
import { band, both, drawing, element, text, xAxis, yAxis } from "./svg.ts";

/** Bands of one kind's parts over load, on the ground of IT itself. */
const bands = (panel: Panel, loads: readonly number[], shares: readonly Share[]): string => {
  let low = shares.map(() => 1);
  return parts
    .map((part) => {
      const high = shares.map((share, i) => low[i]! + share.parts[part]);
      const drawn = band(panel, { places: loads, low, high, colour: partColours[part] });
      low = high;
      return drawn;
    })
    .join("\n");
};

/** PUE of the year over load rate, and what that of chilled water with UPS is made of. */
export const loadFigure = ({ kinds, loads, byLoad, today }: Findings): string => {
  const top = up(Math.max(...byLoad.flatMap((shares) => shares.map(({ pue }) => pue))), 0.1);
  const y = { from: 1, to: top, start: 420, end: 76 };
  const left: Panel = { x: { from: 0, to: 1, start: 56, end: 500 }, y };
  const right: Panel = { x: { from: 0, to: 1, start: 560, end: 936 }, y };
  const percents = steps(0, 1, 0.2).map((load) => [load, `${Math.round(load * 100)}`] as const);
  const ticks = steps(1, top, 0.1);
  const body = [
    both(
      { zh: "全年 PUE 随负载率", en: "PUE of the year over load rate" },
      {
        x: 20,
        y: 32,
        className: "title",
      },
    ),
    both(
      { zh: "构成：冷冻水，UPS", en: "What it is made of: chilled water with UPS" },
      {
        x: 516,
        y: 32,
        className: "title",
      },
    ),
    text("PUE", { x: 20, y: 60, className: "dim" }),
    yAxis(left, ticks, (value) => value.toFixed(1)),
    yAxis(right, ticks, (value) => value.toFixed(1)),
    xAxis(left, percents),
    xAxis(right, percents),
    ...[left, right].map(({ x }) =>
      both({ zh: "负载率", en: "load rate, %" }, { x: (x.start + x.end) / 2, y: 458, anchor: "middle" }),
    ),
    bands(right, loads, byLoad[0]!),
    kindCurves(
      left,
      loads,
      byLoad.map((shares) => shares.map(({ pue }) => pue)),
    ),
    ...today.map(({ loadRate, pue }, kind) => kindDot(left, kind, [loadRate, pue])),
    kindLegend(kinds, { x: 150, y: 96 }),
    element("circle", { class: "dim", cx: 163, cy: 96 + kinds.length * rowPx, r: 4 }),
    both({ zh: "园区现状", en: "as the campus stands" }, { x: 184, y: 100 + kinds.length * rowPx }),
    partLegend(parts, { x: 690, y: 96 }),
  ].join("\n");
  return drawing(960, 476, { title: "PUE over load rate 全年 PUE 随负载率", body });
};

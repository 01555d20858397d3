import type { Findings, Share } from "./findings.ts";
import type { Kind, Part } from "./kinds.ts";
import { coolingNames } from "./kinds.ts";
import { down, kindCurves, kindLegend, partColours, partLegend, steps, up } from "./marks.ts";
import type { Panel } from "./svg.ts";
import { at, both, drawing, element, text, xAxis, yAxis } from "./svg.ts";

const monthNames = steps(1, 12, 1).map((month) => [month, `${month}`] as const);
const coolingParts = ["fans", "pumps", "towers", "frost", "compressors"] as const satisfies readonly Part[];

/** Bars of the parts of cooling by month. */
const monthBars = (panel: Panel, shares: readonly Share[]): string =>
  shares
    .flatMap((share, month) => {
      let low = 0;
      return coolingParts.map((part) => {
        const high = low + 100 * share.parts[part];
        const bar = element("rect", {
          x: at(panel.x, month + 1) - 6,
          y: at(panel.y, high),
          width: 12,
          height: at(panel.y, low) - at(panel.y, high),
          fill: partColours[part],
        });
        low = high;
        return bar;
      });
    })
    .join("\n");

/** One of each cooling system, fed by UPS: the first of each. */
const firstOfEach = (kinds: readonly Kind[]): readonly number[] =>
  kinds.flatMap((kind, i) => (kinds.findIndex(({ cooling }) => cooling === kind.cooling) === i ? [i] : []));

const monthLines = ({ kinds, byMonth, airTemperature, monthLoad }: Findings): string => {
  const all = byMonth.flatMap((shares) => shares.map(({ pue }) => pue));
  const y = { from: down(Math.min(...all), 0.02), to: up(Math.max(...all), 0.02), start: 290, end: 76 };
  const panel: Panel = { x: { from: 0.5, to: 12.5, start: 56, end: 560 }, y };
  const load = Math.round(monthLoad * 100);
  return [
    both(
      { zh: `各月 PUE（负载率 ${load} %）`, en: `PUE by month at a load rate of ${load} %` },
      {
        x: 20,
        y: 32,
        className: "title",
      },
    ),
    text("PUE", { x: 20, y: 60, className: "dim" }),
    yAxis(panel, steps(y.from, y.to, 0.02), (value) => value.toFixed(2)),
    xAxis(panel, monthNames),
    ...airTemperature.map((celsius, month) =>
      text(`${Math.round(celsius)}`.replace("-", "−"), {
        x: at(panel.x, month + 1),
        y: y.start + 34,
        anchor: "middle",
        className: "dim small",
      }),
    ),
    both({ zh: "月", en: "month" }, { x: 570, y: y.start + 17, className: "dim" }),
    both({ zh: "平均气温", en: "mean air, °C" }, { x: 570, y: y.start + 34, className: "dim small" }),
    kindCurves(
      panel,
      steps(1, 12, 1),
      byMonth.map((shares) => shares.map(({ pue }) => pue)),
    ),
    kindLegend(kinds, { x: 590, y: 96 }),
  ].join("\n");
};

/** PUE by month, and what cooling consists of in each system. */
export const monthFigure = (findings: Findings): string => {
  const { kinds, byMonth } = findings;
  const shown = firstOfEach(kinds);
  const sums = shown.flatMap((i) =>
    byMonth[i]!.map((share) => 100 * coolingParts.reduce((sum, part) => sum + share.parts[part], 0)),
  );
  const y = { from: 0, to: up(Math.max(...sums), 2), start: 560, end: 412 };
  const bars = shown.map((i, place) => {
    const start = 56 + place * 236;
    const panel: Panel = { x: { from: 0.5, to: 12.5, start, end: start + 204 }, y };
    return [
      both(coolingNames[kinds[i]!.cooling], { x: start, y: 396 }),
      yAxis(panel, steps(0, y.to, 2), (value) => `${value}`),
      xAxis(panel, monthNames),
      monthBars(panel, byMonth[i]!),
    ].join("\n");
  });
  const body = [
    monthLines(findings),
    both(
      { zh: "制冷用电，占 IT 的百分比", en: "Electricity of cooling, % of IT" },
      {
        x: 20,
        y: 360,
        className: "title",
      },
    ),
    ...bars,
    partLegend(coolingParts, { x: 746, y: 420 }),
  ].join("\n");
  return drawing(960, 596, { title: "PUE by month 各月 PUE", body });
};

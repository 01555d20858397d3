import "./language.ts";
import uPlot from "uplot";
import type { TimeRange } from "#feed/contract/replay.ts";
import type { Language } from "#renderer/i18n/translate.ts";
import type { Trends } from "#renderer/stores/trends.ts";
import { formatNumber, formatQuantity, joinQuantity, unitName } from "#renderer/ui/format.ts";
import type { Group } from "./groups.ts";
import { lookOf } from "./looks.ts";
import { type Drawn, type Frame, hatchOf, paintCurve, paintLimit, stripPx } from "./paint.ts";
import type { Picture } from "./picture.ts";
import { axisRange, wholeRange } from "./scaleY.ts";
import { tickText, timeTicks } from "./timeTicks.ts";

/** All that one plot shows. */
export interface PlotInputs {
  readonly group: Group;
  readonly picture: Picture | null;
  readonly view: TimeRange;
  readonly scale: Trends["scale"];
  readonly language: Language;
  /** Minutes east of UTC that the time axis is written in. */
  readonly offsetMin: number;
  /** The time axis is named. */
  readonly isLast: boolean;
  readonly width: number;
  readonly height: number;
}

export interface Plot {
  update(inputs: PlotInputs): void;
  /** Lines at the player's cursor and at the pointer; null: none. */
  lines(cursorMs: number | null, hoverMs: number | null): void;
  /** The part that curves are drawn in, for the pointer. */
  readonly over: HTMLElement;
  destroy(): void;
}

/** Room for the numbers at the left, CSS pixels: the same in every plot, so that moments stand above one another. */
const axisPx = 66;
const rightPx = 10;
/** From the edges of a plot to where curves are drawn, CSS pixels. */
export const plotInsets = { left: axisPx, right: rightPx } as const;
const timePx = 20;
const font = '12px "Noto Sans SC", system-ui, sans-serif';
const gridInk = "rgb(190 208 222 / 11%)";
const textInk = "#a9b6c1";

/** Words of states at a state's axis; else numbers with as many places as their step has. */
const valueTexts = ({ group, language }: PlotInputs, splits: readonly number[]): string[] => {
  const { states } = group.curves[0]!.metric;
  if (states) return splits.map((split) => states.find(({ code }) => code === split)?.[language] ?? "");
  const step = splits.length > 1 ? splits[1]! - splits[0]! : 1;
  const decimals = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  const unit = unitName(group.unit, language);
  const texts = splits.map((split) => formatNumber(split, decimals));
  // The unit stands at the uppermost line.
  return texts.map((text, i) => (i === texts.length - 1 ? joinQuantity({ digits: text, unit }) : text));
};

const strips = ({ group }: PlotInputs): number => group.curves.length * stripPx + 3;

/** One plot in `host`: uPlot keeps scales, axes and grid; the curves are ours (paint.ts). */
export const createPlot = (host: HTMLElement, first: PlotInputs): Plot => {
  let inputs = first;
  let hatch: { readonly ratio: number; readonly pattern: CanvasPattern } | null = null;
  const hatchFor = (context: CanvasRenderingContext2D, ratio: number): CanvasPattern => {
    if (hatch?.ratio !== ratio) hatch = { ratio, pattern: hatchOf(context, ratio) };
    return hatch.pattern;
  };

  const draw = (plot: uPlot): void => {
    const { left, top, width, height } = plot.bbox;
    const frame: Frame = {
      context: plot.ctx,
      left,
      top,
      width,
      height,
      ratio: uPlot.pxRatio,
      x: (timeMs) => plot.valToPos(timeMs, "x", true),
      y: (value) => plot.valToPos(value, "y", true),
    };
    paintAll(frame, inputs, hatchFor(plot.ctx, uPlot.pxRatio));
  };

  const options: uPlot.Options = {
    width: first.width,
    height: first.height,
    ms: 1,
    padding: [8, rightPx, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: true, range: () => [inputs.view.fromMs, inputs.view.toMs] },
      y: { range: () => [...axisRange(inputs.group, inputs.picture, inputs)] },
    },
    series: [{}, { paths: () => null, points: { show: false } }],
    axes: [
      {
        font,
        stroke: textInk,
        grid: { stroke: gridInk, width: 1 },
        ticks: { show: false },
        size: () => strips(inputs) + (inputs.isLast ? timePx : 0),
        gap: strips(first) + 2,
        // Not the width that uPlot has got so far: at first it has none.
        splits: () => timeTicks(inputs.view, inputs.width - axisPx - rightPx, inputs.offsetMin),
        values: (_, splits) => timeTexts(inputs, splits),
      },
      {
        font,
        stroke: textInk,
        grid: { stroke: gridInk, width: 1 },
        ticks: { show: false },
        size: axisPx,
        gap: 6,
        space: 26,
        ...(first.group.curves[0]!.metric.states && {
          splits: () => first.group.curves[0]!.metric.states!.map(({ code }) => code),
        }),
        values: (_, splits) => valueTexts(inputs, splits),
      },
    ],
    hooks: { draw: [draw] },
  };
  const plot = new uPlot(options, dataOf(first), host);
  const cursorLine = lineIn(plot.over, "trend-cursor");
  const hoverLine = lineIn(plot.over, "trend-hover");
  let lines: readonly [cursorMs: number | null, hoverMs: number | null] = [null, null];
  const place = (): void => {
    placeLine(cursorLine, inputs.view, lines[0]);
    placeLine(hoverLine, inputs.view, lines[1]);
  };

  return {
    over: plot.over,
    update: (now) => {
      const isResized = now.width !== inputs.width || now.height !== inputs.height;
      inputs = now;
      if (isResized) plot.setSize({ width: now.width, height: now.height });
      plot.setData(dataOf(now), true);
      place();
    },
    lines: (cursorMs, hoverMs) => {
      lines = [cursorMs, hoverMs];
      place();
    },
    destroy: () => plot.destroy(),
  };
};

/** uPlot only has to know that there is something: scales and curves are ours. */
const dataOf = ({ view }: PlotInputs): uPlot.AlignedData => [
  [view.fromMs, view.toMs],
  [null, null],
];

const timeTexts = ({ isLast, offsetMin }: PlotInputs, splits: readonly number[]): string[] => {
  if (!isLast) return splits.map(() => "");
  const hasSeconds = splits.length > 1 && splits[1]! - splits[0]! < 60_000;
  return splits.map((split) => tickText(split, { offsetMin, hasSeconds }));
};

const paintAll = (frame: Frame, inputs: PlotInputs, hatch: CanvasPattern): void => {
  const { group, picture, language } = inputs;
  const { metric } = group.curves[0]!;
  if (!metric.states)
    for (const bound of wholeRange(group)) {
      const { resolution } = metric;
      paintLimit(frame, bound, joinQuantity(formatQuantity(bound, group.unit, { language, resolution })));
    }
  if (!picture) return;
  group.curves.forEach(({ point, index }, strip) => {
    const series = picture.series[index];
    const drawn: Omit<Drawn, "series"> = { picture, look: lookOf(point.slot), strip };
    if (series) paintCurve(frame, { ...drawn, series }, hatch);
  });
};

const lineIn = (over: HTMLElement, className: string): HTMLElement => {
  const line = document.createElement("div");
  line.className = className;
  line.hidden = true;
  over.append(line);
  return line;
};

const placeLine = (line: HTMLElement, { fromMs, toMs }: TimeRange, timeMs: number | null): void => {
  const isInSight = timeMs !== null && timeMs >= fromMs && timeMs <= toMs;
  line.hidden = !isInSight;
  if (isInSight) line.style.left = `${((timeMs - fromMs) / (toMs - fromMs)) * 100}%`;
};

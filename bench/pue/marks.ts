import type { LocalText } from "#twins/model/twin.ts";
import type { Kind, Part } from "./kinds.ts";
import { kindName, partNames } from "./kinds.ts";
import type { Panel } from "./svg.ts";
import { at, curve, element, text } from "./svg.ts";

/** Colours, curves and legends that the figures share. */

/** Told apart by people who see colours differently, on light and on dark ground (after Okabe and Ito). */
const lineColours = ["#2b7fc9", "#2b7fc9", "#2b7fc9", "#d1781a", "#12967a"] as const;
const dashes = ["none", "7 4", "2 3", "none", "none"] as const;
export const partColours: Readonly<Record<Part, string>> = {
  services: "#9aa3ad",
  transformers: "#b79fd6",
  banks: "#8159b8",
  fans: "#2b7fc9",
  pumps: "#5fb3e4",
  towers: "#12967a",
  frost: "#8fd3c0",
  compressors: "#d1781a",
};

export const steps = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

export const up = (value: number, step: number): number => Math.ceil(value / step - 1e-9) * step;
export const down = (value: number, step: number): number => Math.floor(value / step + 1e-9) * step;

interface Entry {
  readonly name: LocalText;
  readonly colour: string;
  readonly dash?: string;
}

interface LegendPlace {
  readonly x: number;
  readonly y: number;
  /** From the Chinese names to the English ones, px. */
  readonly column: number;
}

/** From one entry to the next. */
export const rowPx = 19;

/** A sample of each colour with its name, one below the other. */
const legend = (entries: readonly Entry[], { x, y, column }: LegendPlace): string =>
  entries
    .map(({ name, colour, dash }, i) => {
      const middle = y + i * rowPx;
      const sample =
        dash === undefined
          ? element("rect", { x: x + 8, y: middle - 6, width: 12, height: 12, rx: 2, fill: colour })
          : element("line", {
              x1: x,
              x2: x + 26,
              y1: middle,
              y2: middle,
              stroke: colour,
              "stroke-width": 2.5,
              "stroke-dasharray": dash,
            });
      const names =
        text(name.zh, { x: x + 34, y: middle + 4 }) +
        text(name.en, { x: x + 34 + column, y: middle + 4, className: "dim" });
      return sample + names;
    })
    .join("\n");

export const kindLegend = (kinds: readonly Kind[], place: Omit<LegendPlace, "column">): string =>
  legend(
    kinds.map((kind, i) => ({ name: kindName(kind), colour: lineColours[i]!, dash: dashes[i]! })),
    { ...place, column: 148 },
  );

export const partLegend = (shown: readonly Part[], place: Omit<LegendPlace, "column">): string =>
  legend(
    [...shown].reverse().map((part) => ({ name: partNames[part], colour: partColours[part] })),
    { ...place, column: 96 },
  );

/** Where a kind stands: a dot on its curve. */
export const kindDot = ({ x, y }: Panel, kind: number, [px, py]: readonly [x: number, y: number]): string =>
  element("circle", { class: "dot", cx: at(x, px), cy: at(y, py), r: 5, fill: lineColours[kind]! });

/** A curve for each kind; the first ones lie on top. */
export const kindCurves = (
  panel: Panel,
  places: readonly number[],
  values: readonly (readonly number[])[],
): string =>
  values
    .map((own, kind) =>
      curve(panel, {
        points: places.map((place, i) => [place, own[i]!] as const),
        colour: lineColours[kind]!,
        dash: dashes[kind]!,
      }),
    )
    .reverse()
    .join("\n");

import { legendColor, type Rgb } from "#renderer/data/colormap.ts";
import { doubtLooks, staleColor } from "#renderer/data/doubtLooks.ts";
import type { Heatmap } from "#renderer/data/heatmaps.ts";

const css = (rgb: Rgb): string => `rgb(${rgb.map(Math.round).join(" ")})`;

/** Lines of these colours, as the shader has them: aslant for bad, level for stale. CSS. */
const lines = (
  angle: string,
  [ground, line]: readonly [Rgb, Rgb],
  [periodPx, share]: readonly [number, number],
): string => {
  const from = periodPx * (1 - share);
  return `repeating-linear-gradient(${angle}, ${css(ground)} 0 ${from}px, ${css(line)} ${from}px ${periodPx}px)`;
};

/** Backgrounds of the legend's swatches: the looks of the scene at a value two thirds up its scale. CSS. */
export const doubtSwatches = (
  heatmap: Pick<Heatmap, "palette" | "range">,
): Readonly<Record<"stale" | "bad" | "never", string>> => {
  const [low, high] = heatmap.range;
  const stale = staleColor(legendColor(heatmap, low + ((high - low) * 2) / 3));
  const { bad, never, stale: of } = doubtLooks;
  const dark: Rgb = [stale[0] * of.line, stale[1] * of.line, stale[2] * of.line];
  return {
    stale: lines("0deg", [stale, dark], [4, of.share]),
    bad: lines("-45deg", [bad.ground, bad.line], [5, bad.share]),
    never: `radial-gradient(circle, ${css(never.dot)} 1px, transparent 1.4px) 0 0 / 5px 6px, ${css(never.ground)}`,
  };
};

import { isUsable } from "#twins/model/quality.ts";
import type { ClassState } from "./state.ts";

/** Bins of a spread, from the low end of the range to its high end. */
export const spreadBins = 48;
/** Steps that a bin's height is told in: a change of less is not shown. */
const heights = 8;

/** Where the usable values of some rows lie now within a range. */
export interface Spread {
  /** Rows with a usable value. */
  readonly count: number;
  /** In the unit of the range; NaN without any. */
  readonly low: number;
  readonly high: number;
  /** Values beyond the ends of the range: they have the colours of the ends. */
  readonly below: number;
  readonly above: number;
  /** Height of each bin, 0…8, as the root of its share of the fullest: few values are still seen. Shape: spreadBins. */
  readonly bins: readonly number[];
}

export interface Spreading {
  readonly rows: readonly [start: number, end: number];
  readonly column: number;
  readonly range: readonly [low: number, high: number];
  /** Values are told to this step of the range's unit: where that is wider than a bin, each stands over all of it. 0 when absent. */
  readonly step?: number;
  /** From the state's unit to that of the range; for one row. 1 when absent. */
  readonly scaleOf?: (row: number) => number;
}

/** The spread of one column over some rows; what is stale, bad or never seen has no part in it. */
export const spreadOf = (
  state: ClassState,
  { rows, column, range, scaleOf, step = 0 }: Spreading,
): Spread => {
  const [low, high] = range;
  const counts = new Uint32Array(spreadBins);
  const perBin = (high - low) / spreadBins;
  const half = step > perBin ? step / 2 : 0;
  const binOf = (value: number): number =>
    Math.min(spreadBins - 1, Math.max(0, Math.floor((value - low) / perBin)));
  let [count, below, above, fullest] = [0, 0, 0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = rows[0]; row < rows[1]; row++) {
    const cell = row * state.columns + column;
    if (!isUsable(state.status[cell]!)) continue;
    const value = state.value[cell]! * (scaleOf?.(row) ?? 1);
    if (!Number.isFinite(value)) continue;
    count++;
    if (value < low) below++;
    if (value > high) above++;
    least = Math.min(least, value);
    most = Math.max(most, value);
    const last = half > 0 ? binOf(value + half - perBin / 2) : binOf(value);
    for (let bin = binOf(value - half); bin <= last; bin++) fullest = Math.max(fullest, ++counts[bin]!);
  }
  return {
    count,
    below,
    above,
    low: count > 0 ? least : Number.NaN,
    high: count > 0 ? most : Number.NaN,
    bins: Array.from(counts, (n) => Math.ceil(Math.sqrt(n / Math.max(1, fullest)) * heights)),
  };
};

/** True when two spreads look the same, told to a step of the unit. */
export const sameSpread =
  (step: number) =>
  (a: Spread, b: Spread): boolean =>
    a.count === b.count &&
    a.below === b.below &&
    a.above === b.above &&
    Math.round(a.low / step) === Math.round(b.low / step) &&
    Math.round(a.high / step) === Math.round(b.high / step) &&
    a.bins.every((height, i) => height === b.bins[i]);

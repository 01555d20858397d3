import type { History } from "#feed/contract/bridge.ts";

/** Height of the drawing in its own units; its width is the number of buckets. */
export const sparkHeight = 100;

/** Neighbouring buckets with samples: half-open [start, end). */
export type Run = readonly [start: number, end: number];

/** The stretches between gaps. A gap is a gap: no line crosses it. */
export const runsOf = (values: readonly (number | null)[]): readonly Run[] => {
  const runs: Run[] = [];
  let start = -1;
  for (let i = 0; i <= values.length; i++) {
    const has = i < values.length && values[i] !== null && values[i] !== undefined;
    if (has && start < 0) start = i;
    if (!has && start >= 0) {
      runs.push([start, i]);
      start = -1;
    }
  }
  return runs;
};

/**
 * Vertical range of the drawing: what was seen, with a tenth of air, and never less than a fiftieth of the metric's
 * range, so that noise on a steady value does not look like a swing.
 */
export const sparkRange = (
  history: Pick<History, "min" | "max">,
  range: readonly [number, number] | null,
): readonly [number, number] => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of history.min) if (value !== null) low = Math.min(low, value);
  for (const value of history.max) if (value !== null) high = Math.max(high, value);
  if (low > high) return [0, 1];
  const least = range ? (range[1] - range[0]) / 50 : 1;
  const span = Math.max((high - low) * 1.2, least);
  const middle = (low + high) / 2;
  return [middle - span / 2, middle + span / 2];
};

/** SVG paths of the min–max band and of the last values, one sub-path per run. */
export const sparkPaths = (
  history: Pick<History, "min" | "max" | "last">,
  [low, high]: readonly [number, number],
): { readonly band: string; readonly line: string } => {
  const y = (value: number): string => (sparkHeight * (1 - (value - low) / (high - low))).toFixed(2);
  const at = (values: readonly (number | null)[], i: number): string => `${i + 0.5} ${y(values[i] ?? 0)}`;
  const trace = (values: readonly (number | null)[], indices: readonly number[]): string =>
    indices.map((i) => at(values, i)).join("L");
  let band = "";
  let line = "";
  for (const [start, end] of runsOf(history.last)) {
    const forth = Array.from({ length: end - start }, (_, i) => start + i);
    band += `M${trace(history.max, forth)}L${trace(history.min, forth.toReversed())}Z`;
    line +=
      forth.length === 1 ? `M${start} ${y(history.last[start] ?? 0)}h1` : `M${trace(history.last, forth)}`;
  }
  return { band, line };
};

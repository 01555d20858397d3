import type { Series } from "#feed/contract/replay.ts";
import { stale } from "./doubts.ts";
import type { Picture } from "./picture.ts";

/** What a curve says of one moment. */
export interface Readout {
  /** null: none. */
  readonly last: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** `Series.doubt`. */
  readonly doubt: number;
  /** Where the value is no more: since when, and what it was last; null where there is one, or none is known. */
  readonly held: { readonly value: number; readonly sinceMs: number } | null;
}

/** Bucket of a moment; −1 where the picture does not reach. */
const bucketAt = ({ fromMs, stepMs, buckets }: Picture, timeMs: number): number => {
  const bucket = Math.floor((timeMs - fromMs) / stepMs);
  return bucket >= 0 && bucket < buckets ? bucket : -1;
};

/** Null where the picture does not reach. */
export const readoutAt = (picture: Picture, series: Series, timeMs: number): Readout | null => {
  const bucket = bucketAt(picture, timeMs);
  if (bucket < 0) return null;
  const doubt = series.doubt[bucket]!;
  const last = series.last[bucket]!;
  let held: Readout["held"] = null;
  if (last === null && doubt === stale) {
    let at = bucket;
    while (at > 0 && series.last[at] === null && series.doubt[at] === stale) at--;
    const value = series.last[at];
    if (value !== null && value !== undefined)
      held = { value, sinceMs: picture.fromMs + (at + 1) * picture.stepMs };
  }
  return { last, min: series.min[bucket]!, max: series.max[bucket]!, doubt, held };
};

import type { Series, TimeRange } from "#feed/contract/replay.ts";
import { lastKnown } from "./doubts.ts";

/** Curves that are known: of all points the same buckets. */
export interface Picture {
  /** First moment of the first bucket, ms UTC; a whole multiple of `stepMs`. */
  readonly fromMs: number;
  readonly stepMs: number;
  readonly buckets: number;
  /** In the order of the points asked for. */
  readonly series: readonly Series[];
}

/** Null for an answer about nothing. */
export const pictureOf = (series: readonly Series[]): Picture | null => {
  const first = series[0];
  return first ? { fromMs: first.fromMs, stepMs: first.stepMs, buckets: first.min.length, series } : null;
};

/** Of an answer that goes on where a picture is known, buckets that are asked for once more: the last may have grown. */
const overlap = 8;

/**
 * What is missing of a stretch that is as long as the one a picture was asked for, and goes on behind it: as a question
 * whose answer has the same buckets. Null where the picture is of no use for it.
 */
export const missingOf = (
  picture: Picture,
  wanted: TimeRange,
): (TimeRange & { readonly maxPoints: number }) | null => {
  const { fromMs, stepMs, series } = picture;
  // What is not known by now is asked for again: the recording may have come to it.
  const known = fromMs + (Math.max(-1, ...series.map(lastKnown)) + 1) * stepMs;
  const end = Math.ceil(wanted.toMs / stepMs) * stepMs;
  const startMs = Math.min(known, end) - overlap * stepMs;
  const isOfUse = startMs >= fromMs && startMs >= wanted.fromMs && wanted.fromMs >= fromMs;
  if (!isOfUse) return null;
  // Enough buckets that none narrower fit, few enough that none wider are needed.
  return {
    fromMs: startMs,
    toMs: wanted.toMs,
    maxPoints: Math.ceil(wanted.toMs / stepMs) - startMs / stepMs,
  };
};

const joined = <T>(
  before: readonly T[],
  after: readonly T[],
  [drop, keep]: readonly [number, number],
): T[] => [...before.slice(drop, keep), ...after];

/**
 * A picture that goes on with another; null where they have not the same buckets.
 * @param leastMs what is before it is forgotten
 */
export const extend = (picture: Picture, tail: Picture, leastMs: number): Picture | null => {
  const { fromMs, stepMs, buckets, series } = picture;
  const keep = (tail.fromMs - fromMs) / stepMs;
  if (tail.stepMs !== stepMs || tail.series.length !== series.length || !(keep >= 0 && keep <= buckets))
    return null;
  const drop = Math.min(keep, Math.max(0, Math.floor((leastMs - fromMs) / stepMs)));
  return {
    fromMs: fromMs + drop * stepMs,
    stepMs,
    buckets: keep - drop + tail.buckets,
    series: series.map((before, i) => {
      const after = tail.series[i]!;
      const range = [drop, keep] as const;
      return {
        fromMs: fromMs + drop * stepMs,
        stepMs,
        min: joined(before.min, after.min, range),
        max: joined(before.max, after.max, range),
        last: joined(before.last, after.last, range),
        doubt: joined(before.doubt, after.doubt, range),
      };
    }),
  };
};

import { Freshness, freshnessOf, Quality, qualityOf } from "#twins/model/quality.ts";

/** How much a stretch of a curve is to be trusted, worst last: `Series.doubt` of feed/contract/replay.ts. */
export const Doubt = { none: 0, late: 1, stale: 2, bad: 3, unknown: 4 } as const;
export type Doubt = (typeof Doubt)[keyof typeof Doubt];

/** Judges one value, as panels do. @param value NaN: no number */
export const doubtOf = (status: number, value: number): Doubt => {
  const freshness = freshnessOf(status);
  const quality = qualityOf(status);
  if (freshness === Freshness.never || quality === Quality.unknown) return Doubt.unknown;
  if (quality === Quality.bad) return Doubt.bad;
  if (Number.isNaN(value)) return Doubt.unknown;
  if (freshness === Freshness.stale) return Doubt.stale;
  return quality === Quality.uncertain || freshness === Freshness.late ? Doubt.late : Doubt.none;
};

/** The value, while it counts: NaN for one that is stale, of unknown quality, or was never there. @param value NaN: no number */
export const inForce = (status: number, value: number): number => {
  const freshness = freshnessOf(status);
  const isNone = freshness === Freshness.never || qualityOf(status) === Quality.unknown;
  return isNone || freshness === Freshness.stale ? Number.NaN : value;
};

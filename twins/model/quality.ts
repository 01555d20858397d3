/**
 * Trust in one value, in one byte. Zero-filled memory reads as unknown, never seen, measured: never as good.
 *
 * Layout: bits 0–1 quality, bits 2–3 freshness, bits 4–6 origin, bit 7 held stale.
 */

/** Quality as the source reports it. DSX: 1 is good, else not trustworthy; Sparkplug: 192 good, 0 bad, 500 stale. */
export const Quality = { unknown: 0, bad: 1, uncertain: 2, good: 3 } as const;
export type Quality = (typeof Quality)[keyof typeof Quality];

/** Age since receipt against the metric's expected period, never younger than the skew-corrected source age. */
export const Freshness = { never: 0, fresh: 1, late: 2, stale: 3 } as const;
export type Freshness = (typeof Freshness)[keyof typeof Freshness];

/**
 * Where a value comes from. `trace` is a recording of another site (外部样本).
 * A value derived from simulated inputs is `simulated`, from trace inputs `trace`: the weakest origin wins.
 */
export const Origin = { measured: 0, derived: 1, interpolated: 2, trace: 3, simulated: 4 } as const;
export type Origin = (typeof Origin)[keyof typeof Origin];

export type QualityName = keyof typeof Quality;
export type FreshnessName = keyof typeof Freshness;
export type OriginName = keyof typeof Origin;

export const qualityNames: readonly QualityName[] = ["unknown", "bad", "uncertain", "good"];
export const freshnessNames: readonly FreshnessName[] = ["never", "fresh", "late", "stale"];
export const originNames: readonly OriginName[] = [
  "measured",
  "derived",
  "interpolated",
  "trace",
  "simulated",
];

export const packStatus = (quality: Quality, freshness: Freshness, origin: Origin): number =>
  quality | (freshness << 2) | (origin << 4);

export const qualityOf = (status: number): Quality => (status & 3) as Quality;
export const freshnessOf = (status: number): Freshness => ((status >> 2) & 3) as Freshness;
export const originOf = (status: number): Origin => ((status >> 4) & 7) as Origin;

export const withFreshness = (status: number, freshness: Freshness): number =>
  (status & ~0b1100) | (freshness << 2);

export const withQuality = (status: number, quality: Quality): number => (status & ~0b11) | quality;

/** Set while the source itself says that a value is no longer current: stale whatever its age, until the next value. */
const heldBit = 0b1000_0000;

export const holdStale = (status: number): number => withFreshness(status, Freshness.stale) | heldBit;
/** The value is current again, as the source says; the next sweep judges its age. */
export const releaseStale = (status: number): number => withFreshness(status, Freshness.fresh) & ~heldBit;
export const isHeldStale = (status: number): boolean => (status & heldBit) !== 0;

/** A value fit for sums and KPI: good or uncertain, and neither stale nor never seen. */
export const isUsable = (status: number): boolean => {
  const freshness = freshnessOf(status);
  return (
    qualityOf(status) >= Quality.uncertain && (freshness === Freshness.fresh || freshness === Freshness.late)
  );
};

/** True for a value that a computation could take if it were not too old. */
export const isOnlyStale = (status: number): boolean =>
  qualityOf(status) >= Quality.uncertain && freshnessOf(status) === Freshness.stale;

/**
 * Freshness of a point from its age, both in milliseconds.
 * Late from 1.1 and stale from 1.3 expected periods, so that the 1 Hz sweep and the frame after it
 * show "stale" before 1.5 periods have passed.
 */
export const freshnessFromAge = (ageMs: number, periodMs: number): Freshness =>
  ageMs < periodMs * 1.1 ? Freshness.fresh : ageMs < periodMs * 1.3 ? Freshness.late : Freshness.stale;

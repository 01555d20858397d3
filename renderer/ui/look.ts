import type { FreshnessName, OriginName, QualityName } from "#twins/model/quality.ts";

/**
 * How trust in a value shows, everywhere the same:
 * never "—" · none "—", was computed before and cannot be now · bad "—" on hatching · stale dimmed, with its age · late with its age · uncertain with a mark · good plain.
 */
export type Look = "never" | "none" | "bad" | "stale" | "late" | "uncertain" | "good";

interface Trust {
  readonly quality: QualityName;
  readonly freshness: FreshnessName;
}

/** The gravest doubt wins. A missing point was never seen. */
export const lookOf = (point: Trust | undefined | null): Look => {
  if (!point || point.freshness === "never") return "never";
  if (point.quality === "unknown") return "none";
  if (point.quality === "bad") return "bad";
  if (point.freshness === "stale") return "stale";
  if (point.freshness === "late") return "late";
  return point.quality === "uncertain" ? "uncertain" : "good";
};

/** The point while it is of now: for figures that call themselves "now" and have no room to tell an age. */
export const whileCurrent = <P extends Trust>(point: P | undefined): P | undefined =>
  lookOf(point) === "stale" ? undefined : point;

/** Looks that say how old the value is. */
export const showsAge = (look: Look): boolean => look === "stale" || look === "late";

/** Origins that carry a mark; measured is the norm, and derived says so where its name does not. */
export const isMarked = (origin: OriginName): boolean =>
  origin === "simulated" || origin === "trace" || origin === "interpolated";

import type { AssetRef } from "#twins/model/twin.ts";
import { type Reading, readPoint } from "./reading.ts";
import type { CampusState } from "./state.ts";

/** A reading as displayed; a new object only when something visible changed. */
export interface SampledPoint extends Reading {
  /** Digits as displayed, in `unit` and to the metric's resolution; "—" when there is no value. */
  readonly text: string;
  /** Whole seconds since receipt; null when nothing was ever received. */
  readonly ageS: number | null;
}

/** One displayed thing that is looked at again four times a second. */
export interface Watch<T> {
  readonly get: () => T;
  readonly subscribe: (listener: () => void) => () => void;
}

/** The one way by which telemetry reaches React: sampled, never pushed. */
export interface Sampler {
  readonly campus: CampusState;
  /** Watches anything read from the campus; listeners hear only when `same` says the picture changed. */
  watch<T>(read: (campus: CampusState) => T, same: (a: T, b: T) => boolean): Watch<T>;
  point(ref: AssetRef, metricId: string): Watch<SampledPoint | undefined>;
}

/** Samples per second shown to people: faster digits cannot be read. */
const samplePeriodMs = 250;

/** Text for a value that is not there. */
export const noValue = "—";

/** Digits to the metric's resolution: 0.01 → two decimals. Without a resolution, three significant ones after the point. */
export const formatDigits = (value: number, resolution?: number): string => {
  const decimals = resolution === undefined ? 3 : Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9));
  const text = value.toFixed(Math.min(decimals, 6));
  return Number(text) === 0 ? text.replace("-", "") : text;
};

const samePoint = (a: SampledPoint | undefined, b: SampledPoint | undefined): boolean =>
  a === b ||
  (!!a &&
    !!b &&
    a.text === b.text &&
    a.ageS === b.ageS &&
    a.quality === b.quality &&
    a.freshness === b.freshness &&
    a.origin === b.origin &&
    a.metric === b.metric);

/**
 * Makes the sampler of a campus. Its one timer runs only while somebody watches.
 * @param readMs time that ages count from, ms UTC (SiteClock.readMs).
 */
export const createSampler = (campus: CampusState, readMs: () => number): Sampler => {
  const checks = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  const start = (check: () => void): void => {
    checks.add(check);
    timer ??= setInterval(() => {
      for (const each of checks) each();
    }, samplePeriodMs);
  };
  const stop = (check: () => void): void => {
    checks.delete(check);
    if (checks.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  const watch = <T>(read: (campus: CampusState) => T, same: (a: T, b: T) => boolean): Watch<T> => {
    const listeners = new Set<() => void>();
    let shown = read(campus);
    const check = (): void => {
      const next = read(campus);
      if (same(shown, next)) return;
      shown = next;
      for (const listener of listeners) listener();
    };
    return {
      get: () => shown,
      subscribe: (listener) => {
        if (listeners.size === 0) {
          start(check);
          check();
        }
        listeners.add(listener);
        return () => {
          if (listeners.delete(listener) && listeners.size === 0) stop(check);
        };
      },
    };
  };

  const sample = (ref: AssetRef, metricId: string): SampledPoint | undefined => {
    const reading = readPoint(campus, ref, metricId);
    if (!reading) return undefined;
    const { value, receivedTimeMs, metric } = reading;
    return {
      ...reading,
      text: value === null ? noValue : formatDigits(value, metric.resolution),
      ageS: receivedTimeMs === null ? null : Math.max(0, Math.floor((readMs() - receivedTimeMs) / 1000)),
    };
  };

  return { campus, watch, point: (ref, metricId) => watch(() => sample(ref, metricId), samePoint) };
};

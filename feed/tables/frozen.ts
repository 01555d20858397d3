import type { MetricSpec } from "#twins/model/metric.ts";

/** A reading with more digits than its metric needs comes straight from a sensor, and noise moves it. */
const rawMinutes = 30;
/** A rounded reading of something that is controlled may well stand for hours. */
const roundedMinutes = 6 * 60;
const samplesAtLeast = 30;
/** A point that is fresh or late has a sample at least this often, in periods. */
const slowestPeriods = 1.3;

/**
 * A sensor in motion: its readings have noise and never repeat for long. Not so what is commanded (speeds, positions),
 * counted, reported by others or a state (`steady` in the catalogue).
 */
export const canFreeze = (metric: MetricSpec): boolean =>
  metric.kind === "analog" && metric.derived !== true && metric.steady !== true;

/**
 * Minutes for which a value may repeat bit for bit before its sensor counts as frozen; Infinity for a value at rest:
 * nought or an end of the metric's range, where machines stand and sensors saturate. A temperature has no rest.
 */
export const frozenMinutes = (metric: MetricSpec, value: number, periodMs: number): number => {
  const [low, high] = metric.range;
  const isAtRest = metric.unit !== "Cel" && (value === 0 || value === low || value === high);
  if (isAtRest || !canFreeze(metric)) return Number.POSITIVE_INFINITY;
  const minutes = isRounded(value, metric) ? roundedMinutes : rawMinutes;
  return Math.max(minutes, Math.ceil((samplesAtLeast * slowestPeriods * periodMs) / 60_000));
};

/** A multiple of the metric's resolution, in its unit or, for a temperature, in the degrees of an American plant. */
const isRounded = (value: number, { resolution = 0, unit }: MetricSpec): boolean => {
  if (resolution === 0) return false;
  const isMultiple = (reading: number): boolean => {
    const steps = reading / resolution;
    return Math.abs(steps - Math.round(steps)) < 1e-3;
  };
  return isMultiple(value) || (unit === "Cel" && isMultiple(value * 1.8 + 32));
};

import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName, MetricSpec } from "#twins/model/metric.ts";
import { classNames } from "#twins/model/metric.ts";
import type { Column, PlantColumns } from "#twins/physics/columns.ts";
import { exp } from "#twins/physics/maths.ts";
import { unit } from "#twins/physics/noise.ts";
import { accuracyOf } from "./accuracy.ts";
import type { Errors } from "./errors.ts";
import { entries, mask, noiseStart } from "./errors.ts";

/** One metric of a class: the sensors of all its rows. */
export interface Channel {
  readonly className: ClassName;
  readonly spec: MetricSpec;
  readonly truth: Column;
  readonly reading: Column;
  readonly offset: number;
  readonly gain: number;
  readonly noise: number;
  readonly flicker: number;
  readonly lagS: number;
  /** What slow sensors have come to; null for quick ones. Shape: rows. */
  readonly settled: Column | null;
  /** Readings are whole steps of 1 / scale; 0: as they are. */
  readonly scale: number;
  /** Noise is at most this and the value; infinite where noise knows no value. */
  readonly calmest: number;
  readonly lowest: number;
  readonly highest: number;
  /** Where its sensors' constant errors begin in the table. */
  readonly errorAt: number;
  readonly noiseKey: number;
}

/** Room for the metrics of a class among the keys of all. */
const keysPerClass = 64;

/** Steps in one unit: a whole number of them, or a part of one. */
const scaleOf = (resolution = 0): number => {
  if (resolution === 0) return 0;
  return resolution < 1 ? Math.round(1 / resolution) : 1 / resolution;
};

const channelOf = (
  { className, metric, seed }: { className: ClassName; metric: number; seed: number },
  truth: Column,
  reading: Column,
): Channel => {
  const { metrics } = classSpec(className);
  const spec = metrics[metric]!;
  const accuracy = accuracyOf(className, spec);
  const { offset = 0, gain = 0, noise = 0, flicker = 0, lagS = 0, from = spec.id } = accuracy;
  const key = classNames.indexOf(className) * keysPerClass + metrics.findIndex(({ id }) => id === from);
  const isTemperature = spec.unit === "Cel";
  return {
    className,
    spec,
    truth,
    reading,
    offset,
    gain,
    noise,
    flicker,
    lagS,
    settled: lagS > 0 ? truth.slice() : null,
    scale: spec.kind === "analog" ? scaleOf(spec.resolution) : 0,
    calmest: isTemperature ? Number.POSITIVE_INFINITY : 0,
    // An offset shows less than nothing of nothing; what flows both ways has none.
    lowest: offset > 0 && !isTemperature ? 0 : Number.NEGATIVE_INFINITY,
    highest: accuracy.most ?? Number.POSITIVE_INFINITY,
    errorAt: Math.floor(unit(seed + 703, key) * entries),
    noiseKey: seed + 7919 * (key + 1),
  };
};

/** Channels of every simulated metric, in the catalogue's order. */
export const createChannels = (
  { truth, readings }: { readonly truth: PlantColumns; readonly readings: PlantColumns },
  seed: number,
): readonly Channel[] =>
  [...truth].flatMap(([className, columns]) =>
    columns.flatMap((column, metric) => {
      const reading = readings.get(className)![metric];
      return column && reading ? [channelOf({ className, metric, seed }, column, reading)] : [];
    }),
  );

/** A value as a channel can show it: in whole steps, within its ends. */
export const shown = ({ scale, lowest, highest }: Channel, value: number): number => {
  const within = Math.min(Math.max(value, lowest), highest);
  return scale > 0 ? Math.floor(within * scale + 0.5) / scale : within;
};

/** Reads all sensors of a channel once. @param elapsedS time since the reading before; Infinity for the first */
export const readChannel = (
  channel: Channel,
  { constant, noise: bell }: Errors,
  { timeMs, elapsedS }: { readonly timeMs: number; readonly elapsedS: number },
): void => {
  const { truth, reading, settled, offset, gain, noise, flicker, calmest, scale, lowest, highest, errorAt } =
    channel;
  const rows = truth.length;
  if (settled) {
    const share = 1 - exp(-elapsedS / channel.lagS);
    for (let row = 0; row < rows; row++) settled[row] = settled[row]! + share * (truth[row]! - settled[row]!);
  }
  if (offset + gain + noise + flicker === 0 && scale === 0) {
    reading.set(truth);
    return;
  }
  const source = settled ?? truth;
  const noiseAt = noiseStart(channel.noiseKey, timeMs);
  for (let row = 0; row < rows; row++) {
    const value = source[row]!;
    const size = Math.abs(value);
    const erring =
      value +
      (offset + gain * size) * constant[(errorAt + row) & mask]! +
      (Math.min(noise, calmest + size) + flicker * size) * bell[(noiseAt + row) & mask]!;
    const within = Math.min(Math.max(erring, lowest), highest);
    reading[row] = scale > 0 ? Math.floor(within * scale + 0.5) / scale : within;
  }
};

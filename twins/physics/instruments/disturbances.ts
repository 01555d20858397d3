import type { ClassName } from "#twins/model/metric.ts";
import type { Channel } from "./channels.ts";
import { shown } from "./channels.ts";
import type { Errors } from "./errors.ts";
import { mask, noiseStart } from "./errors.ts";
import type { Registers } from "./registers.ts";
import { isOf } from "./registers.ts";

/**
 * What can be wrong with a sensor or meter, in the order in which one follows another. Severity is 0…1 unless it says
 * otherwise, and 0 is repaired.
 */
export const disturbanceKinds = [
  "ratioWrong", // of a meter: it shows and counts 1 / (1 + severity) of what passes it; 1: half, 9: a tenth
  "registerReset", // of a meter: its register begins again at nought, once, when this is set
  "sensorDrift", // runs away from when it was set: 2 K or a tenth of the value an hour, for five hours at most
  "sensorNoisy", // ten times its noise, and ten steps of its resolution
  "sensorFrozen", // repeats what it showed when this was set
  "sensorLost", // no reading: NaN
] as const;
export type DisturbanceKind = (typeof disturbanceKinds)[number];

/** One point of one asset, by metric id. */
export interface SensorPoint {
  readonly className: ClassName;
  readonly row: number;
  readonly metric: string;
}

/** What is wrong with one point. */
export interface Disturbance extends SensorPoint {
  readonly kind: DisturbanceKind;
  readonly severity: number;
}

/** One that is in force: kept for disturbed points only. */
interface Disturbed extends Disturbance {
  readonly channel: Channel;
  /** Those of its meter. */
  readonly registers: Registers | undefined;
  /** Plant time it was set at, ms UTC. */
  readonly sinceMs: number;
  /** What it showed then. */
  readonly held: number;
}

/** All that is disturbed, in the order of `disturbanceKinds`. */
export interface Disturbances {
  readonly list: readonly Disturbed[];
  /** Sets or, with severity 0, removes one; false where no sensor can be so. */
  set(disturbance: Disturbance, timeMs: number): boolean;
}

/** Drift at severity 1: of temperatures in K, of others in parts of the value. Assumed: quick enough to be watched. */
const driftKPerHour = 2;
const driftSharePerHour = 0.1;
const longestDriftHours = 5;
const timesNoise = 10;

const driftHours = ({ sinceMs, severity }: Disturbed, timeMs: number): number =>
  severity * Math.min(longestDriftHours, (timeMs - sinceMs) / 3_600_000);

/** A state has no drift, and only meters have ratios and registers. */
const canBe = ({ spec }: Channel, registers: Registers | undefined, kind: DisturbanceKind): boolean => {
  if (kind === "ratioWrong" || kind === "registerReset") return registers !== undefined;
  return kind === "sensorFrozen" || kind === "sensorLost" || spec.kind === "analog";
};

const isSame = (a: Disturbance, b: Disturbance): boolean =>
  a.kind === b.kind && a.row === b.row && a.className === b.className && a.metric === b.metric;

const orderOf = ({ kind }: Disturbance): number => disturbanceKinds.indexOf(kind);

export const createDisturbances = (
  channels: readonly Channel[],
  meters: readonly Registers[],
): Disturbances => {
  let list: readonly Disturbed[] = [];
  return {
    get list() {
      return list;
    },
    set: (disturbance, timeMs) => {
      const { className, row, metric, kind, severity } = disturbance;
      const channel = channels.find((each) => each.className === className && each.spec.id === metric);
      const held = channel?.reading[row];
      const registers = meters.find((each) => isOf(each, channel));
      if (!channel || held === undefined || !canBe(channel, registers, kind)) return false;
      const before = list.find((each) => isSame(each, disturbance));
      const others = list.filter((each) => each !== before);
      registers?.factor.fill(1);
      // What is in force already goes on: a drift from where it is, a reset only once.
      const { sinceMs = timeMs, held: kept = held } = before ?? {};
      if (severity > 0 && !before && kind === "registerReset") registers?.counted.fill(0, row, row + 1);
      list =
        severity > 0
          ? [...others, { ...disturbance, channel, registers, sinceMs, held: kept }].toSorted(
              (a, b) => orderOf(a) - orderOf(b),
            )
          : others;
      return true;
    },
  };
};

/** What meters are multiplied by, before they are read. */
export const disturbMeters = (disturbed: readonly Disturbed[], timeMs: number): void => {
  for (let i = 0; i < disturbed.length; i++) disturbed[i]!.registers?.factor.fill(1);
  for (let i = 0; i < disturbed.length; i++) {
    const each = disturbed[i]!;
    const { registers, row, kind } = each;
    if (!registers) continue;
    if (kind === "ratioWrong") registers.factor[row] = registers.factor[row]! / (1 + each.severity);
    if (kind === "sensorDrift")
      registers.factor[row] = registers.factor[row]! * (1 + driftSharePerHour * driftHours(each, timeMs));
  }
};

/** What sensors show instead, after they were read. */
export const disturbReadings = (disturbed: readonly Disturbed[], errors: Errors, timeMs: number): void => {
  for (let i = 0; i < disturbed.length; i++) {
    const each = disturbed[i]!;
    each.channel.reading[each.row] = disturbedReading(each, errors, timeMs);
  }
};

const disturbedReading = (each: Disturbed, errors: Errors, timeMs: number): number => {
  const { channel, row, severity } = each;
  const reading = channel.reading[row]!;
  switch (each.kind) {
    case "sensorDrift": {
      // A meter's was part of what it showed and counted.
      if (each.registers?.rate === channel) return reading;
      const perHour = channel.spec.unit === "Cel" ? driftKPerHour : driftSharePerHour * reading;
      return shown(channel, reading + perHour * driftHours(each, timeMs));
    }
    case "sensorNoisy": {
      const own = channel.noise + channel.flicker * Math.abs(reading) + (channel.spec.resolution ?? 0);
      // A second look into the table: the first is part of the reading already.
      const at = noiseStart(channel.noiseKey + 1, timeMs) + row;
      return shown(channel, reading + severity * timesNoise * own * errors.noise[at & mask]!);
    }
    case "sensorFrozen":
      return each.held;
    case "sensorLost":
      return Number.NaN;
    default:
      return reading;
  }
};

import { exp, square } from "#twins/physics/maths.ts";
import { clamp, smoothNoise, smoothStep, unit } from "#twins/physics/noise.ts";
import { batchMean } from "./batch.ts";
import type { JobClock } from "./clock.ts";
import { training } from "./training.ts";

/** What a job does all day. A job fills whole rows or rooms, so load has structure in space as in time. */
export const workloads = [
  "training",
  "inference",
  "hpc",
  "cloud",
  "storage",
  "office",
  "annotation",
] as const;
export type Workload = (typeof workloads)[number];

/** Jobs as their profiles see them: seeds, and the utilisation that is written, 0…1. Shape of each: jobs. */
export interface WrittenLoads {
  readonly kind: readonly Workload[];
  readonly seed: readonly number[];
  readonly load: Float64Array;
}

/** Writes the load of one job: a number that is returned would be boxed, thousands of them at every step. */
type Profile = (jobs: WrittenLoads, job: number, clock: JobClock) => void;

const isWeekend = (day: number): boolean => (day + 3) % 7 >= 5;

/** A bump in the day, wrapping at midnight: 1 at its centre hour, falling over `width` hours. */
const bump = (hour: number, centre: number, width: number): number => {
  const away = Math.abs(((hour - centre + 36) % 24) - 12);
  return exp(-square(away / width));
};

/** A day's curve by the minute: thousands of jobs read the same few bumps at every step. */
const curveOfDay = (at: (hour: number) => number): Float64Array =>
  Float64Array.from({ length: 24 * 60 + 1 }, (_, minute) => at(minute / 60));

/** A curve at an hour of the site's day, straight between its minutes; the hour may be up to a day off. */
const read = (curve: Float64Array, hour: number): number => {
  // Remainders of numbers that are not whole are slow; these differences are exact.
  const ahead = hour + 24;
  const minute = (ahead >= 48 ? ahead - 48 : ahead >= 24 ? ahead - 24 : ahead) * 60;
  const before = Math.floor(minute);
  const value = curve[before]!;
  return value + (curve[before + 1]! - value) * (minute - before);
};

const users = curveOfDay(
  (hour) => 0.24 + 0.3 * bump(hour, 10.8, 2.6) + 0.28 * bump(hour, 15.5, 2.8) + 0.42 * bump(hour, 20.8, 2.7),
);

/** Serving users: trough before dawn, peaks at noon, in the afternoon and in the evening (site time). */
const inference: Profile = (jobs, job, clock) => {
  const seed = jobs.seed[job]!;
  const hour = clock.hour + 0.6 * (unit(seed, 1) - 0.5);
  const week = isWeekend(clock.day) ? 0.92 : 1;
  jobs.load[job] = read(users, hour) * week * (1 + 0.06 * smoothNoise(seed, clock.seconds / 600));
};

/**
 * Batch: what the dispatch platform's queue brings (batch.ts) has no formula; this is its mean over weeks, with which the
 * racks are set.
 */
const hpc: Profile = (jobs, job) => {
  jobs.load[job] = batchMean;
};

const tenants = curveOfDay(
  (hour) => 0.34 + 0.2 * bump(hour, 10.5, 3) + 0.2 * bump(hour, 15.5, 3.4) + 0.12 * bump(hour, 21, 2.6),
);

/** Rented machines: a mild working-day curve over a broad base. */
const cloud: Profile = (jobs, job, clock) => {
  const week = isWeekend(clock.day) ? 0.85 : 1;
  jobs.load[job] =
    read(tenants, clock.hour) * week * (1 + 0.1 * smoothNoise(jobs.seed[job]!, clock.seconds / 1800));
};

const backups = curveOfDay((hour) => 0.3 * bump(hour, 3, 1.6));

/** Disks turn all day; backups by night. */
const storage: Profile = (jobs, job, clock) => {
  const seed = jobs.seed[job]!;
  jobs.load[job] =
    0.36 + read(backups, clock.hour + 1 - 2 * unit(seed, 1)) + 0.05 * smoothNoise(seed, clock.seconds / 2400);
};

const transactions = curveOfDay((hour) => 0.34 * bump(hour, 10.2, 1.9) + 0.34 * bump(hour, 14.6, 2));
const afterClosing = curveOfDay((hour) => 0.35 * bump(hour, 23.3, 1.7));

/** Finance: transactions by day, batch after closing, little at weekends. */
const office: Profile = (jobs, job, clock) => {
  const day = isWeekend(clock.day) ? 0.35 : 1;
  const batchHour = clock.hour - 1.5 * unit(jobs.seed[job]!, 1);
  jobs.load[job] = 0.2 + day * read(transactions, clock.hour) + read(afterClosing, batchHour);
};

const breaks = curveOfDay(
  (hour) => 0.45 * (bump(hour, 12.2, 0.5) + bump(hour, 16, 0.25) + bump(hour, 19, 0.5)),
);

/** Labelling in two shifts, 08–16 and 16–24, with breaks. */
const annotation: Profile = (jobs, job, clock) => {
  const shift = smoothStep(7.8, 8.3, clock.hour) * (1 - smoothStep(23.5, 24, clock.hour));
  jobs.load[job] =
    0.1 +
    0.6 * shift * (1 - read(breaks, clock.hour)) +
    0.03 * smoothNoise(jobs.seed[job]!, clock.seconds / 900);
};

const profiles: Readonly<Record<Workload, Profile>> = {
  training: (jobs, job, clock) => {
    jobs.load[job] = training(clock, jobs.seed[job]!);
  },
  inference,
  hpc,
  cloud,
  storage,
  office,
  annotation,
};

/** Writes the mean utilisation of a job over a step, 0…1. */
export const writeLoad = (jobs: WrittenLoads, job: number, clock: JobClock): void => {
  profiles[jobs.kind[job]!](jobs, job, clock);
  jobs.load[job] = clamp(jobs.load[job]!, 0, 1);
};

/** Mean utilisation over a step of a job that is none of the campus's, 0…1. */
export const jobLoad = (kind: Workload, clock: JobClock, seed: number): number => {
  const alone: WrittenLoads = { kind: [kind], seed: [seed], load: new Float64Array(1) };
  writeLoad(alone, 0, clock);
  return alone.load[0]!;
};

/**
 * Share of rated power that servers draw when idle: GPU servers 3.5 of 7.38 kW including fans and switches
 * (measured 8×H100, STANDARDS), general servers a little less of a smaller rating.
 */
export const idleShare: Readonly<Record<Workload, number>> = {
  training: 0.3,
  inference: 0.3,
  hpc: 0.34,
  cloud: 0.4,
  storage: 0.55,
  office: 0.4,
  annotation: 0.42,
};

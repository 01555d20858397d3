import { exp, square } from "#twins/physics/maths.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { clamp, smoothNoise, smoothStep, unit } from "#twins/physics/noise.ts";
import { batchMean } from "./batch.ts";
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

/** What jobs know of the moment. */
export type JobClock = Pick<Moment, "seconds" | "stepSeconds" | "hour" | "day">;

const isWeekend = (day: number): boolean => (day + 3) % 7 >= 5;

/** A bump in the day, wrapping at midnight: 1 at its centre hour, falling over `width` hours. */
const bump = (hour: number, centre: number, width: number): number => {
  const away = Math.abs(((hour - centre + 36) % 24) - 12);
  return exp(-square(away / width));
};

/** Serving users: trough before dawn, peaks at noon, in the afternoon and in the evening (site time). */
const inference = (clock: JobClock, seed: number): number => {
  const hour = clock.hour + 0.6 * (unit(seed, 1) - 0.5);
  const users =
    0.24 + 0.3 * bump(hour, 10.8, 2.6) + 0.28 * bump(hour, 15.5, 2.8) + 0.42 * bump(hour, 20.8, 2.7);
  const week = isWeekend(clock.day) ? 0.92 : 1;
  return users * week * (1 + 0.06 * smoothNoise(seed, clock.seconds / 600));
};

/**
 * Batch: what the dispatch platform's queue brings (batch.ts) has no formula; this is its mean over weeks, with which the
 * racks are set.
 */
const hpc = (): number => batchMean;

/** Rented machines: a mild working-day curve over a broad base. */
const cloud = (clock: JobClock, seed: number): number => {
  const day =
    0.34 +
    0.2 * bump(clock.hour, 10.5, 3) +
    0.2 * bump(clock.hour, 15.5, 3.4) +
    0.12 * bump(clock.hour, 21, 2.6);
  return day * (isWeekend(clock.day) ? 0.85 : 1) * (1 + 0.1 * smoothNoise(seed, clock.seconds / 1800));
};

/** Disks turn all day; backups by night. */
const storage = (clock: JobClock, seed: number): number =>
  0.36 + 0.3 * bump(clock.hour, 2 + 2 * unit(seed, 1), 1.6) + 0.05 * smoothNoise(seed, clock.seconds / 2400);

/** Finance: transactions by day, batch after closing, little at weekends. */
const office = (clock: JobClock, seed: number): number => {
  const day = isWeekend(clock.day) ? 0.35 : 1;
  const batch = 0.35 * bump(clock.hour, 23.3 + 1.5 * unit(seed, 1), 1.7);
  return 0.2 + day * (0.34 * bump(clock.hour, 10.2, 1.9) + 0.34 * bump(clock.hour, 14.6, 2)) + batch;
};

/** Labelling in two shifts, 08–16 and 16–24, with breaks. */
const annotation = (clock: JobClock, seed: number): number => {
  const h = clock.hour;
  const shift = smoothStep(7.8, 8.3, h) * (1 - smoothStep(23.5, 24, h));
  const pause = 0.45 * (bump(h, 12.2, 0.5) + bump(h, 16, 0.25) + bump(h, 19, 0.5));
  return 0.1 + 0.6 * shift * (1 - pause) + 0.03 * smoothNoise(seed, clock.seconds / 900);
};

const profiles: Readonly<Record<Workload, (clock: JobClock, seed: number) => number>> = {
  training,
  inference,
  hpc,
  cloud,
  storage,
  office,
  annotation,
};

/** Mean utilisation of a job at an instant, 0…1. */
export const jobLoad = (kind: Workload, clock: JobClock, seed: number): number =>
  clamp(profiles[kind](clock, seed), 0, 1);

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

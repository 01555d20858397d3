import type { Jobs } from "./jobs.ts";

/** Racks [start, end), pair after pair. */
export type RackRanges = readonly (readonly [start: number, end: number])[];

/** A job that came later and has taken racks over from the jobs they were dealt to; it gives them back when it goes. */
export interface TakeOver {
  /** Its number among the jobs. */
  readonly job: number;
  readonly ranges: RackRanges;
}

/** Who has which racks: the deal of the start, and over it what came later, the latest on top. */
export interface TakeOvers {
  readonly jobs: Jobs;
  readonly dealtOfRack: Int32Array;
  /** Racks with servers that each rack row stands for. */
  readonly occupied: Float32Array;
  readonly active: TakeOver[];
}

export const createTakeOvers = (jobs: Jobs, occupied: Float32Array): TakeOvers => ({
  jobs,
  occupied,
  dealtOfRack: jobs.ofRack.slice(),
  active: [],
});

const deal = ({ jobs, dealtOfRack, active }: TakeOvers, ranges: RackRanges): void => {
  for (const [start, end] of ranges) jobs.ofRack.set(dealtOfRack.subarray(start, end), start);
  for (const { job, ranges: own } of active)
    for (const [start, end] of own) jobs.ofRack.fill(job, start, end);
};

/** Racks with servers of a range of rack rows. */
export const racksIn = (
  occupied: Float32Array,
  [start, end]: readonly [start: number, end: number],
): number => {
  let racks = 0;
  for (let rack = start; rack < end; rack++) racks += occupied[rack]!;
  return racks;
};

/** Gives racks to a new job; null when every spare job is taken. */
export const takeOver = (takeOvers: TakeOvers, ranges: RackRanges): TakeOver | null => {
  const { jobs, active, occupied } = takeOvers;
  for (let job = jobs.dealt; job < jobs.kind.length; job++) {
    if (active.some((other) => other.job === job)) continue;
    const taken: TakeOver = { job, ranges };
    jobs.brokenS[job] = Number.NEGATIVE_INFINITY;
    jobs.racks[job] = ranges.reduce((all, range) => all + racksIn(occupied, range), 0);
    active.push(taken);
    deal(takeOvers, ranges);
    return taken;
  }
  return null;
};

export const giveBack = (takeOvers: TakeOvers, taken: TakeOver): void => {
  const place = takeOvers.active.indexOf(taken);
  if (place < 0) return;
  takeOvers.active.splice(place, 1);
  deal(takeOvers, taken.ranges);
};

/** True where a job of the list has any of the racks. */
export const isTaken = (
  jobs: readonly Pick<TakeOver, "ranges">[],
  [from, to]: readonly [number, number],
): boolean => jobs.some(({ ranges }) => ranges.some(([start, end]) => start < to && from < end));

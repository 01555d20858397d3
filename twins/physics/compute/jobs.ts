import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { cos, sin } from "#twins/physics/maths.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { unit } from "#twins/physics/noise.ts";
import type { Batch } from "./batch.ts";
import { batchLevel, createBatch, stepBatch } from "./batch.ts";
import type { JobClock } from "./clock.ts";
import { longestRestartS, restarted } from "./training.ts";
import type { Workload } from "./workload.ts";
import { jobLoad, workloads, writeLoad } from "./workload.ts";

const cloudOperator: readonly (readonly [Workload, number])[] = [
  ["cloud", 0.46],
  ["inference", 0.34],
  ["hpc", 0.2],
];

/** Weights of workloads by zone id (CAMPUS §3); a zone not named here is a cloud like any other. Weights add to 1. */
const mixOfZone: Readonly<Record<string, readonly (readonly [Workload, number])[]>> = {
  a: [
    ["cloud", 0.34],
    ["inference", 0.26],
    ["storage", 0.22],
    ["hpc", 0.18],
  ],
  b: [
    ["cloud", 0.42],
    ["office", 0.22],
    ["storage", 0.2],
    ["inference", 0.16],
  ],
  cw: cloudOperator,
  ce: cloudOperator,
  d: [
    ["office", 0.76],
    ["storage", 0.24],
  ],
  e: [
    ["inference", 0.88],
    ["storage", 0.12],
  ],
  f: [["training", 1]],
  g: [["annotation", 1]],
};
const defaultMix: readonly (readonly [Workload, number])[] = [
  ["cloud", 0.6],
  ["storage", 0.2],
  ["inference", 0.2],
];

const choose = (mix: readonly (readonly [Workload, number])[], share: number): Workload => {
  let left = share;
  for (const [kind, weight] of mix) {
    left -= weight;
    if (left < 0) return kind;
  }
  return mix.at(-1)![0];
};

/** All jobs of the campus. A job owns whole rows; the racks of a room belong to one to five of them. */
export interface Jobs {
  /** What each job is. The last ones are spare: the dispatch platform gives them to jobs that come later. */
  readonly kind: Workload[];
  readonly seed: number[];
  /** Jobs that the campus was dealt at the start; those after them are spare. */
  readonly dealt: number;
  /** Utilisation now, 0…1. Shape: jobs. */
  readonly load: Float64Array;
  /** Racks with servers of each job, and those of them that are about to start. Shape of each: jobs. */
  readonly racks: Float64Array;
  readonly starting: Float64Array;
  /** When a job last lost or gained racks, s: synchronous jobs start again from their checkpoint. Shape: jobs. */
  readonly brokenS: Float64Array;
  /** A ripple of a minute or so, shared by the racks of a job with a phase of their own: its sine and cosine. */
  readonly rippleSin: Float64Array;
  readonly rippleCos: Float64Array;
  /** Job of each rack. Shape: rack rows. */
  readonly ofRack: Int32Array;
  /** Queue of the batch jobs, and which of its slots a job is, or −1. Shape: jobs. */
  readonly batch: Batch;
  readonly batchSlot: Int32Array;
}

/** Jobs that can come to the campus while it runs, at a time. */
const spareJobs = 64;

const salt = { room: 101, run: 102, job: 103, split: 104, spare: 105, batch: 106 };

/** Racks of one room, cut into runs of whole rows. */
const runsOfRoom = (twin: Twin, room: AssetRef, seed: number): readonly (readonly [number, number])[] => {
  const rows = twin.rangeBelow(room, "row");
  const racks = twin.rangeBelow(room, "rack");
  if (racks === null) return [];
  if (rows === null) return [racks];
  const runs: (readonly [number, number])[] = [];
  let start = racks[0];
  let open = 0;
  for (let row = rows[0]; row < rows[1]; row++) {
    const range = twin.rangeBelow({ className: "row", row }, "rack");
    if (range === null) continue;
    open = open || 2 + Math.floor(5 * unit(seed + salt.split, row));
    if (--open > 0) continue;
    runs.push([start, range[1]]);
    start = range[1];
  }
  if (start < racks[1]) runs.push([start, racks[1]]);
  return runs;
};

const zoneIdOf = (twin: Twin, ref: AssetRef): string => twin.idOf(ref).split("/")[0]!;

/** A liquid-cooled building trains one model at a time on three quarters of its rooms; the rest serve and batch. */
const liquidKind = (roomInBuilding: number): Workload =>
  roomInBuilding % 8 === 6 ? "inference" : roomInBuilding % 8 === 7 ? "hpc" : "training";

/** Deals the campus out to jobs: training takes whole buildings, everything else rows or rooms. */
export const createJobs = (twin: Twin, isLiquid: (room: number) => boolean, seed: number): Jobs => {
  const kind: Workload[] = [];
  const seeds: number[] = [];
  const ofRack = new Int32Array(twin.table("rack").count).fill(-1);
  const add = (workload: Workload, jobSeed: number): number => {
    seeds.push(jobSeed);
    return kind.push(workload) - 1;
  };
  const rooms = twin.table("room");
  const trainingOf = new Map<number, number>();
  for (let room = 0; room < rooms.count; room++) {
    const ref: AssetRef = { className: "room", row: room };
    const building = buildingRowOf(twin, ref);
    const first = twin.rangeBelow({ className: "building", row: building }, "room")?.[0] ?? room;
    const mix = mixOfZone[zoneIdOf(twin, ref)] ?? defaultMix;
    const roomKind = isLiquid(room) ? liquidKind(room - first) : choose(mix, unit(seed + salt.room, room));
    if (roomKind === "training") {
      let job = trainingOf.get(building);
      if (job === undefined) {
        job = add("training", seed + salt.job * 1000 + building);
        trainingOf.set(building, job);
      }
      const racks = twin.rangeBelow(ref, "rack");
      if (racks) ofRack.fill(job, racks[0], racks[1]);
      continue;
    }
    for (const [start, end] of runsOfRoom(twin, ref, seed))
      ofRack.fill(add(roomKind, seed + salt.run * 1000 + start), start, end);
  }
  if (ofRack.includes(-1)) {
    const rest = add("cloud", seed);
    for (let rack = 0; rack < ofRack.length; rack++) if (ofRack[rack] === -1) ofRack[rack] = rest;
  }
  return jobsOf(kind, seeds, { ofRack, seed });
};

const jobsOf = (
  kind: Workload[],
  seeds: number[],
  { ofRack, seed }: { ofRack: Int32Array; seed: number },
): Jobs => {
  const dealt = kind.length;
  let slots = 0;
  const batchSlot = Int32Array.from(kind, (workload) => (workload === "hpc" ? slots++ : -1));
  for (let spare = 0; spare < spareJobs; spare++) {
    kind.push("cloud");
    seeds.push(seed + salt.spare * 1000 + spare);
  }
  const count = kind.length;
  return {
    kind,
    seed: seeds,
    dealt,
    load: new Float64Array(count),
    racks: new Float64Array(count),
    starting: new Float64Array(count),
    brokenS: new Float64Array(count).fill(Number.NEGATIVE_INFINITY),
    rippleSin: new Float64Array(count),
    rippleCos: new Float64Array(count),
    ofRack,
    batch: createBatch(slots, seed + salt.batch),
    batchSlot,
  };
};

/** Row of the building an asset stands in, or −1. */
const buildingRowOf = (twin: Twin, ref: AssetRef): number => {
  for (let at: AssetRef | undefined = ref; at; at = twin.parentOf(at))
    if (at.className === "building") return at.row;
  return -1;
};

/** A job waits for racks that start if they are more than this part of it; fewer join at its next checkpoint. */
const worthWaiting = 0.02;

const waitForRacks = ({ racks, starting, brokenS }: Jobs, seconds: number): void => {
  for (let job = 0; job < racks.length; job++)
    if (starting[job]! > worthWaiting * racks[job]!) brokenS[job] = seconds;
  starting.fill(0);
};

/**
 * Writes the load of a job that runs, over a step. A synchronous job that lost racks waits until it has loaded its
 * checkpoint on the others; any other just loses them.
 */
export const runJob = (jobs: Jobs, job: number, moment: Moment): void => {
  const { load, kind } = jobs;
  if (kind[job] === "hpc") load[job] = batchLevel;
  else writeLoad(jobs, job, moment);
  if (kind[job] !== "training") return;
  const sinceS = moment.seconds - jobs.brokenS[job]!;
  if (sinceS < longestRestartS) load[job] = load[job]! * restarted(sinceS);
};

/** Ripples have one of so many periods, a second apart. */
const shortestRippleS = 45;
const ripplePeriods = 53;
const sines = new Float64Array(ripplePeriods);
const cosines = new Float64Array(ripplePeriods);

const stepRipples = ({ seed, rippleSin, rippleCos }: Jobs, { seconds, stepSeconds }: Moment): void => {
  // A step as long as the ripple sees its mean.
  if (stepSeconds >= shortestRippleS) {
    rippleSin.fill(0);
    rippleCos.fill(0);
    return;
  }
  for (let period = 0; period < ripplePeriods; period++) {
    const angle = (2 * Math.PI * seconds) / (shortestRippleS + period);
    sines[period] = sin(angle);
    cosines[period] = cos(angle);
  }
  for (let job = 0; job < rippleSin.length; job++) {
    const period = seed[job]! % ripplePeriods;
    rippleSin[job] = sines[period]!;
    rippleCos[job] = cosines[period]!;
  }
};

/** Loads and ripples of all jobs over a step. */
export const stepJobs = (jobs: Jobs, moment: Moment): void => {
  const { load, batch, batchSlot, dealt } = jobs;
  waitForRacks(jobs, moment.seconds);
  stepBatch(batch, moment);
  stepRipples(jobs, moment);
  for (let job = 0; job < load.length; job++) {
    const slot = job < dealt ? batchSlot[job]! : -1;
    if (slot >= 0) load[job] = batch.load[slot]!;
    else runJob(jobs, job, moment);
  }
};

/** Mean utilisation of each workload over a week, 0…1. */
export const meanLoads = (): Readonly<Record<Workload, number>> => {
  const clock: JobClock = { seconds: 0, stepSeconds: 900, hour: 0, day: 0 };
  const samples = 7 * 96;
  const mean = (kind: Workload): number => {
    let sum = 0;
    for (let i = 0; i < samples; i++) {
      clock.seconds = i * 900;
      clock.day = Math.floor(i / 96);
      clock.hour = (i % 96) / 4;
      sum += jobLoad(kind, clock, 17);
    }
    return sum / samples;
  };
  return Object.fromEntries(workloads.map((kind) => [kind, mean(kind)])) as Record<Workload, number>;
};

import { smoothStep } from "#twins/physics/noise.ts";
import type { RackRanges, TakeOver } from "./takeover.ts";
import type { Workload } from "./workload.ts";

/** A job that is to move here from another centre of the network. */
export interface MigrationOrder {
  /** Path id of the centre it comes from. */
  readonly fromCentre: string;
  /** Path id of the building that takes it in. */
  readonly toBuilding: string;
  readonly kind: Workload;
  /** Racks it needs; it gets whole rows, so rather more. */
  readonly racks: number;
  /** What it has computed so far: moved last, while it stands still. */
  readonly checkpointTb: number;
  /** Data it reads: moved first, while it still runs over there. 1 TB = 10¹² bytes. */
  readonly dataTb: number;
  /** Line, Gbit/s. */
  readonly gbitPerS: number;
  readonly startMs: number;
  /** How long it computes here, s; for good when absent. */
  readonly durationS?: number;
}

export type MigrationPhase = "ordered" | "reserving" | "staging" | "moving" | "loading" | "running" | "done";

/** When each phase begins, s since 1970. Known from the order on: a line has one speed. */
interface Timetable {
  readonly reservingS: number;
  readonly stagingS: number;
  /** The job over there stops and writes its checkpoint. */
  readonly movingS: number;
  readonly loadingS: number;
  readonly runningS: number;
  readonly doneS: number;
}

export interface Migration {
  readonly order: MigrationOrder;
  /** Row of the centre it comes from. */
  readonly centre: number;
  readonly ranges: RackRanges;
  /** Racks it got, and what part of those in its ranges they are: 1, less where rows are summed (totals.ts). */
  readonly racks: number;
  readonly share: number;
  readonly times: Timetable;
  phase: MigrationPhase;
  /** TB that have arrived, and Gbit/s over the last step. */
  arrivedTb: number;
  rateGbit: number;
  taken: TakeOver | null;
}

/** Gbit in a TB. */
const gbitPerTb = 8000;
/** The order is confirmed and what runs on the racks is ended in good order. */
const reserveS = 60;
/** The checkpoint is read from storage here and the job builds its groups; then it warms up. Assumed. */
const loadS = 180;
const warmUpS = 240;

/** Hours that so many TB take on a line. */
export const transferHours = (tb: number, gbitPerS: number): number => (tb * gbitPerTb) / gbitPerS / 3600;

export const timetable = (order: MigrationOrder): Timetable => {
  const seconds = (tb: number): number => transferHours(tb, order.gbitPerS) * 3600;
  const reservingS = order.startMs / 1000;
  const stagingS = reservingS + reserveS;
  const movingS = stagingS + seconds(order.dataTb);
  const loadingS = movingS + seconds(order.checkpointTb);
  const runningS = loadingS + loadS;
  return {
    reservingS,
    stagingS,
    movingS,
    loadingS,
    runningS,
    doneS: runningS + (order.durationS ?? Number.POSITIVE_INFINITY),
  };
};

/** TB that have arrived at a time. */
const arrivedTb = ({ times, order }: Migration, seconds: number): number =>
  Math.min(
    order.dataTb + order.checkpointTb,
    (Math.max(0, seconds - times.stagingS) * order.gbitPerS) / gbitPerTb,
  );

const phaseAt = (times: Timetable, seconds: number): MigrationPhase => {
  if (seconds >= times.doneS) return "done";
  if (seconds >= times.runningS) return "running";
  if (seconds >= times.loadingS) return "loading";
  if (seconds >= times.movingS) return "moving";
  if (seconds >= times.stagingS) return "staging";
  return seconds >= times.reservingS ? "reserving" : "ordered";
};

/** Part of the job's load that its racks here carry. */
export const warmth = ({ times }: Migration, seconds: number): number =>
  smoothStep(times.runningS, times.runningS + warmUpS, seconds);

/** True while the job no longer runs where it came from. */
export const hasLeft = (phase: MigrationPhase): boolean =>
  phase === "moving" || phase === "loading" || phase === "running";

/** Moves a migration on to a time. The rate is what arrived within the step, so that rate × time is conserved. */
export const stepMigration = (migration: Migration, seconds: number, stepSeconds: number): void => {
  const before = arrivedTb(migration, seconds - stepSeconds);
  migration.phase = phaseAt(migration.times, seconds);
  migration.arrivedTb = arrivedTb(migration, seconds);
  migration.rateGbit = stepSeconds > 0 ? ((migration.arrivedTb - before) * gbitPerTb) / stepSeconds : 0;
};

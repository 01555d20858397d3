import type { Moment } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import { isSettled } from "./room-air.ts";
import { machineStatus } from "./units.ts";

/** Pumps and tower fans: what power, faults and group control let run. */

/** What a building's plant gets in a step. */
export interface PlantOrder {
  /** Part of the mechanical load that has power; the first machines of each kind run. */
  powered: number;
  /** Voltage fell so low that contactors let go. */
  stopped: boolean;
  /** Group control starts nothing that has stopped. */
  locked: boolean;
  /** Power over that of a clean and well-tuned plant. */
  wear: number;
}

/** A run of rows of a class. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Shape of each: rows of the class. */
export interface Drives {
  readonly failed: Float32Array;
  /** Above 0: it gets no run signal. */
  readonly lockedOut: Float32Array;
  readonly status: Float64Array;
  /** Time until one that lost its power may start, s. */
  readonly waitS: Float64Array;
  readonly isOn: Uint8Array;
  readonly canRun: Uint8Array;
}

export const createDrives = (
  failed: Float32Array,
  status: Float64Array,
  lockedOut: Float32Array = new Float32Array(failed.length),
): Drives => ({
  failed,
  lockedOut,
  status,
  waitS: new Float64Array(failed.length),
  isOn: new Uint8Array(failed.length),
  canRun: new Uint8Array(failed.length),
});

export const spansOf = (ranges: Ranges): readonly Span[] =>
  Array.from({ length: ranges.length / 2 }, (_, row) => ({
    start: ranges[row * 2]!,
    end: ranges[row * 2 + 1]!,
  }));

/** After a loss of power controllers restart in so many seconds, one machine after another. Assumed. */
const restartS = 15;
const restartEachS = 3;

/** Whether a machine has power: the first ones of its kind in the building have. */
export const hasPower = (order: PlantOrder, index: number, count: number): boolean =>
  !order.stopped && index < Math.round(count * order.powered);

const idleStatus = (drives: Drives, row: number, isHeld: boolean): number => {
  if (drives.failed[row]! > 0) return machineStatus.fault;
  if (isHeld) return machineStatus.lockedOut;
  return drives.waitS[row]! > 0 ? machineStatus.starting : machineStatus.off;
};

/** Moves the timers of like drives on: who can run in this step. Whoever runs them writes `isOn` and its status. */
export const stepDrives = (
  drives: Drives,
  { start, end }: Span,
  { order, moment }: { readonly order: PlantOrder; readonly moment: Moment },
): void => {
  const settled = isSettled(moment);
  for (let row = start; row < end; row++) {
    const powered = hasPower(order, row - start, end - start);
    if (!powered) drives.waitS[row] = restartS + restartEachS * (row - start);
    else drives.waitS[row] = settled ? 0 : Math.max(0, drives.waitS[row]! - moment.stepSeconds);
    const isHeld = drives.lockedOut[row]! > 0 || (order.locked && drives.isOn[row] === 0 && !moment.first);
    const canRun = powered && drives.waitS[row] === 0 && drives.failed[row]! < 1 && !isHeld;
    drives.canRun[row] = canRun ? 1 : 0;
    if (!canRun) drives.isOn[row] = 0;
    drives.status[row] = idleStatus(drives, row, isHeld && powered);
  }
};

/** Part of a drive that works. */
export const soundOf = (drives: Drives, row: number): number => 1 - clamp(drives.failed[row]!, 0, 1);

export const showRunning = (drives: Drives, row: number): void => {
  if (drives.failed[row]! <= 0) drives.status[row] = machineStatus.on;
};

import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { approach } from "#twins/physics/moment.ts";
import { clamp, smoothStep } from "#twins/physics/noise.ts";
import { attributeOr, commissioned, commissionedBuildings, rangesBelow } from "#twins/physics/places.ts";
import { drivePower, speedOf } from "./curves.ts";
import type { Drives, PlantOrder, Span } from "./drives.ts";
import { createDrives, showRunning, soundOf, stepDrives } from "./drives.ts";
import { isSettled } from "./room-air.ts";

/**
 * Pumps of a building in two groups: the first half pumps the loop to the rooms, the second the water of the towers;
 * where there are no chillers all of them pump the one loop. One of a group is in reserve. They share the wanted flow
 * at one speed: by differential pressure, whose static part makes the control curve (`drivePower`), over a floor.
 */

const speedFloor = 0.6;
/** A running number is kept until another saves this part of the power. */
const reluctance = 0.06;
/** Pumps start and coast within so many seconds (time constant, assumed). */
const runUpS = 5;
/**
 * Air in the impellers: up to this part of the cross-section pumps carry it along, from the other on they are gas-locked
 * (radial pumps lose their head between 3–5 and 10–25 % gas; J. F. Gülich, Centrifugal Pumps, 13.2).
 */
const airCarried = 0.03;
const airLocked = 0.25;
/** Power that a pump draws without any flow, part of its own at the same speed. */
const dryPart = 0.35;

/** Groups of a building: group = 2 × building + one of these. */
export const pumpGroup = { loop: 0, tower: 1 } as const;

export interface Pumps extends Drives {
  readonly columns: Readonly<Record<"power" | "speed" | "status", Float64Array>>;
  readonly ratedKw: Float32Array;
  /** How far each is up to its flow, 0…1. Shape: pump rows. */
  readonly running: Float64Array;
  /** Shape of this and all that follow: buildings × 2. */
  readonly groups: readonly Span[];
  /** Part of design flow that those that run could bring. */
  readonly available: Float64Array;
  /** kW; all of it warms the water. */
  readonly power: Float64Array;
}

export const createPumps = (twin: Twin, columns: PlantColumns, conditions: Conditions): Pumps => {
  const pumps = rangesBelow(twin, "building", "pump");
  const chillers = rangesBelow(twin, "building", "chiller");
  const groups: Span[] = [];
  for (let building = 0; building < pumps.length / 2; building++) {
    const start = pumps[building * 2]!;
    const end = pumps[building * 2 + 1]!;
    const isChilled = chillers[building * 2 + 1]! > chillers[building * 2]!;
    const middle = isChilled ? Math.ceil((start + end) / 2) : end;
    groups.push({ start, end: middle }, { start: middle, end });
  }
  // Classes other than the rack are stored in 64 bits (catalogue).
  const own = columnsOf(columns, "pump", ["power", "speed", "status"]) as Pumps["columns"];
  const { failed, lockedOut } = conditions.of("pump");
  return {
    ...createDrives(failed, own.status, lockedOut),
    columns: own,
    ratedKw: commissioned(attributeOr(twin, "pump", "ratedKw", 90), pumps, commissionedBuildings(twin)),
    running: new Float64Array(own.power.length),
    groups,
    available: new Float64Array(groups.length),
    power: new Float64Array(groups.length),
  };
};

/** What a group of pumps is to bring. */
export interface PumpTask {
  /** Part of design flow. */
  share: number;
  /** Part of the loop's cross-section that is air. */
  air: number;
  readonly order: PlantOrder;
  moment: Moment;
}

/** Power of so many pumps at a flow, in ratings of one. */
const powerOf = (count: number, flow: number): number =>
  count * drivePower(1, speedOf(flow / count, speedFloor));

/** Pumps that bring a flow (in pumps) with least power, out of those there are. */
const leastCount = (flow: number, most: number, before: number): number => {
  let best = most;
  for (let count = Math.max(1, Math.ceil(flow - 1e-9)); count < most; count++)
    if (powerOf(count, flow) < powerOf(best, flow)) best = count;
  const isEnough = before >= flow && before > 0 && before <= most;
  return isEnough && powerOf(before, flow) <= (1 + reluctance) * powerOf(best, flow) ? before : best;
};

/** Those that run go on as far as they are wanted; then the first others start. */
const select = (pumps: Pumps, { start, end }: Span, wanted: number): void => {
  let on = 0;
  for (let row = start; row < end; row++)
    if (pumps.isOn[row] === 1) {
      if (on < wanted) on++;
      else pumps.isOn[row] = 0;
    }
  for (let row = start; row < end && on < wanted; row++)
    if (pumps.isOn[row] === 0 && pumps.canRun[row] === 1) {
      pumps.isOn[row] = 1;
      on++;
    }
};

/** Moves a group of pumps on: what it could bring, and what it draws. */
export const stepPumps = (pumps: Pumps, group: number, task: PumpTask): void => {
  const span = pumps.groups[group]!;
  const { start, end } = span;
  const { order, moment } = task;
  const head = 1 - smoothStep(airCarried, airLocked, task.air);
  const design = Math.max(1, end - start - 1);
  stepDrives(pumps, span, task);
  if (start === end) {
    // A twin without pumps has them all the same, only nobody counts their power.
    pumps.available[group] = (order.stopped ? 0 : order.powered) * head;
    return;
  }
  let able = 0;
  let before = 0;
  for (let row = start; row < end; row++) {
    able += pumps.canRun[row]!;
    before += pumps.isOn[row]!;
  }
  const flow = task.share * design;
  const most = Math.min(able, Math.max(design, Math.ceil(flow - 1e-9)));
  // Under lock-out nothing is started, and nobody stops what could not be started again.
  const wanted =
    order.locked && !moment.first ? able : leastCount(flow, most, isSettled(moment) ? 0 : before);
  select(pumps, span, Math.min(able, wanted));
  const on = Math.min(able, wanted);
  const speed = on > 0 ? speedOf(flow / on, speedFloor) : 0;
  const step = approach(moment, runUpS);
  let brought = 0;
  let power = 0;
  for (let row = start; row < end; row++) {
    const isOn = pumps.isOn[row] === 1;
    const target = isOn ? soundOf(pumps, row) : 0;
    pumps.running[row] = pumps.running[row]! + (target - pumps.running[row]!) * step;
    brought += pumps.running[row]!;
    const own = isOn ? order.wear * drivePower(pumps.ratedKw[row]!, speed) : 0;
    pumps.columns.power[row] = own * (dryPart + (1 - dryPart) * head);
    pumps.columns.speed[row] = isOn ? speed * 100 : 0;
    power += pumps.columns.power[row]!;
    if (isOn) showRunning(pumps, row);
  }
  pumps.available[group] = clamp(brought / design, 0, 1) * head;
  pumps.power[group] = power;
};

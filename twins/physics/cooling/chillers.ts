import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { ClassConditions, Conditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import { attributeOr, commissioned, commissionedBuildings, rangesBelow } from "#twins/physics/places.ts";
import { leastPowerCount } from "./curves.ts";
import type { PlantOrder, Span } from "./drives.ts";
import { hasPower, spansOf } from "./drives.ts";
import { isSettled } from "./room-air.ts";
import { machineStatus } from "./units.ts";

/** Chillers of a building: who runs, who may start, who trips. All that run share the heat by what they can carry. */

/** Has been so for as long as any timer asks. */
const longS = 3600;
/** From the first load to full load, s. */
const loadUpS = 60;
/** Flow per running machine, part of its design flow, below which flow switches let go (makers: 30–50 %). */
export const leastFlow = 0.3;
/** High-pressure cut-out, as water that enters the condenser, °C. */
export const cutOutAt = 40;
/** A condenser that is fouled all over: so much more lift, K, and so much less capacity. */
export const fouledLiftK = 8;
const fouledCapacity = 0.2;
/** Capacity over rating by entering water: less lift, more refrigerant flow (centrifugal machines, about 1.4 % a kelvin). */
const capacityAt = (entering: number): number => clamp(1.1 - 0.014 * (entering - 25), 0.6, 1.1);

const chillerMetrics = ["power", "supplyTemperature", "returnTemperature", "heat", "status"] as const;

export const phases = { off: 0, starting: 1, on: 2 } as const;

export interface Chillers {
  readonly spans: readonly Span[];
  /** Truth. Shape: chiller rows. */
  readonly columns: Readonly<Record<(typeof chillerMetrics)[number], Float64Array>>;
  readonly conditions: ClassConditions<"chiller">;
  readonly capacityKw: Float32Array;
  readonly phase: Uint8Array;
  /** Time in the phase, and until it may start again, s. */
  readonly sinceS: Float64Array;
  readonly waitS: Float64Array;
  readonly tripped: Uint8Array;
  /** What it could carry now, kW at rated capacity. */
  readonly able: Float64Array;
  /** Shape of this and all that follow: buildings. Time since the number that runs is not the one that is wanted, s. */
  readonly stageS: Float64Array;
  /** Time for which there has been too little flow, s. */
  readonly lowFlowS: Float64Array;
  /** What all that may be used could carry, kW at rated capacity; how many they are; mean fouling. */
  readonly ready: Float64Array;
  readonly readyCount: Float64Array;
  readonly fouled: Float64Array;
}

export const createChillers = (twin: Twin, columns: PlantColumns, conditions: Conditions): Chillers => {
  const ranges = rangesBelow(twin, "building", "chiller");
  const buildings = ranges.length / 2;
  const { count } = twin.table("chiller");
  return {
    spans: spansOf(ranges),
    // Classes other than the rack are stored in 64 bits (catalogue).
    columns: columnsOf(columns, "chiller", chillerMetrics) as Chillers["columns"],
    conditions: conditions.of("chiller"),
    capacityKw: commissioned(
      attributeOr(twin, "chiller", "capacityKw", 4200),
      ranges,
      commissionedBuildings(twin),
    ),
    phase: new Uint8Array(count),
    sinceS: new Float64Array(count),
    waitS: new Float64Array(count),
    tripped: new Uint8Array(count),
    able: new Float64Array(count),
    stageS: new Float64Array(buildings),
    lowFlowS: new Float64Array(buildings),
    ready: new Float64Array(buildings),
    readyCount: new Float64Array(buildings),
    fouled: new Float64Array(buildings),
  };
};

/** What a building's chillers meet in a step. */
export interface ChillerTask {
  /** Heat that plate exchangers leave, kW. */
  demand: number;
  /** Supply water above its set-point, K. */
  above: number;
  /** The smaller of the two flows, in machines at design flow. */
  flow: number;
  /** Water that enters the condensers, °C. */
  entering: number;
  readonly order: PlantOrder;
  moment: Moment;
}

/** Part of rated capacity that a building's machines have at an entering temperature; nothing above the cut-out. */
export const capacityShare = (c: Chillers, building: number, entering: number): number =>
  entering > cutOutAt - fouledLiftK * c.fouled[building]!
    ? 0
    : capacityAt(entering) * (1 - fouledCapacity * c.fouled[building]!);

export const isUsable = (c: Chillers, unit: number): boolean =>
  c.conditions.failed[unit]! < 1 && c.conditions.lockedOut[unit]! <= 0;

/** How many of the usable machines may run: one is in reserve as long as the others carry the heat. */
export const withReserve = (usable: number, count: number, needed: number): number =>
  usable < count || needed > count - 1 ? usable : Math.max(1, count - 1);

/** Sums what a building's chillers could carry: those that run, in settled steps all that might. */
export const readyChillers = (c: Chillers, building: number, task: ChillerTask): void => {
  const { start, end } = c.spans[building]!;
  const { order, moment } = task;
  const settled = isSettled(moment);
  let [ready, count, fouled] = [0, 0, 0];
  for (let unit = start; unit < end; unit++) {
    const isOn = c.phase[unit] === phases.on;
    const isHeld = order.locked && !isOn && !moment.first;
    const mayRun =
      isUsable(c, unit) && hasPower(order, unit - start, end - start) && !isHeld && task.flow >= leastFlow;
    const loaded = settled ? (mayRun ? 1 : 0) : isOn ? clamp((c.sinceS[unit]! + 1) / loadUpS, 0, 1) : 0;
    c.able[unit] = c.capacityKw[unit]! * loaded * (1 - clamp(c.conditions.failed[unit]!, 0, 1));
    if (c.able[unit] === 0) continue;
    ready += c.able[unit]!;
    fouled += clamp(c.conditions.fouled[unit]!, 0, 1);
    count++;
  }
  c.ready[building] = ready;
  c.readyCount[building] = count;
  c.fouled[building] = count > 0 ? fouled / count : 0;
};

/**
 * Load ratio of the machines that carry a heat, kW. In settled steps as many run as draw least.
 * @param share of their rated capacity that they have
 */
export const loadRatio = (
  c: Chillers,
  building: number,
  { chillerHeat: heat, share, settled }: { chillerHeat: number; share: number; settled: boolean },
): number => {
  const ready = c.ready[building]! * share;
  if (heat <= 0 || ready <= 0) return 0;
  if (!settled) return heat / ready;
  const own = ready / c.readyCount[building]!;
  return heat / (own * settledCount(c, building, heat, own));
};

const settledCount = (c: Chillers, building: number, heat: number, own: number): number => {
  const { start, end } = c.spans[building]!;
  return leastPowerCount(heat, own, withReserve(c.readyCount[building]!, end - start, heat / own));
};

/** What became of a building's chillers in a step. */
export interface ChillerResult {
  /** Heat that they took, and power, kW. */
  heat: number;
  power: number;
  share: number;
  settled: boolean;
  locked: boolean;
  /** Chilled water before and behind them, °C. */
  entering: number;
  leaving: number;
}

/** In settled steps the machines that would run do. */
const settlePhases = (c: Chillers, building: number, { heat, share }: ChillerResult): void => {
  const { start, end } = c.spans[building]!;
  const ready = c.ready[building]! * share;
  const wanted = heat > 0 && ready > 0 ? settledCount(c, building, heat, ready / c.readyCount[building]!) : 0;
  let on = 0;
  for (let unit = start; unit < end; unit++) {
    const isOn = c.able[unit]! > 0 && on < wanted;
    if (isOn) on++;
    else c.able[unit] = 0;
    c.phase[unit] = isOn ? phases.on : phases.off;
    c.sinceS[unit] = longS;
    c.waitS[unit] = 0;
    c.tripped[unit] = 0;
  }
};

const statusOf = (c: Chillers, unit: number, locked: boolean): number => {
  if (c.conditions.failed[unit]! > 0) return machineStatus.fault;
  if (c.conditions.lockedOut[unit]! > 0) return machineStatus.lockedOut;
  if (c.phase[unit] === phases.on) return machineStatus.on;
  if (c.phase[unit] === phases.starting) return machineStatus.starting;
  if (c.tripped[unit] === 1) return machineStatus.fault;
  return locked ? machineStatus.lockedOut : machineStatus.off;
};

/** Writes what each of a building's chillers does. */
export const showChillers = (c: Chillers, building: number, result: ChillerResult): void => {
  const { start, end } = c.spans[building]!;
  if (result.settled) settlePhases(c, building, result);
  let able = 0;
  for (let unit = start; unit < end; unit++) able += c.able[unit]!;
  for (let unit = start; unit < end; unit++) {
    const part = able > 0 ? c.able[unit]! / able : 0;
    c.columns.power[unit] = part * result.power;
    c.columns.heat[unit] = part * result.heat;
    c.columns.returnTemperature[unit] = result.entering;
    c.columns.supplyTemperature[unit] = part > 0 ? result.leaving : result.entering;
    c.columns.status[unit] = statusOf(c, unit, result.locked);
  }
};

import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { ClassConditions, Conditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import { attributeOr, commissioned, commissionedRooms, rangesBelow } from "#twins/physics/places.ts";
import { flowPerSpeed, ratedAirRate } from "./air.ts";
import type { Filters } from "./filters.ts";
import { createFilters } from "./filters.ts";

/** Air handlers of rooms: fans, and what is common to those on chilled water and those on outside air. */

const crahMetrics = [
  "power",
  "supplyTemperature",
  "returnTemperature",
  "fanSpeed",
  "filterPressure",
  "coolingMode",
  "status",
] as const;

/** Status codes of machines (catalogue). */
export const machineStatus = { off: 0, on: 1, fault: 2, lockedOut: 3, starting: 4 } as const;

/** What air handlers are made from. */
export interface UnitParts {
  readonly columns: PlantColumns;
  readonly conditions: Conditions;
  /** Like units that each row of the twin stands for; 1 each when absent. */
  readonly unitsOfCrah?: Int32Array | undefined;
}

export interface AirUnits {
  readonly ofRoom: Ranges;
  /** Truth. Shape: crah rows. */
  readonly columns: Readonly<Record<(typeof crahMetrics)[number], Float64Array>>;
  readonly conditions: ClassConditions<"crah">;
  /** Like units that each row stands for: 1 each, more where they are summed (compute/totals.ts). */
  readonly standsFor: Int32Array;
  /** Of one unit. */
  readonly ratedKw: Float32Array;
  readonly capacityKw: Float32Array;
  /** Speed of the room fans, 0…1, and the time until a stopped one may start, s. */
  readonly speed: Float64Array;
  readonly waitS: Float64Array;
  readonly filters: Filters;
  /** Mode each runs in (codes of coolingMode); outdoor units keep theirs for a while. */
  readonly mode: Uint8Array;
}

export const createAirUnits = (twin: Twin, { columns, conditions, unitsOfCrah }: UnitParts): AirUnits => {
  const ofRoom = rangesBelow(twin, "room", "crah");
  const parts = commissionedRooms(twin);
  const { count } = twin.table("crah");
  return {
    ofRoom,
    // Classes other than the rack are stored in 64 bits (catalogue).
    columns: columnsOf(columns, "crah", crahMetrics) as AirUnits["columns"],
    conditions: conditions.of("crah"),
    standsFor: unitsOfCrah ?? new Int32Array(count).fill(1),
    ratedKw: commissioned(attributeOr(twin, "crah", "ratedKw", 12), ofRoom, parts),
    capacityKw: commissioned(attributeOr(twin, "crah", "capacityKw", 160), ofRoom, parts),
    speed: new Float64Array(count),
    waitS: new Float64Array(count),
    filters: createFilters(count),
    mode: new Uint8Array(count),
  };
};

/** Fans reach their speed within so many seconds (time constant; EC motors with a soft start, assumed). */
export const fanTimeS = 15;
/** After a loss of power controllers restart in so many seconds, one unit after another. Assumed. */
const restartS = 20;
const restartEachS = 2;
/** Contactors let go below this part of the nominal voltage (IEC 60947-4-1: between 20 and 75 %). */
export const dropOutVoltage = 0.7;

/** What the fans of a room are told in a step. */
export interface FanOrder {
  /** Flow that all units together should bring, kW/K. */
  wanted: number;
  /** How far speeds get in this step to where they are going, 0…1 (`approach` by `fanTimeS`). */
  step: number;
  floor: number;
  /** Part of the mechanical load that has power; the first units of the room run. */
  powered: number;
  /** Voltage fell so low that contactors let go, or a fire stopped the room's air. */
  stopped: boolean;
  /** Its filters are in the room's air (else in the outside air that it takes heat to). */
  filtersRoomAir: boolean;
}

/** Part of a unit's fans that works. */
export const soundPart = (units: AirUnits, unit: number): number =>
  1 - clamp(units.conditions.failed[unit]!, 0, 1);

/** Flow of a unit at full speed, kW/K: what failed fans and dust leave of the rated. */
export const fullAirRate = (units: AirUnits, unit: number, filtersRoomAir: boolean): number => {
  const rated = ratedAirRate(units.capacityKw[unit]!);
  const clogged = filtersRoomAir ? units.filters.clogged[unit]! : 0;
  // What is well is as it is rated: the rest is for units that something happens to.
  return clogged === 0 && units.conditions.failed[unit] === 0
    ? rated
    : rated * soundPart(units, unit) * flowPerSpeed(clogged);
};

/** Moves the fans of a room: all that can run share the wanted flow at one speed, so the rest make up for a failed one. */
export const stepFans = (units: AirUnits, room: number, order: FanOrder, moment: Moment): void => {
  const { waitS, speed, standsFor } = units;
  const { failed } = units.conditions;
  const { fanSpeed, status } = units.columns;
  const start = units.ofRoom[room * 2]!;
  const end = units.ofRoom[room * 2 + 1]!;
  const firstOff = order.stopped ? start : start + Math.round((end - start) * order.powered);
  let available = 0;
  for (let unit = start; unit < end; unit++) {
    if (unit >= firstOff) waitS[unit] = restartS + restartEachS * (unit - start);
    else if (waitS[unit] !== 0)
      waitS[unit] = moment.first ? 0 : Math.max(0, waitS[unit]! - moment.stepSeconds);
    if (waitS[unit] === 0) available += standsFor[unit]! * fullAirRate(units, unit, order.filtersRoomAir);
  }
  const common = available > 0 ? clamp(order.wanted / available, order.floor, 1) : 0;
  for (let unit = start; unit < end; unit++) {
    const isReady = waitS[unit] === 0;
    const wanted = isReady && failed[unit]! < 1 ? common : 0;
    const reached = speed[unit]! + (wanted - speed[unit]!) * order.step;
    speed[unit] = reached;
    fanSpeed[unit] = reached * 100;
    status[unit] = isReady && failed[unit] === 0 ? machineStatus.on : statusOf(units, unit, unit < firstOff);
  }
};

const statusOf = (units: AirUnits, unit: number, mayRun: boolean): number => {
  if (units.conditions.failed[unit]! > 0) return machineStatus.fault;
  if (units.waitS[unit] === 0) return machineStatus.on;
  return mayRun ? machineStatus.starting : machineStatus.off;
};

/** Whether a unit's motors draw power; without it fans coast for some seconds more. */
export const isDriven = (units: AirUnits, unit: number): boolean =>
  units.waitS[unit] === 0 && units.conditions.failed[unit]! < 1;

/** Whether two units of a room are in the same state, so that one stands for both. */
export const areAlike = (units: AirUnits, a: number, b: number): boolean => {
  const { speed, waitS, mode, capacityKw, ratedKw } = units;
  const { failed, valveStuck } = units.conditions;
  const { clogged } = units.filters;
  return (
    speed[a] === speed[b] &&
    (waitS[a] === 0) === (waitS[b] === 0) &&
    mode[a] === mode[b] &&
    capacityKw[a] === capacityKw[b] &&
    ratedKw[a] === ratedKw[b] &&
    failed[a] === failed[b] &&
    clogged[a] === clogged[b] &&
    valveStuck[a] === valveStuck[b]
  );
};

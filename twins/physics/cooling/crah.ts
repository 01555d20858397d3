import type { Moment } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import { filterPressure, flowPerSpeed, outsideDensity, ratedAirRate } from "./air.ts";
import { drivePower } from "./curves.ts";
import { effectiveness } from "./exchanger.ts";
import type { Coils, Node } from "./node.ts";
import { coilHeat, createCoils, solveNode } from "./node.ts";
import type { OutsideKind, OutsideResult, OutsideWork } from "./outside.ts";
import {
  airMode,
  createOutsideResult,
  evaporativeUnit,
  freezeBelow,
  outsideLimit,
  refrigerantUnit,
  rejectOutside,
  thawAbove,
} from "./outside.ts";
import type { RoomAir } from "./room-air.ts";
import { airSystems, isSettled, ventAbove } from "./room-air.ts";
import { areAlike, fullAirRate, isDriven, soundPart } from "./units.ts";

/** Coils and fans of a room against its air: one step of the room's heat. */

/**
 * Coil on chilled water, per kW of capacity: conductance kW/K, a third above what 21/33 °C air at 16/22 °C water
 * needs (coils are chosen with such a margin); falls with the root of the air flow (EN 1216 tests give 0.5–0.6).
 */
const coilConductance = 0.17;
/** Water that a coil can draw at most, kW/K per kW: its design flow (6 K rise) and half as much again. */
const mostWater = 1.5 / 6;

/** What reaches a room's units in a step. */
interface AirInput {
  /** Heat of racks (and fire) to the air, kW. */
  heat: number;
  /** Water to the coils: °C, and kW/K that the room may draw. */
  waterTemperature: number;
  waterRate: number;
  /** Doors and smoke vents that people have opened, 0…1. */
  ventilated: number;
}

/** Groups of like units in the room at work; one set serves all rooms in turn. */
interface Groups extends Coils {
  /** Rows of each group: [first, end). */
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly rate: Float64Array;
  readonly fanKw: Float64Array;
}

/** The room at work: what it gets, what its units do with it. One serves all rooms in turn, filled in place. */
export interface AirWork {
  readonly air: RoomAir;
  readonly input: AirInput;
  readonly groups: Groups;
  readonly node: Node;
  readonly outside: OutsideWork;
  readonly result: OutsideResult;
  /** After a step: air of all units, kW/K, and its mean temperature, °C. */
  rate: number;
  temperature: number;
}

export const createAirWork = (air: RoomAir): AirWork => {
  const { ofRoom } = air.units;
  let most = 1;
  for (let room = 0; room < ofRoom.length / 2; room++)
    most = Math.max(most, ofRoom[room * 2 + 1]! - ofRoom[room * 2]!);
  return {
    air,
    input: { heat: 0, waterTemperature: 0, waterRate: 0, ventilated: 0 },
    groups: {
      ...createCoils(most),
      first: new Int32Array(most),
      end: new Int32Array(most),
      rate: new Float64Array(most),
      fanKw: new Float64Array(most),
    },
    node: { heat: 0, store: 0, before: 0, loss: 0, surroundings: 0, relief: 0, reliefAbove: ventAbove },
    outside: {
      kind: evaporativeUnit,
      ratedRate: 0,
      rate: 0,
      ratedKw: 0,
      compressorKw: 0,
      outsideRate: 0,
      airTemperature: 0,
      wetBulb: 0,
      maySpray: false,
      heat: 0,
      temperature: 0,
      before: 0,
    },
    result: createOutsideResult(),
    rate: 0,
    temperature: 0,
  };
};

const kindOf = (system: number): OutsideKind | undefined => {
  if (system === airSystems.evaporative) return evaporativeUnit;
  return system === airSystems.refrigerant ? refrigerantUnit : undefined;
};

/** Like units of a room as groups: their air, and the line of heat that holds the set-point. */
const groupUnits = ({ air, groups }: AirWork, room: number): void => {
  const { units } = air;
  const kind = kindOf(air.system[room]!);
  groups.count = 0;
  for (let unit = units.ofRoom[room * 2]!; unit < units.ofRoom[room * 2 + 1]!; unit++) {
    const last = groups.count - 1;
    if (last >= 0 && areAlike(units, groups.first[last]!, unit)) {
      groups.units[last] = groups.units[last]! + units.standsFor[unit]!;
      groups.end[last] = unit + 1;
      continue;
    }
    const group = groups.count++;
    groups.first[group] = unit;
    groups.end[group] = unit + 1;
    groups.units[group] = units.standsFor[unit]!;
    const rate = fullAirRate(units, unit, !kind) * units.speed[unit]!;
    const fanRated = units.ratedKw[unit]! * (1 - (kind?.fanPart ?? 0)) * soundPart(units, unit);
    const fanKw = isDriven(units, unit) ? drivePower(fanRated, units.speed[unit]!) : 0;
    groups.rate[group] = rate;
    groups.fanKw[group] = fanKw;
    groups.wantedSlope[group] = rate;
    groups.wantedAt[group] = rate * air.setPoint[room]! - fanKw;
  }
};

/** Flow below which a coil takes nothing, kW/K: fans that coast out. */
const noFlow = 1e-6;

/** Limits of coils on chilled water; running units share the room's water by capacity, each no more than it can draw. */
const setWaterLimits = ({ air, groups, input }: AirWork): void => {
  const { units } = air;
  let running = 0;
  for (let group = 0; group < groups.count; group++)
    if (groups.rate[group]! > noFlow)
      running += groups.units[group]! * units.capacityKw[groups.first[group]!]!;
  for (let group = 0; group < groups.count; group++) {
    const unit = groups.first[group]!;
    const rate = groups.rate[group]!;
    const capacity = units.capacityKw[unit]!;
    const valve = 1 - clamp(units.conditions.valveStuck[unit]!, 0, 1);
    const water =
      running > 0 ? valve * Math.min(mostWater * capacity, (input.waterRate * capacity) / running) : 0;
    const conductance = coilConductance * capacity * Math.sqrt(rate / ratedAirRate(capacity));
    const slope = rate > noFlow ? rate * effectiveness(conductance / rate, water / rate) : 0;
    groups.limitSlope[group] = slope;
    groups.limitAt[group] = slope * input.waterTemperature;
  }
};

const setOutsideWork = (work: AirWork, group: number): void => {
  const { outside, air } = work;
  const { units } = air;
  const unit = work.groups.first[group]!;
  const sound = soundPart(units, unit);
  outside.ratedRate = ratedAirRate(units.capacityKw[unit]!);
  outside.rate = work.groups.rate[group]!;
  outside.ratedKw = units.ratedKw[unit]! * sound;
  outside.compressorKw = outside.kind.compressorShare * units.capacityKw[unit]! * sound;
  outside.outsideRate =
    outside.ratedRate *
    sound *
    outside.kind.outsideShare *
    flowPerSpeed(units.filters.clogged[unit]!) *
    outsideDensity(outside.airTemperature);
};

/** Limits of units on outside air: exchanger at full outside air, and the compressor above it. */
const setOutsideLimits = (work: AirWork, room: number): void => {
  const { air, groups, outside } = work;
  for (let group = 0; group < groups.count; group++) {
    const unit = groups.first[group]!;
    groups.limitSlope[group] = 0;
    groups.limitAt[group] = 0;
    if (groups.rate[group]! <= noFlow || !isDriven(air.units, unit)) continue;
    setOutsideWork(work, group);
    outside.temperature = air.warm[room]!;
    const { slope, sink } = outsideLimit(outside);
    groups.limitSlope[group] = slope;
    groups.limitAt[group] = slope * sink - outside.compressorKw;
  }
};

/** Writes what the units of a room do at the temperature that was found. */
const writeUnits = (work: AirWork, room: number, settled: boolean): void => {
  const { air, groups, outside, result } = work;
  const { units } = air;
  const { columns } = units;
  const warm = air.warm[room]!;
  const isChilled = air.system[room] === airSystems.chilled;
  let heat = 0;
  let rates = 0;
  let carried = 0;
  air.water[room] = 0;
  air.compressor[room] = 0;
  for (let group = 0; group < groups.count; group++) {
    const unit = groups.first[group]!;
    const count = groups.units[group]!;
    const rate = groups.rate[group]!;
    const runs = isDriven(units, unit) && rate > noFlow;
    const taken = coilHeat(groups, group, warm);
    const supply = rate > noFlow ? warm + (groups.fanKw[group]! - taken) / rate : warm;
    const clogged = units.filters.clogged[unit]!;
    result.power = 0;
    result.compressor = 0;
    result.water = 0;
    result.mode = runs && isChilled ? airMode.chilledWater : airMode.stopped;
    result.speed = 0;
    if (runs && !isChilled) {
      setOutsideWork(work, group);
      outside.heat = taken;
      outside.temperature = warm;
      outside.before = settled ? airMode.stopped : units.mode[unit]!;
      rejectOutside(result, outside);
    }
    const flow = isChilled
      ? rate / ratedAirRate(units.capacityKw[unit]!)
      : result.speed * flowPerSpeed(clogged);
    const pressure = filterPressure(clogged, flow);
    // Like units follow one another (groupUnits), so a group is a run of rows.
    for (let row = unit; row < groups.end[group]!; row++) {
      columns.power[row] = units.standsFor[row]! * (groups.fanKw[group]! + result.power);
      columns.supplyTemperature[row] = supply;
      columns.returnTemperature[row] = warm;
      columns.filterPressure[row] = pressure;
      columns.coolingMode[row] = result.mode;
      units.mode[row] = result.mode;
      units.filters.flow[row] = isChilled ? 0 : flow;
    }
    heat += count * taken;
    rates += count * rate;
    carried += count * rate * supply;
    air.water[room] = air.water[room]! + count * result.water;
    air.compressor[room] = air.compressor[room]! + count * result.compressor;
  }
  air.outKw[room] = heat;
  air.toLoop[room] = isChilled ? heat : 0;
  work.rate = rates;
  work.temperature = rates > noFlow ? carried / rates : warm;
};

/** Moves the air of a room on: fans have their speed already. */
export const stepRoomAir = (work: AirWork, room: number, moment: Moment): void => {
  const { air, input, groups, node, outside } = work;
  const { weather } = moment;
  const settled = isSettled(moment);
  const kind = kindOf(air.system[room]!);
  groupUnits(work, room);
  if (kind) {
    outside.kind = kind;
    outside.airTemperature = weather.airTemperature;
    outside.wetBulb = weather.wetBulb;
    const below = air.drained[room] === 1 && !settled ? thawAbove : freezeBelow;
    air.drained[room] = weather.airTemperature < below ? 1 : 0;
    outside.maySpray = air.drained[room] === 0;
    setOutsideLimits(work, room);
  } else setWaterLimits(work);

  let fans = 0;
  for (let group = 0; group < groups.count; group++) fans += groups.units[group]! * groups.fanKw[group]!;
  const seconds = Math.max(moment.stepSeconds, 1e-3);
  const warm = air.warm[room]!;
  const heavy = air.heavy[room]!;
  // What is heavy follows implicitly: M' = (M + a·T')/(1 + a), so that the air sees one conductance to M.
  const a = settled ? 0 : (air.link[room]! * seconds) / air.heavyStore[room]!;
  const toHeavy = settled ? 0 : air.link[room]! / (1 + a);
  const open = clamp(input.ventilated, 0, 1) * air.vent[room]!;
  const envelope = air.envelope[room]! + open;
  node.heat = input.heat + fans + toHeavy * heavy;
  node.store = settled ? 0 : air.store[room]! / seconds;
  node.before = warm;
  node.loss = envelope + toHeavy;
  node.surroundings = (envelope * weather.airTemperature) / node.loss;
  node.relief = air.vent[room]! - open;
  const next = solveNode(node, groups);
  air.warm[room] = next;
  air.heavy[room] = settled ? next : (heavy + a * next) / (1 + a);
  writeUnits(work, room, settled);

  const inward = envelope * (weather.airTemperature - next);
  air.inKw[room] = input.heat + fans + Math.max(0, inward);
  air.outKw[room] =
    air.outKw[room]! + Math.max(0, -inward) + node.relief * Math.max(0, next - node.reliefAbove);
  air.storedKw[room] = settled
    ? 0
    : (air.store[room]! * (next - warm) + air.heavyStore[room]! * (air.heavy[room]! - heavy)) / seconds;
};

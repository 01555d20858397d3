import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { liquidHeat, liquidRiseK } from "#twins/physics/compute/racks.ts";
import type { ClassConditions, Conditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { approach } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import { attributeOr, rangesBelow, sumRange } from "#twins/physics/places.ts";
import { drivePower, liquidLoop, speedOf } from "./curves.ts";
import { effectiveness } from "./exchanger.ts";
import type { Coils, Node } from "./node.ts";
import { coilHeat, createCoils, solveNode } from "./node.ts";
import { isSettled } from "./room-air.ts";
import { machineStatus } from "./units.ts";

/**
 * Liquid loops of rooms: the CDUs of a room pump one ring of liquid through its racks and pass the heat to the
 * building's water through plate exchangers. N+1: the rest carry on when one stops.
 */

/** Supply to the racks above the building's water: what a plate exchanger needs, and 1 K to control with (assumed). */
const liquidSetPoint = liquidLoop.supply + 2.5;
const pumpFloor = 0.45;
/** Transfer units of the exchanger at rated flow: 10 K on both sides at 2.5 K approach. */
const ratedNtu = 4;
/** Primary water that a CDU can draw at most, over its rated flow. */
const mostWater = 1.5;
/** Liquid in pipes, manifolds and cold plates, L per kW of capacity (makers' 0.5–1.5; assumed): kJ/K per kW. */
const litresPerKw = 1;
const storePerKw = litresPerKw * liquidHeat * 60;
/** Pumps start and coast within so many seconds (time constant, assumed). */
const pumpTimeS = 5;
/** A leak is found and the CDU closed off after so many seconds (rope detectors and level switches; assumed). */
const isolateAfterS = 10;
const leakSeen = 0.005;
/** Relief valves open here: what holds a ring whose heat goes nowhere. */
const reliefAbove = 75;
const reliefPerKw = 0.1;

const cduMetrics = [
  "power",
  "supplyTemperature",
  "returnTemperature",
  "flow",
  "leakDetect",
  "status",
] as const;

export interface Cdus {
  readonly ofRoom: Ranges;
  /** Truth. Shape: cdu rows. */
  readonly columns: Readonly<Record<(typeof cduMetrics)[number], Float64Array>>;
  readonly conditions: ClassConditions<"cdu">;
  readonly ratedKw: Float32Array;
  readonly capacityKw: Float32Array;
  /** Part of its flow that a CDU brings, 0 stopped … 1, and for how long it has leaked, s. */
  readonly running: Float64Array;
  readonly leakingS: Float64Array;
  /** Capacity of a room's CDUs, kW; 0: the room has none. Shape of this and all that follow: rooms. */
  readonly roomCapacity: Float64Array;
  /** Liquid that comes back from the racks, and that goes to them, °C. */
  readonly warm: Float64Array;
  readonly supply: Float64Array;
  /** L/min that all CDUs could pump now. */
  readonly available: Float64Array;
  /** Last step: what came into the liquid, left it for the building's water or by relief, and stayed, kW. */
  readonly inKw: Float64Array;
  readonly toLoop: Float64Array;
  readonly relieved: Float64Array;
  readonly storedKw: Float64Array;
  readonly coils: Coils;
  readonly node: Node;
  /** The room at work; filled in place. */
  readonly input: LiquidInput;
}

export const createCdus = (twin: Twin, columns: PlantColumns, conditions: Conditions): Cdus => {
  const ofRoom = rangesBelow(twin, "room", "cdu");
  const capacityKw = attributeOr(twin, "cdu", "capacityKw", 600);
  const rooms = twin.table("room").count;
  const { count } = twin.table("cdu");
  return {
    ofRoom,
    // Classes other than the rack are stored in 64 bits (catalogue).
    columns: columnsOf(columns, "cdu", cduMetrics) as Cdus["columns"],
    conditions: conditions.of("cdu"),
    ratedKw: attributeOr(twin, "cdu", "ratedKw", 12),
    capacityKw,
    running: new Float64Array(count),
    leakingS: new Float64Array(count),
    roomCapacity: Float64Array.from({ length: rooms }, (_, room) => sumRange(capacityKw, ofRoom, room)),
    warm: new Float64Array(rooms).fill(liquidSetPoint + liquidRiseK),
    supply: new Float64Array(rooms).fill(liquidSetPoint),
    available: new Float64Array(rooms),
    inKw: new Float64Array(rooms),
    toLoop: new Float64Array(rooms),
    relieved: new Float64Array(rooms),
    storedKw: new Float64Array(rooms),
    coils: createCoils(1),
    node: { heat: 0, store: 0, before: 0, loss: 0, surroundings: 0, relief: 0, reliefAbove },
    input: { heat: 0, litres: 0, powered: true, waterTemperature: 0, waterRate: 0 },
  };
};

/** Rated flow of a CDU, L/min: its capacity at the racks' design rise. */
const ratedLitres = (capacityKw: number): number => capacityKw / (liquidRiseK * liquidHeat);

const isIsolated = (cdus: Cdus, cdu: number): boolean => cdus.leakingS[cdu]! >= isolateAfterS;

const isDriven = (cdus: Cdus, cdu: number, powered: boolean): boolean =>
  powered && !isIsolated(cdus, cdu) && cdus.conditions.failed[cdu]! < 1;

/** Moves the pumps of a room on: what they could bring now, L/min, before racks say what they take. */
export const stepCduPumps = (cdus: Cdus, room: number, powered: boolean, moment: Moment): void => {
  const step = approach(moment, pumpTimeS);
  let litres = 0;
  for (let cdu = cdus.ofRoom[room * 2]!; cdu < cdus.ofRoom[room * 2 + 1]!; cdu++) {
    const leak = clamp(cdus.conditions.leak[cdu]!, 0, 1);
    const leaks = leak > leakSeen;
    if (!leaks) cdus.leakingS[cdu] = 0;
    else if (moment.first) cdus.leakingS[cdu] = isolateAfterS;
    else cdus.leakingS[cdu] = cdus.leakingS[cdu]! + moment.stepSeconds;
    const driven = isDriven(cdus, cdu, powered);
    const sound = 1 - clamp(cdus.conditions.failed[cdu]!, 0, 1);
    cdus.running[cdu] = cdus.running[cdu]! + ((driven ? sound : 0) - cdus.running[cdu]!) * step;
    // What has run out of the ring is missing in it, but an isolated CDU loses no more.
    litres += ratedLitres(cdus.capacityKw[cdu]!) * cdus.running[cdu]! * (1 - leak);
    cdus.columns.leakDetect[cdu] = leaks ? 1 : 0;
    cdus.columns.status[cdu] =
      leaks || sound < 1 ? machineStatus.fault : driven ? machineStatus.on : machineStatus.off;
  }
  cdus.available[room] = litres;
};

/** What a room's liquid gets in a step. */
interface LiquidInput {
  /** Heat of cold plates, kW, and the liquid that goes through them, L/min. */
  heat: number;
  litres: number;
  powered: boolean;
  /** Water to the exchangers: °C, and kW/K that the room may draw. */
  waterTemperature: number;
  waterRate: number;
}

/** CDUs of a room that pump; the others have closed valves. */
const runningCapacity = (cdus: Cdus, room: number): number => {
  let capacity = 0;
  for (let cdu = cdus.ofRoom[room * 2]!; cdu < cdus.ofRoom[room * 2 + 1]!; cdu++)
    capacity += cdus.capacityKw[cdu]! * cdus.running[cdu]!;
  return capacity;
};

/** Moves the liquid of a room on, and writes its CDUs. */
export const stepRoomLiquid = (cdus: Cdus, room: number, moment: Moment): void => {
  const { coils, node, input } = cdus;
  const settled = isSettled(moment);
  const seconds = Math.max(moment.stepSeconds, 1e-3);
  const rate = input.litres * liquidHeat;
  const capacity = runningCapacity(cdus, room);
  const pumps = writePumps(cdus, room, input);
  coils.count = rate > 1e-6 && capacity > 1e-6 ? 1 : 0;
  if (coils.count > 0) {
    const rated = capacity / liquidRiseK;
    const ntu = (ratedNtu * rated * Math.sqrt(Math.min(1, rate / rated))) / rate;
    const water = Math.min(mostWater * rated, input.waterRate);
    const slope = rate * effectiveness(ntu, water / rate);
    coils.units[0] = 1;
    coils.wantedSlope[0] = rate;
    coils.wantedAt[0] = rate * liquidSetPoint - pumps;
    coils.limitSlope[0] = slope;
    coils.limitAt[0] = slope * input.waterTemperature;
  }
  const store = cdus.roomCapacity[room]! * storePerKw;
  const before = cdus.warm[room]!;
  node.heat = input.heat + pumps;
  node.store = settled ? 0 : store / seconds;
  node.before = before;
  node.relief = cdus.roomCapacity[room]! * reliefPerKw;
  // At rest and without heat every temperature is settled: it stays.
  const isIdle = node.heat === 0 && coils.count === 0;
  const warm = isIdle ? before : solveNode(node, coils);
  const taken = coils.count > 0 ? coilHeat(coils, 0, warm) : 0;
  cdus.warm[room] = warm;
  cdus.supply[room] = coils.count > 0 ? warm + (pumps - taken) / rate : warm;
  cdus.inKw[room] = node.heat;
  cdus.toLoop[room] = taken;
  cdus.relieved[room] = node.relief * Math.max(0, warm - reliefAbove);
  cdus.storedKw[room] = settled ? 0 : (store * (warm - before)) / seconds;
  for (let cdu = cdus.ofRoom[room * 2]!; cdu < cdus.ofRoom[room * 2 + 1]!; cdu++) {
    cdus.columns.supplyTemperature[cdu] = cdus.supply[room]!;
    cdus.columns.returnTemperature[cdu] = warm;
  }
};

/** Flow and power of each CDU; their power warms the liquid. Returns it, kW. */
const writePumps = (cdus: Cdus, room: number, { litres, powered }: LiquidInput): number => {
  const available = cdus.available[room]!;
  const speed = available > 0 ? speedOf(litres / available, pumpFloor) : 0;
  let power = 0;
  for (let cdu = cdus.ofRoom[room * 2]!; cdu < cdus.ofRoom[room * 2 + 1]!; cdu++) {
    const own =
      ratedLitres(cdus.capacityKw[cdu]!) * cdus.running[cdu]! * (1 - clamp(cdus.conditions.leak[cdu]!, 0, 1));
    cdus.columns.flow[cdu] = available > 0 ? (litres * own) / available : 0;
    cdus.columns.power[cdu] = isDriven(cdus, cdu, powered) ? drivePower(cdus.ratedKw[cdu]!, speed) : 0;
    power += cdus.columns.power[cdu]!;
  }
  return power;
};

import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { cos, cube, sin, square } from "#twins/physics/maths.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { approach } from "#twins/physics/moment.ts";
import { clamp, signed, smoothNoise, unit } from "#twins/physics/noise.ts";
import { ancestorRows, attributeOr, rangesBelow } from "#twins/physics/places.ts";
import type { RoomSupply } from "#twins/physics/supply.ts";
import type { Jobs } from "./jobs.ts";
import { createJobs, meanLoads, stepJobs } from "./jobs.ts";
import type { JobClock } from "./workload.ts";
import { idleShare } from "./workload.ts";

/** Share of a liquid-cooled rack's heat that its cold plates take (70–80 %, STANDARDS). */
export const coldPlateShare = 0.75;
/** Rise of air through a rack at rated power, K; liquid through cold plates at rated power, K. */
const airRiseK = 14;
export const liquidRiseK = 10;
/** kW per (L/min · K) for water with 25 % propylene glycol: 1.02 kg/L · 3.9 kJ/(kg K) / 60. */
export const liquidHeat = (1.02 * 3.9) / 60;
/** Air follows what blows it within a minute; liquid within half. */
const airTimeS = 60;
const liquidTimeS = 25;

/** Everything fixed about the racks, one number per rack row. */
interface RackFacts {
  readonly ratedKw: Float32Array;
  readonly occupied: Float32Array;
  readonly liquid: Float32Array;
  /** Utilisation of the rack over that of its job. */
  readonly gain: Float32Array;
  /** Power when idle and power per utilisation, kW. */
  readonly idleKw: Float32Array;
  readonly spanKw: Float32Array;
  readonly phaseSin: Float32Array;
  readonly phaseCos: Float32Array;
  /** How far the inlet is above supply air: where the rack stands, and per kW it blows back, K and K/kW. */
  readonly placeK: Float32Array;
  readonly recirculation: Float32Array;
  /** Coolant at rated power, L/min. */
  readonly flow: Float32Array;
}

export interface Racks {
  readonly jobs: Jobs;
  readonly facts: RackFacts;
  /** Racks of each room. */
  readonly ofRoom: Int32Array;
  readonly columns: Readonly<Record<RackMetric, Float32Array>>;
}

const rackMetrics = [
  "load",
  "power",
  "inletTemperature",
  "outletTemperature",
  "liquidSupplyTemperature",
  "liquidReturnTemperature",
  "liquidFlow",
  "leakDetect",
] as const;
type RackMetric = (typeof rackMetrics)[number];

const salt = { row: 201, rack: 202, air: 203, phase: 204 };

/** Mean power of an occupied rack over its rating where the twin does not say. */
const defaultLoad = 0.6;

/**
 * Mean power over rating of each rack as the reconciliation table states it for the building's block, so that the
 * simulated campus draws what the table says. Shape: rack rows.
 */
const wantedLoads = (twin: Twin): Float32Array => {
  const loads = new Float32Array(twin.table("rack").count).fill(defaultLoad);
  const ofBlock = new Map(twin.reconciliation.lines.map((line) => [line.scope, line.load]));
  const racks = rangesBelow(twin, "building", "rack");
  for (let building = 0; building < racks.length / 2; building++) {
    if (racks[building * 2] === racks[building * 2 + 1]) continue;
    const id = twin.table("building").idOf(building);
    const load = ofBlock.get(id) ?? ofBlock.get(id.replace(/\d+$/, ""));
    if (load !== undefined) loads.fill(load, racks[building * 2]!, racks[building * 2 + 1]!);
  }
  return loads;
};

/**
 * Idle power and span are set so that a week's mean equals the wanted share of rating and full load never passes the
 * rating: a rack whose mean is high idles high.
 */
const fillFacts = (twin: Twin, jobs: Jobs, facts: RackFacts, seed: number): void => {
  const rowOf = ancestorRows(twin, "rack", "row");
  const rowRanges = rangesBelow(twin, "row", "rack");
  const wantedOf = wantedLoads(twin);
  const { pose } = twin.table("rack");
  const mean = meanLoads();
  for (let rack = 0; rack < facts.ratedKw.length; rack++) {
    const kind = jobs.kind[jobs.ofRack[rack]!]!;
    const row = rowOf[rack]!;
    const wanted = clamp(wantedOf[rack]! * (1 + 0.05 * signed(seed + salt.row, row)), 0.1, 0.97);
    const full = Math.min(1, wanted / (idleShare[kind] + (1 - idleShare[kind]) * mean[kind]));
    const idle = Math.max(0, (wanted - full * mean[kind]) / (1 - mean[kind]));
    const installed = facts.ratedKw[rack]! * facts.occupied[rack]!;
    facts.idleKw[rack] = installed * idle;
    facts.spanKw[rack] = installed * (full - idle);
    facts.gain[rack] =
      0.97 + 0.06 * signed(seed + salt.row, row + 7919) + 0.03 * signed(seed + salt.rack, rack);
    const phase = 2 * Math.PI * unit(seed + salt.phase, row);
    facts.phaseSin[rack] = sin(phase);
    facts.phaseCos[rack] = cos(phase);

    const start = row < 0 ? rack : rowRanges[row * 2]!;
    const length = row < 0 ? 1 : rowRanges[row * 2 + 1]! - start;
    const fromMiddle = length > 1 ? Math.abs(((rack - start) / (length - 1)) * 2 - 1) : 0;
    const east = pose[rack * 4]! / 9;
    const north = pose[rack * 4 + 1]! / 7;
    const corner = smoothNoise(seed + salt.air, east) + smoothNoise(seed + salt.air + 1, north);
    facts.placeK[rack] = 0.9 + 0.45 * corner + 0.7 * square(square(fromMiddle));
    facts.recirculation[rack] = (1.6 + 1.8 * square(cube(fromMiddle)) + 0.5 * corner) / facts.ratedKw[rack]!;
    facts.flow[rack] = (facts.ratedKw[rack]! * coldPlateShare) / (liquidRiseK * liquidHeat);
  }
};

export const createRacks = (twin: Twin, columns: PlantColumns, seed: number): Racks => {
  const { count } = twin.table("rack");
  const ofRoom = rangesBelow(twin, "room", "rack");
  const liquid = attributeOr(twin, "rack", "liquid", 0);
  const jobs = createJobs(twin, (room) => liquid[ofRoom[room * 2]!] === 1, seed);
  const facts: RackFacts = {
    ratedKw: attributeOr(twin, "rack", "ratedKw", 5),
    occupied: attributeOr(twin, "rack", "occupied", 1),
    liquid,
    gain: new Float32Array(count),
    idleKw: new Float32Array(count),
    spanKw: new Float32Array(count),
    phaseSin: new Float32Array(count),
    phaseCos: new Float32Array(count),
    placeK: new Float32Array(count),
    recirculation: new Float32Array(count),
    flow: new Float32Array(count),
  };
  fillFacts(twin, jobs, facts, seed);
  // The rack class is stored in 32 bits (catalogue).
  const own = columnsOf(columns, "rack", rackMetrics) as Record<RackMetric, Float32Array>;
  return { jobs, facts, ofRoom, columns: own };
};

/** Utilisation and power of every rack at an instant. An empty rack draws nothing and has no load. */
export const stepRackPower = (racks: Racks, clock: JobClock): void => {
  const { jobs, facts, columns } = racks;
  stepJobs(jobs, clock);
  const { load: jobLoads, rippleSin, rippleCos, ofRack } = jobs;
  const { gain, phaseSin, phaseCos, occupied, idleKw, spanKw } = facts;
  const { load, power } = columns;
  for (let rack = 0; rack < power.length; rack++) {
    const job = ofRack[rack]!;
    const ripple = 0.012 * (rippleSin[job]! * phaseCos[rack]! + rippleCos[job]! * phaseSin[rack]!);
    const share = clamp(jobLoads[job]! * gain[rack]! + ripple, 0, 1) * occupied[rack]!;
    load[rack] = share * 100;
    power[rack] = idleKw[rack]! + spanKw[rack]! * share;
  }
};

/** Temperatures of all racks after a step. */
export const stepRackHeat = (racks: Racks, supply: RoomSupply, moment: Moment): void => {
  const airStep = approach(moment, airTimeS);
  const liquidStep = approach(moment, liquidTimeS);
  for (let room = 0; room < racks.ofRoom.length / 2; room++)
    stepRoomHeat(racks, room, {
      air: supply.air[room]!,
      liquidC: supply.liquid[room]!,
      airStep,
      liquidStep,
    });
};

interface RoomStep {
  /** °C. */
  readonly air: number;
  readonly liquidC: number;
  /** Part of the way to where air and liquid are going that this step takes. */
  readonly airStep: number;
  readonly liquidStep: number;
}

const stepRoomHeat = (racks: Racks, room: number, { air, liquidC, airStep, liquidStep }: RoomStep): void => {
  const { facts, columns, ofRoom } = racks;
  const { ratedKw, liquid, placeK, recirculation, flow } = facts;
  const { power, inletTemperature: inlet, outletTemperature: outlet } = columns;
  const { liquidSupplyTemperature: cold, liquidReturnTemperature: warm, liquidFlow } = columns;
  const end = ofRoom[room * 2 + 1]!;
  for (let rack = ofRoom[room * 2]!; rack < end; rack++) {
    const kw = power[rack]!;
    const share = kw / ratedKw[rack]!;
    const plates = liquid[rack] === 1 ? coldPlateShare : 0;
    const wanted = air + placeK[rack]! + recirculation[rack]! * kw * (1 - plates);
    inlet[rack] = inlet[rack]! + (wanted - inlet[rack]!) * airStep;
    // Server fans follow load with a floor, so the rise grows less than the power.
    const rise = (airRiseK * share) / (0.42 + 0.58 * share);
    outlet[rack] = outlet[rack]! + (inlet[rack]! + rise - outlet[rack]!) * airStep;
    if (plates === 0) continue;
    cold[rack] = cold[rack]! + (liquidC - cold[rack]!) * liquidStep;
    const litres = flow[rack]! * (0.55 + 0.45 * share);
    liquidFlow[rack] = litres;
    warm[rack] =
      warm[rack]! + (cold[rack]! + (kw * plates) / (litres * liquidHeat) - warm[rack]!) * liquidStep;
  }
};

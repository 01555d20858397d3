import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { ClassConditions, Conditions } from "#twins/physics/conditions.ts";
import { cos, cube, sin, square } from "#twins/physics/maths.ts";
import { clamp, signed, smoothNoise, unit } from "#twins/physics/noise.ts";
import { ancestorRows, attributeOr, rangesBelow } from "#twins/physics/places.ts";
import type { Supply } from "#twins/physics/supply.ts";
import type { Jobs } from "./jobs.ts";
import { createJobs, meanLoads } from "./jobs.ts";
import type { Workload } from "./workload.ts";
import { idleShare } from "./workload.ts";

/** Share of a liquid-cooled rack's heat that its cold plates take (70–80 %, STANDARDS). */
export const coldPlateShare = 0.75;
/** Rise of liquid through cold plates at rated power, K. */
export const liquidRiseK = 10;
/** kW per (L/min · K) for water with 25 % propylene glycol: 1.02 kg/L · 3.9 kJ/(kg K) / 60. */
export const liquidHeat = (1.02 * 3.9) / 60;

/** Everything fixed about the racks, one number per rack row. */
export interface RackFacts {
  readonly ratedKw: Float32Array;
  /** Racks with servers: 0 or 1; where a row of racks is summed into one (totals.ts), as many as it has. */
  readonly occupied: Float32Array;
  /** Rating of the racks with servers, kW. */
  readonly installedKw: Float32Array;
  readonly liquid: Float32Array;
  /** 1 where servers have accelerators: they were bought for the jobs that the rack was dealt to. */
  readonly accelerated: Uint8Array;
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
  /** Row of racks, or −1. */
  readonly row: Int32Array;
  /** How long after power is back the row's racks are started, s. */
  readonly bootDelayS: Float32Array;
}

/** Why servers of a rack are off although it has power. */
export const RackFault = { none: 0, inlet: 1, chip: 2, leak: 3 } as const;

/** What racks remember. Shape of each: rack rows. */
export interface RackState {
  /** Part of the servers that is on, 0…1. */
  readonly on: Float32Array;
  /** Until the next start, s. */
  readonly waitS: Float32Array;
  /** Part of its speed that heat leaves to a chip, 0…1. */
  readonly speed: Float32Array;
  /** Hottest chips, °C. */
  readonly chipC: Float32Array;
  /** How long the inlet has been beyond its limit, and the rack has leaked, s. */
  readonly hotS: Float32Array;
  readonly leakS: Float32Array;
  /** A `RackFault`. */
  readonly fault: Uint8Array;
}

/** Where the heat of a room's racks goes at this step, kW: power = air + liquid + what chips store. */
export interface RackHeat {
  readonly toAir: Float64Array;
  readonly toLiquid: Float64Array;
  readonly stored: Float64Array;
}

export interface Racks {
  readonly jobs: Jobs;
  readonly facts: RackFacts;
  readonly state: RackState;
  /** Shape of each: rooms. */
  readonly heat: RackHeat;
  /** 1 where a row of racks has power, and what is wrong with racks. */
  readonly supply: Supply;
  readonly conditions: ClassConditions<"rack">;
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

const salt = { row: 201, rack: 202, air: 203, phase: 204, boot: 205, stagger: 206 };

/**
 * Racks are started again row by row, so that a room's load does not come back at once: 2 to 10 minutes after power,
 * and within a row over half a minute.
 */
const bootDelay = { leastS: 120, spreadS: 480, staggerS: 30 };

const accelerated: ReadonlySet<Workload> = new Set(["training", "inference", "hpc"]);

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
  const rowRanges = rangesBelow(twin, "row", "rack");
  const wantedOf = wantedLoads(twin);
  const { pose } = twin.table("rack");
  const mean = meanLoads();
  for (let rack = 0; rack < facts.ratedKw.length; rack++) {
    const kind = jobs.kind[jobs.ofRack[rack]!]!;
    const row = facts.row[rack]!;
    const wanted = clamp(wantedOf[rack]! * (1 + 0.05 * signed(seed + salt.row, row)), 0.1, 0.97);
    const full = Math.min(1, wanted / (idleShare[kind] + (1 - idleShare[kind]) * mean[kind]));
    const idle = Math.max(0, (wanted - full * mean[kind]) / (1 - mean[kind]));
    const installed = facts.ratedKw[rack]! * facts.occupied[rack]!;
    facts.accelerated[rack] = accelerated.has(kind) ? 1 : 0;
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
    facts.installedKw[rack] = installed;
    facts.bootDelayS[rack] =
      bootDelay.leastS +
      bootDelay.spreadS * unit(seed + salt.boot, row) +
      bootDelay.staggerS * unit(seed + salt.stagger, rack);
  }
};

/** Racks before they are put anywhere: their facts, and the jobs they are dealt to. */
export interface DealtRacks {
  readonly facts: RackFacts;
  readonly jobs: Jobs;
  /** Rows of racks that each row a job can be given stands for: 1 each, more where they are summed (totals.ts). */
  readonly rowsOfRow: Int32Array;
}

/** Facts of all racks of a twin, and the jobs they are dealt to. */
export const dealRacks = (twin: Twin, seed: number): DealtRacks => {
  const { count } = twin.table("rack");
  const liquid = attributeOr(twin, "rack", "liquid", 0);
  const ofRoom = rangesBelow(twin, "room", "rack");
  const jobs = createJobs(twin, (room) => liquid[ofRoom[room * 2]!] === 1, seed);
  const facts: RackFacts = {
    ratedKw: attributeOr(twin, "rack", "ratedKw", 5),
    occupied: attributeOr(twin, "rack", "occupied", 1),
    installedKw: new Float32Array(count),
    liquid,
    accelerated: new Uint8Array(count),
    gain: new Float32Array(count),
    idleKw: new Float32Array(count),
    spanKw: new Float32Array(count),
    phaseSin: new Float32Array(count),
    phaseCos: new Float32Array(count),
    placeK: new Float32Array(count),
    recirculation: new Float32Array(count),
    flow: new Float32Array(count),
    row: ancestorRows(twin, "rack", "row"),
    bootDelayS: new Float32Array(count),
  };
  fillFacts(twin, jobs, facts, seed);
  for (let rack = 0; rack < count; rack++) {
    const job = jobs.ofRack[rack]!;
    jobs.racks[job] = jobs.racks[job]! + facts.occupied[rack]!;
  }
  return { facts, jobs, rowsOfRow: new Int32Array(twin.table("row").count).fill(1) };
};

/** What racks live on. */
export interface RackSurroundings {
  readonly supply: Supply;
  readonly conditions: Conditions;
}

export const createRacks = (
  twin: Twin,
  columns: PlantColumns,
  { dealt: { facts, jobs }, supply, conditions }: RackSurroundings & { readonly dealt: DealtRacks },
): Racks => {
  const { length } = facts.ratedKw;
  const rooms = twin.table("room").count;
  return {
    jobs,
    facts,
    state: {
      on: new Float32Array(length),
      waitS: new Float32Array(length),
      speed: new Float32Array(length).fill(1),
      chipC: new Float32Array(length),
      hotS: new Float32Array(length),
      leakS: new Float32Array(length),
      fault: new Uint8Array(length),
    },
    heat: {
      toAir: new Float64Array(rooms),
      toLiquid: new Float64Array(rooms),
      stored: new Float64Array(rooms),
    },
    supply,
    conditions: conditions.of("rack"),
    ofRoom: rangesBelow(twin, "room", "rack"),
    // The rack class is stored in 32 bits (catalogue).
    columns: columnsOf(columns, "rack", rackMetrics) as Record<RackMetric, Float32Array>,
  };
};

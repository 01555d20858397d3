import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { attributeOr, rangesBelow, sumRange } from "#twins/physics/places.ts";
import type { Banks } from "./banks.ts";
import type { Boards } from "./boards.ts";
import { transformerLoss } from "./curves.ts";
import { stepFlows } from "./flows.ts";
import { shareLoad } from "./modes.ts";
import type { Standby } from "./standby.ts";
import { loadSets, status } from "./standby.ts";
import type { Stations } from "./stations.ts";
import { isTransformerOut } from "./stations.ts";
import type { Topology } from "./topology.ts";

/** Lighting, offices, controls: share of rated IT power, a fifth of it only by day. */
const servicesShare = 0.012;
/** The mechanical load of undisturbed times is what load management on generators counts on. */
const undisturbedS = 600;

type Names<T extends string> = Readonly<Record<T, Float64Array>>;

/** From the racks' rows up to the buildings' mains. kW at this step. */
export interface Distribution {
  readonly buildings: number;
  readonly ratedIt: Float64Array;
  readonly transformer: Names<"power" | "loadRate" | "loss" | "status">;
  readonly cduPower: Float64Array;
  /** Shape: rows (of racks). */
  readonly rowPower: Float64Array;
  /** 1: the room's cooling pumps have changed over to its banks. Shape: rooms. */
  readonly isOnBanks: Uint8Array;
  /** What they take there. Shape: rooms. */
  readonly essential: Float64Array;
  /** Shape: rooms. */
  readonly roomIt: Float64Array;
  /** Shape of the following: buildings. */
  readonly it: Float64Array;
  readonly cooling: Float64Array;
  readonly services: Float64Array;
  readonly bankLoss: Float64Array;
  readonly transformerLoss: Float64Array;
  /** What batteries stored, − what they gave. */
  readonly stored: Float64Array;
  /** Meter of lighting, offices, losses of the banks and the charging of their batteries. */
  readonly aux: Float64Array;
  /** What passes none of the building's transformers: in twins that do not say through what. */
  readonly direct: Float64Array;
  /** All that the building draws, from the mains or its generators. */
  readonly main: Float64Array;
  readonly generated: Float64Array;
}

export const createDistribution = (twin: Twin, columns: PlantColumns): Distribution => {
  const { count } = twin.table("building");
  const rooms = twin.table("room").count;
  const ratedRack = attributeOr(twin, "rack", "ratedKw", 5);
  const racks = rangesBelow(twin, "building", "rack");
  const zeros = (): Float64Array => new Float64Array(count);
  return {
    buildings: count,
    ratedIt: Float64Array.from({ length: count }, (_, building) => sumRange(ratedRack, racks, building)),
    // Classes other than the rack are stored in 64 bits (catalogue).
    transformer: columnsOf(columns, "transformer", [
      "power",
      "loadRate",
      "loss",
      "status",
    ]) as Distribution["transformer"],
    cduPower: columnsOf(columns, "cdu", ["power"]).power as Float64Array,
    rowPower: new Float64Array(twin.table("row").count),
    isOnBanks: new Uint8Array(rooms),
    essential: new Float64Array(rooms),
    roomIt: new Float64Array(rooms),
    it: zeros(),
    cooling: zeros(),
    services: zeros(),
    bankLoss: zeros(),
    transformerLoss: zeros(),
    stored: zeros(),
    aux: zeros(),
    direct: zeros(),
    main: zeros(),
    generated: zeros(),
  };
};

/** What racks and cooling draw, kW, and how light it is, 0…1. */
export interface Loads {
  readonly rackPower: Float32Array;
  /** Air handlers and CDUs. Shape: rooms. */
  readonly roomCooling: Float64Array;
  /** Chillers, towers, pumps. Shape: buildings. */
  readonly plantCooling: Float64Array;
  readonly daylight: number;
}

/** Everything that the way upwards passes. */
export interface LoadParts {
  readonly topology: Topology;
  readonly stations: Stations;
  readonly standby: Standby;
  readonly boards: Boards;
  readonly banks: Banks;
  readonly distribution: Distribution;
}

/** Sums racks into rows and rooms. Every sum is in float64 over the very values that are published. */
const stepRows = (d: Distribution, topology: Topology, rackPower: Float32Array): void => {
  const { rowOfRack, racksOfRoom, cdusOfRoom } = topology;
  d.rowPower.fill(0);
  for (let rack = 0; rack < rackPower.length; rack++) {
    const row = rowOfRack[rack]!;
    if (row >= 0) d.rowPower[row] = d.rowPower[row]! + rackPower[rack]!;
  }
  for (let room = 0; room < d.roomIt.length; room++) {
    d.roomIt[room] = sumRange(rackPower, racksOfRoom, room);
    d.essential[room] = d.isOnBanks[room] ? sumRange(d.cduPower, cdusOfRoom, room) : 0;
  }
};

/** IT of a building that no bank carries: its rows hang on nothing that the twin knows, or its racks in no row. */
const unbankedIt = ({ distribution: d, topology }: LoadParts, building: number): number => {
  const { rowsOf, feedsOfRow } = topology;
  let inRows = 0;
  let unbanked = 0;
  for (let row = rowsOf[building * 2]!; row < rowsOf[building * 2 + 1]!; row++) {
    inRows += d.rowPower[row]!;
    if (feedsOfRow[row] === 0) unbanked += d.rowPower[row]!;
  }
  const outside = d.it[building]! - inRows;
  return unbanked + (outside > 1e-6 ? outside : 0);
};

const stepTransformer = ({ distribution, topology, boards, stations }: LoadParts, row: number): void => {
  const { power, loss, loadRate, status: shown } = distribution.transformer;
  const ratedKw = topology.rated.transformer[row]!;
  const isLive = boards.voltage[row]! > 0;
  loss[row] = isLive ? transformerLoss(power[row]!, ratedKw) : 0;
  loadRate[row] = ratedKw > 0 ? (100 * power[row]!) / ratedKw : 0;
  shown[row] = isLive
    ? status.on
    : isTransformerOut(stations, row) && stations.transformerFailed[row]! > 0
      ? status.fault
      : status.off;
};

/**
 * Splits the mechanical load among the transformers of its board that have voltage. Returns what passes none because the
 * twin knows none. What draws from a dark board is a fault of this program: the building's balance shows it.
 */
const addMechanical = (
  { distribution, topology, boards }: LoadParts,
  building: number,
  kw: number,
): number => {
  const transformers = topology.mechanicalOf[building]!;
  let live = 0;
  for (const row of transformers) if (boards.voltage[row]! > 0) live++;
  for (const row of transformers)
    distribution.transformer.power[row] = boards.voltage[row]! > 0 ? kw / live : 0;
  return transformers.length > 0 ? 0 : kw;
};

const stepBuilding = (parts: LoadParts, loads: Loads, building: number): void => {
  const { distribution: d, topology, banks, boards, standby } = parts;
  const { rooms, transformersOf, banksOf, transformerOfBank } = topology;
  const { power, loss } = d.transformer;
  const isLit = boards.mechanical[building]! > 0;
  const services = isLit ? servicesShare * d.ratedIt[building]! * (0.8 + 0.2 * loads.daylight) : 0;
  d.it[building] = sumRange(d.roomIt, rooms, building);
  d.cooling[building] = sumRange(loads.roomCooling, rooms, building) + loads.plantCooling[building]!;
  d.services[building] = services;
  d.bankLoss[building] = sumRange(banks.loss, banksOf, building);
  d.stored[building] = sumRange(banks.stored, banksOf, building);
  const mechanical = d.cooling[building]! + services - sumRange(d.essential, rooms, building);
  if (boards.mechanicalDemand[building] === 0 || standby.goodS[building]! >= undisturbedS)
    boards.mechanicalDemand[building] = mechanical;
  let direct = addMechanical(parts, building, mechanical) + unbankedIt(parts, building);
  let charging = 0;
  for (let bank = banksOf[building * 2]!; bank < banksOf[building * 2 + 1]!; bank++) {
    if (transformerOfBank[bank]! < 0) direct += banks.column.inputPower[bank]!;
    charging += Math.max(0, banks.stored[bank]!);
  }
  let through = 0;
  let lost = 0;
  for (let row = transformersOf[building * 2]!; row < transformersOf[building * 2 + 1]!; row++) {
    stepTransformer(parts, row);
    through += power[row]!;
    lost += loss[row]!;
  }
  d.transformerLoss[building] = lost;
  d.direct[building] = direct;
  d.aux[building] = services + d.bankLoss[building]! + charging;
  d.main[building] = through + lost + direct;
  d.generated[building] = loadSets(standby, building, d.main[building]!);
};

/** Power of banks, transformers and generators and what every building draws: bottom up over what is alive. */
export const stepLoads = (parts: LoadParts, loads: Loads, moment: Moment): void => {
  const { distribution: d, topology, banks } = parts;
  stepRows(d, topology, loads.rackPower);
  shareLoad(banks, { topology, rowPower: d.rowPower, essential: d.essential }, banks.column.power);
  stepFlows(banks, topology, moment.stepSeconds);
  d.transformer.power.fill(0);
  for (let bank = 0; bank < topology.transformerOfBank.length; bank++) {
    const row = topology.transformerOfBank[bank]!;
    if (row >= 0) d.transformer.power[row] = d.transformer.power[row]! + banks.column.inputPower[bank]!;
  }
  for (let building = 0; building < d.buildings; building++)
    if (topology.rooms[building * 2 + 1] !== topology.rooms[building * 2])
      stepBuilding(parts, loads, building);
};

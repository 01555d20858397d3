import type { Moment } from "#twins/physics/moment.ts";
import { sumRange } from "#twins/physics/places.ts";
import { voltageDrop } from "./curves.ts";
import type { Standby } from "./standby.ts";
import { mechanicalStage } from "./standby.ts";
import type { Stations } from "./stations.ts";
import { isTransformerOut } from "./stations.ts";
import type { Topology } from "./topology.ts";

/** Short-circuit voltage of the buildings' dry transformers (GB 20052 types, 6 %). */
const impedance = 0.06;
/** The tie between the two halves of the mechanical board closes so long after one half lost its transformer (assumed). */
const tieS = 2;
/**
 * Contactors let go below this, share of nominal, within 20 ms; so does what hangs straight on the mains.
 * (IEC 60947-4-1 lets coils drop out anywhere from 75 to 20 %; the ITI curve lets computers stop below 70 % after 20 ms.)
 */
export const dropOutVoltage = 0.7;

/** Low-voltage boards of the buildings: what reaches each transformer's busbar, and how much mechanical load may run. */
export interface Boards {
  /** On generators: 1 where the load management has closed a transformer's feeder. Shape: transformers. */
  readonly admitted: Uint8Array;
  /** Voltage behind each transformer, 1 nominal. Shape: transformers. */
  readonly voltage: Float64Array;
  /** Highest voltage that mains bring to a building. Shape: buildings. */
  readonly incoming: Float64Array;
  /** Part of the mechanical load that may run, 0…1, and what all of it would draw, kW. Shape: buildings. */
  readonly mechanical: Float64Array;
  readonly mechanicalDemand: Float64Array;
  /** How long one half of the mechanical board has been without its transformer, s. Shape: buildings. */
  readonly halfS: Float64Array;
}

export const createBoards = ({ buildings, buildingOfTransformer }: Topology): Boards => ({
  admitted: new Uint8Array(buildingOfTransformer.length),
  voltage: new Float64Array(buildingOfTransformer.length),
  incoming: new Float64Array(buildings),
  mechanical: new Float64Array(buildings).fill(1),
  mechanicalDemand: new Float64Array(buildings),
  halfS: new Float64Array(buildings),
});

/** Voltage that the mains bring to a transformer's feeder. */
const mainsVoltage = (stations: Stations, topology: Topology, transformer: number): number => {
  const station = topology.stationOfTransformer[transformer]!;
  return stations.perUnit[station < 0 ? stations.count : station]!;
};

/** Highest voltage that mains bring to any of a building's transformers. */
export const stepIncoming = (boards: Boards, topology: Topology, stations: Stations): void => {
  const { transformersOf } = topology;
  for (let building = 0; building < topology.buildings; building++) {
    const start = transformersOf[building * 2]!;
    const end = transformersOf[building * 2 + 1]!;
    let highest = start === end ? stations.perUnit[stations.count]! : 0;
    for (let t = start; t < end; t++) highest = Math.max(highest, mainsVoltage(stations, topology, t));
    boards.incoming[building] = highest;
  }
};

/**
 * Load management on generators: feeders of the rooms are closed in order as far as the sets on the bus carry them and
 * their part of the cooling, then mechanical load in quarters.
 * @param needs kW that the banks behind each transformer will take. Shape: transformers
 */
const admit = (
  boards: Boards,
  { topology, standby, needs }: Pick<BoardsAround, "topology" | "standby" | "needs">,
  building: number,
): void => {
  const { transformersOf, mechanicalOf } = topology;
  const capacity = standby.capacity[building]!;
  const demand = boards.mechanicalDemand[building]!;
  const all = sumRange(needs, transformersOf, building);
  const withCooling = all > 0 ? 1 + demand / all : 1;
  let taken = 0;
  for (let t = transformersOf[building * 2]!; t < transformersOf[building * 2 + 1]!; t++) {
    if (mechanicalOf[building]!.includes(t)) continue;
    boards.admitted[t] = (taken + needs[t]!) * withCooling <= capacity ? 1 : 0;
    if (boards.admitted[t]) taken += needs[t]!;
  }
  const carried = demand > 0 ? Math.max(0, capacity - taken) / demand : 1;
  const quarters = Math.floor(carried / mechanicalStage) * mechanicalStage;
  boards.mechanical[building] = Math.min(standby.stage[building]!, quarters);
  for (const t of mechanicalOf[building]!) boards.admitted[t] = boards.mechanical[building]! > 0 ? 1 : 0;
};

/** Half of the machines stand until the tie closes. */
const tieMechanical = (
  boards: Boards,
  { topology, moment }: { topology: Topology; moment: Moment },
  building: number,
): void => {
  const transformers = topology.mechanicalOf[building]!;
  let live = 0;
  for (const t of transformers) if (boards.voltage[t]! >= dropOutVoltage) live++;
  const isHalf = live > 0 && live < transformers.length;
  boards.halfS[building] = isHalf ? boards.halfS[building]! + moment.stepSeconds : 0;
  const isTied = boards.halfS[building]! > tieS || moment.first;
  if (transformers.length > 0 && (live === 0 || (isHalf && !isTied)))
    boards.mechanical[building] = boards.mechanical[building]! * (live / transformers.length);
};

export interface BoardsAround {
  readonly topology: Topology;
  readonly stations: Stations;
  readonly standby: Standby;
  readonly needs: Float64Array;
  /** Power through each transformer in the step before, kW. */
  readonly through: Float64Array;
  readonly moment: Moment;
}

/** Voltage behind every transformer and the mechanical load that may run, once the changeovers have moved. */
export const stepBoards = (boards: Boards, around: BoardsAround): void => {
  const { topology, stations, standby, through } = around;
  const { transformersOf, mechanicalOf, rated } = topology;
  for (let building = 0; building < topology.buildings; building++) {
    const isStandby = standby.onGenerators[building] === 1;
    if (isStandby) admit(boards, around, building);
    else boards.mechanical[building] = 1;
    for (let t = transformersOf[building * 2]!; t < transformersOf[building * 2 + 1]!; t++) {
      const source = isStandby ? boards.admitted[t]! : mainsVoltage(stations, topology, t);
      const load = rated.transformer[t]! > 0 ? through[t]! / rated.transformer[t]! : 0;
      boards.voltage[t] =
        source === 0 || isTransformerOut(stations, t)
          ? 0
          : Math.max(0, source - voltageDrop(impedance, load));
    }
    if (mechanicalOf[building]!.length > 0) tieMechanical(boards, around, building);
    else if (!isStandby && boards.incoming[building]! < dropOutVoltage) boards.mechanical[building] = 0;
  }
};

/** Best voltage on the mechanical board of a building. */
export const mechanicalVoltage = (boards: Boards, topology: Topology, building: number): number => {
  const transformers = topology.mechanicalOf[building]!;
  if (transformers.length === 0) return boards.incoming[building]!;
  let highest = 0;
  for (const t of transformers) highest = Math.max(highest, boards.voltage[t]!);
  return highest;
};

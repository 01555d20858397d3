import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { sumRange } from "#twins/physics/places.ts";
import type { Supply } from "#twins/physics/supply.ts";
import type { Banks } from "./banks.ts";
import { createBanks, supplyMode } from "./banks.ts";
import { chargeLimitPower } from "./battery.ts";
import type { Boards } from "./boards.ts";
import { createBoards, dropOutVoltage, mechanicalVoltage, stepBoards, stepIncoming } from "./boards.ts";
import { upsLoss } from "./curves.ts";
import type { Distribution, Loads } from "./distribution.ts";
import { createDistribution, stepLoads } from "./distribution.ts";
import type { Grid } from "./grid.ts";
import { createGrid, stepGrid, stepZones } from "./grid.ts";
import { stepBanks } from "./modes.ts";
import type { Call, Standby } from "./standby.ts";
import { createStandby, stepStandby } from "./standby.ts";
import type { Stations } from "./stations.ts";
import { createStations, showStations, stepStations } from "./stations.ts";
import type { Topology } from "./topology.ts";
import { createTopology } from "./topology.ts";

/**
 * The electrical side, in two directions: voltage and availability from the grid down to the rows (`stepSupply`, before
 * anybody draws power), then power from the racks up to the grid (`stepDemand`, `stepImport`).
 * Quasi-steady: no transients within a step, no reactive power but in the voltage drop, no protection but fuses of sense
 * (overload of banks); transformers and feeders are never tripped by load.
 */
export interface Power {
  readonly supply: Supply;
  readonly topology: Topology;
  readonly stations: Stations;
  readonly standby: Standby;
  readonly boards: Boards;
  readonly banks: Banks;
  readonly distribution: Distribution;
  readonly grid: Grid;
  readonly onGenerators: Uint8Array;
  /** kW that the banks behind each transformer will take. Shape: transformers. */
  readonly needs: Float64Array;
  readonly call: Call;
}

export const createPower = (
  twin: Twin,
  columns: PlantColumns,
  { conditions, supply, seed }: { conditions: Conditions; supply: Supply; seed: number },
): Power => {
  const topology = createTopology(twin);
  const around = { topology, conditions, seed };
  const standby = createStandby(twin, columns, around);
  return {
    supply,
    topology,
    stations: createStations(twin, columns, around),
    standby,
    boards: createBoards(topology),
    banks: createBanks(twin, columns, around),
    distribution: createDistribution(twin, columns),
    grid: createGrid(twin, columns),
    onGenerators: standby.onGenerators,
    needs: new Float64Array(twin.table("transformer").count),
    call: { building: 0, incoming: 1, isRefused: false },
  };
};

/** What the banks behind each transformer would take, charging included; a dark bank may wake up with half its rating. */
const expectNeeds = ({ topology, banks, needs }: Power): void => {
  const { transformerOfBank, rated } = topology;
  needs.fill(0);
  for (let bank = 0; bank < transformerOfBank.length; bank++) {
    const row = transformerOfBank[bank]!;
    if (row < 0) continue;
    const ratedKw = rated.bank[bank]!;
    const isDead = banks.column.supplyMode[bank] === supplyMode.dead;
    const output = isDead ? 0.5 * ratedKw : banks.column.power[bank]!;
    const isFull = banks.energy[bank]! >= 0.99 * banks.capacity[bank]!;
    needs[row] = needs[row]! + output + upsLoss(output, ratedKw) + (isFull ? 0 : chargeLimitPower(ratedKw));
  }
};

const stepChangeovers = (power: Power, moment: Moment): void => {
  const { topology, boards, banks, standby, call } = power;
  for (let building = 0; building < topology.buildings; building++) {
    call.building = building;
    call.incoming = boards.incoming[building]!;
    call.isRefused = sumRange(banks.refuses, topology.banksOf, building) > 0;
    stepStandby(standby, call, moment.stepSeconds);
  }
};

/** Cooling pumps of a room hang on the mechanical board, and change over to the room's banks when that is dark. */
const stepEssential = ({ topology, boards, banks, distribution, supply }: Power): void => {
  const { buildingOfRoom, banksOfRoom } = topology;
  for (let room = 0; room < buildingOfRoom.length; room++) {
    const isBoardLive = (boards.mechanical[buildingOfRoom[room]!] ?? 1) > 0;
    let hasBank = false;
    for (let bank = banksOfRoom[room * 2]!; bank < banksOfRoom[room * 2 + 1]!; bank++)
      hasBank ||= banks.column.supplyMode[bank] !== supplyMode.dead;
    supply.essential[room] = isBoardLive || hasBank ? 1 : 0;
    distribution.isOnBanks[room] = !isBoardLive && hasBank ? 1 : 0;
  }
};

const writeSupply = ({ topology, stations, boards, banks, standby, supply }: Power): void => {
  const { feedsOfRow, buildingOfRow } = topology;
  for (let row = 0; row < feedsOfRow.length; row++) {
    const isUnbanked = feedsOfRow[row] === 0;
    const voltage = boards.incoming[buildingOfRow[row]!] ?? 1;
    supply.row[row] = (isUnbanked ? voltage >= dropOutVoltage : banks.livePaths[row]! > 0) ? 1 : 0;
  }
  for (let station = 0; station < stations.count; station++)
    supply.station[station] = stations.perUnit[station]! > 0 ? 1 : 0;
  for (let building = 0; building < topology.buildings; building++) {
    supply.mechanical[building] = boards.mechanical[building]!;
    supply.lowestVoltage[building] =
      standby.gap[building] === 1 ? 0 : mechanicalVoltage(boards, topology, building);
  }
};

/** Voltage and availability from the grid down to the rows, the pumps and the mechanical boards. */
export const stepSupply = (power: Power, moment: Moment): void => {
  const { topology, stations, standby, boards, banks, distribution, needs } = power;
  stepStations(stations, moment);
  stepIncoming(boards, topology, stations);
  stepChangeovers(power, moment);
  expectNeeds(power);
  stepBoards(boards, {
    topology,
    stations,
    standby,
    needs,
    through: distribution.transformer.power,
    moment,
  });
  stepBanks(banks, {
    topology,
    voltage: boards.voltage,
    incoming: boards.incoming,
    onGenerators: standby.onGenerators,
    rowPower: distribution.rowPower,
    essential: distribution.essential,
    moment,
  });
  stepEssential(power);
  writeSupply(power);
};

/** From the racks up to the buildings' mains and the zones. Returns what the campus draws, kW. */
export const stepDemand = (power: Power, loads: Loads, moment: Moment): number => {
  stepLoads(power, loads, moment);
  return stepZones(power);
};

/** From the buildings to the grid, once sun, wind and storage are known. */
export const stepImport = (power: Power, moment: Moment): void => {
  stepGrid(power);
  showStations(power.stations, moment);
};

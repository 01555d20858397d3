import { loadTwin } from "#twins/model/load.ts";
import { sampleFiles, sampleTwin, sampleWest } from "#twins/model/sample.fixture.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createColumns } from "#twins/physics/columns.ts";
import { stepRackHeat } from "#twins/physics/compute/rack-heat.ts";
import type { Racks } from "#twins/physics/compute/racks.ts";
import { createRacks, dealRacks } from "#twins/physics/compute/racks.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import { sumRange } from "#twins/physics/places.ts";
import type { RoomSupply, Supply } from "#twins/physics/supply.ts";
import { createRoomSupply, createSupply } from "#twins/physics/supply.ts";
import type { Loops } from "./loops.ts";
import { createLoops } from "./loops.ts";
import type { Rooms } from "./rooms.ts";
import { createRooms, stepRoomMachines, stepRoomSupply } from "./rooms.ts";

/** Rooms of the three systems as the campus has them, alone: the test says what weather, water, load and power they get. */

const templatesOf = (floors: number, occupancy: number): object => {
  const template = (own: object): object => ({
    ...sampleTwin.templates.small,
    floors,
    columns: 1,
    occupancy,
    ...own,
  });
  return {
    small: template({ rowsPerRoom: 14, racksPerRow: 24, rackKw: 5.27 }),
    liquid: template({
      rowsPerRoom: 4,
      racksPerRow: 24,
      rackKw: 20,
      liquid: true,
      cooling: "closedTowerLiquid",
    }),
    outside: template({
      rowsPerRoom: 6,
      racksPerRow: 20,
      rackKw: 4.88,
      cooling: "evaporative",
    }),
  };
};

const systems = { chilled: "small", evaporative: "outside", liquid: "liquid" } as const;
export type System = keyof typeof systems;

/** One zone with a building for each system, of one room a floor. */
export const benchTwin = (floors = 1, occupancy = 1): Twin => {
  const files = sampleFiles({
    "twin.json": {
      ...sampleTwin,
      templates: templatesOf(floors, occupancy),
      zones: ["west.json"],
      loadTest: undefined,
    },
    "west.json": {
      ...sampleWest,
      size: [600, 200],
      buildings: Object.entries(systems).map(([id, used], index) => ({
        id,
        name: sampleWest.name,
        at: [200 * index - 200, 0],
        size: [80, 80, 14 * floors],
        built: 1,
        template: used,
      })),
    },
    "aliases.csv": undefined,
  });
  return loadTwin(files, { racks: 5000 });
};

export interface RoomBench {
  readonly twin: Twin;
  readonly rooms: Rooms;
  readonly racks: Racks;
  readonly loops: Loops;
  readonly supply: Supply;
  readonly roomSupply: RoomSupply;
  readonly conditions: Conditions;
  readonly moment: Moment;
  /** Power of racks over their rating. */
  load: number;
  /** Moves the rooms on; the first step settles them. */
  step(seconds: number): void;
  /** Forgets what was: the next step settles. */
  settle(): void;
}

/** The room of a system. */
export const roomRow = (bench: RoomBench, system: System): number => {
  const found = bench.twin.find(`west/${system}/f1/r1`);
  if (!found) throw new Error(`the bench has no ${system} room`);
  return found.row;
};

const designRiseK = { water: 6, liquid: 10 };

export const createRoomBench = (seed = 1): RoomBench => {
  const twin = benchTwin();
  const columns = createColumns(twin);
  const conditions = createConditions(twin);
  const supply = createSupply(twin);
  const roomSupply = createRoomSupply(twin);
  const loops = createLoops(twin);
  const rooms = createRooms(twin, { columns, conditions, loops, seed });
  const racks = createRacks(twin, columns, { dealt: dealRacks(twin, seed), supply, conditions });
  for (let building = 0; building < loops.supply.length; building++) {
    const room = rooms.ofBuilding[building * 2]!;
    const isLiquid = (rooms.cdus.roomCapacity[room] ?? 0) > 0;
    loops.supply[building] = isLiquid ? 33 : 16;
    loops.flow[building] = 1;
    loops.capacityRate[building] =
      sumRange(rooms.rated, rooms.ofBuilding, building) / (isLiquid ? designRiseK.liquid : designRiseK.water);
  }
  const moment = createMoment();
  moment.weather.airTemperature = 10;
  moment.weather.wetBulb = 5;
  const bench: RoomBench = {
    twin,
    rooms,
    racks,
    loops,
    supply,
    roomSupply,
    conditions,
    moment,
    load: 0.85,
    step: (seconds) => {
      setMoment(moment, {
        timeMs: moment.timeMs + seconds * 1000,
        stepSeconds: seconds,
        utcOffsetMin: 480,
      });
      const { power } = racks.columns;
      for (let rack = 0; rack < power.length; rack++)
        power[rack] = racks.facts.installedKw[rack]! * bench.load;
      stepRoomSupply(rooms, { racks, supply, roomSupply, moment });
      stepRackHeat(racks, roomSupply, moment);
      stepRoomMachines(rooms, { racks, supply, roomSupply, moment });
      moment.first = false;
    },
    settle: () => {
      moment.first = true;
    },
  };
  return bench;
};

import { loadTwin } from "#twins/model/load.ts";
import { sampleFiles, sampleTwin } from "#twins/model/sample.fixture.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createColumns } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import type { RoomSupply, Supply } from "#twins/physics/supply.ts";
import { createRoomSupply, createSupply } from "#twins/physics/supply.ts";
import type { DispatchPlatform } from "./dispatch.ts";
import { createDispatch, stepDispatch } from "./dispatch.ts";
import { stepRackHeat } from "./rack-heat.ts";
import { stepRackPower } from "./rack-power.ts";
import type { Racks } from "./racks.ts";
import { createRacks, dealRacks } from "./racks.ts";

const name = { zh: "园", en: "Campus" };

const template = (own: object): object => ({ ...sampleTwin.templates.small, floors: 2, ...own });

const liquid = { liquid: true, cooling: "closedTowerLiquid", occupancy: 1, load: 0.9 };

const templates = {
  pods: template({ columns: 4, rowsPerRoom: 4, racksPerRow: 24, rackKw: 20, ...liquid }),
  cards: template({ columns: 5, rowsPerRoom: 5, racksPerRow: 13, rackKw: 20, ...liquid }),
  large: template({
    columns: 4,
    rowsPerRoom: 10,
    racksPerRow: 24,
    rackKw: 5.27,
    occupancy: 0.85,
    load: 0.84,
  }),
  outside: template({ columns: 2, rowsPerRoom: 6, racksPerRow: 20, rackKw: 4.88, cooling: "evaporative" }),
};

const building = (id: string, used: keyof typeof templates, east: number): object => ({
  id,
  name,
  at: [east, 0],
  size: [110, 60, 24],
  built: 1,
  template: used,
});

const zone = (id: string, north: number, own: object): object => ({
  id,
  name,
  at: [0, north],
  size: [900, 300],
  ...own,
});

const centre = (id: string, roundTripMs: number, east: number): object => ({
  class: "centre",
  id,
  name,
  at: [east, 0],
  size: [30, 30, 15],
  attributes: { roundTripMs },
});

/** Buildings of the campus's kinds with its ids, few of each, and three centres of its network. */
export const campus: Twin = loadTwin(
  sampleFiles({
    "twin.json": {
      ...sampleTwin,
      templates,
      zones: ["a.json", "d.json", "f.json", "net.json"],
      loadTest: undefined,
    },
    "a.json": zone("a", 0, {
      buildings: [building("hero", "pods", -300), building("b01", "large", 0), building("b02", "large", 300)],
    }),
    "d.json": zone("d", 400, { buildings: [building("n01", "outside", 0)] }),
    "f.json": zone("f", 800, { buildings: [building("b01", "cards", 0)] }),
    "net.json": zone("net", 1200, {
      metered: false,
      fields: [centre("hohhot", 0, -200), centre("beijing", 4.6, 0), centre("suzhou", 19, 200)],
    }),
    "aliases.csv": undefined,
  }),
  { racks: 100_000 },
);

/** Racks alone: a test says what power, air and liquid they get. */
export interface Bed {
  readonly racks: Racks;
  readonly dispatch: DispatchPlatform;
  readonly supply: Supply;
  readonly roomSupply: RoomSupply;
  readonly conditions: Conditions;
  readonly moment: Moment;
  /** @param seconds of one step */
  step(seconds: number): void;
}

export const startMs = Date.UTC(2026, 2, 11, 3);

export const createBed = ({ seed = 1, atMs = startMs }: { seed?: number; atMs?: number } = {}): Bed => {
  const dealt = dealRacks(campus, seed);
  const supply = createSupply(campus);
  const roomSupply = createRoomSupply(campus);
  const conditions = createConditions(campus);
  const racks = createRacks(campus, createColumns(campus), { dealt, supply, conditions });
  const dispatch = createDispatch(campus, { ...dealt, seed });
  const moment = createMoment();
  const step = (seconds: number): void => {
    const timeMs = moment.first ? atMs : moment.timeMs + seconds * 1000;
    setMoment(moment, { timeMs, stepSeconds: moment.first ? 0 : seconds, utcOffsetMin: 480 });
    stepDispatch(dispatch, moment);
    stepRackPower(racks, moment);
    stepRackHeat(racks, roomSupply, moment);
    moment.first = false;
  };
  step(0);
  return { racks, dispatch, supply, roomSupply, conditions, moment, step };
};

/** Row of an asset by its path id. */
export const rowOf = (id: string): number => {
  const ref = campus.find(id);
  if (!ref) throw new Error(`the campus has no ${id}`);
  return ref.row;
};

/** Racks [start, end) below an asset. */
export const racksBelow = (id: string): readonly [number, number] => {
  const range = campus.rangeBelow(campus.find(id)!, "rack");
  if (!range) throw new Error(`${id} has no racks`);
  return range;
};

export const sum = (values: ArrayLike<number>, [start, end]: readonly [number, number]): number => {
  let total = 0;
  for (let i = start; i < end; i++) total += values[i]!;
  return total;
};

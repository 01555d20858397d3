import type { Twin } from "#twins/model/twin.ts";
import { createColumns } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import type { Supply } from "#twins/physics/supply.ts";
import { createSupply } from "#twins/physics/supply.ts";
import type { Loops } from "./loops.ts";
import { createLoops } from "./loops.ts";
import type { System } from "./rooms.fixture.ts";
import { benchTwin } from "./rooms.fixture.ts";
import type { Waterside } from "./waterside.ts";
import { createWaterside, stepWaterside } from "./waterside.ts";

/** Cooling plants alone: the test says what heat the rooms give, whatever the water does. */
export interface WaterBench {
  readonly twin: Twin;
  readonly waterside: Waterside;
  readonly loops: Loops;
  readonly supply: Supply;
  readonly conditions: Conditions;
  readonly moment: Moment;
  /** Heat of rooms over what the loop is designed for. */
  load: number;
  step(seconds: number): void;
  /** Forgets what was and settles. */
  settle(): void;
  run(seconds: number, step?: number): void;
}

/** Building of a system. */
export const buildingRow = ({ twin }: Pick<WaterBench, "twin">, system: System): number => {
  const found = twin.find(`west/${system}`);
  if (!found) throw new Error(`the bench has no ${system} building`);
  return found.row;
};

/** Enough for four chillers, six closed towers. */
const floors = 6;

export const createWaterBench = (seed = 1): WaterBench => {
  const twin = benchTwin(floors);
  const columns = createColumns(twin);
  const conditions = createConditions(twin);
  const supply = createSupply(twin);
  const loops = createLoops(twin);
  const waterside = createWaterside(twin, { columns, conditions, loops, supply, seed });
  const moment = createMoment();
  moment.weather.airTemperature = 28;
  moment.weather.wetBulb = 20;
  const bench: WaterBench = {
    twin,
    waterside,
    loops,
    supply,
    conditions,
    moment,
    load: 0.8,
    step: (seconds) => {
      setMoment(moment, { timeMs: moment.timeMs + seconds * 1000, stepSeconds: seconds, utcOffsetMin: 480 });
      for (let building = 0; building < loops.heat.length; building++)
        loops.heat[building] = bench.load * waterside.designHeat[building]!;
      stepWaterside(waterside, moment);
      moment.first = false;
    },
    settle: () => {
      moment.first = true;
      bench.step(0);
    },
    run: (seconds, step = 10) => {
      for (let t = 0; t < seconds; t += step) bench.step(step);
    },
  };
  bench.settle();
  return bench;
};

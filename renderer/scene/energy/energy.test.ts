import { describe, expect, test } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { deltaE, labOf } from "#renderer/data/colorDistance.fixture.ts";
import { alarmHues, type Rgb } from "#renderer/data/colormap.ts";
import { cellOf } from "#renderer/data/state.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { dataColors } from "./dataColors.ts";
import { Flows } from "./flows.ts";
import { feeders, gridLines, routeOf } from "./lines.ts";
import { Look, Measures } from "./measures.ts";
import { mostLines } from "./wires.ts";
import { windInset } from "./yard.ts";

const twin = campusTwin(2_000);
const layout = layoutOf(twin);
const good = packStatus(Quality.good, Freshness.fresh, Origin.simulated);
const stale = packStatus(Quality.good, Freshness.stale, Origin.simulated);

const newState = () => createCampusState(twin, { nowMs: () => 0 } as Parameters<typeof createCampusState>[1]);
type State = ReturnType<typeof newState>;

const put = (
  state: State,
  [className, row]: readonly [ClassName, number],
  values: Readonly<Record<string, number>>,
  status = good,
): void => {
  const table = state.of(className);
  for (const [metric, value] of Object.entries(values)) {
    const cell = cellOf(table, row, metricIndex(className, metric));
    table.value[cell] = value;
    table.status[cell] = status;
  }
  table.version++;
};

describe("grid lines", () => {
  const lines = gridLines(layout);

  test("only what is planned is drawn as planned, and nothing is measured on it", () => {
    const planned = lines.filter((line) => line.isPlanned);
    expect(planned.length).toBe(2);
    expect(planned.every(({ meter }) => meter.kind === "none")).toBe(true);
  });

  test("each built station that takes from the grid has a line with its own meter", () => {
    const fed = lines.flatMap(({ meter }) =>
      meter.kind === "station" ? [twin.idOf({ className: "substation", row: meter.row })] : [],
    );
    expect(fed.sort()).toEqual(["ce/s220", "cw/s110", "d/s110", "h/s110", "h/s110b"]);
  });

  test("each building that a station feeds has one cable, with its own main meter", () => {
    const cables = feeders(layout);
    const meters = twin.table("meter");
    const buildings = cables.map(({ meter }) =>
      meter.kind === "building" ? meters.parentRow[meter.row]! : -1,
    );
    expect(buildings.length).toBeGreaterThan(0);
    expect(new Set(buildings).size).toBe(buildings.length);
    expect(gridLines(layout).length + cables.length).toBeLessThanOrEqual(mostLines);
  });

  test("goes round what stands in its way when there is a way", () => {
    const rect = { west: -50, east: 50, north: -50, south: 50 };
    const path = routeOf([-400, 0], [400, 10], [rect]);
    const inside = path.slice(1).some((end, i) => {
      const begin = path[i]!;
      return Array.from({ length: 50 }, (_, s) => s / 49).some((t) => {
        const [x, z] = [begin[0] + (end[0] - begin[0]) * t, begin[1] + (end[1] - begin[1]) * t];
        return Math.abs(x) < 50 && Math.abs(z) < 50;
      });
    });
    expect(inside).toBe(false);
    expect([path[0], path.at(-1)]).toEqual([
      [-400, 0],
      [400, 10],
    ]);
  });

  test("power runs as its meters say: forwards, backwards, still when stale, not at all unmeasured", () => {
    const state = newState();
    const flows = new Flows(lines, state);
    const sources = lines.findIndex(({ meter }) => meter.kind === "sources");
    const look = () => flows.uniform.value[sources]!;
    flows.sample();
    expect(look().z).toBe(Look.never);
    put(state, ["site", 0], { pvPower: 10_000, windPower: 90_000, storagePower: 0 });
    flows.sample();
    flows.run(0.1);
    expect(look()).toMatchObject({ z: Look.usable, w: 1 });
    const forward = look().x;
    expect(forward).toBeGreaterThan(0);
    put(state, ["site", 0], { pvPower: 0, windPower: 0, storagePower: -60_000 });
    flows.sample();
    flows.run(0.1);
    expect(look().x).toBeLessThan(forward);
    put(state, ["site", 0], { windPower: 0 }, stale);
    flows.sample();
    const still = look().x;
    flows.run(0.1);
    expect(look()).toMatchObject({ z: Look.stale, x: still });
  });
});

describe("measures", () => {
  const rowAt = (measures: Measures, row: number) =>
    Array.from(measures.attribute.array.slice(row * 4, row * 4 + 4));

  test("a table shows its power in the legend's range, and dust only as far as light and power tell", () => {
    const state = newState();
    const measures = new Measures(state);
    const clean = { power: 0.88 * 30 * 0.5, irradiance: 500, moduleTemperature: 25 };
    put(state, ["pvTable", 0], clean);
    put(state, ["pvTable", 1], { ...clean, power: clean.power / 2 });
    put(state, ["pvTable", 2], { ...clean, power: 0, irradiance: 5 });
    measures.sample();
    expect(rowAt(measures, 0)[0]).toBeCloseTo(clean.power / 25, 3);
    expect(rowAt(measures, 0)[2]).toBeCloseTo(0, 2);
    expect(rowAt(measures, 1)[2]).toBeCloseTo(0.5, 2);
    expect(rowAt(measures, 2)[2]).toBeLessThan(0.1);
    expect(rowAt(measures, 3)[1]).toBe(Look.never);
  });

  test("a table is shown anew in another range, though its power is the same; beyond it has the end's colour", () => {
    const state = newState();
    const measures = new Measures(state);
    [6.5, 7, 9].forEach((power, row) => {
      put(state, ["pvTable", row], { power });
    });
    measures.sample();
    expect(measures.colour([6, 8])).toBe(true);
    measures.sample();
    expect([0, 1, 2].map((row) => rowAt(measures, row)[0])).toEqual([0.25, 0.5, 1]);
    const range = [6, 8] as const;
    measures.colour(range);
    expect(measures.colour(range)).toBe(false);
  });

  test("a container shows its charge and which way power goes; stale says so and points nowhere", () => {
    const state = newState();
    const measures = new Measures(state);
    const first = state.of("pvTable").rows;
    put(state, ["battery", 0], { stateOfCharge: 62, power: -900 });
    put(state, ["battery", 1], { stateOfCharge: 40, power: 900 }, stale);
    measures.sample();
    expect(rowAt(measures, first)[0]).toBeCloseTo(0.62);
    expect(rowAt(measures, first).slice(1)).toEqual([Look.usable, 0, -1]);
    expect(rowAt(measures, first + 1).slice(1)).toEqual([Look.stale, 0, 0]);
  });

  test("only rows that changed are uploaded", () => {
    const state = newState();
    const measures = new Measures(state);
    measures.sample();
    put(state, ["pvTable", 7], { power: 12 });
    measures.sample();
    expect(measures.attribute.updateRanges).toEqual([{ start: 28, count: 4 }]);
  });
});

test("colours of gauges keep clear of alarm hues", () => {
  for (const own of Object.values(dataColors))
    for (const hue of Object.values(alarmHues))
      expect(deltaE(labOf(own as Rgb), labOf(hue))).toBeGreaterThanOrEqual(20);
});

test("the inset's border holds every turbine", () => {
  const inset = windInset(layout)!;
  const { pose, count } = twin.table("windTurbine");
  for (let row = 0; row < count; row++) {
    expect(pose[row * 4]!).toBeGreaterThan(inset.west + 86);
    expect(pose[row * 4]!).toBeLessThan(inset.east - 86);
  }
});

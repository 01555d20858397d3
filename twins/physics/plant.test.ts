import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { classIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { MeterRole, Twin } from "#twins/model/twin.ts";
import { meterRoles } from "#twins/model/twin.ts";
import { visitPowerBalances } from "#twins/physics/power/balances.ts";
import { epwText } from "#twins/physics/weather/epw.fixture.ts";
import { type EpwYear, parseEpw } from "#twins/physics/weather/epw.ts";
import { columnsOf } from "./columns.ts";
import type { Plant } from "./plant.ts";
import { createPlant } from "./plant.ts";

const directory = join(import.meta.dirname, "../horinger");
const files = Object.fromEntries(
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|csv)$/.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(directory, path), "utf8")]),
);
const twin = loadTwin(files, { racks: 12_000 });
const noon = Date.UTC(2026, 10, 23, 4);
const summerNoon = Date.UTC(2026, 6, 23, 6);

const plantAt = (startMs: number, seed = 1): Plant => createPlant(twin, { seed, startMs });

/** Power of the meter of a role at a boundary, kW. */
const metered = (plant: Plant, boundary: ClassName, row: number, role: MeterRole): number => {
  const meters = twin.table("meter");
  const roles = meters.attribute("role")!;
  const code = classIndex(boundary);
  for (let meter = 0; meter < meters.count; meter++)
    if (
      meters.parentClass[meter] === code &&
      meters.parentRow[meter] === row &&
      roles[meter] === meterRoles.indexOf(role)
    )
      return columnsOf(plant.truth, "meter", ["power"]).power[meter]!;
  throw new Error(`${boundary} ${row} has no ${role} meter`);
};

const sumOf = (
  plant: Plant,
  name: ClassName,
  [start, end]: readonly [number, number] = [0, twin.table(name).count],
): number => {
  const { power } = columnsOf(plant.truth, name, ["power"]);
  let sum = 0;
  for (let row = start; row < end; row++) sum += power[row]!;
  return sum;
};

const telemetered = (of: Twin): readonly number[] =>
  Array.from({ length: of.table("building").count }, (_, row) => row).filter((row) =>
    of.rangeBelow({ className: "building", row }, "rack"),
  );

const near = (actual: number, expected: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)));
};

describe("power adds up along the topology", () => {
  const plant = plantAt(summerNoon);
  for (let i = 0; i < 100; i++) plant.step(7);
  const below = (row: number, child: ClassName): number =>
    sumOf(plant, child, twin.rangeBelow({ className: "building", row }, child) ?? [0, 0]);

  test("racks → rooms' IT meters → buildings' IT meters", () => {
    for (let room = 0; room < twin.table("room").count; room++)
      near(
        metered(plant, "room", room, "it"),
        sumOf(plant, "rack", twin.rangeBelow({ className: "room", row: room }, "rack")!),
      );
    for (const row of telemetered(twin)) near(metered(plant, "building", row, "it"), below(row, "rack"));
  });

  test("a building's cooling meter is every fan, pump, tower and chiller in it", () => {
    for (const row of telemetered(twin)) {
      const machines = (["crah", "cdu", "chiller", "coolingTower", "pump"] as const).map((name) =>
        below(row, name),
      );
      near(
        metered(plant, "building", row, "cooling"),
        machines.reduce((a, b) => a + b, 0),
      );
    }
  });

  test("a building's main is what its transformers carry and lose, and IT + cooling + aux + transformer loss", () => {
    const { loss } = columnsOf(plant.truth, "transformer", ["loss"]);
    for (const row of telemetered(twin)) {
      const [start, end] = twin.rangeBelow({ className: "building", row }, "transformer")!;
      let lost = 0;
      for (let transformer = start; transformer < end; transformer++) lost += loss[transformer]!;
      const main = metered(plant, "building", row, "main");
      near(main, below(row, "transformer") + lost);
      const parts = (["it", "cooling", "aux"] as const).map((role) => metered(plant, "building", row, role));
      near(main, parts.reduce((a, b) => a + b, 0) + lost);
      // Main against sub-meters, as they are shown, stays under the 2 % that would flag it.
      const [all, ...subs] = (["main", "it", "cooling", "aux"] as const).map((role) => {
        const meter = twin.find(`${twin.table("building").idOf(row)}/m-${role}`)!.row;
        return columnsOf(plant.columns, "meter", ["power"]).power[meter]!;
      });
      expect(Math.abs(1 - subs.reduce((a, b) => a + b, 0) / all!)).toBeLessThan(0.02);
    }
  });

  test("UPS outputs add up to IT", () => near(sumOf(plant, "ups"), sumOf(plant, "rack")));

  test("zones add up to the site; grid + sun + wind + storage is what the site draws", () => {
    const { grid, distribution } = plant.parts;
    const mains = distribution.main.reduce((a, b) => a + b, 0);
    near(
      grid.zoneMain.reduce((a, b) => a + b, 0),
      mains,
    );
    const { loss } = columnsOf(plant.truth, "transformer", ["loss"]);
    let [stationLoss, stepUpLoss] = [0, 0];
    for (let row = 0; row < loss.length; row++) {
      const id = twin.idOf({ className: "transformer", row });
      if (id.startsWith("i/")) stepUpLoss += loss[row]!;
      else if (!id.includes("/tx")) stationLoss += loss[row]!;
    }
    expect(stepUpLoss).toBeGreaterThan(0);
    near(grid.total[0]!, mains + stationLoss);
    const [grided, pv, wind, storage, generated] = (
      ["grid", "pv", "wind", "storage", "generator"] as const
    ).map((role) => metered(plant, "site", 0, role));
    near(grided! + pv! + wind! + storage! + generated!, grid.total[0]!);
    // At hand-over: what the fields give, less what the station that gathers it loses.
    near(
      pv! + wind! + storage!,
      sumOf(plant, "pvTable") + sumOf(plant, "windTurbine") + sumOf(plant, "battery") - stepUpLoss,
    );
    expect(Math.abs(pv! / sumOf(plant, "pvTable") - 1)).toBeLessThan(0.01);
    expect(generated).toBe(0);
    expect(pv!).toBeGreaterThan(0);
  });
});

describe("without the grid", () => {
  const plant = plantAt(summerNoon);
  const { power } = plant.parts;
  const site = (role: MeterRole): number => metered(plant, "site", 0, role);
  const balanced = (): void =>
    visitPowerBalances(power, (what, row, { inKw, outKw, storedKw }) => {
      const error = Math.abs(inKw - outKw - storedKw) / Math.max(1, Math.abs(inKw), Math.abs(outKw));
      expect([what, row, error < 1e-9]).toEqual([what, row, true]);
    });
  plant.step(5);
  const before = { it: sumOf(plant, "rack") };
  balanced();
  plant.conditions.of("site").gridLost.fill(1);

  test("racks ride through on batteries, and generators bring the rest back within two minutes", () => {
    plant.step(5);
    expect(site("grid")).toBeLessThan(0.5 * before.it);
    expect(sumOf(plant, "rack") / before.it).toBeGreaterThan(0.8);
    plant.step(180);
    balanced();
    expect(sumOf(plant, "rack") / before.it).toBeGreaterThan(0.8);
    // What the site's generator meter shows is what the sets give, and all that the buildings draw.
    near(site("generator"), sumOf(plant, "generator"));
    near(
      site("generator"),
      telemetered(twin).reduce((sum, row) => sum + metered(plant, "building", row, "main"), 0),
    );
    for (const role of ["grid", "pv", "wind", "storage"] as const) near(site(role), 0);
  });

  test("the grid takes the site again a minute after it came back", () => {
    plant.conditions.of("site").gridLost.fill(0);
    plant.step(50);
    expect(site("generator")).toBeGreaterThan(0.5 * before.it);
    plant.step(30);
    balanced();
    expect(site("generator")).toBe(0);
    near(site("grid") + site("pv") + site("wind") + site("storage"), power.grid.total[0]!);
  });
});

test("liquid adds up: CDUs pass what their room's racks let through, and carry off what the cold plates take", () => {
  const plant = plantAt(noon);
  const { flow, supplyTemperature, returnTemperature } = columnsOf(plant.truth, "cdu", [
    "flow",
    "supplyTemperature",
    "returnTemperature",
  ]);
  const racks = columnsOf(plant.truth, "rack", ["power", "liquidFlow"]);
  let checked = 0;
  for (let room = 0; room < twin.table("room").count; room++) {
    const cdus = twin.rangeBelow({ className: "room", row: room }, "cdu");
    if (!cdus) continue;
    const [start, end] = twin.rangeBelow({ className: "room", row: room }, "rack")!;
    let [litres, heat, carried, passed] = [0, 0, 0, 0];
    for (let rack = start; rack < end; rack++) {
      litres += racks.liquidFlow[rack]!;
      heat += 0.75 * racks.power[rack]!;
    }
    for (let cdu = cdus[0]; cdu < cdus[1]; cdu++) {
      passed += flow[cdu]!;
      // 1.02 kg/L · 3.9 kJ/(kg K), per minute.
      carried += flow[cdu]! * ((1.02 * 3.9) / 60) * (returnTemperature[cdu]! - supplyTemperature[cdu]!);
    }
    near(passed, litres);
    near(carried, heat);
    checked++;
  }
  expect(checked).toBeGreaterThan(0);
});

test("energy registers integrate power: differences over a window give its mean", () => {
  const plant = plantAt(noon);
  const { power, energy } = columnsOf(plant.truth, "meter", ["power", "energy"]);
  const before = energy.slice();
  const integral = new Float64Array(power.length);
  for (let i = 0; i < 300; i++) {
    const last = power.slice();
    plant.step(3);
    for (let row = 0; row < power.length; row++)
      integral[row] = integral[row]! + ((last[row]! + power[row]!) / 2) * (3 / 3600);
  }
  for (let row = 0; row < power.length; row++) {
    expect(Math.abs(energy[row]! - before[row]! - integral[row]!)).toBeLessThan(1e-3 + 1e-9 * energy[row]!);
    expect(before[row]!).toBeGreaterThanOrEqual(0);
  }
});

test("same twin, seed and steps give the same bits; another seed does not", () => {
  const [a, b, other] = [plantAt(noon, 5), plantAt(noon, 5), plantAt(noon, 6)];
  for (let i = 0; i < 20; i++) for (const plant of [a, b, other]) plant!.step(1);
  for (const [name, columns] of a.columns)
    for (const [metric, column] of columns.entries())
      if (column) expect(b.columns.get(name)![metric]).toEqual(column);
  expect(other.columns.get("rack")![1]).not.toEqual(a.columns.get("rack")![1]);
});

test("every value of every asset is a number", () => {
  const plant = plantAt(noon);
  plant.step(1);
  for (const [name, columns] of plant.columns)
    for (const [metric, column] of columns.entries())
      expect([name, metric, column?.every(Number.isFinite) ?? true]).toEqual([name, metric, true]);
});

describe("power usage effectiveness follows from the meters", () => {
  const ratio = (plant: Plant, id: string): number => {
    const { row } = twin.find(id)!;
    return metered(plant, "building", row, "main") / metered(plant, "building", row, "it");
  };
  const winter = plantAt(Date.UTC(2026, 0, 15, 4));
  const summer = plantAt(summerNoon);

  test("between 1.05 and 1.2 in January, and higher in July wherever compressors help", () => {
    for (const row of telemetered(twin)) {
      const id = twin.table("building").idOf(row);
      expect([id, ratio(winter, id) > 1.05 && ratio(winter, id) < 1.2]).toEqual([id, true]);
      expect([id, ratio(summer, id) > ratio(winter, id)]).toEqual([id, true]);
      expect([id, ratio(summer, id) < 1.4]).toEqual([id, true]);
    }
  });

  test("liquid cooling needs no chiller and is the best in July", () => {
    const others = telemetered(twin).map((row) => twin.table("building").idOf(row));
    for (const id of others)
      if (id !== "a/hero") expect(ratio(summer, "a/hero")).toBeLessThan(ratio(summer, id));
  });
});

describe("racks", () => {
  const plant = plantAt(noon);
  const racks = columnsOf(plant.truth, "rack", [
    "load",
    "power",
    "inletTemperature",
    "outletTemperature",
    "liquidReturnTemperature",
    "liquidSupplyTemperature",
  ]);
  const occupied = twin.table("rack").attribute("occupied")!;
  const rated = twin.table("rack").attribute("ratedKw")!;
  const [heroStart, heroEnd] = twin.rangeBelow(twin.find("a/hero")!, "rack")!;

  test("never draw more than their rating; empty ones draw nothing", () => {
    for (let row = 0; row < rated.length; row++) {
      expect(racks.power[row]!).toBeLessThanOrEqual(rated[row]! * 1.0001);
      if (occupied[row] === 0) expect([racks.power[row], racks.load[row]]).toEqual([0, 0]);
    }
  });

  test("blow out warmer than they take in, and return liquid warmer than they get it", () => {
    for (let row = 0; row < rated.length; row++)
      if (occupied[row] === 1)
        expect(racks.outletTemperature[row]!).toBeGreaterThan(racks.inletTemperature[row]!);
    for (let row = heroStart; row < heroEnd; row++)
      expect(racks.liquidReturnTemperature[row]!).toBeGreaterThan(racks.liquidSupplyTemperature[row]!);
  });

  test("inlets stay within what ASHRAE allows class A1, mostly within what it recommends", () => {
    const inside = racks.inletTemperature.filter((t) => t >= 18 && t <= 27).length;
    expect(Math.min(...racks.inletTemperature)).toBeGreaterThan(15);
    expect(Math.max(...racks.inletTemperature)).toBeLessThan(32);
    expect(inside / rated.length).toBeGreaterThan(0.95);
  });

  test("training swings all racks of the hero building together", () => {
    const sums: number[] = [];
    for (let i = 0; i < 60; i++) {
      plant.step(1);
      let sum = 0;
      for (let row = heroStart; row < heroEnd; row++) sum += racks.power[row]!;
      sums.push(sum);
    }
    const mean = sums.reduce((a, b) => a + b, 0) / sums.length;
    expect((Math.max(...sums) - Math.min(...sums)) / mean).toBeGreaterThan(0.08);
  });

  test("racks of one row are alike, racks of other rooms are not: load has structure", () => {
    const distance = (a: number, b: number): number => Math.abs(racks.load[a]! - racks.load[b]!);
    let within = 0;
    let across = 0;
    let pairs = 0;
    const rows = twin.table("row").count;
    for (let row = 0; row < rows; row++) {
      const [start, end] = twin.rangeBelow({ className: "row", row }, "rack")!;
      for (let rack = start; rack + 1 < end; rack++) {
        const far = (rack + 6007) % rated.length;
        if (occupied[rack] === 0 || occupied[rack + 1] === 0 || occupied[far] === 0) continue;
        within += distance(rack, rack + 1);
        across += distance(rack, far);
        pairs++;
      }
    }
    expect(pairs).toBeGreaterThan(5000);
    expect(across).toBeGreaterThan(4 * within);
  });
});

test("the campus draws what the reconciliation table says, within a tenth, over a day", () => {
  const plant = plantAt(noon);
  let mean = 0;
  const steps = 96;
  for (let i = 0; i < steps; i++) {
    plant.step(900);
    mean += sumOf(plant, "rack") / steps;
  }
  const lines = new Map(twin.reconciliation.lines.map((line) => [line.scope, line]));
  let expected = 0;
  for (const row of telemetered(twin)) {
    const id = twin.table("building").idOf(row);
    const line = (lines.get(id) ?? lines.get(id.replace(/\d+$/, "")))!;
    const [start, end] = twin.rangeBelow({ className: "building", row }, "rack")!;
    expected += (end - start) * line.kwPerRack * line.occupancy * line.load;
  }
  expect(mean / expected).toBeGreaterThan(0.9);
  expect(mean / expected).toBeLessThan(1.1);
});

describe("a weather file drives the plant", () => {
  const yearOf = (global: number): EpwYear => {
    const sunless = (cells: string[]) => Object.assign(cells, { 13: String(Number(cells[13]) * global) });
    const year = parseEpw(epwText(sunless));
    if (!year.ok) throw new Error(year.error.message);
    return year.value;
  };
  const under = (global: number): Plant =>
    createPlant(twin, { seed: 1, startMs: summerNoon, weather: yearOf(global) });
  const pvOf = (plant: Plant): number => sumOf(plant, "pvTable");

  test("its air is the plant's, and its sun makes the solar field's power", () => {
    const plant = under(1);
    expect(plant.weather.airTemperature).toBeCloseTo(yearOf(1).dryBulb[(181 + 22) * 24 + 13]!, 4);
    expect(pvOf(under(0))).toBe(0);
    expect(pvOf(under(0.5))).toBeGreaterThan(0);
    expect(pvOf(plant)).toBeGreaterThan(1.5 * pvOf(under(0.5)));
  });
});

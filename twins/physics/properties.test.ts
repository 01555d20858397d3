import { describe, expect, test } from "vitest";
import type { Twin } from "#twins/model/twin.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { benchTwin } from "#twins/physics/cooling/rooms.fixture.ts";
import type { Plant } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { campus } from "#twins/physics/power/campus.fixture.ts";
import { weatherOf } from "#twins/physics/weather/year.fixture.ts";

/** What an engineer takes for granted of the whole plant; tests of the parts look closer. */

const twin = benchTwin();
const startMs = Date.UTC(2026, 0, 1) - twin.site.utcOffsetMin * 60_000;
const systems = ["chilled", "evaporative", "liquid"] as const;
const rowOf = (system: (typeof systems)[number]): number => twin.find(`west/${system}`)!.row;
const all = systems.map((system) => `west/${system}`);

const pinAll = (plant: Plant, load: number): void => {
  const pinned = plant.dispatch.pin({ asset: all[0]!, also: all.slice(1), load });
  if (!pinned.ok) throw new Error(pinned.error.message);
};

/** Electricity of a building's cooling, the heaters against frost apart, kW. */
const coolingOf = ({ parts }: Plant, building: number): number =>
  parts.distribution.cooling[building]! - parts.waterside.towers.heaterKw[building]!;

/** Hours at one weather and load until water, rooms and racks agree: each takes the others as the step before left them. */
const settlingHours = 4;
const warmUps = 3;
const settleAll = (plant: Plant): void => {
  for (let hour = 0; hour < settlingHours; hour++) plant.step(3600);
};

interface Outside {
  readonly celsius: (place: number) => number;
  readonly humidity: (place: number) => number;
}

/** A plant whose racks hold a load, while the air outside goes from place to place as often as it is settled. */
const plantIn = (load: number, { celsius, humidity }: Outside): Plant => {
  const placeAt = (hour: number): number => Math.max(0, Math.floor(hour / settlingHours) - warmUps);
  const weather = weatherOf(twin.site, {
    dryBulb: (hour) => celsius(placeAt(hour)),
    humidity: (hour) => humidity(placeAt(hour)),
  });
  const plant = createPlant(twin, { seed: 5, startMs, weather, detail: "totals" });
  pinAll(plant, load);
  for (let i = 0; i < warmUps; i++) settleAll(plant);
  return plant;
};

/** Cooling of each system, settled at one place after the other. */
const sweep = (plant: Plant, places: number): readonly (readonly number[])[] =>
  Array.from({ length: places }, () => {
    settleAll(plant);
    return systems.map((system) => coolingOf(plant, rowOf(system)));
  });

/** Nothing falls by more than rounding and the search for temperatures leave. */
const neverFalls = (course: readonly (readonly number[])[]): void => {
  for (const [i, values] of course.entries())
    for (const [place, value] of values.entries()) {
      const before = course[i - 1]?.[place] ?? 0;
      if (value < before * (1 - 1e-6))
        expect.fail(`${systems[place] ?? place} falls from ${before} to ${value} at ${i}`);
    }
};

describe("cooling at fixed set-points and load never falls", () => {
  test.each([0.1, 0.5, 1])("with hotter air, dry or humid, from −30 to 40 °C, at load %f", (load) => {
    for (const humidity of [15, 50, 95]) {
      const plant = plantIn(load, { celsius: (place) => -30 + place / 2, humidity: () => humidity });
      const course = sweep(plant, 141);
      expect(plant.weather.airTemperature).toBeGreaterThan(39.9);
      neverFalls(course);
      // It has something to show: heat costs each system.
      for (const place of systems.keys())
        expect(course.at(-1)![place]).toBeGreaterThan(1.1 * course[0]![place]!);
    }
  });

  test("with moister air of one temperature", () => {
    for (const celsius of [-10, 5, 18, 26, 34]) {
      const plant = plantIn(0.7, { celsius: () => celsius, humidity: (place) => 5 + 2 * place });
      neverFalls(sweep(plant, 48));
      expect(plant.weather.humidity).toBeGreaterThan(97);
    }
  });
});

test("more load never lowers what the campus and each of its buildings draw", () => {
  for (const celsius of [-28, -5, 8, 20, 36]) {
    const plant = plantIn(0, { celsius: () => celsius, humidity: () => 45 });
    const { distribution, grid } = plant.parts;
    const course: (readonly number[])[] = [];
    for (let load = 0; load <= 1.0001; load += 0.04) {
      pinAll(plant, load);
      settleAll(plant);
      course.push([...systems.map((system) => distribution.main[rowOf(system)]!), grid.total[0]!]);
    }
    neverFalls(course);
    expect(course.at(-1)!.at(-1)).toBeGreaterThan(1.5 * course[0]!.at(-1)!);
  }
});

/** kWh that each meter of a plant counted since it was made, by path id. */
const countedBy = (plant: Plant, of: Twin): (() => ReadonlyMap<string, number>) => {
  const { energy } = columnsOf(plant.truth, "meter", ["energy"]);
  const before = energy.slice();
  const meters = of.table("meter");
  return () => new Map(Array.from(energy, (kwh, row) => [meters.idOf(row), kwh - before[row]!] as const));
};

/** Largest relative difference between what like meters counted, out of those with an ending. */
const farthest = (
  [one, other]: readonly [ReadonlyMap<string, number>, ReadonlyMap<string, number>],
  ending: RegExp,
): number => {
  const kwhs = [...one].filter(([id, kwh]) => ending.test(id) && Math.abs(kwh) > 1);
  expect(kwhs.length).toBeGreaterThan(2);
  return Math.max(...kwhs.map(([id, kwh]) => Math.abs(other.get(id)! / kwh - 1)));
};

describe("the length of the steps hardly matters", () => {
  const july = Date.UTC(2026, 6, 12, 4);

  /** An hour in which room fans and a pump fail and come back, and then the grid goes for ten minutes. */
  const troubledHour = (stepS: number) => {
    const plant = createPlant(twin, { seed: 5, startMs: july });
    const { conditions, parts } = plant;
    const [firstCrah, endCrah] = twin.rangeBelow(twin.find("west/chilled/f1/r1")!, "crah")!;
    const counted = countedBy(plant, twin);
    const states: number[] = [];
    for (let second = 0; second < 3600; second += 600) {
      const fails = second === 600 ? 1 : 0;
      conditions.of("crah").failed.fill(fails, firstCrah, endCrah - 2);
      conditions.of("pump").failed[0] = fails;
      conditions.of("site").gridLost[0] = second === 1800 ? 1 : 0;
      for (let s = 0; s < 600; s += stepS) plant.step(stepS);
      states.push(...parts.rooms.air.warm, ...parts.waterside.loops.supply);
      states.push(...parts.power.banks.column.batteryCharge);
    }
    return { counted: counted(), states };
  };
  const bySecond = troubledHour(1);
  const apart = (states: readonly number[]): number =>
    Math.max(...states.map((value, i) => Math.abs(value - bySecond.states[i]!)));

  test("of an hour with faults: 1, 5 or 10 s come to the same kelvins, battery charges and kilowatt-hours", () => {
    for (const stepS of [5, 10]) {
      const { counted, states } = troubledHour(stepS);
      expect(apart(states)).toBeLessThan(0.3);
      expect(farthest([bySecond.counted, counted], /m-(main|it)$/)).toBeLessThan(0.005);
      expect(farthest([bySecond.counted, counted], /m-(cooling|generator)$/)).toBeLessThan(0.02);
    }
    // And there was something to lose: the fans' room got hot, batteries gave.
    expect(
      apart(bySecond.states.map((_, i) => bySecond.states[i % (bySecond.states.length / 6)]!)),
    ).toBeGreaterThan(2);
  });

  test("10 s, a minute and ten minutes are the same bits: longer steps are made of parts", () => {
    const [tens, minute, tenMinutes] = [10, 60, 600].map(troubledHour);
    expect(minute!.states).toEqual(tens!.states);
    expect(tenMinutes!.states).toEqual(tens!.states);
    expect(tenMinutes!.counted).toEqual(tens!.counted);
  });

  test("hours count what tens of minutes do, over a day: IT and mains within 0.5 %, cooling within 5 %", () => {
    const day = (stepS: number): ReadonlyMap<string, number> => {
      const plant = createPlant(twin, { seed: 5, startMs: july, detail: "totals" });
      const counted = countedBy(plant, twin);
      for (let s = 0; s < 86_400; s += stepS) plant.step(stepS);
      return counted();
    };
    const pair = [day(600), day(3600)] as const;
    expect(farthest(pair, /m-(main|it)$/)).toBeLessThan(0.005);
    expect(farthest(pair, /m-cooling$/)).toBeLessThan(0.05);
  });
});

test("on-site sun from nothing to 60 MW leaves PUE unchanged: it is import that falls", () => {
  const pueWith = (part: number): { pue: number; pv: number; grid: number } => {
    const own = campus();
    const kwp = own.table("pvTable").attribute("kWp")!;
    for (let row = 0; row < kwp.length; row++) kwp[row] = kwp[row]! * part;
    const plant = createPlant(own, { seed: 5, startMs: Date.UTC(2026, 6, 12), detail: "totals" });
    const { grid, distribution } = plant.parts;
    const kwh = { all: 0, it: 0, pv: 0, grid: 0 };
    for (let hour = 0; hour < 24; hour++) {
      plant.step(3600);
      kwh.grid += grid.import[0]!;
      kwh.pv += grid.pv[0]!;
      // Metered at hand-over (ISO/IEC 30134-2): all that the site gets, from wherever.
      kwh.all += grid.import[0]! + grid.pv[0]! + grid.wind[0]! + grid.storage[0]! + grid.generator[0]!;
      kwh.it += distribution.it.reduce((sum, kw) => sum + kw, 0);
    }
    return { pue: kwh.all / kwh.it, pv: kwh.pv, grid: kwh.grid };
  };
  const [none, half, full] = [0, 0.5, 1].map(pueWith);
  // Without any table the station that gathers them still loses in its cores.
  expect(Math.abs(none!.pv)).toBeLessThan(1000);
  expect(full!.pv).toBeGreaterThan(200_000);
  expect(full!.grid).toBeLessThan(none!.grid - 200_000);
  // But for what main transformers lose: those between the grid and the sun's station carry less.
  for (const { pue } of [half!, full!]) expect(Math.abs(pue - none!.pue)).toBeLessThan(2e-4);
  expect(none!.pue).toBeGreaterThan(1.05);
  expect(none!.pue).toBeLessThan(1.3);
});

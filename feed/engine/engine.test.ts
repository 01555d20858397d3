import { beforeEach, expect, test } from "vitest";
import { smallCampus, storeOf } from "#feed/tables/campus.fixture.ts";
import { sweep } from "#feed/tables/sweep.ts";
import { createReading, type PointStore, take } from "#feed/tables/take.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import {
  freshnessNames,
  freshnessOf,
  Origin,
  originNames,
  originOf,
  Quality,
  qualityNames,
  qualityOf,
} from "#twins/model/quality.ts";
import { createEngine, type Engine } from "./engine.ts";

const twin = await smallCampus();
const t0 = Date.UTC(2026, 10, 23, 12);
const hero = "a/hero";
const room = twin.table("room").idOf(twin.rangeBelow(twin.find(hero)!, "room")![0]);

let store: PointStore;
let engine: Engine;

beforeEach(() => {
  store = storeOf(twin);
  store.publishers.of("plant").periodMs = 10_000;
  store.publishers.of("sim", { origin: Origin.simulated, filler: false }).periodMs = 10_000;
  engine = createEngine(store.tables);
});

const put = (
  asset: string,
  metric: string,
  [value, timeMs, publisher = "plant", quality = Quality.good]: [number, number, string?, Quality?],
): void => {
  const ref = twin.find(asset)!;
  const table = store.tables.of(ref.className);
  const reading = createReading(store.publishers);
  Object.assign(reading, { value, sourceMs: timeMs, receivedMs: timeMs, quality });
  reading.publisher = store.publishers.of(publisher);
  const cell = ref.row * table.columns + metricIndex(ref.className, metric);
  expect(take(store, { table, cell }, reading)).toBe("taken");
};

const kpi = (asset: string, metric: string) => {
  const { className, row } = twin.find(asset) as { className: ClassName; row: number };
  const table = store.tables.of(className);
  const cell = row * table.columns + metricIndex(className, metric);
  const status = table.status[cell]!;
  return {
    value: table.value[cell]!,
    sampleMs: table.sampleTimeMs[cell]!,
    quality: qualityNames[qualityOf(status)],
    freshness: freshnessNames[freshnessOf(status)],
    origin: originNames[originOf(status)],
  };
};

const building = (timeMs: number, [main, it, cooling, aux]: number[], publisher = "plant"): void => {
  put(`${hero}/m-main`, "power", [main!, timeMs, publisher]);
  put(`${hero}/m-it`, "power", [it!, timeMs, publisher]);
  put(`${hero}/m-cooling`, "power", [cooling!, timeMs, publisher]);
  put(`${hero}/m-aux`, "power", [aux!, timeMs, publisher]);
};

test("a building's power ratio is its main meter over its IT meter, with coverage and balance", () => {
  building(t0, [1150, 1000, 100, 20]);
  engine.step(t0 + 500);
  expect(kpi(hero, "powerRatio")).toMatchObject({
    value: 1.15,
    quality: "good",
    freshness: "fresh",
    origin: "derived",
  });
  expect(kpi(hero, "coverage").value).toBe(100);
  const explanation = engine.explain("powerRatio", hero)!;
  expect(explanation.balancePercent).toBeCloseTo(((1150 - 1120) / 1150) * 100);
  expect(explanation.meters.map((meter) => meter.id)).toEqual([`${hero}/m-main`, `${hero}/m-it`]);
  expect(explanation).toMatchObject({ value: 1.15, coverage: 1, window: "now", category: 1 });
});

test("less at the main meter than IT draws is no ratio: a UPS on battery has no meter of its own", () => {
  building(t0, [1150, 1000, 100, 20]);
  engine.step(t0);
  expect(engine.explain("powerRatio", hero)!.isBelowIt).toBe(false);
  building(t0 + 1000, [300, 1000, 100, 20]);
  engine.step(t0 + 1000);
  expect(kpi(hero, "powerRatio").value).toBeNaN();
  expect(kpi(hero, "totalPower").value).toBe(300);
  expect(engine.explain("powerRatio", hero)).toMatchObject({ value: null, coverage: 1, isBelowIt: true });
  expect(engine.explain("totalPower", hero)!.isBelowIt).toBe(false);
});

test("a room without a main meter is the sum of its parts", () => {
  put(`${room}/m-it`, "power", [500, t0]);
  put(`${room}/m-cooling`, "power", [25, t0]);
  engine.step(t0);
  expect(kpi(room, "powerRatio").value).toBe(1.05);
});

test("a meter that falls silent leaves the last ratio stale, and shows in the coverage", () => {
  building(t0, [1150, 1000, 100, 20]);
  engine.step(t0);
  const later = t0 + 15_000;
  put(`${hero}/m-main`, "power", [1160, later]);
  sweep(store, later);
  engine.step(later);
  expect(kpi(hero, "powerRatio")).toMatchObject({ value: 1.15, freshness: "stale", sampleMs: t0 });
  expect(kpi(hero, "coverage").value).toBe(50);
  expect(kpi(hero, "totalPower").value).toBe(1160);
  put(`${hero}/m-it`, "power", [1000, later + 1]);
  engine.step(later + 2);
  expect(kpi(hero, "powerRatio")).toMatchObject({ value: 1.16, freshness: "fresh" });
});

test("no meter, no number: a reading that is bad takes the ratio with it", () => {
  building(t0, [1150, 1000, 100, 20]);
  engine.step(t0);
  put(`${hero}/m-it`, "power", [1000, t0 + 1, "plant", Quality.bad]);
  engine.step(t0 + 2);
  expect(kpi(hero, "powerRatio")).toMatchObject({ value: Number.NaN, quality: "unknown" });
});

test("load and inlet of silent racks stay as the last ones, stale", () => {
  const rack = twin.table("rack").idOf(twin.rangeBelow(twin.find(room)!, "rack")![0]);
  put(rack, "load", [40, t0]);
  put(rack, "inletTemperature", [24, t0]);
  engine.step(t0);
  sweep(store, t0 + 15_000);
  engine.step(t0 + 15_000);
  expect(kpi(room, "load")).toMatchObject({ value: 40, freshness: "stale" });
  expect(kpi(room, "inletMax")).toMatchObject({ value: 24, freshness: "stale" });
});

test("measured and simulated meters give no common number", () => {
  building(t0, [1150, 1000, 100, 20]);
  put(`${hero}/m-it`, "power", [900, t0 + 1, "sim"]);
  engine.step(t0 + 2);
  expect(kpi(hero, "powerRatio").value).toBeNaN();
  building(t0 + 3, [1100, 1000, 80, 20], "sim");
  engine.step(t0 + 4);
  expect(kpi(hero, "powerRatio")).toMatchObject({ value: 1.1, origin: "simulated" });
});

test("energy PUE follows the registers, is uncertain until its window is full, and then good", () => {
  for (let second = 0; second <= 16 * 60; second += 10) {
    const timeMs = t0 + second * 1000;
    building(timeMs, [1200 + second / 1000, 1000, 100, 20]);
    put(`${hero}/m-main`, "energy", [5_000_000 + (1200 * second) / 3600, timeMs]);
    put(`${hero}/m-it`, "energy", [4_000_000 + (1000 * second) / 3600, timeMs]);
    for (let i = 0; i < 5; i++) engine.step(timeMs + i * 1000);
    if (second === 50) expect(kpi(hero, "pue15m").value).toBeNaN();
    if (second === 240) expect(kpi(hero, "pue15m")).toMatchObject({ quality: "uncertain" });
  }
  expect(kpi(hero, "pue15m").value).toBeCloseTo(1.2, 3);
  expect(kpi(hero, "pue15m").quality).toBe("good");
  expect(kpi(hero, "pue1h").quality).toBe("uncertain");
  const explanation = engine.explain("pue1h", hero)!;
  expect(explanation.window).toBe("60 min, 15 min so far");
  const main = explanation.meters[0]!;
  expect(main.energyKwh! - main.energyStartKwh!).toBeCloseTo(1200 / 4, 0);
});

test("load is the mean and inlet the hottest of the racks below, at every level above", () => {
  const [start] = twin.rangeBelow(twin.find(room)!, "rack")!;
  const racks = twin.table("rack");
  put(racks.idOf(start), "load", [20, t0]);
  put(racks.idOf(start + 1), "load", [40, t0]);
  put(racks.idOf(start), "inletTemperature", [24, t0]);
  put(racks.idOf(start + 1), "inletTemperature", [27.5, t0]);
  engine.step(t0);
  for (const scope of [room, hero, "a", "site"]) {
    expect(kpi(scope, "load"), scope).toMatchObject({ value: 30, quality: "good" });
    expect(kpi(scope, "inletMax").value, scope).toBe(27.5);
  }
  store.tables.tick++;
  put(racks.idOf(start + 1), "load", [60, t0 + 1]);
  engine.step(t0 + 1);
  expect(kpi("site", "load").value).toBe(40);
});

test("the site's total is what comes in by every way, storage and generators included", () => {
  put("site/m-grid", "power", [100, t0]);
  put("site/m-pv", "power", [20, t0]);
  put("site/m-wind", "power", [30, t0]);
  put("site/m-storage", "power", [-10, t0]);
  put("site/m-generator", "power", [60, t0]);
  engine.step(t0);
  expect(kpi("site", "totalPower").value).toBe(200);
  expect(kpi("site", "gridPower").value).toBe(100);
  expect(kpi("site", "greenShare").value).toBeCloseTo((100 * 50) / 200);
});

test("there is no explanation of what does not exist", () => {
  expect(engine.explain("powerRatio", "nowhere")).toBeNull();
  expect(engine.explain("happiness", "site")).toBeNull();
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { figureOf } from "./figures.ts";

const directory = join(import.meta.dirname, "../horinger");
const files = Object.fromEntries(
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|csv)$/.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(directory, path), "utf8")]),
);
const twin = loadTwin(files, { racks: 2000 });
const plant = createPlant(twin, { seed: 1, startMs: Date.UTC(2026, 5, 10, 4) });
plant.step(30);

const read = (asset: string, metric: string): number => {
  const figure = figureOf(twin, plant, { asset, metric });
  if (!figure.ok) throw new Error(figure.error.message);
  return figure.value();
};
const racks = columnsOf(plant.truth, "rack", ["power", "inletTemperature"]);
const racksBelow = (asset: string): readonly number[] => {
  const [start, end] = twin.rangeBelow(twin.find(asset)!, "rack")!;
  return Array.from({ length: end - start }, (_, i) => start + i);
};
const parts = (asset: string): readonly string[] => {
  const own = twin.find(asset)!;
  const className = own.className === "site" ? "zone" : own.className === "zone" ? "building" : "room";
  const [start, end] = twin.rangeBelow(own, className)!;
  return Array.from({ length: end - start }, (_, i) => twin.idOf({ className, row: start + i }));
};

test.each(["itPower", "coolingPower", "racksOn"])(
  "%s of a place is the sum of those of its parts",
  (metric) => {
    const sum = (asset: string) => parts(asset).reduce((kw, part) => kw + read(part, metric), 0);
    expect(read("site", metric)).toBeCloseTo(sum("site"), 6);
    expect(read("a", metric)).toBeCloseTo(sum("a"), 6);
    if (metric !== "coolingPower") expect(read("a/hero", metric)).toBeCloseTo(sum("a/hero"), 6);
    // The towers and pumps of a building are in none of its rooms.
    else expect(read("a/hero", metric)).toBeGreaterThan(sum("a/hero"));
  },
);

test("IT is the racks; the total of zones and the site is their mains", () => {
  const power = racksBelow("a/hero/f1/r1").reduce((kw, rack) => kw + racks.power[rack]!, 0);
  expect(read("a/hero/f1/r1", "itPower")).toBeCloseTo(power, 3);
  const zones = parts("site").reduce((kw, zone) => kw + read(zone, "totalPower"), 0);
  expect(read("site", "totalPower")).toBeGreaterThan(zones);
  // Main transformers of the whole campus, for the few racks of a small twin.
  expect(read("site", "totalPower")).toBeLessThan(1.1 * zones);
  const supply = ["gridPower", "pvPower", "windPower", "storagePower", "generatorPower"];
  expect(supply.reduce((kw, metric) => kw + read("site", metric), 0)).toBeCloseTo(
    read("site", "totalPower"),
    3,
  );
  expect(read("a/hero", "powerRatio")).toBe(read("a/hero", "totalPower") / read("a/hero", "itPower"));
});

test("racks: the hottest inlet, the mean load, how many are on", () => {
  const inlets = racksBelow("a/hero").map((rack) => racks.inletTemperature[rack]!);
  expect(read("a/hero", "inletMax")).toBeLessThanOrEqual(Math.max(...inlets));
  expect(read("a/hero", "inletMax")).toBeGreaterThan(18);
  expect(read("a/hero", "load")).toBeGreaterThan(5);
  expect(read("a/hero", "load")).toBeLessThan(100);
  expect(read("a/hero", "racksOn")).toBeGreaterThan(0.9 * racksBelow("a/hero").length);
});

test("a figure follows the plant; metrics of any class are figures, the weather by its station", () => {
  const room = plant.parts.rooms;
  const figure = figureOf(twin, plant, { asset: "a/hero/f1/r1", metric: "coolingPower" });
  const air = figureOf(twin, plant, { asset: "h/wx", metric: "airTemperature" });
  plant.step(3600);
  expect(figure.ok && figure.value()).toBe(room.coolingPower[twin.find("a/hero/f1/r1")!.row]);
  expect(air.ok && air.value()).toBe(plant.weather.airTemperature);
});

test.each([
  ["z/nowhere", "power", "figure-asset-unknown"],
  ["h/wx", "itPower", "figure-unknown"],
  ["a/hero", "pvPower", "figure-unknown"],
  ["a/hero", "pue15m", "figure-unknown"],
])("%s has no %s", (asset, metric, code) => {
  expect(figureOf(twin, plant, { asset, metric })).toMatchObject({ ok: false, error: { code } });
});

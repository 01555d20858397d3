import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { createPlant, type Plant } from "#twins/physics/plant.ts";
import { epwText } from "./epw.fixture.ts";
import { parseEpw } from "./epw.ts";
import type { WeatherShift } from "./shift.ts";

const directory = join(import.meta.dirname, "../../horinger");
const files = Object.fromEntries(
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|csv)$/.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(directory, path), "utf8")]),
);
const twin = loadTwin(files, { racks: 1000 });

test("weather that is led drives the plant: heat its compressors, wind its turbines, dust its panels", () => {
  const startMs = Date.UTC(2026, 5, 10, 3);
  const held = { fromS: 0, atS: 600, untilS: 7200 };
  const shifts: readonly WeatherShift[] = [
    { quantity: "airTemperature", value: 40, ...held },
    { quantity: "windSpeed", value: 10, ...held },
    { quantity: "pm10", value: 5000, ...held },
  ];
  const [free, led] = [
    createPlant(twin, { seed: 1, startMs }),
    createPlant(twin, { seed: 1, startMs, shifts: { startMs, shifts } }),
  ];
  for (let i = 0; i < 6; i++) for (const plant of [free, led]) plant.step(600);
  const { airTemperature } = columnsOf(led.truth, "weatherStation", ["airTemperature"]);
  expect(airTemperature[0]).toBe(40);
  const cooling = ({ parts }: Plant): number => parts.distribution.cooling.reduce((sum, kw) => sum + kw, 0);
  expect(cooling(led)).toBeGreaterThan(1.1 * cooling(free));
  expect(led.parts.energy.sums.wind).toBeGreaterThan(200_000);
  expect(led.parts.energy.sums.pv).toBeLessThan(0.4 * free.parts.energy.sums.pv);
});

test("a weather file drives the plant, and its year's totals are the file's", () => {
  const year = parseEpw(epwText());
  if (!year.ok) throw new Error(year.error.message);
  const weather = year.value;
  // In the middle of each hour of its year, where the hour's sun is nearest to its mean.
  const startMs = Date.UTC(2025, 0, 1, -8, 30);
  const plant = createPlant(twin, { seed: 1, startMs, weather, detail: "totals" });
  const station = columnsOf(plant.truth, "weatherStation", ["airTemperature", "windSpeed", "irradiance"]);
  const sums = { airTemperature: 0, windSpeed: 0, irradiance: 0, pv: 0, full: 0 };
  for (let hour = 0; hour < 8760; hour++) {
    sums.airTemperature += station.airTemperature[0]!;
    sums.windSpeed += station.windSpeed[0]!;
    sums.irradiance += station.irradiance[0]!;
    sums.pv += plant.parts.energy.sums.pv;
    plant.step(3600);
  }
  const total = (column: Float32Array): number => column.reduce((sum, value) => sum + value, 0);
  expect(Math.abs(sums.airTemperature - total(weather.dryBulb)) / 8760).toBeLessThan(0.01);
  expect(sums.windSpeed / total(weather.windSpeed)).toBeCloseTo(1, 3);
  // One instant stands for each hour here, and the file's sun, made up, rises and sets in the middle of some:
  // epw.test.ts shows that each hour's energy is the file's.
  expect(Math.abs(sums.irradiance / total(weather.global) - 1)).toBeLessThan(0.02);
  // Yield of the field's 60 MW over what falls on level ground, as such fields have it, tilt included.
  const hours = sums.pv / 60_000 / (total(weather.global) / 1000);
  expect(hours).toBeGreaterThan(0.75);
  expect(hours).toBeLessThan(1.15);
});

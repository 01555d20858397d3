import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { createPlant, type Plant } from "#twins/physics/plant.ts";
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

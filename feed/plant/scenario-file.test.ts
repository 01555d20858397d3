import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { WeatherShift } from "#twins/physics/weather/shift.ts";
import { readScenario } from "./scenario-file.ts";

const folder = mkdtempSync(join(tmpdir(), "scenario-"));
afterAll(() => rmSync(folder, { recursive: true }));

const leak = join(import.meta.dirname, "../../twins/horinger/scenarios/liquid-leak.json");
const base = JSON.parse(readFileSync(leak, "utf8")) as object;

/** A scenario of ours with this weather. */
const withWeather = (weather: readonly object[]) => {
  const file = join(folder, "one.json");
  writeFileSync(file, JSON.stringify({ ...base, weather }));
  return readScenario(file);
};
const heat: WeatherShift = { quantity: "airTemperature", fromS: 0, atS: 600, untilS: 1200, value: 39 };

test("weather that is led is read as it stands", async () => {
  expect((await withWeather([heat])).weather).toEqual([heat]);
});

test.each([
  [{ value: 71 }, /airTemperature of 71: expected -45 to 50[\s\S]*weather\[0\]\.value/],
  [{ quantity: "cloud", value: 60 }, /cloud of 60: expected 0 to 1/],
  [{ quantity: "moon" }, /quantity/],
  [{ atS: 1300 }, /fromS, atS and untilS must follow each other/],
  [{ fromS: -1 }, /fromS/],
])("weather that cannot be is refused with its place: %j", async (changes, words) => {
  await expect(withWeather([{ ...heat, ...changes }])).rejects.toThrow(words);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { WeatherShift } from "#twins/physics/weather/shift.ts";
import { readScenario, readScenarioFile } from "./scenario-file.ts";

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

test("weather that is led is read as it stands", () => {
  expect(withWeather([heat]).weather).toEqual([heat]);
});

test.each([
  [{ value: 71 }, /airTemperature of 71: expected -45 to 50[\s\S]*weather\[0\]\.value/],
  [{ quantity: "cloud", value: 60 }, /cloud of 60: expected 0 to 1/],
  [{ quantity: "moon" }, /quantity/],
  [{ atS: 1300 }, /fromS, atS and untilS must follow each other/],
  [{ fromS: -1 }, /fromS/],
])("weather that cannot be is refused with its place: %j", (changes, words) => {
  expect(() => withWeather([{ ...heat, ...changes }])).toThrow(words);
});

test.each([
  ["no file", "none.json", /none\.json cannot be read \(Error: ENOENT/],
  ["no JSON", "torn.json", /torn\.json is no JSON \(.*position/],
  ["no scenario", "list.json", /list\.json:\n.*expected object/],
])("%s is a problem with its name, and with a tip", (_what, name, words) => {
  writeFileSync(join(folder, "torn.json"), '{ "id": "a", ');
  writeFileSync(join(folder, "list.json"), "[]");
  const read = readScenarioFile(join(folder, name));
  expect(read).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(words), tip: expect.stringContaining("SCENARIOS") },
  });
});

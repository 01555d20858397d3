import fc from "fast-check";
import { expect, test } from "vitest";
import { epwHeader, epwText } from "./epw.fixture.ts";
import { type EpwYear, parseEpw, readEpw } from "./epw.ts";
import { haurwitz } from "./light.ts";
import { createSky, readSky } from "./sky.ts";
import { createWeather } from "./weather.ts";

const hourMs = 3_600_000;
const read = (text: string): EpwYear => {
  const result = parseEpw(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const whole = read(epwText());

test("place and hours are the file's", () => {
  expect(whole.place).toBe("Hohhot, CHN");
  expect(whole.site).toEqual({
    latitudeDeg: 40.82,
    longitudeDeg: 111.68,
    utcOffsetMin: 480,
    altitudeM: 1063,
  });
  expect(whole.dryBulb).toHaveLength(8760);
  expect(whole.cloud[0]).toBe(0.5);
});

test("totals are reproduced: irradiance hour by hour and over the year, temperature and wind in the mean", () => {
  const weather = createWeather();
  const sums = { global: 0, filed: 0, temperature: 0, filedTemperature: 0 };
  const steps = 12;
  for (let hour = 0; hour < 8760; hour++) {
    let energy = 0;
    for (let step = 0; step < steps; step++) {
      readEpw(weather, whole, Date.UTC(2025, 0, 1) + (hour - 8 + (step + 0.5) / steps) * hourMs);
      energy += weather.globalIrradiance / steps;
      sums.temperature += weather.airTemperature / steps / 8760;
      expect(weather.diffuseIrradiance).toBeLessThanOrEqual(weather.globalIrradiance);
    }
    expect(Math.abs(energy - whole.global[hour]!)).toBeLessThan(0.01 + whole.global[hour]! * 1e-5);
    sums.global += energy;
    sums.filed += whole.global[hour]!;
    sums.filedTemperature += whole.dryBulb[hour]! / 8760;
  }
  expect(sums.global / sums.filed).toBeCloseTo(1, 5);
  expect(sums.temperature).toBeCloseTo(sums.filedTemperature, 2);
});

test("within an hour the sun follows the clear sky, and the wind turns the short way over north", () => {
  const weather = createWeather();
  const at = (hour: number): void =>
    readEpw(weather, whole, Date.UTC(2025, 5, 21, hour - 8, 0) + 0.5 * hourMs);
  readEpw(weather, whole, Date.UTC(2025, 5, 21, 0, 10));
  const early = weather.globalIrradiance / haurwitz(weather.sunAltitudeDeg);
  readEpw(weather, whole, Date.UTC(2025, 5, 21, 0, 50));
  expect(weather.globalIrradiance / haurwitz(weather.sunAltitudeDeg)).toBeCloseTo(early, 6);
  at(11);
  expect(Math.min(weather.windDirection, 360 - weather.windDirection)).toBeLessThan(1e-3);
});

test("precipitation, pressure and snow are the file's; without them the seed's and the altitude's", () => {
  const weather = createWeather();
  const filed = read(epwText((cells) => Object.assign(cells, { 30: "12", 33: "1.5" })));
  const bare = read(epwText((cells) => Object.assign(cells, { 9: "999999", 30: "999", 33: "999" })));
  const noonMs = Date.UTC(2025, 5, 21, 4);
  const sky = (year: EpwYear) => createSky({ site: { ...filed.site, altitudeM: 1050 }, seed: 1, year });
  readSky(weather, sky(filed), noonMs);
  expect([weather.precipitation, weather.pressure, weather.snowDepth]).toEqual([1.5, 895, 12]);
  readSky(weather, sky(bare), noonMs);
  expect(weather.pressure).toBeCloseTo(891.9, 1); // ISO 2533 at the file's 1,063 m.
  expect(weather.snowDepth).toBe(0);
});

test("a file without cloud cover tells it by its light", () => {
  const weather = createWeather();
  const at = (global: number): number => {
    const year = read(epwText((cells) => Object.assign(cells, { 13: String(global), 22: "99" })));
    readEpw(weather, year, Date.UTC(2025, 5, 21, 4));
    return weather.cloud;
  };
  expect(at(1000)).toBeLessThan(0.2);
  expect(at(500)).toBeGreaterThan(0.7);
  expect(at(150)).toBe(1);
});

test("the file's clock shows the site's time: a year of another zone has its sun at noon", () => {
  const abroad = read(epwText().replace("40.82,111.68,8.0,1063.0", "52.3,4.77,1.0,-2.0"));
  const weather = createWeather();
  const site = { ...whole.site };
  readSky(weather, createSky({ site, seed: 1, year: abroad }), Date.UTC(2025, 5, 21, 12.7 - 8));
  expect(weather.sunAltitudeDeg).toBeGreaterThan(60);
  expect(weather.globalIrradiance).toBeGreaterThan(500);
});

test("29 February reads as the 28th, in any year", () => {
  const [leap, plain] = [createWeather(), createWeather()];
  readEpw(leap, whole, Date.UTC(2028, 1, 29, 3));
  readEpw(plain, whole, Date.UTC(2028, 1, 28, 3));
  expect(leap.airTemperature).toBe(plain.airTemperature);
});

test("missing readings are bridged between their neighbours, also around the new year", () => {
  const gap = read(
    epwText((cells, hour) =>
      hour === 100 || hour === 8759 ? Object.assign(cells, { 6: "99.9", 21: "999" }) : cells,
    ),
  );
  expect(gap.dryBulb[100]).toBeCloseTo((gap.dryBulb[99]! + gap.dryBulb[101]!) / 2, 4);
  expect(gap.dryBulb[8759]).toBeCloseTo((gap.dryBulb[8758]! + gap.dryBulb[0]!) / 2, 4);
  expect(gap.windSpeed[100]).toBeCloseTo(3.4, 4);
});

test.each([
  ["", /line 1: no LOCATION/],
  ["LOCATION,a,b,c,d,e,north,1,8,1000", /line 1: no LOCATION/],
  [epwText((cells, hour) => (hour === 50 ? null : cells)), /hour 51 of the year is missing/],
  [
    epwText((cells, hour) => (hour === 3 ? Object.assign(cells, { 3: "25" }) : cells)),
    /line 12: no month, day and hour/,
  ],
  [
    epwText((cells, hour) => (hour === 3 ? Object.assign(cells, { 3: "1" }) : cells)),
    /line 12: this hour stands here/,
  ],
  [
    epwText((cells, hour) => (hour === 7 ? Object.assign(cells, { 13: "9999" }) : cells)),
    /line 16: no global/,
  ],
])("a bad file is refused with its line (%#)", (text, message) => {
  const result = parseEpw(text);
  expect(result.ok ? "" : result.error.message).toMatch(message);
});

test("no text makes it throw", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => void parseEpw(text)));
  fc.assert(
    fc.property(fc.string(), (row) => void parseEpw([...epwHeader, row, row].join("\n"))),
    { numRuns: 200 },
  );
});

import { describe, expect, test } from "vitest";
import { densityFactor, hubFactor, turbinePower } from "#twins/physics/energy/turbine.ts";
import { haurwitz } from "./light.ts";
import { airDensity, wetBulbStull } from "./moist-air.ts";
import { createSky, readSky } from "./sky.ts";
import { createWeather } from "./weather.ts";

const site = { latitudeDeg: 40.539, longitudeDeg: 111.823, utcOffsetMin: 480, altitudeM: 1050 };
const hourMs = 3_600_000;

/** Every hour of three years. */
const years = (seed: number) => {
  const hours = 3 * 8766;
  const weather = createWeather();
  const sky = createSky({ site, seed });
  const sums = { t: 0, january: 0, januaryHours: 0, july: 0, julyHours: 0, ghi: 0, wind: 0 };
  const fallen = { mm: 0, juneToSeptember: 0, snowDepth: 0, julySnow: 0, pressure: 0 };
  const below = { wet14: 0, wet18: 0, dry18: 0 };
  const most = { cold: 99, hot: -99, wet: -99, dust: 0 };
  for (let hour = 0; hour < hours; hour++) {
    const timeMs = Date.UTC(2025, 0, 1) + hour * hourMs;
    readSky(weather, sky, timeMs);
    const { airTemperature: t, wetBulb } = weather;
    const month = new Date(timeMs + 8 * hourMs).getUTCMonth();
    sums.t += t / hours;
    if (month === 0) [sums.january, sums.januaryHours] = [sums.january + t, sums.januaryHours + 1];
    if (month === 6) [sums.july, sums.julyHours] = [sums.july + t, sums.julyHours + 1];
    sums.ghi += weather.globalIrradiance / 3000;
    const hubSpeed = weather.windSpeed * hubFactor(110) * densityFactor(airDensity(t, weather.pressure));
    sums.wind += turbinePower(hubSpeed, 6250) / 6250 / 3;
    if (wetBulb <= 14) below.wet14 += 100 / hours;
    if (wetBulb <= 18) below.wet18 += 100 / hours;
    if (t <= 18) below.dry18 += 100 / hours;
    fallen.mm += weather.precipitation / 3;
    if (month >= 5 && month <= 8) fallen.juneToSeptember += weather.precipitation / 3;
    fallen.snowDepth = Math.max(fallen.snowDepth, weather.snowDepth);
    if (month === 6) fallen.julySnow = Math.max(fallen.julySnow, weather.snowDepth + weather.panelSnow);
    fallen.pressure += weather.pressure / hours;
    most.cold = Math.min(most.cold, t);
    most.hot = Math.max(most.hot, t);
    most.wet = Math.max(most.wet, wetBulb);
    most.dust = Math.max(most.dust, weather.pm10);
  }
  return { sums, fallen, below, most };
};

describe("the typical year of Hohhot (docs of the site: mean 7.33 °C, January −11.0, July 23.3, 1,545 kWh/m²a)", () => {
  const { sums, fallen, below, most } = years(1);

  test("temperatures", () => {
    expect(sums.t).toBeGreaterThan(6.3);
    expect(sums.t).toBeLessThan(8.3);
    expect(Math.abs(sums.january / sums.januaryHours + 11)).toBeLessThan(1.8);
    expect(Math.abs(sums.july / sums.julyHours - 23.3)).toBeLessThan(1.5);
    expect(most.cold).toBeGreaterThan(-32.8);
    expect(most.hot).toBeLessThan(38.9);
  });

  test("wet bulb at most 14 °C in 79 % and 18 °C in 94 % of hours, dry bulb at most 18 °C in 75 %", () => {
    expect(Math.abs(below.wet14 - 79)).toBeLessThan(3);
    expect(Math.abs(below.wet18 - 94)).toBeLessThan(2.5);
    expect(Math.abs(below.dry18 - 75)).toBeLessThan(3);
    expect(most.wet).toBeLessThan(24.5);
  });

  test("sun, wind and dust", () => {
    expect(Math.abs(sums.ghi - 1545)).toBeLessThan(80);
    // 2,111 full-load hours of the farm and the tenth that wakes and ice take (energy/wind.test.ts).
    expect(Math.abs(sums.wind - 2330)).toBeLessThan(200);
    expect(most.dust).toBeGreaterThan(600);
  });

  test("396 mm a year, three quarters of it from June to September, snow in winter only; 893 hPa", () => {
    expect(Math.abs(fallen.mm - 396)).toBeLessThan(150);
    expect(fallen.juneToSeptember / fallen.mm).toBeGreaterThan(0.65);
    expect(fallen.snowDepth).toBeGreaterThan(1);
    expect(fallen.snowDepth).toBeLessThan(20);
    expect(fallen.julySnow).toBe(0);
    expect(Math.abs(fallen.pressure - 893.2)).toBeLessThan(1.5);
  });
});

test("weather moves smoothly: no quarter of a minute changes the air by a tenth of a degree, or under rain by a fifth", () => {
  const weather = createWeather();
  const sky = createSky({ site, seed: 4 });
  let rainMs = Date.UTC(2026, 6, 1);
  for (; weather.precipitation < 2; rainMs += hourMs) readSky(weather, sky, rainMs);
  let before = Number.NaN;
  let wet = 0;
  for (let step = 0; step < 5760; step++) {
    readSky(weather, sky, rainMs + (step - 2880) * 15_000);
    if (step > 0)
      expect(Math.abs(weather.airTemperature - before)).toBeLessThan(weather.precipitation > 0 ? 0.2 : 0.1);
    before = weather.airTemperature;
    expect(weather.wetBulb).toBeLessThan(weather.airTemperature);
    expect(weather.humidity).toBeLessThanOrEqual(98);
    expect(weather.precipitation).toBeGreaterThanOrEqual(0);
    if (weather.precipitation > 0) expect(weather.cloud).toBeGreaterThan(0.8);
    wet += weather.precipitation > 1 ? 1 : 0;
    expect(weather.diffuseIrradiance).toBeLessThanOrEqual(weather.globalIrradiance);
  }
  expect(wet).toBeGreaterThan(20); // There was rain among it.
});

test("at night there is no sun; at noon of a summer day it stands high in the south", () => {
  const weather = createWeather();
  const sky = createSky({ site, seed: 1 });
  readSky(weather, sky, Date.UTC(2026, 5, 21, 16));
  expect(weather.globalIrradiance).toBe(0);
  readSky(weather, sky, Date.UTC(2026, 5, 21, 4, 33));
  expect(weather.sunAltitudeDeg).toBeGreaterThan(72);
  expect(Math.abs(weather.sunAzimuthDeg - 180)).toBeLessThan(8);
});

test("published points of the formulas", () => {
  // Stull 2011: 20 °C and 50 % give 13.7 °C.
  expect(wetBulbStull(20, 50)).toBeCloseTo(13.7, 1);
  // Haurwitz with the sun in the zenith: 1098·exp(−0.059).
  expect(haurwitz(90)).toBeCloseTo(1035.1, 1);
  expect(haurwitz(-1)).toBe(0);
});

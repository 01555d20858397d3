import fc from "fast-check";
import { expect, test } from "vitest";
import { planeIrradiance } from "#twins/physics/weather/plane.ts";
import { createWeather } from "#twins/physics/weather/weather.ts";
import type { Storage } from "./renewables.ts";
import { moduleTemperature, pvPower, stepStorage, turbinePower } from "./renewables.ts";

test("the power curve of the real 1.5 MW machine, scaled to 6.25 MW at sea-level density", () => {
  const scale = 6250 / 1500;
  for (const [speed, kw] of [
    [3, 86],
    [5, 310],
    [7, 735],
    [9, 1134],
    [11, 1397],
    [12, 1441],
  ] as const)
    expect(turbinePower(speed, 1.225, 6250)).toBeCloseTo(kw * scale, 6);
  expect(turbinePower(2, 1.225, 6250)).toBe(0);
  expect(turbinePower(20, 1.225, 6250)).toBe(6250);
  expect(turbinePower(26, 1.225, 6250)).toBe(0);
});

test("thin air at 1,050 m takes a tenth off the power", () => {
  const share = turbinePower(8, 1.09, 6250) / turbinePower(8, 1.225, 6250);
  expect(share).toBeGreaterThan(0.88);
  expect(share).toBeLessThan(0.95);
});

test("a table at 1,000 W/m² and 25 °C module gives its rating less losses; heat lowers it", () => {
  const cool = pvPower(1000, 25, 24);
  expect(cool).toBeGreaterThan(0.8 * 24 * 0.96);
  expect(cool).toBeLessThanOrEqual(24);
  expect(pvPower(1000, 60, 24)).toBeLessThan(cool);
  expect(pvPower(0, 10, 24)).toBe(0);
  expect(moduleTemperature(800, 20, 1)).toBeCloseTo(20 + 800 / 31.84, 9);
});

test("a tilted table sees more of a low winter sun than the ground does", () => {
  const weather = { ...createWeather(), globalIrradiance: 400, diffuseIrradiance: 80 };
  weather.sunAltitudeDeg = 24;
  weather.sunAzimuthDeg = 180;
  expect(planeIrradiance(weather, 38)).toBeGreaterThan(600);
});

test("storage keeps its state of charge in bounds, gives no more than it holds and pays its losses", () => {
  const wanted = fc.array(fc.double({ min: -90_000, max: 90_000, noNaN: true }), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(wanted, fc.integer({ min: 1, max: 3600 }), (powers, seconds) => {
      const storage: Storage = { capacityKwh: 259_200, ratedKw: 64_800, energyKwh: 130_000, powerKw: 0 };
      let metered = 0;
      for (const power of powers) {
        stepStorage(storage, power, seconds);
        metered += (storage.powerKw * seconds) / 3600;
        expect(Math.abs(storage.powerKw)).toBeLessThanOrEqual(64_800 + 1e-6);
        expect(storage.energyKwh).toBeGreaterThanOrEqual(25_920 - 1e-6);
        expect(storage.energyKwh).toBeLessThanOrEqual(246_240 + 1e-6);
      }
      // What came out at the meter is never more than what left the cells.
      expect(metered).toBeLessThanOrEqual(130_000 - storage.energyKwh + 1e-6);
    }),
  );
});

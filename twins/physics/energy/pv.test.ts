import { expect, test } from "vitest";
import { planeIrradiance } from "#twins/physics/weather/plane.ts";
import { createWeather } from "#twins/physics/weather/weather.ts";
import { energyBench } from "./bed.fixture.ts";
import { moduleTemperature, pvPower } from "./pv.ts";

const clear = {
  airTemperature: 20,
  windSpeed: 3,
  cloud: 0,
  globalIrradiance: 700,
  diffuseIrradiance: 100,
  soiling: 0,
  panelSnow: 0,
};

test("a table at 1,000 W/m² and 25 °C module gives its rating less losses; heat lowers it; the inverter clips", () => {
  const cool = pvPower(1000, 25, 24);
  expect(cool).toBeGreaterThan(0.8 * 24 * 0.96);
  expect(cool).toBeLessThanOrEqual(24);
  expect(pvPower(1000, 60, 24)).toBeLessThan(cool);
  expect(pvPower(0, 10, 24)).toBe(0);
  expect([pvPower(1250, -10, 24), pvPower(1350, -10, 24)]).toEqual([20, 20]); // 24 kWp at 1.2.
  expect(moduleTemperature(800, 20, 1)).toBeCloseTo(20 + 800 / 31.84, 9);
});

test("a tilted table sees more of a low winter sun than the ground does", () => {
  const weather = { ...createWeather(), globalIrradiance: 400, diffuseIrradiance: 80 };
  weather.sunAltitudeDeg = 24;
  weather.sunAzimuthDeg = 180;
  expect(planeIrradiance(weather, 38)).toBeGreaterThan(600);
});

test("a failed table gives nothing and runs hotter; a dirty one gives less; the others do not mind", () => {
  const bench = energyBench(undefined, clear);
  const { power, moduleTemperature: module } = bench.energy.pv.column;
  const { failed, soiled } = bench.conditions.of("pvTable");
  const healthy = [power[0]!, power[1]!, power[2]!, power[3]!];
  const cool = module[0]!;
  failed[0] = 1;
  failed[1] = 0.25;
  soiled[2] = 0.3;
  bench.step(0);
  expect(power[0]).toBe(0);
  expect(module[0]).toBeGreaterThan(cool + 2);
  expect(power[1]! / healthy[1]!).toBeCloseTo(0.75, 1);
  expect(power[2]! / healthy[2]!).toBeCloseTo(0.7, 1);
  expect(power[3]).toBe(healthy[3]);
});

test("snow and dirt take the light of all tables, not that of the instruments beside them", () => {
  const bench = energyBench(undefined, clear);
  const whole = bench.energy.sums.pv;
  const seen = bench.energy.pv.column.irradiance[0];
  bench.weather = { ...clear, panelSnow: 0.5 };
  bench.step(0);
  expect(bench.energy.sums.pv / whole).toBeGreaterThan(0.45);
  expect(bench.energy.sums.pv / whole).toBeLessThan(0.56);
  expect(bench.energy.pv.column.irradiance[0]).toBe(seen);
  bench.weather = { ...clear, soiling: 0.08, panelSnow: 1 };
  bench.step(0);
  expect(bench.energy.sums.pv).toBe(0);
});

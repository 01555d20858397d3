import { expect, test } from "vitest";
import { energyBench } from "./bed.fixture.ts";
import { densityFactor, hubFactor, thrustOf, turbinePower } from "./turbine.ts";
import { createWakes, setSector, wakeAt } from "./wake.ts";
import { windCurtailed } from "./wind.ts";

const farmKw = 300_000;
/** North-west: where it mostly blows from. */
const steady = { airTemperature: 10, pressure: 893, humidity: 40, precipitation: 0, windDirection: 300 };

test("the power curve of the real 1.5 MW machine, scaled to 6.25 MW; nothing above cut-out", () => {
  const scale = 6250 / 1500;
  for (const [speed, kw] of [
    [3, 86],
    [5, 310],
    [7, 735],
    [9, 1134],
    [11, 1397],
    [12, 1441],
  ] as const)
    expect(turbinePower(speed, 6250)).toBeCloseTo(kw * scale, 6);
  expect([turbinePower(2, 6250), turbinePower(20, 6250), turbinePower(25.1, 6250)]).toEqual([0, 6250, 0]);
});

test("thin air at 1,050 m takes a tenth off the power", () => {
  const share = turbinePower(8 * densityFactor(1.09), 6250) / turbinePower(8, 6250);
  expect(share).toBeGreaterThan(0.88);
  expect(share).toBeLessThan(0.95);
});

test("Jensen's wake: three machines in a line, four rotors apart", () => {
  const pose = [0, 0, 0, 0, 0, -400, 0, 0, 0, -800, 0, 0];
  const wakes = createWakes(pose, [100, 100, 100]);
  const at = { low: 0, high: 0, share: 0 };
  setSector(at, wakes, 0);
  // A north wind: rotor radius 50 m, wake radius 50 + 0.075·400 m.
  const one = (50 / 80) ** 2;
  const two = (50 / 110) ** 2;
  expect(wakeAt(wakes, at, 0)).toBe(0);
  expect(wakeAt(wakes, at, 1)).toBeCloseTo(one, 9);
  expect(wakeAt(wakes, at, 2)).toBeCloseTo(Math.sqrt(one ** 2 + two ** 2), 9);
  setSector(at, wakes, 90);
  expect([0, 1, 2].map((turbine) => wakeAt(wakes, at, turbine))).toEqual([0, 0, 0]);
  // Between two sectors of the table.
  setSector(at, wakes, 2.5);
  expect(wakeAt(wakes, at, 1)).toBeGreaterThan(0);
  expect(wakeAt(wakes, at, 1)).toBeLessThanOrEqual(one);
  // At a thrust coefficient of 0.82 the first machine's wake takes 22 % of the second one's wind.
  expect((1 - Math.sqrt(1 - thrustOf(8))) * one).toBeCloseTo(0.225, 3);
});

test("a farm drawn closer than can be is taken to stand farther apart, and one machine alone stands in no wake", () => {
  const at = { low: 0, high: 0, share: 0 };
  const deep = (spacing: number): number => {
    const wakes = createWakes([0, 0, 0, 0, 0, -spacing, 0, 0], [100, 100]);
    setSector(at, wakes, 0);
    return wakeAt(wakes, at, 1);
  };
  expect(deep(50)).toBeCloseTo(deep(500), 9);
  expect(deep(400)).toBeGreaterThan(deep(500));
  const alone = createWakes([0, 0, 0, 0], [100]);
  setSector(at, alone, 200);
  expect(wakeAt(alone, at, 0)).toBe(0);
});

test("over a year wakes cost 5 to 12 %, and 2,111 full-load hours are left", () => {
  const [farm, free] = [energyBench(Date.UTC(2026, 0, 1)), energyBench(Date.UTC(2026, 0, 1))];
  free.energy.wind.wakes.geometry.fill(0);
  const hours = { farm: 0, free: 0 };
  for (let step = 0; step < 8760 / 3; step++) {
    hours.farm += (3 * farm.energy.sums.wind) / farmKw;
    hours.free += (3 * free.energy.sums.wind) / farmKw;
    for (const bench of [farm, free]) bench.step(3 * 3600);
  }
  const loss = 1 - hours.farm / hours.free;
  expect(loss).toBeGreaterThan(0.05);
  expect(loss).toBeLessThan(0.12);
  expect(Math.abs(hours.farm - 2111)).toBeLessThan(250);
});

test("in a storm machines stop above 25 m/s and start again under 22 m/s, within minutes", () => {
  const at = (hub: number) => ({ ...steady, windSpeed: hub / hubFactor(110) });
  const bench = energyBench(undefined, at(20));
  const { status, rotorSpeed } = bench.energy.wind.column;
  const share = (code: number): number => status.filter((each) => each === code).length / status.length;
  bench.run(30, 10);
  expect(bench.energy.sums.wind).toBeGreaterThan(0.97 * farmKw);
  bench.weather = at(30);
  bench.run(15, 10);
  expect([share(3), bench.energy.sums.wind, rotorSpeed[0]]).toEqual([1, 0, 0]);
  bench.weather = at(24); // Gusts and wakes keep most of them between the two limits.
  bench.run(2, 10);
  const kept = share(3);
  expect(kept).toBeGreaterThan(0.3);
  bench.weather = at(18);
  bench.run(9, 10);
  expect(share(4)).toBeGreaterThan(0.3);
  bench.run(24, 10);
  expect([share(1), share(3)]).toEqual([1, 0]);
  expect(bench.energy.sums.wind).toBeGreaterThan(0.97 * farmKw);
});

test("the dispatcher's limit is carried out within a minute, shown, and never exceeded", () => {
  const bench = energyBench(undefined, { ...steady, windSpeed: 12 });
  const { power, powerLimit } = bench.energy.wind.column;
  expect(powerLimit[0]).toBe(6250);
  bench.conditions.of("site").curtail[0] = 0.4;
  bench.run(2, 10);
  expect(powerLimit[0]).toBeCloseTo((1 - 20 / 60) * 6250, 3);
  bench.step(10);
  expect(powerLimit[0]).toBeCloseTo(0.6 * 6250, 3);
  for (const kw of power) expect(kw).toBeLessThanOrEqual(0.6 * 6250 + 1e-3);
  expect(windCurtailed(bench.energy.wind)).toBeGreaterThan(0.35 * farmKw);
  bench.conditions.of("site").curtail[0] = 0;
  bench.run(6, 10);
  expect(windCurtailed(bench.energy.wind)).toBeLessThan(1e-6);
});

test("a failed machine stands, an iced one gives less, one thick with ice stands as well", () => {
  const bench = energyBench(undefined, { ...steady, windSpeed: 10 });
  const { failed, iced } = bench.conditions.of("windTurbine");
  const { power, status } = bench.energy.wind.column;
  const before = [...power];
  failed[0] = 1;
  iced[1] = 0.5;
  iced[2] = 1;
  bench.run(6, 10);
  expect([power[0], status[0]]).toEqual([0, 2]);
  expect(power[1]! / before[1]!).toBeGreaterThan(0.6);
  expect(power[1]! / before[1]!).toBeLessThan(0.9);
  expect([power[2], status[2]]).toEqual([0, 3]);
  expect(power[3]).toBeGreaterThan(0);
});

test("fog in the frost grows on blades and takes power; a thaw gives it back", () => {
  const bench = energyBench(undefined, { ...steady, windSpeed: 10, airTemperature: -4, humidity: 97 });
  const before = bench.energy.sums.wind;
  bench.run(6, 1800);
  expect(bench.energy.sums.wind / before).toBeGreaterThan(0.65);
  expect(bench.energy.sums.wind / before).toBeLessThan(0.85);
  bench.weather = { ...bench.weather, airTemperature: 4, humidity: 60 };
  bench.run(6, 1800);
  expect(bench.energy.sums.wind / before).toBeGreaterThan(0.97);
});

test("without their station's voltage machines stop, and come back one after the other", () => {
  const bench = energyBench(undefined, { ...steady, windSpeed: 10, cloud: 0, globalIrradiance: 800 });
  const before = { ...bench.energy.sums };
  bench.supply.station.fill(0);
  bench.step(1);
  expect(bench.energy.sums).toEqual({ pv: 0, wind: 0, storage: 0 });
  bench.supply.station.fill(1);
  bench.run(6, 10);
  for (const kind of ["pv", "wind"] as const) {
    expect(bench.energy.sums[kind] / before[kind]).toBeGreaterThan(0.4);
    expect(bench.energy.sums[kind] / before[kind]).toBeLessThan(0.6);
  }
  bench.run(6, 10);
  expect(bench.energy.sums.wind / before.wind).toBeGreaterThan(0.95);
});

test("steps of a second and of ten come to the same farm", () => {
  const weather = { ...steady, windSpeed: 16.5 };
  const [fine, coarse] = [energyBench(undefined, weather), energyBench(undefined, weather)];
  for (const { conditions } of [fine, coarse]) conditions.of("site").curtail[0] = 0.3;
  fine.run(600, 1);
  coarse.run(60, 10);
  expect(coarse.energy.sums.wind / fine.energy.sums.wind).toBeCloseTo(1, 3);
});

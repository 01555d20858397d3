import { beforeEach, expect, test } from "vitest";
import { createRoomBench, type RoomBench, roomRow } from "./rooms.fixture.ts";

/** Hot enough that outside fans run fast, and a storm's dust. */
const storm = (bench: RoomBench): void => {
  bench.moment.weather.airTemperature = 24;
  bench.moment.weather.wetBulb = 14;
  bench.moment.weather.pm10 = 3000;
};

let bench: RoomBench;
let unit: number;
let chilled: number;
const first = (of: RoomBench, system: "evaporative" | "chilled"): number =>
  of.rooms.air.units.ofRoom[roomRow(of, system) * 2]!;
const filters = () => bench.rooms.air.units.filters;
const steps = (of: RoomBench, seconds: number, count: number): void => {
  for (let i = 0; i < count; i++) of.step(seconds);
};

beforeEach(() => {
  bench = createRoomBench();
  storm(bench);
  bench.step(0);
  unit = first(bench, "evaporative");
  chilled = first(bench, "chilled");
});

test("dust fills the filters of outside air by what flows through them, and no others", () => {
  const { columns } = bench.rooms.air.units;
  bench.step(10);
  const clean = columns.filterPressure[unit]!;
  steps(bench, 60, 240);
  const flow = filters().flow[unit]!;
  // Four hours at 3,000 µg/m³ of the 50,000 µg/m³·h that fill it.
  expect(filters().dust[unit]!).toBeCloseTo((flow * 4 * 3000) / 50_000, 2);
  expect(filters().dust[unit]!).toBeGreaterThan(0.05);
  expect(columns.filterPressure[unit]!).toBeGreaterThan(1.4 * clean);
  expect(filters().clogged[chilled]).toBe(0);
});

test("the same however long the steps", () => {
  const other = createRoomBench();
  storm(other);
  other.step(0);
  steps(bench, 10, 720);
  steps(other, 120, 60);
  const dust = other.rooms.air.units.filters.dust[first(other, "evaporative")]!;
  expect(Math.abs(filters().dust[unit]! / dust - 1)).toBeLessThan(0.01);
});

test("the worse of dust and a fault counts; a repaired filter is a clean one", () => {
  steps(bench, 60, 240);
  const dust = filters().dust[unit]!;
  const { filterClogged } = bench.conditions.of("crah");
  filterClogged[unit] = 0.01;
  bench.step(10);
  expect(filters().clogged[unit]!).toBeGreaterThanOrEqual(dust);
  filterClogged[unit] = 0.8;
  bench.step(10);
  expect(filters().clogged[unit]).toBeCloseTo(0.8, 6);
  filterClogged[unit] = 0;
  bench.step(10);
  expect(filters().clogged[unit]).toBe(0);
  expect(filters().clogged[unit + 1]!).toBeGreaterThan(dust);
});

test("full filters are changed on the morning round, whatever the step, and not before", () => {
  const utcOffsetH = 8;
  for (const seconds of [60, 3600]) {
    bench.moment.timeMs = Date.UTC(2026, 2, 25, 6 - utcOffsetH);
    filters().dust.fill(0.5, unit, unit + 1);
    filters().dust.fill(0.2, unit + 1, unit + 2);
    steps(bench, seconds, (2 * 3600) / seconds);
    expect(filters().dust[unit]!).toBeGreaterThan(0.5);
    steps(bench, seconds, (2 * 3600) / seconds);
    expect(filters().dust[unit]!).toBeLessThan(0.1);
    expect(filters().dust[unit + 1]!).toBeGreaterThan(0.2);
  }
});

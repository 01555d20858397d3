import { expect, test } from "vitest";
import { columnsOf } from "#twins/physics/columns.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { benchTwin } from "./rooms.fixture.ts";

const twin = benchTwin();
const plant = createPlant(twin, { seed: 3, startMs: Date.UTC(2026, 6, 23, 6) });
const meters = columnsOf(plant.truth, "waterMeter", ["flow", "volume"]);
const flowOf = (id: string): number => meters.flow[twin.find(id)!.row]!;
const place = (id: string): number => twin.find(id)!.row;

test("towers take tap and reclaimed water, evaporative units tap water only, and all of it is metered", () => {
  const { waterside, rooms } = plant.parts;
  for (const id of ["west/chilled", "west/liquid"]) {
    expect(flowOf(`${id}/w-tap`) + flowOf(`${id}/w-reclaimed`)).toBeCloseTo(waterside.makeUp[place(id)]!, 9);
    expect(flowOf(`${id}/w-reclaimed`)).toBeGreaterThan(flowOf(`${id}/w-tap`));
  }
  expect(flowOf("west/evaporative/w-reclaimed")).toBe(0);
  expect(flowOf("west/evaporative/w-tap")).toBeCloseTo(rooms.air.water[place("west/evaporative/f1/r1")]!, 9);
  expect(flowOf("west/evaporative/w-tap")).toBeGreaterThan(0);
});

test("the site's sums are those of its buildings", () => {
  const { tap, reclaimed } = plant.parts.waterMeters;
  const { count } = twin.table("building");
  for (const values of [tap, reclaimed]) {
    expect(values[count]).toBeGreaterThan(0);
    expect(values[count]).toBeCloseTo(
      values.slice(0, count).reduce((a, b) => a + b, 0),
      9,
    );
  }
});

test("registers count cubic metres, and only ever more", () => {
  const before = meters.volume.slice();
  const counted = new Float64Array(before.length);
  for (let minute = 0; minute < 30; minute++) {
    const last = meters.flow.slice();
    plant.step(10);
    for (let row = 0; row < counted.length; row++)
      counted[row] = counted[row]! + ((last[row]! + meters.flow[row]!) / 2) * (10 / 3600);
  }
  for (let row = 0; row < counted.length; row++) {
    expect(before[row]).toBeGreaterThanOrEqual(0);
    expect(meters.volume[row]! - before[row]!).toBeCloseTo(counted[row]!, 6);
  }
});

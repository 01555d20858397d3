import { describe, expect, test } from "vitest";
import { visitPlantBalances } from "#twins/physics/balances.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Plant } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { benchTwin } from "./rooms.fixture.ts";

/** From the water to the racks: what goes wrong outside ends in the servers, through nothing but physics. */

const twin = benchTwin();
const { row } = twin.find("west/chilled")!;
const [first, last] = twin.rangeBelow({ className: "building", row }, "rack")!;
const january = Date.UTC(2026, 0, 15, 20);
const july = Date.UTC(2026, 6, 23, 6);

const plantAt = (startMs: number): Plant => {
  const plant = createPlant(twin, { seed: 3, startMs });
  // The bench has no jobs of its own: all its racks at nine tenths.
  const held = plant.dispatch.pin({ asset: "west/chilled", load: 0.9 });
  if (!held.ok) throw new Error("the bench cannot hold its load");
  plant.step(600);
  return plant;
};

const warmest = (plant: Plant): number => {
  const { inletTemperature } = columnsOf(plant.truth, "rack", ["inletTemperature"]);
  return Math.max(...inletTemperature.slice(first, last));
};
const power = (plant: Plant): number => {
  const { power: kw } = columnsOf(plant.truth, "rack", ["power"]);
  let sum = 0;
  for (let rack = first; rack < last; rack++) sum += kw[rack]!;
  return sum;
};
const holds = (plant: Plant): void =>
  visitPlantBalances(plant, (what, at, { inKw, outKw, storedKw }) => {
    const off = Math.abs(inKw - outKw - storedKw);
    if (!(off <= 1e-6 * Math.max(1, Math.abs(inKw), Math.abs(outKw))))
      throw new Error(`${what} ${at} by ${off}`);
  });
/** Minutes until something is so, or `most`. */
const minutesUntil = (plant: Plant, isSo: () => boolean, most = 240): number => {
  for (let minute = 0; minute < most; minute++) {
    if (isSo()) return minute;
    plant.step(60);
    holds(plant);
  }
  return most;
};

describe("frozen towers on a January night", () => {
  const plant = plantAt(january);
  const before = power(plant);
  const { start, end } = plant.parts.waterside.towers.spans[row]!;
  plant.conditions.of("coolingTower").frozen.fill(1, start, end);

  test("water, then rooms, then racks: an hour or two until the first servers switch off", () => {
    const water = minutesUntil(plant, () => plant.parts.waterside.loops.supply[row]! > 20);
    const rooms = water + minutesUntil(plant, () => warmest(plant) > 32);
    const racks = rooms + minutesUntil(plant, () => power(plant) < 0.9 * before);
    expect(water).toBeGreaterThan(10);
    expect(rooms).toBeGreaterThan(water + 5);
    expect(racks).toBeGreaterThan(rooms);
    expect(racks).toBeGreaterThan(45);
    expect(racks).toBeLessThan(200);
  });
});

describe("air in the loop on a July day", () => {
  const plant = plantAt(july);
  const before = power(plant);
  plant.conditions.of("building").loopAir[row] = 0.6;

  test("rooms are too warm within minutes, racks off within a quarter of an hour or so", () => {
    const rooms = minutesUntil(plant, () => warmest(plant) > 32);
    const racks = rooms + minutesUntil(plant, () => power(plant) < 0.9 * before);
    expect(rooms).toBeLessThan(4);
    expect(racks).toBeGreaterThan(4);
    expect(racks).toBeLessThan(25);
  });

  test("bled, the building cools down and its racks start again", () => {
    plant.conditions.of("building").loopAir[row] = 0;
    expect(minutesUntil(plant, () => power(plant) > 0.9 * before)).toBeLessThan(120);
    expect(warmest(plant)).toBeLessThan(35);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { createPlant } from "#twins/physics/plant.ts";

const directory = join(import.meta.dirname, "../../horinger");
const files = Object.fromEntries(
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|csv)$/.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(directory, path), "utf8")]),
);
/** The AI building and two rooms of a building on chilled water. */
const twin = loadTwin(files, { racks: 759 + 2 * 336 });

test("a room whose racks are off still gets water for its fans, while another room is loaded", () => {
  const plant = createPlant(twin, { seed: 1, startMs: Date.UTC(2026, 6, 23, 6) });
  const room = twin.find("a/b01/f1/r2")!;
  const [start, end] = twin.rangeBelow(room, "rack")!;
  plant.conditions.of("rack").shed.fill(1, start, end);
  plant.step(600);
  expect(plant.parts.rooms.it[room.row]).toBeLessThan(1);
  expect(plant.parts.rooms.it[room.row - 1]).toBeGreaterThan(500);
  for (let i = 0; i < 18; i++) plant.step(600);
  // Sealed and without water its fans alone warm it by 1.5 K an hour.
  expect(plant.parts.rooms.air.warm[room.row]).toBeLessThan(25);
});

test("pumps of the towers' water without a run signal: water still goes round the rooms, and warms up", () => {
  const plant = createPlant(twin, { seed: 1, startMs: Date.UTC(2026, 6, 23, 6) });
  const { loops } = plant.parts.rooms;
  const { pumps } = plant.parts.waterside;
  const building = twin.find("a/b01")!;
  const [start, end] = twin.rangeBelow(building, "pump")!;
  const middle = (start + end) / 2;
  const lockedOut = plant.conditions.of("pump").lockedOut;
  lockedOut.fill(1, middle, end);
  const before = loops.supply[building.row]!;
  plant.step(600);
  expect(pumps.columns.status.slice(middle, end).every((status) => status === 3)).toBe(true);
  expect(pumps.columns.power.slice(middle, end).every((kw) => kw === 0)).toBe(true);
  expect(loops.flow[building.row]).toBeGreaterThan(0.4);
  const warm = loops.supply[building.row]!;
  expect(warm).toBeGreaterThan(before + 1.5);
  lockedOut.fill(0);
  plant.step(600);
  expect(pumps.columns.power[middle]).toBeGreaterThan(0);
  expect(loops.supply[building.row]).toBeLessThan(warm);
});

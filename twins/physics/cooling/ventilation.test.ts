import { expect, test } from "vitest";
import type { RoomBench } from "./rooms.fixture.ts";
import { createRoomBench, roomRow } from "./rooms.fixture.ts";

/** A chilled-water room that has settled without water, its doors and smoke vents so far open. */
const settledWith = (
  ventilated: number,
  outside = 10,
): { readonly rooms: RoomBench["rooms"]; readonly room: number } => {
  const bench = createRoomBench();
  const room = roomRow(bench, "chilled");
  bench.conditions.of("room").valveShut[room] = 1;
  bench.conditions.of("room").ventilated[room] = ventilated;
  bench.moment.weather.airTemperature = outside;
  bench.step(0);
  return { rooms: bench.rooms, room };
};
const warmOf = ({ rooms, room }: ReturnType<typeof settledWith>): number => rooms.air.warm[room]!;

test("emergency ventilation: the wider the doors, the nearer to the air outside", () => {
  const [shut, half, open] = [0, 0.5, 1].map((ventilated) => warmOf(settledWith(ventilated)));
  // Doors come open above 50 °C anyway.
  expect(shut!).toBeGreaterThan(50);
  expect(half!).toBeLessThan(shut! - 5);
  expect(open!).toBeLessThan(half!);
});

test("doors that people have opened open no further above 50 °C: all heat goes through the one opening", () => {
  const outside = 30;
  const bench = settledWith(1, outside);
  const { air, it, coolingPower } = bench.rooms;
  const through = air.vent[bench.room]! + air.envelope[bench.room]!;
  const settled = outside + (it[bench.room]! + coolingPower[bench.room]!) / through;
  expect(warmOf(bench)).toBeGreaterThan(50);
  expect(warmOf(bench)).toBeCloseTo(settled, 6);
});

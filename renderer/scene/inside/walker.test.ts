import fc from "fast-check";
import { Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { boxOf, layoutOf } from "#renderer/scene/campus/layout.ts";
import { Walker } from "./walker.ts";

const layout = layoutOf(campusTwin(2_000));
const racks = layout.twin.table("rack");
const rooms = layout.twin.table("room").count;
const walkerIn = (room: number): Walker => new Walker(layout, room, boxOf(layout.twin.table("room"), room));

/** Racks of a room that hold a world point, seen from above. */
const racksAt = (room: number, x: number, z: number): number[] => {
  const [start, end] = layout.twin.rangeBelow({ className: "room", row: room }, "rack") ?? [0, 0];
  return Array.from({ length: end - start }, (_, i) => start + i).filter((row) => {
    const box = boxOf(racks, row);
    return Math.abs(box.x - x) < box.width / 2 && Math.abs(box.z - z) < box.depth / 2;
  });
};

describe("a walk", () => {
  it("begins on free floor in every room", () => {
    for (let room = 0; room < rooms; room++) {
      const walker = walkerIn(room);
      expect(walker.isFree(walker.x, walker.z)).toBe(true);
    }
  });

  it("goes through no rack and no wall, however slow the frames", () => {
    const move = fc.record({
      seconds: fc.double({ min: 0.01, max: 2, noNaN: true }),
      ahead: fc.integer({ min: -1, max: 1 }),
      right: fc.integer({ min: -1, max: 1 }),
      isHurried: fc.boolean(),
      turn: fc.double({ min: -3, max: 3, noNaN: true }),
    });
    const [eye, target] = [new Vector3(), new Vector3()];
    fc.assert(
      fc.property(fc.nat(rooms - 1), fc.array(move, { maxLength: 40 }), (room, moves) => {
        const walker = walkerIn(room);
        const box = boxOf(layout.twin.table("room"), room);
        for (const { seconds, turn, ...steps } of moves) {
          walker.turn(turn, 0);
          walker.go(seconds, steps);
          walker.see(1, eye, target);
          expect(racksAt(room, eye.x, eye.z)).toEqual([]);
          expect(Math.abs(eye.x - box.x)).toBeLessThan(box.width / 2);
          expect(Math.abs(eye.z - box.z)).toBeLessThan(box.depth / 2);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("gets along the aisle it begins at, eyes 1.65 m above the raised floor", () => {
    const walker = walkerIn(0);
    const [eye, target] = [new Vector3(), new Vector3()];
    walker.see(1, eye, target);
    const from = eye.clone();
    for (let i = 0; i < 60; i++) walker.go(0.1, { ahead: 1, right: 0, isHurried: false });
    walker.see(1, eye, target);
    expect(eye.distanceTo(from)).toBeCloseTo(9, 1);
    expect(eye.y).toBeCloseTo(boxOf(layout.twin.table("room"), 0).y + 0.05 + 1.65, 5);
  });
});

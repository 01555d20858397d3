import { expect, test } from "vitest";
import { nearOf } from "./nearPlane.ts";

test("close to the ground nothing before the feet is cut, however far the eye looks", () => {
  // 38 degrees high, level: the lowest ray leaves at 19 degrees, and meets the ground this far along the view.
  const groundM = (eyeM: number): number => eyeM / Math.tan((19 * Math.PI) / 180);
  for (const eyeM of [0.5, 1.7, 5, 24, 60]) expect(nearOf(900, eyeM)).toBeLessThan(groundM(eyeM));
  // Looking down by as much again.
  for (const eyeM of [1.7, 5, 24])
    expect(nearOf(900, eyeM)).toBeLessThan(eyeM / Math.sin((57 * Math.PI) / 180));
});

test("from on high the far is told apart, and near a rack a hand's breadth is not cut", () => {
  expect(nearOf(2000, 400)).toBe(30);
  expect(nearOf(3, 1.6)).toBe(0.08);
  expect(nearOf(20_000, 20_000)).toBe(30 + 260);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fontPx, heightMm, textAngles, usualWall, wallSizes } from "./textSize.ts";

describe("text sizes of a wall", () => {
  test("at 6 m, 22′ are 38 mm and 26′ are 45 mm (UX §7)", () => {
    expect(Math.round(heightMm(22, 6))).toBe(38);
    expect(Math.round(heightMm(26, 6))).toBe(45);
  });

  test("letters come out at their angle: height over distance, seen backwards", () => {
    const px = fontPx("latin", usualWall);
    const seenMm = px * 0.733 * usualWall.pitchMm;
    expect(seenMm).toBeGreaterThanOrEqual(heightMm(22, 6));
    expect(seenMm - usualWall.pitchMm).toBeLessThan(heightMm(22, 6));
  });

  const walls = fc.record({
    distanceM: fc.double({ min: 1, max: 40, noNaN: true }),
    pitchMm: fc.double({ min: 0.2, max: 5, noNaN: true }),
  });

  test("nothing falls under 16′, whatever the wall", () => {
    fc.assert(
      fc.property(walls, (wall) => {
        const { small } = wallSizes(wall);
        const latinMm = small * 0.733 * wall.pitchMm;
        expect(latinMm).toBeGreaterThanOrEqual(heightMm(textAngles.least, wall.distanceM) - 1e-9);
      }),
    );
  });

  test("farther seats never get smaller letters", () => {
    fc.assert(
      fc.property(walls, fc.double({ min: 1, max: 3, noNaN: true }), (wall, factor) => {
        const farther = { ...wall, distanceM: wall.distanceM * factor };
        expect(wallSizes(farther).body).toBeGreaterThanOrEqual(wallSizes(wall).body);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transformerLoss, upsLoss } from "#twins/physics/power/curves.ts";
import { chillerPower, drivePower, leastPowerCount, speedOf } from "./curves.ts";

const waters = fc.double({ min: 10, max: 40, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

test("chillers draw more for more heat and for warmer condenser water", () => {
  fc.assert(
    fc.property(share, share, waters, waters, (q1, q2, a, b) => {
      const power = (q: number, entering: number): number => chillerPower(q * 4200, q, entering);
      expect(power(Math.max(q1, q2), a)).toBeGreaterThanOrEqual(power(Math.min(q1, q2), a) - 1e-9);
      expect(power(q1, Math.max(a, b))).toBeGreaterThanOrEqual(power(q1, Math.min(a, b)) - 1e-9);
    }),
  );
});

test("a chiller on a summer day here has the COP of measured plants, 7.3, within a tenth", () => {
  const cop = 4200 / chillerPower(4200, 1, 24);
  expect(cop).toBeGreaterThan(6.6);
  expect(cop).toBeLessThan(8);
});

describe("as many chillers run as draw least", () => {
  const powerOf = (heat: number, count: number): number => chillerPower(heat, heat / (count * 4200), 25);

  test("no other number draws less", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 8 * 4200, noNaN: true }), (heat) => {
        const chosen = powerOf(heat, leastPowerCount(heat, 4200, 8));
        for (let count = 1; count <= 8; count++)
          expect(chosen).toBeLessThanOrEqual(powerOf(heat, count) * (1 + 1e-9));
      }),
    );
  });

  test("so more heat never draws less", () => {
    let last = 0;
    for (let heat = 0; heat <= 8 * 4200; heat += 100) {
      const power = powerOf(heat, leastPowerCount(heat, 4200, 8));
      expect(power).toBeGreaterThanOrEqual(last);
      last = power;
    }
  });
});

test("a drive at full speed draws its rating and never runs below its floor", () => {
  expect(drivePower(12, 1)).toBeCloseTo(12, 12);
  expect(speedOf(0.1, 0.6)).toBe(0.6);
  expect(speedOf(1.4, 0.6)).toBe(1);
});

test("losses have a part without load, so a tenth of load costs more per kilowatt than half", () => {
  expect(upsLoss(0, 1000)).toBeGreaterThan(0);
  expect(upsLoss(100, 1000) / 100).toBeGreaterThan(1.8 * (upsLoss(500, 1000) / 500));
  expect(upsLoss(400, 1000) / 400).toBeLessThan(0.035);
  expect(transformerLoss(0, 1000)).toBeGreaterThan(0);
  expect(transformerLoss(1000, 1000)).toBeCloseTo(9, 9);
});

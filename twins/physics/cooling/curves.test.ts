import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transformerLoss, upsLoss } from "#twins/physics/power/curves.ts";
import { chilledWater, chillerPower, drivePower, freeShare, speedOf } from "./curves.ts";

const { supply, warmReturn, approach } = chilledWater;
const free = (wetBulb: number): number => freeShare(wetBulb, approach, supply, warmReturn);
const wetBulbs = fc.double({ min: -30, max: 30, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("free cooling", () => {
  test("is full up to the set-point less approach, none from the return temperature on", () => {
    expect(free(supply - approach)).toBe(1);
    expect(free(warmReturn - approach)).toBe(0);
    expect(free((supply + warmReturn) / 2 - approach)).toBeCloseTo(0.5, 12);
  });

  test("hotter air never cools more", () => {
    fc.assert(
      fc.property(wetBulbs, wetBulbs, (a, b) => {
        expect(free(Math.max(a, b))).toBeLessThanOrEqual(free(Math.min(a, b)));
      }),
    );
  });
});

test("chillers draw more for more heat and for hotter air", () => {
  fc.assert(
    fc.property(share, share, wetBulbs, wetBulbs, (q1, q2, a, b) => {
      const power = (q: number, wetBulb: number): number => chillerPower(q * 4200, q, wetBulb);
      expect(power(Math.max(q1, q2), a)).toBeGreaterThanOrEqual(power(Math.min(q1, q2), a) - 1e-9);
      expect(power(q1, Math.max(a, b))).toBeGreaterThanOrEqual(power(q1, Math.min(a, b)) - 1e-9);
    }),
  );
});

test("a chiller at full load and 20 °C wet bulb has a COP between 5 and 8", () => {
  const cop = 4200 / chillerPower(4200, 1, 20);
  expect(cop).toBeGreaterThan(5);
  expect(cop).toBeLessThan(8);
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

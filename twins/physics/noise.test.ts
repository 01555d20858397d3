import fc from "fast-check";
import { expect, test } from "vitest";
import { lookUp, signed, smoothNoise, smoothStep, unit } from "./noise.ts";

test("the same seed and argument give the same number, others another", () => {
  expect(unit(3, 17)).toBe(unit(3, 17));
  const numbers = new Set(Array.from({ length: 10_000 }, (_, n) => unit(3, n)));
  expect(numbers.size).toBeGreaterThan(9_990);
});

test("numbers are spread evenly", () => {
  const mean = Array.from({ length: 20_000 }, (_, n) => signed(5, n)).reduce((a, b) => a + b, 0) / 20_000;
  expect(Math.abs(mean)).toBeLessThan(0.02);
});

test("noise stays in range and has no steps", () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: -1e6, max: 1e6, noNaN: true }), (seed, x) => {
      const here = smoothNoise(seed, x);
      expect(Math.abs(here)).toBeLessThanOrEqual(1);
      // The steepest slope of the blend between −1 and 1 is 3.
      expect(Math.abs(smoothNoise(seed, x + 1e-3) - here)).toBeLessThan(3.01e-3 + 1e-9);
    }),
  );
});

test("look-up is linear between its points and flat outside", () => {
  const xs = [2, 4, 8];
  const ys = [10, 30, -10];
  expect([1, 2, 3, 4, 6, 8, 9].map((x) => lookUp(xs, ys, x))).toEqual([10, 10, 20, 30, 10, -10, -10]);
});

test("a smooth step starts at 0, ends at 1 and is half way in the middle", () => {
  expect([0, 2, 3, 4, 9].map((x) => smoothStep(2, 4, x))).toEqual([0, 0, 0.5, 1, 1]);
});

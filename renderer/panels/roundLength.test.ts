import fc from "fast-check";
import { expect, test } from "vitest";
import { roundLength } from "./roundLength.ts";

test("a scale bar is 1, 2 or 5 times a power of ten", () => {
  expect([0.07, 1, 4.9, 5, 238, 1999].map(roundLength)).toEqual([0.05, 1, 2, 5, 200, 1000]);
});

test("it fits, and no longer round length would", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e5, noNaN: true }), (most) => {
      const length = roundLength(most);
      expect(length).toBeLessThanOrEqual(most * (1 + 1e-9));
      expect(length * 2.5).toBeGreaterThanOrEqual(most * (1 - 1e-9));
    }),
  );
});

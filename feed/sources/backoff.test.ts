import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

test("waits between half a second and a ceiling that doubles to thirty seconds", () => {
  fc.assert(
    fc.property(
      fc.nat(100),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const waitMs = backoffMs(attempt, () => random);
        expect(waitMs).toBeGreaterThanOrEqual(500);
        expect(waitMs).toBeLessThanOrEqual(Math.min(30_000, 1000 * 2 ** attempt));
      },
    ),
  );
});

test("spreads over the whole span: a hundred walls do not come back at once", () => {
  expect([0, 0.5, 0.999].map((random) => Math.round(backoffMs(20, () => random)))).toEqual([
    500, 15_250, 29_971,
  ]);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisOf, sinceMs } from "./trendAxis.ts";

describe("the axis of a short trend", () => {
  it("has round values", () => {
    expect(axisOf([15.2, 18.1])).toEqual([16, 17]);
    expect(axisOf([0.02, 0.98])).toEqual([0.2, 0.8]);
  });

  it("has two of them within whatever range", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 0.05, max: 100, noNaN: true }),
        (low, span) => {
          const [a, b] = axisOf([low, low + span]);
          expect(a).toBeGreaterThanOrEqual(low);
          expect(b).toBeGreaterThan(a);
          expect(b).toBeLessThanOrEqual(low + span + 1e-9);
        },
      ),
    );
  });

  it("says since when there are samples, where that is not from its beginning", () => {
    expect(sinceMs({ last: [null, null, null, 1, 2, null], stepMs: 1500 })).toBe(4500);
    expect(sinceMs({ last: [1, 2, 3], stepMs: 1500 })).toBeNull();
    expect(sinceMs({ last: [null, null], stepMs: 1500 })).toBeNull();
  });
});

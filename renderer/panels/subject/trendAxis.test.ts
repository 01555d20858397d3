import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisOf, decimalsOf, sinceMs } from "./trendAxis.ts";

describe("the axis of a short trend", () => {
  it("has round values", () => {
    expect(axisOf([15.2, 18.1])).toEqual([15.4, 17.8]);
    expect(axisOf([0.02, 0.98])).toEqual([0.1, 0.9]);
    expect(axisOf([15.9, 17.75])).toEqual([16.2, 17.6]);
  });

  it("has two of them within whatever range", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 0.05, max: 100, noNaN: true }),
        (low, span) => {
          const [a, b] = axisOf([low, low + span]);
          expect(a).toBeGreaterThanOrEqual(low);
          expect(b - a).toBeGreaterThanOrEqual(span * 0.69);
          expect(b).toBeLessThanOrEqual(low + span + 1e-9);
        },
      ),
    );
  });

  it("tells its values to the digits that they have", () => {
    expect(decimalsOf([15.4, 17.8])).toBe(1);
    expect(decimalsOf([15, 18])).toBe(0);
    expect(decimalsOf([0.25, 0.5])).toBe(2);
  });

  it("says since when there are samples, where that is not from its beginning", () => {
    expect(sinceMs({ last: [null, null, null, 1, 2, null], stepMs: 1500 })).toBe(4500);
    expect(sinceMs({ last: [1, 2, 3], stepMs: 1500 })).toBeNull();
    expect(sinceMs({ last: [null, null], stepMs: 1500 })).toBeNull();
  });
});

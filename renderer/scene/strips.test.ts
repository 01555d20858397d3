import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Strip, StripCosts, stripsOf } from "./strips.ts";

const expectWhole = (strips: readonly Strip[], height: number): void => {
  let top = 0;
  for (const strip of strips) {
    expect(strip.top).toBe(top);
    expect(strip.height).toBeGreaterThan(0);
    expect(strip.of).toBe(height);
    top += strip.height;
  }
  expect(top).toBe(height);
};

const limits = { stripMs: 100, fewest: 2, most: 24 };

/** Draws pictures whose rows cost this much, from the top (0) to the bottom (1). @returns what each strip of the next one takes, ms */
const learned = (msOf: (from: number, to: number) => number): readonly number[] => {
  const costs = new StripCosts();
  const took = ({ top, height, of }: Strip): number => msOf(top / of, (top + height) / of);
  for (let i = 0; i < 12; i++) {
    for (const strip of costs.cut(1080, limits)) costs.add(strip, took(strip));
    costs.learn();
  }
  return costs.cut(1080, limits).map(took);
};

describe("a picture cut into strips", () => {
  test("of one height is covered once, from the top down", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 64 }), (height, count) => {
        const strips = stripsOf(height, count);
        expectWhole(strips, height);
        expect(strips.length).toBeLessThanOrEqual(count);
      }),
    );
  });

  test("by costs is covered once whatever was learned", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (height, times) => {
          const costs = new StripCosts();
          for (let i = 0; i < 3; i++) {
            const strips = costs.cut(height, limits);
            expectWhole(strips, height);
            expect(strips.length).toBeLessThanOrEqual(limits.most);
            strips.forEach((strip, at) => {
              costs.add(strip, times[at % times.length]!);
            });
            costs.learn();
          }
        },
      ),
    );
  });

  test("is cut thin where it costs much: each strip takes about as long", () => {
    // Nothing above the horizon, more and more below it.
    const times = learned(
      (from, to) => 2400 * (Math.max(0, to - 0.5) ** 2 - Math.max(0, from - 0.5) ** 2) * 4,
    );
    expect(times.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(2400, 6);
    expect(times).toHaveLength(24);
    expect(Math.max(...times)).toBeLessThan(160);
  });

  test("what was drawn of a picture that was given up teaches nothing", () => {
    const costs = new StripCosts();
    const before = costs.cut(1080, limits);
    costs.add({ top: 0, height: 100, of: 1080 }, 9000);
    costs.drop();
    for (const strip of before) costs.add(strip, (600 * strip.height) / strip.of);
    costs.learn();
    expect(costs.cut(1080, limits)).toEqual(before);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runsOf, sparkPaths, sparkRange } from "./sparkPath.ts";

describe("gaps", () => {
  test("runs never touch a gap and cover every sample", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ noNaN: true }))), (values) => {
        const covered = new Set<number>();
        for (const [start, end] of runsOf(values)) {
          expect(end).toBeGreaterThan(start);
          for (let i = start; i < end; i++) {
            expect(values[i]).not.toBeNull();
            covered.add(i);
          }
        }
        expect(covered.size).toBe(values.filter((value) => value !== null).length);
      }),
    );
  });

  test("each run is a path of its own", () => {
    const values = [1, 2, null, 3, 4];
    const { line } = sparkPaths({ min: values, max: values, last: values }, [0, 5]);
    expect(line.match(/M/g)).toHaveLength(2);
  });

  test("a lone sample is still visible", () => {
    const values = [null, 3, null];
    expect(sparkPaths({ min: values, max: values, last: values }, [0, 5]).line).toMatch(/h1/);
  });
});

describe("range", () => {
  test("a steady value stays flat", () => {
    const steady = { min: [50, 50.01], max: [50, 50.02] };
    const [low, high] = sparkRange(steady, [0, 100]);
    expect(high - low).toBeCloseTo(2);
  });

  test("holds everything seen", () => {
    const [low, high] = sparkRange({ min: [10, null, 90], max: [20, null, 95] }, [0, 100]);
    expect(low).toBeLessThanOrEqual(10);
    expect(high).toBeGreaterThanOrEqual(95);
  });

  test("without samples there is still a range to divide by", () => {
    expect(sparkRange({ min: [null], max: [null] }, null)).toEqual([0, 1]);
  });
});

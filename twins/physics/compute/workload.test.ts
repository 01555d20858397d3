import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JobClock } from "./clock.ts";
import { jobLoad, workloads } from "./workload.ts";

const clockAt = (seconds: number, stepSeconds: number): JobClock => {
  const days = seconds / 86_400 + 8 / 24;
  return { seconds, stepSeconds, day: Math.floor(days), hour: (days - Math.floor(days)) * 24 };
};
const start = Date.UTC(2026, 2, 11, 3) / 1000;

test("a job's load is between nothing and everything, at any time, step and seed", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...workloads),
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.double({ min: 1e9, max: 2e9, noNaN: true }),
      fc.constantFrom(0, 1, 10, 600, 3600),
      (kind, seed, seconds, step) => {
        const load = jobLoad(kind, clockAt(seconds, step), seed);
        expect(load).toBeGreaterThanOrEqual(0);
        expect(load).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test("each kind has its day: users by evening, transactions by day, backups by night, labelling in shifts", () => {
  const at = (kind: (typeof workloads)[number], hour: number): number => {
    // Site time is UTC+8; a Wednesday.
    const seconds = Date.UTC(2026, 2, 11) / 1000 + (hour - 8) * 3600;
    return jobLoad(kind, clockAt(seconds, 60), 3);
  };
  expect(at("inference", 20.8)).toBeGreaterThan(2 * at("inference", 4));
  expect(at("office", 10.2)).toBeGreaterThan(1.5 * at("office", 5));
  expect(at("storage", 3)).toBeGreaterThan(1.3 * at("storage", 14));
  expect(at("annotation", 10)).toBeGreaterThan(3 * at("annotation", 4));
  expect(at("annotation", 12.2)).toBeLessThan(0.7 * at("annotation", 10));
});

describe("training", () => {
  const loads = (stepS: number, count: number, seed: number): readonly number[] =>
    Array.from({ length: count }, (_, i) =>
      jobLoad("training", clockAt(start + (i + 1) * stepS, stepS), seed),
    );
  const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

  /** Jobs that do not start again in the two hours looked at. */
  const steady = Array.from({ length: 20 }, (_, seed) => seed).filter(
    (seed) => Math.min(...loads(10, 720, seed)) > 0.4,
  );

  test("has the same mean over two hours whatever the step", () => {
    expect(steady.length).toBeGreaterThan(10);
    for (const seed of steady) {
      const fine = meanOf(loads(1, 7200, seed));
      for (const step of [2, 7.2, 10, 60])
        expect(Math.abs(meanOf(loads(step, 7200 / step, seed)) / fine - 1)).toBeLessThan(0.01);
    }
  });

  test("swings every eleven seconds and rests every 142, as measured", () => {
    const values = loads(1, 1418 * 2, steady[0]!);
    const mean = meanOf(values);
    const alike = (lag: number): number => {
      let [product, square] = [0, 0];
      for (let i = 0; i < values.length; i++) {
        square += (values[i]! - mean) ** 2;
        if (i + lag < values.length) product += (values[i]! - mean) * (values[i + lag]! - mean);
      }
      return product / square;
    };
    expect(alike(11)).toBeGreaterThan(0.4);
    expect(alike(5)).toBeLessThan(0);
    expect(Math.max(...[137, 138, 139, 140, 141, 142, 143, 144, 145, 146].map(alike))).toBeGreaterThan(0.6);
  });
});

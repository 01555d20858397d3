import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acos, asin, atan, atan2, cbrt, cos, exp, log, pow, sin, tan } from "./maths.ts";

/** The bounds of maths.ts, with room for what the engine's own functions are off. */
const ulp = 4.5e-16;
const fewUlps = 1e-15;

const relative = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

type Real = (x: number) => number;
const agrees = (own: Real, engines: Real, arguments_: fc.Arbitrary<number>, bound: number): void =>
  fc.assert(
    fc.property(arguments_, (x) => {
      expect(relative(own(x), engines(x))).toBeLessThan(bound);
    }),
    { numRuns: 3000 },
  );

describe("as the engine's own functions, which are right to a unit in the last place", () => {
  const angles = fc.oneof(within(-10, 10), within(-1e6, 1e6), within(-8e8, 8e8));

  test("exp", () => agrees(exp, Math.exp, within(-700, 700), ulp));
  test("log", () => agrees(log, Math.log, fc.oneof(within(0.5, 2), within(1e-300, 1e300)), ulp));
  test("cbrt", () => agrees(cbrt, Math.cbrt, fc.oneof(within(-8, 8), within(1e-300, 1e300)), ulp));
  test("sin", () => agrees(sin, Math.sin, angles, ulp));
  test("cos", () => agrees(cos, Math.cos, angles, ulp));
  test("tan", () => agrees(tan, Math.tan, angles, fewUlps));
  test("atan", () => agrees(atan, Math.atan, fc.oneof(within(-3, 3), within(-1e9, 1e9)), ulp));
  test("asin", () => agrees(asin, Math.asin, within(-1, 1), fewUlps));
  test("acos", () => agrees(acos, Math.acos, within(-1, 1), fewUlps));

  test("atan2", () =>
    fc.assert(
      fc.property(within(-9, 9), within(-9, 9), (y, x) => {
        expect(Math.abs(atan2(y, x) - Math.atan2(y === 0 ? 0 : y, x === 0 ? 0 : x))).toBeLessThan(fewUlps);
      }),
    ));

  test("pow, where the exponent of e it stands for is at most 8", () =>
    fc.assert(
      fc.property(within(0.05, 20), within(-2.6, 2.6), (x, y) => {
        expect(relative(pow(x, y), x ** y)).toBeLessThan(2e-15);
      }),
      { numRuns: 3000 },
    ));

  test("angles next to the zeros of sine and cosine lose nothing", () => {
    for (const turns of [0.5, 1, 1.5, 2, 1e3, 1e6 + 0.5, 1e8])
      for (const off of [0, 1e-12, 1e-9, -1e-6, 1e-3]) {
        const x = turns * Math.PI + off;
        expect(relative(sin(x), Math.sin(x))).toBeLessThan(ulp);
        expect(relative(cos(x), Math.cos(x))).toBeLessThan(ulp);
      }
  });
});

describe("identities", () => {
  const angle = within(-1e5, 1e5);

  test("sin² + cos² = 1; both are odd and even", () =>
    fc.assert(
      fc.property(angle, (x) => {
        expect(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1)).toBeLessThan(fewUlps);
        expect(sin(-x) + sin(x)).toBe(0);
        expect(cos(-x)).toBe(cos(x));
      }),
    ));

  test("log undoes exp, the cube undoes the cube root, sine and cosine undo their inverses", () =>
    fc.assert(
      fc.property(within(-300, 300), within(0, 1), (x, share) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThan(fewUlps * Math.max(1, Math.abs(x)));
        const root = cbrt(x);
        expect(relative(root * root * root, x)).toBeLessThan(fewUlps);
        expect(Math.abs(sin(asin(share)) - share)).toBeLessThan(fewUlps);
        expect(Math.abs(cos(acos(share)) - share)).toBeLessThan(fewUlps);
      }),
    ));

  test("exp and log grow with their argument, one double after another", () => {
    const next = new Float64Array(1);
    const bits = new BigInt64Array(next.buffer);
    fc.assert(
      fc.property(within(0.001, 500), (x) => {
        next[0] = x;
        bits[0] = bits[0]! + 1n;
        expect(exp(next[0]!)).toBeGreaterThanOrEqual(exp(x));
        expect(log(next[0]!)).toBeGreaterThanOrEqual(log(x));
      }),
    );
  });
});

test("the ends of the ranges", () => {
  expect([exp(0), exp(-800), exp(800), exp(709.7827)]).toEqual([
    1,
    0,
    Number.POSITIVE_INFINITY,
    Math.exp(709.7827),
  ]);
  // Below 2⁻¹⁰²² a double has fewer bits.
  expect([exp(-745), exp(-710), log(5e-324)]).toEqual([5e-324, Math.exp(-710), Math.log(5e-324)]);
  expect([log(0), log(1), log(-1), log(Number.POSITIVE_INFINITY)]).toEqual([
    Number.NEGATIVE_INFINITY,
    0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ]);
  expect([pow(0, 0), pow(0, 2), pow(7, 0), pow(-1, 2)]).toEqual([1, 0, 1, Number.NaN]);
  expect([cbrt(0), cbrt(-27), cbrt(Number.NEGATIVE_INFINITY)]).toEqual([0, -3, Number.NEGATIVE_INFINITY]);
  expect([atan(Number.POSITIVE_INFINITY), asin(1), acos(1), acos(-1)]).toEqual([
    Math.PI / 2,
    Math.PI / 2,
    0,
    Math.PI,
  ]);
  expect([atan2(0, 0), atan2(1, 0), atan2(-1, 0), atan2(0, -1)]).toEqual([
    0,
    Math.PI / 2,
    -Math.PI / 2,
    Math.PI,
  ]);
  for (const f of [exp, log, cbrt, sin, cos, tan, atan, asin, acos]) expect(f(Number.NaN)).toBeNaN();
  expect([asin(1.1), acos(-1.1)]).toEqual([Number.NaN, Number.NaN]);
});

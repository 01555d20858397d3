import fc from "fast-check";
import { expect, test } from "vitest";
import { effectiveness, findShare } from "./exchanger.ts";

const transferUnits = fc.double({ min: 0.2, max: 8, noNaN: true });
const shares = fc.double({ min: 0.05, max: 10, noNaN: true });

test("textbook values: like flows n/(1+n); an endless other stream 1 − e⁻ⁿ", () => {
  expect(effectiveness(2, 1)).toBeCloseTo(2 / 3, 12);
  expect(effectiveness(1.5, 1e9)).toBeCloseTo(1 - Math.exp(-1.5), 8);
  // Kays and London, counterflow, n = 2 on the smaller stream, ratio 0.5: 0.77.
  expect(effectiveness(2, 2)).toBeCloseTo(0.7746, 3);
});

test("neither stream passes the temperature at which the other enters", () => {
  fc.assert(
    fc.property(transferUnits, shares, (ntu, share) => {
      const e = effectiveness(ntu, share);
      expect(e).toBeGreaterThan(0);
      expect(e).toBeLessThanOrEqual(1);
      expect(e).toBeLessThanOrEqual(share * (1 + 1e-12));
    }),
  );
});

test("grows with surface and with the other stream", () => {
  fc.assert(
    fc.property(transferUnits, shares, fc.double({ min: 1, max: 3, noNaN: true }), (ntu, share, more) => {
      expect(effectiveness(ntu * more, share)).toBeGreaterThanOrEqual(effectiveness(ntu, share) - 1e-12);
      expect(effectiveness(ntu, share * more)).toBeGreaterThanOrEqual(effectiveness(ntu, share) - 1e-12);
    }),
  );
});

test("the share for an effectiveness gives it, or there is none", () => {
  fc.assert(
    fc.property(
      transferUnits,
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      shares,
      (ntu, wanted, most) => {
        const search = { wanted, ntu, most, share: 0 };
        findShare(search);
        const { share } = search;
        if (share === Number.POSITIVE_INFINITY) expect(effectiveness(ntu, most)).toBeLessThan(wanted);
        else {
          expect(share).toBeLessThanOrEqual(most);
          expect(effectiveness(ntu, share)).toBeCloseTo(wanted, 10);
        }
      },
    ),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bypassLoss,
  coreLoss,
  hvdcLoss,
  mainTransformerLoss,
  switchboardLoss,
  transformerLoss,
  upsLoss,
} from "./curves.ts";

const ratedKw = 800;
const curves = { upsLoss, hvdcLoss, bypassLoss, switchboardLoss, transformerLoss, mainTransformerLoss };
const efficiency = (loss: typeof upsLoss, share: number): number => {
  const output = ratedKw * share;
  return output / (output + loss(output, ratedKw));
};

test("more load never lowers what is lost, nor what is drawn", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(curves)),
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      (loss, a, b) => {
        const [less, more] = [Math.min(a, b) * ratedKw, Math.max(a, b) * ratedKw];
        expect(loss(less, ratedKw)).toBeGreaterThanOrEqual(0);
        expect(loss(more, ratedKw)).toBeGreaterThanOrEqual(loss(less, ratedKw));
      },
    ),
  );
});

test("double conversion: best around two thirds of its rating, poor when nearly empty; a DC bus is better, and most so there", () => {
  expect(efficiency(upsLoss, 0.5)).toBeGreaterThan(0.965);
  for (const share of [0.3, 0.5, 1])
    expect(efficiency(upsLoss, 0.7)).toBeGreaterThan(efficiency(upsLoss, share));
  expect(efficiency(upsLoss, 0.1)).toBeCloseTo(0.932, 3);
  expect(efficiency(upsLoss, 0.05)).toBeLessThan(0.89);
  const gain = (share: number): number => efficiency(hvdcLoss, share) - efficiency(upsLoss, share);
  for (const share of [0.05, 0.1, 0.3, 0.5, 0.8]) expect(gain(share)).toBeGreaterThan(0);
  expect(gain(0.1)).toBeGreaterThan(4 * gain(0.5));
  expect(efficiency(bypassLoss, 0.5)).toBeGreaterThan(0.99);
  expect(efficiency(switchboardLoss, 0.5)).toBeGreaterThan(0.998);
});

test("a transformer loses its core's share even when it carries nothing; what has no rating loses nothing", () => {
  expect(transformerLoss(0, 2500)).toBe(2.5);
  expect(coreLoss(63_000)).toBeCloseTo(44.1, 9);
  expect(mainTransformerLoss(63_000, 63_000) / 63_000).toBeLessThan(transformerLoss(2500, 2500) / 2500);
  expect(transformerLoss(2500, 2500)).toBeCloseTo(22.5, 9);
  for (const loss of Object.values(curves)) expect(loss(10, 0)).toBe(0);
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { type RackFill, slotsOf, slotVariants, variantOf } from "./slots.ts";

const fills = fc.record<RackFill>({
  heightU: fc.integer({ min: 12, max: 60 }),
  ratedKw: fc.double({ min: 0, max: 140, noNaN: true }),
  isLiquid: fc.boolean(),
  isOccupied: fc.constant(true),
  variant: fc.integer({ min: 0, max: slotVariants - 1 }),
});

it("never sets two devices in one unit, nor one outside the rack", () => {
  fc.assert(
    fc.property(fills, (fill) => {
      let next = 1;
      for (const { fromU, heightU } of slotsOf(fill)) {
        expect(fromU).toBeGreaterThanOrEqual(next);
        next = fromU + heightU;
      }
      expect(next - 1).toBeLessThanOrEqual(fill.heightU);
    }),
  );
});

it("fills a rack to its rating and not beyond: a larger rating holds no fewer servers", () => {
  const servers = (ratedKw: number): number =>
    slotsOf({ heightU: 46, ratedKw, isLiquid: false, isOccupied: true, variant: 3 }).filter(
      ({ kind }) => kind === "server",
    ).length;
  expect(servers(0)).toBe(0);
  expect(servers(2.5)).toBeLessThan(servers(5.27));
  expect(servers(5.27)).toBeLessThan(servers(8));
});

it("leaves an empty position empty, and gives neighbours different layouts", () => {
  expect(slotsOf({ heightU: 46, ratedKw: 5, isLiquid: false, isOccupied: false, variant: 0 })).toEqual([]);
  const variants = Array.from({ length: 1000 }, (_, row) => variantOf(row));
  expect(new Set(variants).size).toBe(slotVariants);
  expect(variants.filter((v, i) => v === variants[i + 1]).length).toBe(0);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { energyBench } from "./bed.fixture.ts";
import { visitEnergyBalances } from "./energy.ts";
import { stepStorage } from "./storage.ts";

const plantKw = 52 * 1246.2;
const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
const storageBench = () => {
  const bench = energyBench();
  const { storage } = bench.energy;
  return {
    ...bench,
    storage,
    /** One step under an order, whatever the dispatcher would say. */
    order: (wantedKw: number, stepSeconds: number): number => {
      bench.moment.seconds += stepSeconds;
      bench.moment.stepSeconds = stepSeconds;
      return stepStorage(storage, wantedKw, bench.moment);
    },
  };
};

test("charge stays in bounds, ratings hold, losses are paid, and every balance closes", () => {
  const orders = fc.array(
    fc.record({
      kw: fc.double({ min: -1.5 * plantKw, max: 1.5 * plantKw, noNaN: true }),
      seconds: fc.integer({ min: 1, max: 3600 }),
    }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(orders, fc.nat(51), (steps, isolated) => {
      const { storage, order, conditions, energy } = storageBench();
      conditions.of("battery").isolated[isolated] = 1;
      const begun = total(storage.energyKwh);
      let metered = 0;
      for (const { kw, seconds } of steps) {
        const before = storage.energyKwh.slice();
        energy.sums.storage = order(kw, seconds);
        metered += (energy.sums.storage * seconds) / 3600;
        visitEnergyBalances(energy, (what, row, { inKw, outKw, storedKw }) => {
          const error = Math.abs(inKw - outKw - storedKw) / Math.max(1, inKw, outKw);
          if (error > 1e-9) throw new Error(`${what} ${row}: ${inKw} ≠ ${outKw} + ${storedKw}`);
        });
        for (let row = 0; row < before.length; row++) {
          const own = storage.column.power[row]!;
          if (Math.abs(own) > storage.ratedKw[row]! + 1e-6) throw new Error(`over its rating: ${own}`);
          const stored = (storage.energyKwh[row]! - before[row]!) / (seconds / 3600);
          if (Math.abs(stored - storage.storedKw[row]!) > 1e-6)
            throw new Error("the charge is not what went in");
          const soc = storage.energyKwh[row]! / storage.capacityKwh[row]!;
          if (soc < 0.1 - 1e-9 || soc > 0.95 + 1e-9) throw new Error(`charge ${soc}`);
        }
        if (storage.column.power[isolated] !== 0) throw new Error("isolated, and yet at work");
      }
      // What came out at the meter is never more than what left the cells.
      expect(metered).toBeLessThanOrEqual(begun - total(storage.energyKwh) + 1e-6);
    }),
    { numRuns: 40 },
  );
});

test("what one container cannot give, the others do", () => {
  const { storage, order, conditions } = storageBench();
  conditions.of("battery").isolated.fill(1, 0, 10);
  expect(order(0.5 * plantKw, 60)).toBeCloseTo(0.5 * plantKw, 6);
  expect(storage.column.power.slice(0, 10)).toEqual(new Float64Array(10));
  expect([storage.column.status[0], storage.column.status[20]]).toEqual([0, 1]);
  // Beyond their ratings they give what they can.
  expect(order(plantKw, 60)).toBeCloseTo(42 * 1246.2, -1);
});

test("containers come to the same charge as they work", () => {
  const { storage, order } = storageBench();
  const spread = (): number =>
    Math.max(...storage.column.stateOfCharge) - Math.min(...storage.column.stateOfCharge);
  order(0, 60);
  const before = spread();
  expect(before).toBeGreaterThan(1);
  for (let i = 0; i < 100; i++) order(i % 20 < 10 ? 0.8 * plantKw : -0.8 * plantKw, 600);
  expect(spread()).toBeLessThan(0.8 * before);
});

test("the ramp takes a minute", () => {
  const { order } = storageBench();
  order(0, 600);
  expect(order(plantKw, 15)).toBeCloseTo(0.25 * plantKw, 0);
});

test("full cells are left alone and empty ones give nothing", () => {
  const { storage, order } = storageBench();
  for (let i = 0; i < 20; i++) order(-plantKw, 3600);
  expect(order(-plantKw, 3600)).toBeCloseTo(0, 6);
  expect(storage.column.stateOfCharge[0]).toBeCloseTo(95, 6);
  for (let i = 0; i < 20; i++) order(plantKw, 3600);
  expect(order(plantKw, 3600)).toBeCloseTo(0, 6);
  expect(storage.column.stateOfCharge[0]).toBeCloseTo(10, 6);
});

test("heat of the day and of work is followed within half an hour, not at once", () => {
  const { storage, order } = storageBench();
  order(0, 36_000);
  const rest = storage.column.temperature[0]!;
  order(plantKw, 60);
  expect(storage.column.temperature[0]! - rest).toBeLessThan(0.5);
  order(plantKw, 3600);
  expect(storage.column.temperature[0]! - rest).toBeGreaterThan(4);
});

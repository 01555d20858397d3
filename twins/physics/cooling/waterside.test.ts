import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WaterBench } from "./waterside.fixture.ts";
import { createWaterBench } from "./waterside.fixture.ts";
import { visitWatersideBalances } from "./waterside.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Mostly nothing is wrong. */
const wrong = fc.oneof(
  { arbitrary: fc.constant(0), weight: 3 },
  { arbitrary: share, weight: 1 },
  { arbitrary: fc.constant(1), weight: 1 },
);

const disturbance = fc.record({
  seconds: fc.oneof(
    fc.double({ min: 0.5, max: 10, noNaN: true }),
    fc.double({ min: 601, max: 7200, noNaN: true }),
  ),
  load: fc.double({ min: 0, max: 1.1, noNaN: true }),
  airTemperature: fc.double({ min: -30, max: 39, noNaN: true }),
  depression: fc.double({ min: 0, max: 15, noNaN: true }),
  mechanical: fc.oneof(fc.constant(1), share),
  voltage: fc.oneof({ arbitrary: fc.constant(1), weight: 4 }, { arbitrary: share, weight: 1 }),
  row: fc.nat(100),
  building: fc.record({ controlLockout: wrong, loopAir: wrong, valveShut: wrong }),
  chiller: fc.record({ failed: wrong, lockedOut: wrong, fouled: wrong }),
  coolingTower: fc.record({ failed: wrong, frozen: wrong, sprayLost: wrong }),
  pump: fc.record({ failed: wrong, lockedOut: wrong }),
});
type Disturbance = typeof disturbance extends fc.Arbitrary<infer T> ? T : never;

const disturb = (bench: WaterBench, what: Disturbance): void => {
  bench.load = what.load;
  bench.moment.weather.airTemperature = what.airTemperature;
  bench.moment.weather.wetBulb = what.airTemperature - what.depression;
  bench.supply.mechanical.fill(what.mechanical);
  bench.supply.lowestVoltage.fill(what.voltage);
  for (const name of ["building", "chiller", "coolingTower", "pump"] as const)
    for (const [condition, value] of Object.entries(what[name])) {
      const values = bench.conditions.find(name, condition)!;
      values[what.row % values.length] = value;
    }
};

const holds = ({ waterside }: WaterBench): void =>
  visitWatersideBalances(waterside, (what, row, { inKw, outKw, storedKw }) => {
    const off = Math.abs(inKw - outKw - storedKw);
    if (!(off <= 1e-6 * Math.max(1, Math.abs(inKw), Math.abs(outKw))))
      throw new Error(`${what} ${row}: ${inKw} in, ${outKw} out, ${storedKw} stored`);
  });

describe("energy is neither made nor lost", () => {
  test("whatever happens: in = out + stored, and what is stored is what the waters warmed by", () => {
    fc.assert(
      fc.property(fc.array(disturbance, { minLength: 1, maxLength: 15 }), (course) => {
        const bench = createWaterBench();
        const { state, kind } = bench.waterside;
        holds(bench);
        for (const what of course) {
          const before = [state.temperature.slice(), state.towerTemperature.slice()] as const;
          disturb(bench, what);
          bench.step(what.seconds);
          holds(bench);
          for (let building = 0; building < kind.length; building++) {
            const gained = state.store[building]! * (state.temperature[building]! - before[0][building]!);
            expect(state.stored[building]! * what.seconds).toBeCloseTo(gained, 3);
            if (kind[building] !== 1) continue;
            const inBasins =
              state.towerStore[building]! * (state.towerTemperature[building]! - before[1][building]!);
            expect(state.towerStored[building]! * what.seconds).toBeCloseTo(inBasins, 3);
          }
        }
      }),
      { seed: 21, numRuns: 150 },
    );
  });

  test("whatever happens every value is a number, shares stay shares, and nothing flows backwards", () => {
    fc.assert(
      fc.property(fc.array(disturbance, { minLength: 1, maxLength: 10 }), (course) => {
        const bench = createWaterBench();
        const { chillers, pumps, towers, state, power, makeUp, loops } = bench.waterside;
        for (const what of course) {
          disturb(bench, what);
          bench.step(what.seconds);
          for (const columns of [chillers.columns, pumps.columns, towers.columns])
            for (const values of Object.values(columns)) expect(values.every(Number.isFinite)).toBe(true);
          for (const values of [chillers.columns, towers.columns].flatMap((c) => [c.power, c.heat]))
            for (const value of values) expect(value).toBeGreaterThanOrEqual(0);
          for (const values of [pumps.columns.power, power, makeUp])
            for (const value of values) expect(value).toBeGreaterThanOrEqual(0);
          for (const flow of loops.flow) expect(flow >= 0 && flow <= 1).toBe(true);
          for (const t of [...state.temperature, ...state.towerTemperature])
            expect(t >= 0 && t < 100).toBe(true);
        }
      }),
      { seed: 22, numRuns: 100 },
    );
  });
});

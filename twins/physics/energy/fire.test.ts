import { expect, test } from "vitest";
import { energyBench } from "./bed.fixture.ts";

const row = 6;
const minute = 60;
const burning = (severity = 1) => {
  const bench = energyBench();
  bench.conditions.of("battery").thermalRunaway[row] = severity;
  return bench;
};

test("smoke within a minute, disconnected with it, 60 K in three minutes, 650 K in eight, cells gone in hours", () => {
  const bench = burning();
  const { storage } = bench.energy;
  const { temperature, smokeDetect, status, power, stateOfCharge } = storage.column;
  const usual = temperature[row]!;
  expect([smokeDetect[row], status[row]]).toEqual([0, 1]);
  bench.run(6, 10);
  expect([smokeDetect[row], status[row], power[row]]).toEqual([1, 2, 0]);
  bench.run(12, 10);
  expect(temperature[row]! - usual).toBeGreaterThan(55);
  bench.run(30, 10);
  expect(temperature[row]! - usual).toBeGreaterThan(640);
  const charge = storage.litKwh[row]!;
  expect(charge).toBeGreaterThan(2000);
  let [heat, burnt] = [0, 0];
  for (let i = 0; i < 8 * 60; i++) {
    bench.step(minute);
    heat += storage.fireKw[row]! / 60;
    burnt += storage.burntKw[row]! / 60;
  }
  expect([stateOfCharge[row], storage.energyKwh[row]]).toEqual([0, 0]);
  // What is left of the first eight minutes is under a hundredth.
  expect(burnt / charge).toBeGreaterThan(0.98);
  expect(heat / ((40 / 3.6) * 4984.6 + charge)).toBeGreaterThan(0.98);
  expect(heat / ((40 / 3.6) * 4984.6 + charge)).toBeLessThan(1.001);
  expect(status[row]).toBe(2);
  expect(temperature[row]).toBeLessThan(400);
});

test("the same fire whatever the steps", () => {
  const [fine, coarse] = [burning(), burning()];
  fine.run(1800, 1);
  coarse.run(3, 600);
  const of = ({ energy }: typeof fine) => [...energy.storage.column.temperature];
  const [a, b] = [of(fine), of(coarse)];
  for (const [i, t] of a.entries()) if (t > 60) expect(Math.abs(t - b[i]!) / t).toBeLessThan(0.05);
  const lit = (bench: typeof fine) =>
    [...bench.energy.storage.fires.sinceS].map((s) => s - fine.moment.seconds);
  expect(lit(coarse)).toEqual(lit(fine));
});

test("it leaps to neighbours after six to twenty minutes: always the same, and the more the worse", () => {
  const litAfter = (severity: number, rows: readonly number[]): number => {
    let lit = 0;
    for (const first of rows) {
      const bench = energyBench();
      bench.conditions.of("battery").thermalRunaway[first] = severity;
      bench.run(3, 600);
      const since = bench.energy.storage.fires.sinceS;
      for (const [i, s] of since.entries()) {
        if (Number.isNaN(s) || i === first) continue;
        lit++;
        expect(bench.moment.seconds - 1800 + 5 * minute).toBeLessThan(s);
      }
    }
    return lit;
  };
  const some = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45];
  const worst = litAfter(1, some);
  expect(worst).toBe(litAfter(1, some));
  expect(worst).toBeGreaterThan(5);
  expect(litAfter(0.3, some)).toBeLessThan(worst);
});

test("put out, it cools and what is left of its charge can be used again; fires that came of it go out with it", () => {
  const bench = burning();
  const { storage } = bench.energy;
  bench.run(60, minute);
  const lit = [...storage.fires.sinceS.keys()].filter((i) => !Number.isNaN(storage.fires.sinceS[i]!));
  bench.conditions.of("battery").thermalRunaway[row] = 0;
  bench.step(minute);
  const left = storage.energyKwh[row]!;
  expect(left).toBeGreaterThan(1000);
  expect(storage.burntKw[row]).toBe(0);
  expect(storage.column.status[row]).toBe(2);
  bench.run(8, 3600);
  for (const i of lit) expect(storage.column.status[i]).toBe(1);
  expect(storage.column.smokeDetect[row]).toBe(0);
  expect([...storage.fires.sinceS].every(Number.isNaN)).toBe(true);
});

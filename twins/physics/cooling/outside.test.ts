import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outsideDensity } from "./air.ts";
import type { OutsideResult, OutsideWork } from "./outside.ts";
import {
  airMode,
  createOutsideResult,
  evaporativeUnit,
  outsideLimit,
  refrigerantUnit,
  rejectOutside,
} from "./outside.ts";

/** A unit of 240 kW at three quarters of its air. */
const unitAt = (airTemperature: number, wetBulb: number, kind = evaporativeUnit): OutsideWork => ({
  kind,
  ratedRate: 20,
  rate: 15,
  ratedKw: 22,
  compressorKw: 240 * kind.compressorShare,
  outsideRate: 20 * kind.outsideShare * outsideDensity(airTemperature),
  airTemperature,
  wetBulb,
  maySpray: airTemperature > 3,
  heat: 0,
  temperature: 34,
  before: airMode.stopped,
});

const rejected = (work: OutsideWork, heat: number, before: number = airMode.stopped): OutsideResult => {
  const result = createOutsideResult();
  rejectOutside(result, { ...work, heat, before });
  return result;
};

/** Wet bulb of the dry air of the Hohhot summer. */
const dryAir = (airTemperature: number): number => airTemperature - Math.max(1.5, 0.4 * airTemperature);
const sweep = Array.from({ length: 139 }, (_, index) => -30 + index / 2);

describe("an indirect evaporative unit", () => {
  test("runs dry, then wet, then with its compressor as it gets hotter", () => {
    const modes = sweep.map((t) => rejected(unitAt(t, dryAir(t)), 150).mode);
    const first = (mode: number): number => sweep[modes.indexOf(mode)]!;
    expect(modes[0]).toBe(airMode.dry);
    expect(modes).toEqual([...modes].sort());
    expect(first(airMode.wet)).toBeGreaterThan(8);
    expect(first(airMode.wet)).toBeLessThan(22);
    const muggy = sweep.map((t) => rejected(unitAt(t, t - 2), 150).mode);
    expect(muggy.at(-1)).toBe(airMode.mixed);
  });

  test("takes water only wet, about a litre or two for each kilowatt-hour", () => {
    expect(rejected(unitAt(0, -2), 150).water).toBe(0);
    const wet = rejected(unitAt(28, 17), 150);
    expect(wet.mode).toBe(airMode.wet);
    // Evaporation alone of all the heat would be 1000 · 3600 / 2430 / 1000 = 1.48 L/kWh.
    expect((wet.water * 1000) / 150).toBeGreaterThan(1);
    expect((wet.water * 1000) / 150).toBeLessThan(3);
  });

  test("sprays nothing where it may not, and pays for it", () => {
    const work = { ...unitAt(25, 15), maySpray: false };
    const dry = rejected(work, 150);
    expect(dry.water).toBe(0);
    expect(dry.mode).toBe(airMode.mixed);
    expect(dry.power).toBeGreaterThan(rejected(unitAt(25, 15), 150).power);
    expect(dry.compressor).toBeGreaterThan(0.1 * dry.power);
    expect(dry.compressor).toBeLessThan(dry.power);
  });

  test("keeps its mode until another is clearly cheaper", () => {
    const edge = sweep.find((t) => rejected(unitAt(t, dryAir(t)), 150).mode === airMode.wet)!;
    expect(rejected(unitAt(edge, dryAir(edge)), 150, airMode.dry).mode).toBe(airMode.dry);
    expect(rejected(unitAt(edge - 0.5, dryAir(edge - 0.5)), 150, airMode.wet).mode).toBe(airMode.wet);
    expect(rejected(unitAt(edge + 8, dryAir(edge + 8)), 150, airMode.dry).mode).toBe(airMode.wet);
  });

  test("a clogged outside filter leaves it less free cooling and costs power", () => {
    const work = unitAt(16, 10);
    const clogged = { ...work, outsideRate: 0.7 * work.outsideRate };
    const free = (unit: OutsideWork): number => outsideLimit(unit).slope;
    expect(free(clogged)).toBeLessThan(free(work));
    expect(rejected(clogged, 150).power).toBeGreaterThan(rejected(work, 150).power);
  });
});

describe.each([
  ["evaporative", evaporativeUnit],
  ["refrigerant", refrigerantUnit],
])("%s: power", (_, kind) => {
  const temperatures = fc.double({ min: -30, max: 39, noNaN: true });
  const heats = fc.double({ min: 0, max: 170, noNaN: true });

  test("never falls with hotter or wetter air outside", () => {
    fc.assert(
      fc.property(temperatures, temperatures, heats, (a, b, heat) => {
        const [cold, hot] = [Math.min(a, b), Math.max(a, b)];
        const power = (t: number, wet: number): number => rejected(unitAt(t, wet, kind), heat).power;
        expect(power(hot, dryAir(hot))).toBeGreaterThanOrEqual(power(cold, dryAir(cold)) - 1e-6);
        expect(power(hot, hot)).toBeGreaterThanOrEqual(power(hot, dryAir(hot)) - 1e-6);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });

  test("never falls with more heat", () => {
    fc.assert(
      fc.property(temperatures, heats, heats, (t, a, b) => {
        const power = (heat: number): number => rejected(unitAt(t, dryAir(t), kind), heat).power;
        expect(power(Math.max(a, b))).toBeGreaterThanOrEqual(power(Math.min(a, b)) - 1e-6);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});

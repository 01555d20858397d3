import { describe, expect, test } from "vitest";
import { buildingRow, createWaterBench } from "./waterside.fixture.ts";

/** Power of settled plants: what makes it grow, and what never makes it fall. */

/**
 * Hottest wet bulb that is tried, °C: 22.8 is the highest here, 27 the highest that ever was where people build. Beyond
 * that the machine in reserve has to join in, and all together draw a little less than the others did alone.
 */
const hottestWetBulb = 30;
const systems = ["chilled", "liquid"] as const;

describe.each(systems)("%s: power of a settled plant", (system) => {
  const bench = createWaterBench();
  const building = buildingRow(bench, system);
  const { weather } = bench.moment;
  const settledPower = (): number => {
    bench.settle();
    return bench.waterside.power[building]!;
  };

  test("never falls with hotter air outside, dry or wet, from 3 to 39 °C", () => {
    for (const load of [0.02, 0.3, 0.6, 0.85, 1])
      for (const depression of [0.02, 0.1, 0.4]) {
        bench.load = load;
        let last = 0;
        for (let t = 3; t <= 39; t += 0.25) {
          weather.airTemperature = t;
          weather.wetBulb = Math.min(hottestWetBulb, t - depression * Math.max(5, t));
          const power = settledPower();
          expect([load, depression, t, power >= last * (1 - 1e-6)]).toEqual([load, depression, t, true]);
          last = power;
        }
      }
  });

  test("never falls with more heat", () => {
    for (const t of [-28, -10, 2, 8, 13, 17, 22, 30, 38])
      for (const depression of [0.5, 3, 9]) {
        weather.airTemperature = t;
        weather.wetBulb = Math.min(hottestWetBulb, t - depression);
        let last = 0;
        for (let load = 0; load <= 1.02; load += 0.005) {
          bench.load = load;
          const power = settledPower();
          expect([t, depression, load, power >= last * (1 - 1e-6)]).toEqual([t, depression, load, true]);
          last = power;
        }
      }
  });
});

describe("free cooling by what the water allows", () => {
  const bench = createWaterBench();
  const building = buildingRow(bench, "chilled");
  const { state, modes, chillers } = bench.waterside;
  const at = (wetBulb: number, load: number): void => {
    bench.moment.weather.airTemperature = wetBulb + 5;
    bench.moment.weather.wetBulb = wetBulb;
    bench.load = load;
    bench.settle();
  };
  /** Hottest wet bulb at which no compressor runs. */
  const limit = (load: number): number => {
    let wetBulb = 0;
    for (; wetBulb < 20; wetBulb += 0.1) {
      at(wetBulb, load);
      if (state.chilled[building]! > 0) break;
    }
    return wetBulb;
  };

  test("full up to 11 to 13 °C wet bulb (16 °C less 4.5 K as usually planned), further at less load", () => {
    expect(limit(1)).toBeGreaterThan(10.5);
    expect(limit(1)).toBeLessThan(13);
    expect(limit(0.4)).toBeGreaterThan(limit(1));
  });

  test("partial above that: plates take less and less, and nothing once towers are as warm as the return", () => {
    let last = 1;
    for (let wetBulb = 12.5; wetBulb < 19; wetBulb += 0.5) {
      at(wetBulb, 0.9);
      const part = state.plate[building]! / (state.plate[building]! + state.chilled[building]!);
      expect(part).toBeLessThanOrEqual(last);
      last = part;
      if (wetBulb === 15) expect(modes.mode[building]).toBe(2);
    }
    at(22, 0.9);
    expect(state.plate[building]).toBe(0);
    expect(modes.mode[building]).toBe(3);
    // One in reserve.
    const { start, end } = chillers.spans[building]!;
    expect(chillers.columns.status.slice(start, end).filter((code) => code === 1)).toHaveLength(
      end - start - 1,
    );
  });

  test("water comes at 16 °C in each of them", () => {
    for (const wetBulb of [-25, 5, 14, 17, 23]) {
      at(wetBulb, 0.9);
      expect(bench.loops.supply[building]).toBeCloseTo(16, 5);
    }
  });
});

describe.each(systems)("%s: steps of any length", (system) => {
  const weathers = [
    [-20, -21],
    [12, 6],
    [20, 14.5],
    [31, 21.5],
  ] as const;

  test.each(weathers)("steps of an hour and small steps end alike, from %s °C", (air, wetBulb) => {
    const benches = [3600, 10, 3].map((step) => {
      const bench = createWaterBench();
      Object.assign(bench.moment.weather, { airTemperature: air - 3, wetBulb: wetBulb - 3 });
      bench.settle();
      Object.assign(bench.moment.weather, { airTemperature: air, wetBulb });
      bench.load = 0.7;
      if (step === 3600) for (let hour = 0; hour < 3; hour++) bench.step(3600);
      else bench.run(3 * 3600, step);
      return bench;
    });
    const building = buildingRow(benches[0]!, system);
    const [long, ten, three] = benches.map((bench) => bench.waterside);
    for (const other of [ten!, three!]) {
      expect(Math.abs(other.state.temperature[building]! - long!.state.temperature[building]!)).toBeLessThan(
        0.5,
      );
      expect(other.power[building]! / long!.power[building]!).toBeGreaterThan(0.97);
      expect(other.power[building]! / long!.power[building]!).toBeLessThan(1.03);
    }
  });
});

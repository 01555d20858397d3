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
        for (let t = 3; t <= 39; t += 0.1) {
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

import { describe, expect, test } from "vitest";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName, MetricSpec } from "#twins/model/metric.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { createPlant } from "#twins/physics/plant.ts";
import type { Accuracy } from "./accuracy.ts";
import { accuracies, accuracyOf, errorLimit, meterAccuracy, waterAccuracy } from "./accuracy.ts";
import { columnOf, createInstrumentBench, startMs, twin } from "./bench.fixture.ts";
import { meterClasses } from "./registers.ts";

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Correlation coefficient of two series. */
const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [from, to] = [a, b].map((series) => {
    const middle = mean(series);
    return series.map((value) => value - middle);
  }) as [number[], number[]];
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
};

test("every accuracy is that of a measured metric of the catalogue", () => {
  for (const name of Object.keys(accuracies)) {
    const [className, id] = name.split(".") as [ClassName, string];
    const spec = classSpec(className).metrics[metricIndex(className, id)];
    expect([name, spec?.kind, spec?.derived ?? false]).toEqual([name, "analog", false]);
  }
});

describe("a day of a healthy plant", () => {
  const plant = createPlant(twin, { seed: 7, startMs });
  const classes = meterClasses(twin);
  const energies = (columns: PlantColumns): Float64Array =>
    Float64Array.from(columnOf(columns, "meter", "energy"));

  /** A meter's own gain is its register's too, and not among the accuracies of channels. */
  const fullAccuracy = (className: ClassName, spec: MetricSpec, row: number): Accuracy => {
    if (className === "meter" && spec.id === "power") return meterAccuracy(classes[row]!);
    return className === "waterMeter" ? waterAccuracy : accuracyOf(className, spec);
  };

  /** The reading furthest from the truth, in parts of what its accuracy allows. */
  const worst = (): { share: number; where: string } => {
    let far = { share: 0, where: "" };
    for (const [className, columns] of plant.columns)
      for (const [metric, readings] of columns.entries()) {
        const spec = classSpec(className).metrics[metric]!;
        if (!readings || spec.kind === "counter") continue;
        const truth = plant.truth.get(className)![metric]!;
        for (const [row, reading] of readings.entries()) {
          const accuracy = fullAccuracy(className, spec, row);
          const value = truth[row]!;
          // Tables of 32 bits round in the eighth digit.
          const limit = errorLimit(accuracy, spec, value) + 1e-6 * Math.max(1, Math.abs(value));
          const share = Math.abs(reading - value) / limit;
          if (share > far.share) far = { share, where: `${className} ${row} ${spec.id}` };
        }
      }
    return far;
  };

  test("no settled sensor is further from the truth than its accuracy says, and some come near it", () => {
    const before = { truth: energies(plant.truth), readings: energies(plant.columns) };
    for (let hour = 0; hour < 24; hour++) {
      plant.step(3600);
      const { share, where } = worst();
      expect([where, share < 1]).toEqual([where, true]);
      expect(share).toBeGreaterThan(0.8);
    }
    // The day's energy ratio of a building by its registers errs by no more than both meters do.
    const ratioOf = (columns: PlantColumns, from: Float64Array): number => {
      const now = energies(columns);
      const used = (name: "main" | "it"): number => {
        const { row } = twin.find(`east/b01/m-${name}`)!;
        return now[row]! - from[row]!;
      };
      expect(used("it")).toBeGreaterThan(0);
      return used("main") / used("it");
    };
    const error = ratioOf(plant.columns, before.readings) / ratioOf(plant.truth, before.truth) - 1;
    // A day of the small building is 2 MWh: steps of the registers, 0.1 kWh, are within the room for error.
    expect(Math.abs(error)).toBeLessThan(2 * meterAccuracy(0.2).gain! + 2e-4);
    expect(error).not.toBe(0);
  });

  test("same seed, same bits; another seed errs otherwise about the same truth", () => {
    const [a, b, other] = [4, 4, 5].map((seed) => {
      const own = createInstrumentBench(seed);
      own.truth("rack", "inletTemperature").fill(24);
      own.after(1);
      own.after(1);
      return own.reading("rack", "inletTemperature");
    });
    expect(a).toEqual(b);
    expect(a).not.toEqual(other);
  });
});

describe("a sensor", () => {
  test("follows a step by 63 % within its time constant, whatever the steps, and its own noise", () => {
    for (const seconds of [1, 5, 20]) {
      const bench = createInstrumentBench();
      const truth = bench.truth("crah", "supplyTemperature");
      truth.fill(20);
      bench.after(0);
      truth.fill(60);
      for (let at = 0; at < 20; at += seconds) bench.after(seconds);
      const reached = mean([...bench.reading("crah", "supplyTemperature")]);
      expect(reached).toBeGreaterThan(20 + 40 * 0.632 - 0.2);
      expect(reached).toBeLessThan(20 + 40 * 0.632 + 0.2);
    }
  });

  test("has noise of mean nought that knows nothing of its own past or its neighbour's", () => {
    const bench = createInstrumentBench();
    const { length } = bench.reading("rack", "inletTemperature");
    bench.truth("rack", "inletTemperature").fill(24);
    const series: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < 4000; i++) {
      bench.after(1);
      const reading = bench.reading("rack", "inletTemperature");
      series[0].push(reading[0]!);
      series[1].push(reading[1]!);
      series[2].push(reading[length - 1]!);
    }
    const [first, second, last] = series;
    // Deviation 0.029 K, and 0.029 K of rounding: after 4,000 readings the mean stands within 0.003 K.
    expect(Math.abs(mean(first.slice(0, 2000)) - mean(first.slice(2000)))).toBeLessThan(0.005);
    for (const [a, b] of [
      [first, second],
      [first, last],
      [first.slice(1), first.slice(0, -1)],
      [first.slice(10), first.slice(0, -10)],
    ] as const)
      expect(Math.abs(correlation([...a], [...b]))).toBeLessThan(0.07);
  });

  test("shows whole steps of its resolution, never less than nothing, and at most all", () => {
    const bench = createInstrumentBench();
    bench.truth("weatherStation", "humidity").fill(99.9);
    for (let i = 0; i < 200; i++) {
      bench.after(60);
      const [wind] = bench.reading("weatherStation", "windSpeed");
      const [humidity] = bench.reading("weatherStation", "humidity");
      expect(wind).toBeGreaterThanOrEqual(0);
      expect(humidity).toBeLessThanOrEqual(100);
      expect(Math.abs(wind! * 10 - Math.round(wind! * 10))).toBeLessThan(1e-9);
    }
  });

  test("what is computed from another errs as that does: load rate and power of a transformer", () => {
    const bench = createInstrumentBench();
    bench.truth("transformer", "power").fill(50_000);
    bench.truth("transformer", "loadRate").fill(80);
    bench.after(0);
    const power = bench.reading("transformer", "power");
    const rate = bench.reading("transformer", "loadRate");
    for (const [row, kw] of power.entries())
      expect(Math.abs(rate[row]! / 80 - kw / 50_000)).toBeLessThan(0.0007);
    expect(new Set(power).size).toBeGreaterThan(1);
  });
});

describe("registers", () => {
  test("count what their meter shows", () => {
    const plant = createPlant(twin, { seed: 3, startMs });
    const power = columnOf(plant.columns, "meter", "power");
    const energy = columnOf(plant.columns, "meter", "energy");
    const before = energy.slice();
    const counted = new Float64Array(power.length);
    for (let i = 0; i < 300; i++) {
      const last = power.slice();
      plant.step(2);
      for (let row = 0; row < power.length; row++)
        counted[row] = counted[row]! + ((last[row]! + power[row]!) / 2) * (2 / 3600);
    }
    const ratio = twin.table("meter").attribute("ratio")!;
    for (let row = 0; row < power.length; row++) {
      const step = Math.max(0.1, ratio[row]! * 0.0001);
      // Steps at both ends; the ripple of the power shown is nought over 300 readings, but for a fiftieth.
      const room = 2 * step + 0.0002 * Math.abs(counted[row]!) + 0.002;
      expect(Math.abs(energy[row]! - before[row]! - counted[row]!)).toBeLessThan(room);
    }
  });

  test("move in steps of their ratio, a tenth of a kWh at least, and never back while power flows in", () => {
    const bench = createInstrumentBench();
    const row = twin.find("site/m-grid")!.row;
    expect(twin.table("meter").attribute("ratio")![row]).toBe(200_000);
    const seen: number[] = [];
    for (let i = 0; i < 50; i++) {
      bench.truth("meter", "energy")[row] = 1_000_000 + 7 * i;
      bench.after(1);
      seen.push(bench.reading("meter", "energy")[row]!);
    }
    expect(seen.every((kwh) => kwh % 20 === 0)).toBe(true);
    expect(seen.every((kwh, i) => i === 0 || kwh >= seen[i - 1]!)).toBe(true);
    expect(seen.at(-1)! - seen[0]!).toBeGreaterThanOrEqual(320);
  });
});

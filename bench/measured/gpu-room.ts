import { readGpt3 } from "#feed/plant/trace/gpt3.ts";
import type { Twin } from "#twins/model/twin.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { createPlant } from "#twins/physics/plant.ts";

/** Rows of the recording are about this far apart; the plant is stepped alike. */
const stepSeconds = 2;
const runGapMs = 60_000;
const samples = 1700;
const servers = 64;

/** How the power of many servers that train one model moves. */
export interface Swing {
  /** Standard deviation over mean. */
  readonly variation: number;
  /** 95th minus 5th percentile over mean. */
  readonly spread: number;
  readonly lowestOverMean: number;
  /** Strongest period, s, below two minutes. */
  readonly periodS: number;
  /** Shares of the variance by period. */
  readonly bands: Readonly<Record<"under10s" | "s10to30" | "s30to120" | "over120s", number>>;
}

export interface GpuFigures {
  readonly measured: readonly Swing[];
  readonly plant: Swing;
}

/** Discrete Fourier transform, power by period; a bench has the time for n². */
const spectrum = (values: readonly number[]): readonly (readonly [periodS: number, power: number])[] => {
  const n = values.length;
  return Array.from({ length: Math.floor(n / 2) - 1 }, (_, i) => {
    const k = i + 1;
    let re = 0;
    let im = 0;
    for (const [t, value] of values.entries()) {
      const phase = (2 * Math.PI * k * t) / n;
      re += value * Math.cos(phase);
      im += value * Math.sin(phase);
    }
    return [(n * stepSeconds) / k, re * re + im * im] as const;
  });
};

const swingOf = (kw: readonly number[]): Swing => {
  const mean = kw.reduce((sum, value) => sum + value, 0) / kw.length;
  const around = kw.map((value) => value - mean);
  const sorted = kw.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.floor(q * sorted.length)]!;
  const lines = spectrum(around);
  const total = lines.reduce((sum, [, power]) => sum + power, 0);
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const band = (from: number, to: number): number =>
    round(
      lines.reduce((sum, [period, power]) => sum + (period >= from && period < to ? power : 0), 0) / total,
    );
  const [periodS] = lines.filter(([period]) => period < 120).reduce((a, b) => (b[1] > a[1] ? b : a));
  return {
    variation: round(Math.sqrt(around.reduce((sum, d) => sum + d * d, 0) / kw.length) / mean),
    spread: round((quantile(0.95) - quantile(0.05)) / mean),
    lowestOverMean: round(sorted[0]! / mean),
    periodS: round(periodS),
    bands: {
      under10s: band(0, 10),
      s10to30: band(10, 30),
      s30to120: band(30, 120),
      over120s: band(120, Infinity),
    },
  };
};

const measuredRuns = (file: string): readonly (readonly number[])[] => {
  const { series, sumAt } = readGpt3(file);
  const runs: number[][] = [[]];
  for (const [row, timeMs] of series.timesMs.entries()) {
    if (row > 0 && timeMs - series.timesMs[row - 1]! > runGapMs) runs.push([]);
    const sum = sumAt(timeMs);
    // A blank is a server that was not read, not one that stood still.
    if (sum) runs.at(-1)!.push((sum.kw / sum.nodes) * servers);
  }
  return runs;
};

/** Racks of the building that trains, an hour of the simulated plant. */
const plantRun = (twin: Twin): readonly number[] => {
  const plant = createPlant(twin, { seed: 1, startMs: Date.UTC(2026, 10, 23, 4) });
  const occupied = twin.table("rack").attribute("occupied")!;
  const { power } = columnsOf(plant.truth, "rack", ["power"]);
  const [first, end] = twin.rangeBelow(twin.find("a/hero")!, "rack")!;
  const rows = Array.from({ length: end - first }, (_, i) => first + i).filter((row) => occupied[row] === 1);
  return Array.from({ length: samples }, () => {
    plant.step(stepSeconds);
    return rows.slice(0, servers).reduce((sum, row) => sum + power[row]!, 0);
  });
};

/** Swings of the simulated training room beside those of 64 measured servers of 8×H100. */
export const compareGpu = (file: string, twin: Twin): GpuFigures => ({
  measured: measuredRuns(file).map(swingOf),
  plant: swingOf(plantRun(twin)),
});

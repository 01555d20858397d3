import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { gpt3Nodes, readGpt3 } from "./gpt3.ts";
import { csvLines, readText } from "./series.ts";

const file = fileURLToPath(
  new URL("../../../assets/traces/gpt3-64x8xh100-node-power.csv.gz", import.meta.url),
);
const trace = readGpt3(file);
const { series, startMs, endMs } = trace;

describe("the recording of 512 accelerators", () => {
  test("holds three runs of 64 servers, half a megawatt at most", () => {
    expect(series.columns.length).toBe(gpt3Nodes);
    const steps = Array.from(
      { length: series.timesMs.length - 1 },
      (_, i) => series.timesMs[i + 1]! - series.timesMs[i]!,
    );
    expect(steps.filter((step) => step > series.holdMs).length).toBe(2);
    const sums = Array.from(series.timesMs, (t) => trace.sumAt(t)!.kw);
    expect(Math.max(...sums)).toBeCloseTo(459.205, 3);
  });

  test("its sum is that of the file's own cells, in watts, at every row", () => {
    for (const line of csvLines(readText(file))) {
      const watts = line
        .slice(2)
        .filter((text) => text !== "")
        .map(Number);
      const sum = trace.sumAt(Number(line[0]))!;
      expect(sum.kw).toBeCloseTo(watts.reduce((a, b) => a + b, 0) / 1000, 6);
      expect(sum.nodes).toBe(watts.length);
    }
  });

  test("blanks are no zeros: 29 cells count as missing servers", () => {
    const missing = Array.from(series.timesMs, (t) => gpt3Nodes - trace.sumAt(t)!.nodes);
    expect(missing.reduce((a, b) => a + b, 0)).toBe(29);
  });

  test("a row holds until the next is due; between runs, before and after there is no sum", () => {
    const first = trace.sumAt(startMs)!;
    expect(trace.sumAt(startMs + 1000)).toEqual(first);
    expect(trace.sumAt(startMs - 1)).toBeNull();
    expect(trace.sumAt(endMs + 10_000)).toBeNull();
    const lastOfRun = series.timesMs.findIndex((t, i) => series.timesMs[i + 1]! - t > series.holdMs);
    expect(trace.sumAt(series.timesMs[lastOfRun]! + 60_000)).toBeNull();
  });
});

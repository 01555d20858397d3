import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import { openTrace, traceKinds } from "./library.ts";
import { rowAt } from "./series.ts";

let twin: Twin;
let folder: string;
beforeAll(async () => {
  twin = loadTwin(await readTwinDirectory(null), { racks: 2_000 });
  folder = await mkdtemp(join(tmpdir(), "horinger-trace-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const opened = (name: string) => {
  const result = openTrace(name);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

describe.each(traceKinds.map(({ name }) => name))("%s", (name) => {
  test("opens, in order of time, and every point it names is one this campus has", () => {
    const { kind, series } = opened(name);
    expect(series.timesMs.length).toBeGreaterThan(100);
    for (let i = 1; i < series.timesMs.length; i++)
      if (series.timesMs[i]! <= series.timesMs[i - 1]!)
        throw new Error(`row ${i} is not after the one before`);
    const points = kind.points(twin);
    expect(points.length).toBeGreaterThan(0);
    for (const { assetId, className, column } of points) {
      expect(twin.find(assetId)?.className).toBe(className);
      expect(column).toBeLessThan(series.columns.length);
    }
  });
});

test("64 servers become the first 64 racks of the liquid-cooled building, one each", () => {
  const points = opened("gpt3").kind.points(twin);
  expect(new Set(points.map(({ assetId }) => assetId)).size).toBe(64);
  expect(points.every(({ assetId }) => assetId.startsWith("a/hero/"))).toBe(true);
});

test("the wind farm is in kW, at most 98.6 MW; the inverter's nights are gaps", () => {
  const wind = opened("wind").series.columns[0]!;
  expect(Math.max(...wind.filter((kw) => !Number.isNaN(kw)))).toBeCloseTo(98_600, -3);
  const { series } = opened("pv");
  const longest = series.timesMs.reduce((most, t, i) => Math.max(most, t - (series.timesMs[i - 1] ?? t)), 0);
  expect(longest).toBeGreaterThan(8 * 3_600_000);
  expect(rowAt(series, series.timesMs[0]! - 1)).toBe(-1);
});

test("the PUE series holds no glitch", () => {
  for (const name of ["pue", "pue-30d"]) {
    const values = opened(name).series.columns[0]!.filter((value) => !Number.isNaN(value));
    expect(Math.min(...values)).toBeGreaterThan(1);
    expect(Math.max(...values)).toBeLessThan(1.3);
  }
});

test("a file is known by its first line; what is unknown or missing is said", async () => {
  const good = join(folder, "mine.csv");
  await writeFile(good, "site,meas_name,ts,sensor,meas_val_f\nA,ac_power,2020-01-01 10:00:00,S,3.5\n");
  const { kind, series } = opened(good);
  expect([kind.name, series.columns[0]![0], series.timesMs[0]]).toEqual([
    "pv",
    3.5,
    Date.UTC(2020, 0, 1, 10),
  ]);
  const codes = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    const result = openTrace(path);
    return result.ok ? "ok" : result.error.code;
  };
  expect(await codes("other.csv", "a,b,c\n1,2,3\n")).toBe("trace-format");
  expect(await codes("empty.csv", "site,meas_name,ts\n")).toBe("trace-empty");
  expect(await codes("narrow.csv", "utc_ms,run,node_01_w\n1,1,5\n")).toBe("trace-unreadable");
  const missing = openTrace(join(folder, "none.csv"));
  expect(missing.ok ? "ok" : missing.error.code).toBe("trace-missing");
});

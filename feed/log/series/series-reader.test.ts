import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Series } from "#feed/contract/replay.ts";
import { openLog } from "#feed/log/log.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { createRandom, withDirectory } from "#feed/log/recording.fixture.ts";
import { bucketOf, WatchedRecording, watched } from "./series.fixture.ts";
import { SeriesReader } from "./series-reader.ts";

const opened = (directory: string) => {
  const log = openLog([directory]);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

/** Two recordings with a stop between them, and a standstill in the second. */
const record = (directory: string, seed: number): WatchedRecording => {
  const watch = new WatchedRecording(directory, seed);
  watch.walk(70);
  watch.pause(40, true);
  watch.walk(50);
  watch.pause(25, false);
  watch.walk(30);
  watch.recording.writer.close();
  return watch;
};

const compare = (series: Series, watch: WatchedRecording): void => {
  const { fromMs, stepMs } = series;
  const found = series.min.map((min, i) => ({
    min,
    max: series.max[i],
    last: series.last[i],
    doubt: series.doubt[i],
  }));
  const expected = found.map((_, i) => bucketOf(watch, fromMs + i * stepMs, fromMs + (i + 1) * stepMs));
  expect(found).toEqual(expected);
};

test("any range in any number of buckets is what a walk through all seconds finds", () =>
  withDirectory(async (directory) => {
    const watch = record(directory, 3);
    const log = opened(directory);
    const reader = new SeriesReader(log);
    const spanMs = log.endMs - log.startMs;
    const at = fc.double({ min: -0.1, max: 1.1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(at, at, fc.integer({ min: 2, max: 700 }), async (one, other, maxPoints) => {
        const fromMs = log.startMs + Math.min(one, other) * spanMs;
        const toMs = log.startMs + Math.max(one, other) * spanMs;
        const [series] = await reader.read({ points: [watched], fromMs, toMs, maxPoints });
        expect(series!.min.length).toBeLessThanOrEqual(maxPoints);
        expect(series!.fromMs).toBeLessThanOrEqual(fromMs);
        expect(series!.fromMs + series!.min.length * series!.stepMs).toBeGreaterThanOrEqual(toMs);
        compare(series!, watch);
      }),
      { numRuns: 60, seed: 8 },
    );
    log.close();
  }));

test("a spike of one second is seen from any distance", () =>
  withDirectory(async (directory) => {
    const watch = new WatchedRecording(directory, 5, 3_600_000);
    watch.put(20);
    for (let second = 0; second < 200; second++) watch.second();
    watch.put(95.5);
    watch.put(20);
    for (let second = 0; second < 200; second++) watch.second();
    watch.recording.writer.close();
    const log = opened(directory);
    for (const maxPoints of [2, 3, 10, 100, 1000]) {
      const ask = { points: [watched], fromMs: log.startMs, toMs: log.endMs, maxPoints };
      const [series] = await new SeriesReader(log).read(ask);
      expect(series!.max.filter((max) => max === 95.5).length).toBeGreaterThan(0);
      expect(Math.max(...series!.max.map((max) => max ?? 0))).toBe(95.5);
      // It reports by change: it is known all the time all the same.
      expect(series!.last).not.toContain(null);
    }
    log.close();
  }));

test("where the log is damaged nothing is known, and everywhere else all is", () =>
  withDirectory(async (directory) => {
    const watch = record(directory, 9);
    const whole = opened(directory);
    const [file] = whole.files as [LogFile];
    const bytes = new Uint8Array(readFileSync(file.path));
    const random = createRandom(4);
    let unknown = 0;
    for (let i = 0; i < 30; i++) {
      const torn = bytes.slice();
      const chunk = 3 + Math.floor(random() * (file.index.count - 4));
      torn[file.index.offset[chunk]! + Math.floor(file.index.bytes[chunk]! * 0.8)]! ^= 0x11;
      writeFileSync(file.path, torn);
      const log = opened(directory);
      const ask = { points: [watched], fromMs: log.startMs, toMs: log.endMs, maxPoints: 400 };
      const [series] = await new SeriesReader(log).read(ask);
      series!.doubt.forEach((doubt, at) => {
        const fromMs = series!.fromMs + at * series!.stepMs;
        const expected = bucketOf(watch, fromMs, fromMs + series!.stepMs);
        if (doubt === 4) unknown += expected.doubt === 4 ? 0 : 1;
        else
          expect([series!.min[at], series!.max[at], doubt]).toEqual([
            expected.min,
            expected.max,
            expected.doubt,
          ]);
      });
      log.close();
    }
    expect(unknown).toBeGreaterThan(50);
    whole.close();
  }));

test("points that are not there are known nowhere, and others are not disturbed", () =>
  withDirectory(async (directory) => {
    const watch = record(directory, 4);
    const log = opened(directory);
    const points = [
      { ...watched, row: 40 },
      { ...watched, metric: "nothing" },
      watched,
      { className: "meter", row: 0, metric: "activePower" },
    ] as const;
    const answer = await new SeriesReader(log).read({
      points,
      fromMs: log.startMs,
      toMs: log.endMs,
      maxPoints: 50,
    });
    expect(answer).toHaveLength(4);
    for (const i of [0, 1, 3]) {
      expect(new Set(answer[i]!.last)).toEqual(new Set([null]));
      expect(new Set(answer[i]!.doubt)).toEqual(new Set([4]));
    }
    compare(answer[2]!, watch);
    log.close();
  }));

test("a read that is given up ends", () =>
  withDirectory(async (directory) => {
    record(directory, 6);
    const log = opened(directory);
    const controller = new AbortController();
    const reading = new SeriesReader(log).read(
      { points: [watched], fromMs: log.startMs, toMs: log.endMs, maxPoints: 50 },
      controller.signal,
    );
    controller.abort(new Error("newer"));
    await expect(reading).rejects.toThrow("newer");
    log.close();
  }));

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Series } from "#feed/contract/replay.ts";
import { type Log, openLog } from "#feed/log/log.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { createRandom, withDirectory } from "#feed/log/recording.fixture.ts";
import { bucketOf, WatchedRecording, watched } from "#feed/log/series/series.fixture.ts";
import { SeriesReader } from "#feed/log/series/series-reader.ts";
import { Sidecars } from "./sidecars.ts";

const opened = (directory: string): Log => {
  const log = openLog([directory]);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

const built = async (log: Pick<Log, "files">, sidecars = new Sidecars({ cacheDirectory: null })) => {
  const progress: number[] = [];
  for await (const step of sidecars.build(log, new AbortController().signal)) progress.push(step.progress);
  return { sidecars, progress };
};

/** Several files of many minutes, with a stop and a standstill. */
const record = (directory: string, seed: number): WatchedRecording => {
  const watch = new WatchedRecording(directory, seed, 400_000);
  watch.walk(900);
  watch.pause(200, true);
  watch.walk(300);
  watch.pause(35, false);
  watch.walk(500);
  watch.recording.writer.close();
  return watch;
};

/** The same log whose chunks nobody may read. */
const sealed = (log: Log): Pick<Log, "files"> => ({
  files: log.files.map((file) => {
    const read = (): never => {
      throw new Error("the recording itself was read");
    };
    const { size, measure, close } = file.bytes;
    return { ...file, bytes: { size, measure, close, read } };
  }),
});

/** Buckets of a series by their first moment, without those in which one file goes over into the next. */
const within = (series: Series, files: readonly LogFile[]) =>
  series.min.flatMap((min, i) => {
    const fromMs = series.fromMs + i * series.stepMs;
    const toMs = fromMs + series.stepMs;
    const isBetween = files.some(({ index }) => {
      const startMs = index.timeMs[0]!;
      return startMs - 1000 < toMs && startMs >= fromMs;
    });
    if (isBetween) return [];
    return [{ fromMs, toMs, min, max: series.max[i], last: series.last[i], doubt: series.doubt[i] }];
  });

test("curves out of sidecars are what a walk through all seconds finds, whatever the width of the buckets", () =>
  withDirectory(async (directory) => {
    const watch = record(directory, 11);
    const log = opened(directory);
    expect(log.files.length).toBeGreaterThan(4);
    const { sidecars, progress } = await built(
      log,
      new Sidecars({ cacheDirectory: null, mostBytes: 200_000 }),
    );
    // How often it is told goes by the clock: on a fast machine seldom.
    for (const share of progress) expect(share > 0 && share <= 1).toBe(true);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const reader = new SeriesReader(sealed(log), sidecars);
    const at = fc.double({ min: -0.1, max: 1.1, noNaN: true });
    const spanMs = log.endMs - log.startMs;
    await fc.assert(
      fc.asyncProperty(at, at, fc.integer({ min: 2, max: 60 }), async (one, other, maxPoints) => {
        const fromMs = log.startMs + Math.min(one, other) * spanMs;
        // Widths of ten seconds and more.
        const toMs = Math.max(log.startMs + Math.max(one, other) * spanMs, fromMs + 10_000 * maxPoints);
        const [series] = await reader.read({ points: [watched], fromMs, toMs, maxPoints });
        for (const { fromMs: from, toMs: to, ...found } of within(series!, log.files))
          expect(found).toEqual(bucketOf(watch, from, to));
      }),
      { numRuns: 60, seed: 3 },
    );
    log.close();
  }));

test("a spike of one second, and the mean beside it, at every width", () =>
  withDirectory(async (directory) => {
    const watch = new WatchedRecording(directory, 5, 3_600_000);
    for (let second = 0; second < 700; second++) watch.put(second === 333 ? 95.5 : second < 350 ? 20 : 30);
    watch.recording.writer.close();
    const log = opened(directory);
    const { sidecars } = await built(log);
    for (const maxPoints of [2, 3, 12, 70]) {
      const ask = { points: [watched], fromMs: log.startMs, toMs: log.endMs, maxPoints };
      const [series] = await new SeriesReader(sealed(log), sidecars).read(ask);
      expect(Math.max(...series!.max.map((max) => max ?? 0))).toBe(95.5);
      expect(series!.doubt).not.toContain(4);
    }
    const [point] = sidecars.of(log.files[0]!)!.read([watched], 600_000);
    const { curve, cut, scale } = point!;
    const startMs = (cut.first + 1) * cut.stepMs;
    const seconds = (startMs - log.startMs) / 1000;
    const expected = (350 * 20 + 75.5 + (seconds - 350) * 30) / seconds;
    // Values come within their second, and means are kept to half a step.
    expect(Math.abs(curve.mean[0]! / scale.perUnit - expected)).toBeLessThan(0.3);
    log.close();
  }));

test("a torn, flipped or foreign sidecar is noticed, answered without, and built anew", () =>
  withDirectory(async (directory) => {
    const watch = record(directory, 12);
    const log = opened(directory);
    await built(log);
    const [file] = log.files as [LogFile];
    const path = `${file.path}.series`;
    const whole = new Uint8Array(readFileSync(path));
    const random = createRandom(2);
    const ask = { points: [watched], fromMs: log.startMs, toMs: log.startMs + 390_000, maxPoints: 39 };
    const expected = within((await new SeriesReader(log).read(ask))[0]!, log.files);
    expect(expected[3]).toMatchObject(bucketOf(watch, expected[3]!.fromMs, expected[3]!.toMs));
    for (let i = 0; i < 120; i++) {
      const bytes = i % 2 === 0 ? whole.slice(0, Math.floor(random() * whole.length)) : whole.slice();
      if (i % 2 === 1) bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
      writeFileSync(path, bytes);
      const [series] = await new SeriesReader(log, new Sidecars({ cacheDirectory: null })).read(ask);
      expect(within(series!, log.files)).toEqual(expected);
    }
    writeFileSync(path, readFileSync(`${log.files[1]!.path}.series`));
    expect(new Sidecars({ cacheDirectory: null }).of(file)).toBeNull();
    await built(log);
    expect(new Uint8Array(readFileSync(path))).toEqual(whole);
    log.close();
  }));

test("where nothing can be written beside the recording, it goes into the cache", () =>
  withDirectory(async (directory) => {
    record(directory, 13);
    const log = opened(directory);
    for (const { path } of log.files) mkdirSync(`${path}.series.part`);
    const nowhere = await built(log);
    expect(log.files.map((file) => nowhere.sidecars.of(file))).toEqual(log.files.map(() => null));
    const cacheDirectory = join(directory, "a", "cache");
    const { sidecars } = await built(log, new Sidecars({ cacheDirectory }));
    expect(readdirSync(cacheDirectory)).toHaveLength(log.files.length);
    const ask = { points: [watched], fromMs: log.startMs, toMs: log.endMs, maxPoints: 40 };
    const [series] = await new SeriesReader(sealed(log), sidecars).read(ask);
    expect(series!.last.filter((last) => last !== null).length).toBeGreaterThan(20);
    log.close();
  }));

test("a build that is given up leaves nothing unfinished behind", () =>
  withDirectory(async (directory) => {
    record(directory, 14);
    const log = opened(directory);
    const controller = new AbortController();
    let steps = 0;
    for await (const _ of new Sidecars({ cacheDirectory: null, mostBytes: 50_000 }).build(
      log,
      controller.signal,
    )) {
      steps++;
      controller.abort();
    }
    expect(steps).toBe(1);
    const names = readdirSync(directory);
    expect(names.filter((name) => name.endsWith(".part"))).toEqual([]);
    // What was whole by then stays.
    expect(names.filter((name) => name.endsWith(".series")).length).toBeLessThan(log.files.length);
    log.close();
  }));

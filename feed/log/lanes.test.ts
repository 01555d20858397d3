import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { alarmPriorities, type LogLanes } from "#feed/contract/replay.ts";
import { stampCell } from "#feed/tables/class-table.ts";
import type { Limit } from "#twins/alarm/limit.ts";
import { AlarmWatch, type Ladder } from "#twins/alarm/watch.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Freshness, isUsable, withFreshness } from "#twins/model/quality.ts";
import type { AssetRef, AssetTable, Twin } from "#twins/model/twin.ts";
import { Lanes } from "./lanes.ts";
import { type Log, openLog } from "./log.ts";
import { createRandom, Recording, withDirectory } from "./recording.fixture.ts";
import { chunkKind } from "./seek-index.ts";
import { cellValue } from "./state.ts";

const racks = 60;
const meters = 9;

/** Racks 0–19 stand in b1, 20–39 in b2, the others in zone z; the meters in no zone. */
const twin = {
  table: (className: ClassName) => {
    const counts: Partial<Record<ClassName, number>> = { rack: racks, meter: meters, building: 2, zone: 1 };
    return { count: counts[className] ?? 0 } as AssetTable;
  },
  rangeBelow: ({ className, row }: AssetRef, child: ClassName) => {
    if (child !== "rack") return null;
    return className === "zone" ? ([0, racks] as const) : ([row * 20, row * 20 + 20] as const);
  },
  idOf: ({ className, row }: AssetRef) => (className === "zone" ? "z" : `${className}${row + 1}`),
} as Twin;

const placeOf = (className: ClassName, row: number): string => {
  if (className !== "rack") return "site";
  return row < 40 ? `building${Math.floor(row / 20) + 1}` : "z";
};

const bound = (className: ClassName, metric: string, extra: Partial<Limit>): Limit =>
  ({
    id: JSON.stringify([className, metric, extra]),
    className,
    metric,
    kind: "high",
    priority: "low",
    deadband: 0.3,
    onDelayMs: 0,
    offDelayMs: 0,
    source: "test",
    ...extra,
  }) as Limit;

/** Numbers around what a recording by chance comes to. */
const limits: readonly Limit[] = [
  bound("rack", "inletTemperature", { at: 20.4, onDelayMs: 3000 }),
  bound("rack", "inletTemperature", { at: 21.2, priority: "critical", offDelayMs: 2000 }),
  bound("rack", "load", { kind: "low", at: 19.1, priority: "high" }),
  bound("meter", "powerFactor", { at: 20.004, priority: "medium", deadband: 0.001, onDelayMs: 20_000 }),
];

interface Interval {
  readonly place: string;
  readonly priority: string;
  readonly fromMs: number;
  toMs: number;
}

/** Alarms by looking at every cell of every second anew: no walk, no changes, no buckets. */
const intervalsOf = (log: Log): { readonly intervals: readonly Interval[]; readonly begins: number } => {
  const intervals: Interval[] = [];
  const open = new Map<string, Interval>();
  let begins = 0;
  let current = "";
  const rowsOf = (className: ClassName) => twin.table(className).count;
  const watch = new AlarmWatch(limits, rowsOf, ({ row, before, now, isWorse, timeMs }) => {
    const key = `${current} ${row} ${(now ?? before)!.className}.${(now ?? before)!.metric}`;
    const ended = open.get(key);
    if (ended) ended.toMs = timeMs;
    open.delete(key);
    if (!now) return;
    if (isWorse) begins++;
    const interval: Interval = {
      place: placeOf(now.className, row),
      priority: now.priority,
      fromMs: timeMs,
      toMs: log.endMs + 1,
    };
    open.set(key, interval);
    intervals.push(interval);
  });
  const seconds = new Set(log.files.flatMap(({ index }) => [...index.timeMs]));
  let knownMs = Number.NEGATIVE_INFINITY;
  for (const timeMs of seconds) {
    const state = log.stateAt(timeMs)!;
    if (state.asOfMs > knownMs && state.asOfMs < timeMs) knownMs = state.asOfMs;
    if (timeMs - knownMs > 15_000 && knownMs > 0) watch.forget(knownMs);
    if (state.asOfMs !== timeMs) continue;
    knownMs = timeMs;
    watch.settle(timeMs);
    for (const ladder of watch.ladders) {
      const of = state.classes.find(({ layout }) => layout.name === ladder.className)!;
      current = "";
      takeAll(watch, ladder, (row) => {
        const cell = metricIndex(ladder.className, ladder.metric) * of.layout.rows + row;
        return isUsable(of.status[cell]!) ? cellValue(of, cell) : Number.NaN;
      });
    }
  }
  return { intervals, begins };
};

const takeAll = (watch: AlarmWatch, ladder: Ladder, numberAt: (row: number) => number): void => {
  for (let row = 0; row < ladder.level.length; row++) watch.take(ladder, row, numberAt(row));
};

const expectAlarms = (told: LogLanes, intervals: readonly Interval[]): void => {
  const { fromMs, toMs, buckets } = told;
  const stepMs = (toMs - fromMs) / buckets;
  const expected: [string, number[]][] = [];
  for (const place of ["site", "z", "building1", "building2"])
    for (const priority of alarmPriorities) {
      const own = intervals.filter((each) => each.place === place && each.priority === priority);
      const countAt = (timeMs: number): number =>
        own.filter((each) => each.fromMs <= timeMs && timeMs < each.toMs).length;
      const counts = Array.from({ length: buckets }, (_, i) => {
        const startMs = fromMs + i * stepMs;
        const changes = own.flatMap((each) => [each.fromMs, each.toMs]);
        const within = changes.filter((timeMs) => timeMs > startMs && timeMs < fromMs + (i + 1) * stepMs);
        return Math.max(countAt(startMs), ...within.map(countAt));
      });
      if (counts.some((count) => count > 0)) expected.push([`${place} ${priority}`, counts]);
    }
  expect(told.alarms.map(({ place, priority, count }) => [`${place} ${priority}`, count])).toEqual(expected);
};

const read = (log: Log): Lanes => {
  const lanes = new Lanes(log, twin, limits);
  while (lanes.step());
  return lanes;
};

const opened = (path: string): Log => {
  const log = openLog([path]);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

/** Three files, a pause within one of them, and one between two. Some values go stale where they are. */
const recorded = (directory: string, seed: number, { share = 0.05, pauseAt = 60 } = {}): void => {
  const recording = new Recording(directory, {
    counts: { rack: racks, meter: meters },
    roll: { bytes: 2 ** 30, ms: 90_000 },
    seed,
  });
  for (let second = 0; second < 200; second++) {
    if (second === pauseAt) recording.timeMs += 20_000;
    if (second === 140) recording.timeMs += 400_000;
    const table = recording.tables.of("rack");
    for (let cell = second % 7; cell < table.status.length; cell += 97) {
      table.status[cell] = withFreshness(table.status[cell]!, Freshness.stale);
      stampCell(recording.tables, table, cell);
    }
    recording.second(share, second % 50 === 20 ? [{ code: "tick" }] : []);
  }
  recording.writer.close();
};

test("alarms at any zoom are those of every second looked at anew", () =>
  withDirectory((directory) => {
    recorded(directory, 3);
    const log = opened(directory);
    expect(log.files.length).toBe(3);
    const lanes = read(log);
    const { intervals, begins } = intervalsOf(log);
    expect(intervals.length).toBeGreaterThan(100);
    const random = createRandom(8);
    for (let i = 0; i < 60; i++) {
      const fromMs = Math.round(log.startMs - 20_000 + random() * 600_000);
      const told = lanes.lanes({
        fromMs,
        toMs: fromMs + 1 + Math.round(random() ** 3 * 900_000),
        buckets: 1 + Math.floor(random() * 40),
      });
      expect(told.isComplete).toBe(true);
      expectAlarms(told, intervals);
    }
    const events = lanes.events({ fromMs: log.startMs, toMs: log.endMs, limit: 100_000 });
    const alarms = events.filter(({ code }) => code === "alarm");
    const counted = alarms.reduce((sum, { detail }) => sum + (detail["count"] as number), 0);
    expect(counted).toBe(begins);
    expect(events.filter(({ code }) => code === "tick")).toHaveLength(4);
    expect(events.map(({ timeMs }) => timeMs)).toEqual(
      events.map(({ timeMs }) => timeMs).toSorted((a, b) => a - b),
    );
    const some = events[Math.floor(events.length / 2)]!;
    const next = lanes.events({ fromMs: some.timeMs + 1, toMs: log.endMs, limit: 3 });
    expect(next).toEqual(events.filter(({ timeMs }) => timeMs > some.timeMs).slice(0, 3));
    expect(alarms[0]!.about).toMatch(/^rack\d+$|^meter\d+$/);
    log.close();
  }));

test("over holes nothing is made up", () =>
  withDirectory((directory) => {
    recorded(directory, 5, { share: 0.004, pauseAt: 20 });
    const whole = opened(directory).files[0]!;
    const bytes = new Uint8Array(readFileSync(whole.path));
    const random = createRandom(2);
    const path = join(directory, "torn.mcap");
    for (let i = 0; i < 12; i++) {
      const torn = bytes.slice();
      const damage = (chunk: number): void => {
        torn[whole.index.offset[chunk]! + Math.floor(whole.index.bytes[chunk]! * 0.8)]! ^= 0x11;
      };
      for (let flips = 0; flips < 2; flips++) damage(Math.floor(random() * whole.index.count));
      // Sometimes the keys that would end a hole soon, too.
      const long = i % 2 === 0 ? 2 + Math.floor(random() * (whole.index.count - 4)) : whole.index.count;
      if (i % 2 === 0) damage(long);
      for (let chunk = long; chunk < Math.min(long + 25, whole.index.count); chunk++)
        if ((whole.index.kind[chunk]! & chunkKind.key) !== 0) damage(chunk);
      writeFileSync(path, torn);
      const log = opened(path);
      const told = read(log).lanes({ fromMs: log.startMs, toMs: log.endMs + 1, buckets: 110 });
      expectAlarms(told, intervalsOf(log).intervals);
      log.close();
    }
  }));

test("a log that grows is read on, and is incomplete until it is", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory, {
      counts: { rack: racks, meter: meters },
      roll: { bytes: 2 ** 30, ms: 40_000 },
      seed: 6,
    });
    for (let second = 0; second < 10; second++) recording.second(0.05);
    const log = opened(directory);
    const lanes = new Lanes(log, twin, limits);
    const ask = { fromMs: log.startMs, toMs: log.startMs + 120_000, buckets: 100 };
    expect(lanes.lanes(ask).isComplete).toBe(false);
    while (lanes.step());
    expect(lanes.lanes(ask).isComplete).toBe(true);
    for (let second = 0; second < 90; second++) {
      recording.second(0.05);
      if (second % 7 !== 0) continue;
      log.refresh();
      expect(lanes.lanes(ask).isComplete).toBe(false);
      while (lanes.step());
    }
    recording.writer.close();
    log.refresh();
    while (lanes.step());
    expect(lanes.progress).toBe(1);
    expectAlarms(lanes.lanes(ask), intervalsOf(log).intervals);
    log.close();
  }));

test("coverage, freshness, drops and faults by bucket", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory, { counts: { rack: 3 } });
    const startMs = recording.timeMs + 1000;
    const quality = (fresh: number, drops: number, faults: number) => ({
      points: { known: 10, fresh, late: 1, stale: 9 - fresh },
      drops: { queue: drops, size: 1 },
      faults: { late: faults },
    });
    const told = [quality(9, 5, 0), quality(4, 5, 2), quality(9, 9, 3), quality(8, 1, 3)];
    for (let second = 0; second < 40; second++)
      recording.second(0.1, [], second % 10 === 0 ? told[second / 10]! : null);
    recording.timeMs += 100_000;
    recording.second(0.1, [], quality(9, 50, 50));
    recording.second(0.1);
    recording.writer.close();
    const log = opened(directory);
    const lanes = read(log);
    const wide = lanes.lanes({ fromMs: startMs - 20_000, toMs: startMs + 40_000, buckets: 3 });
    expect(wide.covered).toEqual([0, 1, 0.95]);
    expect(wide.fresh).toEqual([null, 0.5, 0.9]);
    // Totals before the first message are nobody's; they may begin again from nothing.
    expect(wide.drops).toEqual([0, 0, 4 + 2]);
    expect(wide.faults).toEqual([0, 2, 1]);
    const narrow = lanes.lanes({ fromMs: startMs + 5000, toMs: startMs + 15_000, buckets: 10 });
    expect(narrow.fresh).toEqual([1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5]);
    const pause = lanes.lanes({ fromMs: startMs + 50_000, toMs: startMs + 150_000, buckets: 2 });
    expect(pause).toMatchObject({ fresh: [null, 1], drops: [0, 0], faults: [0, 0] });
    expect(pause.covered[0]).toBe(0);
    log.close();
  }));

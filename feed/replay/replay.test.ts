import { expect, test } from "vitest";
import { openLog } from "#feed/log/log.ts";
import { createRandom, Recording, stateHash, tableHash, withDirectory } from "#feed/log/recording.fixture.ts";
import { tablesOf } from "#feed/log/tables.fixture.ts";
import { type ClassTable, stampCell } from "#feed/tables/class-table.ts";
import { Freshness, freshnessOf } from "#twins/model/quality.ts";
import { Replay } from "./replay.ts";

const counts = { rack: 300, meter: 20, crah: 40 } as const;

const opened = (...paths: readonly string[]) => {
  const log = openLog(paths);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

const replayOf = (log: ReturnType<typeof opened>) => {
  const tables = tablesOf(counts);
  const logged = tables.all.filter(({ status }) => status.length > 0);
  return { tables, logged, replay: new Replay({ log, tables, isGrowing: false }) };
};

test("what is shown after a seek, and after playing either way, is what the log says of that moment", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory, { counts, roll: { bytes: 2 ** 30, ms: 40_000 } });
    for (let second = 0; second < 130; second++) recording.second(second % 50 === 7 ? 0.9 : 0.05);
    recording.writer.close();
    const log = opened(directory);
    expect(log.files).toHaveLength(4);
    const { logged, replay } = replayOf(log);
    const random = createRandom(3);
    const span = log.endMs - log.startMs;
    const isShown = () => expect(tableHash(logged)).toBe(stateHash(log.stateAt(replay.cursorMs)!.classes));
    for (let i = 0; i < 20; i++) {
      replay.control({ seekMs: log.startMs + Math.floor(random() * span), isPlaying: false }, 0);
      isShown();
      const speed = (random() < 0.5 ? -1 : 1) * (1 + 40 * random());
      replay.control({ speed, isPlaying: true }, 0);
      for (let nowMs = 100; nowMs < 1000; nowMs += 100) replay.step(nowMs);
      replay.control({ isPlaying: false }, 1000);
      isShown();
    }
    log.close();
  }));

/** Writes a spike of one second into one cell. */
const spike = (recording: Recording, table: ClassTable, cell: number): void => {
  const before = table.value[cell]!;
  table.value[cell] = before + 5000;
  table.receivedTimeMs[cell] = recording.timeMs + 900;
  table.sampleTimeMs[cell] = recording.timeMs + 900;
  stampCell(recording.tables, table, cell);
  recording.second(0);
  table.value[cell] = before;
  table.receivedTimeMs[cell] = recording.timeMs + 900;
  table.sampleTimeMs[cell] = recording.timeMs + 900;
  stampCell(recording.tables, table, cell);
  recording.second(0);
};

test.each([1000, -1000])("at %d× no spike of one second falls between two frames", (speed) =>
  withDirectory((directory) => {
    const recording = new Recording(directory, { counts });
    const racks = recording.tables.of("rack");
    for (let cell = 0; cell < racks.value.length; cell++) {
      racks.value[cell] = 20;
      racks.status[cell] = 7;
      stampCell(recording.tables, racks, cell);
    }
    const planted: number[] = [];
    for (let i = 0; i < 300; i++) {
      if (i % 10 === 3) {
        const cell = (i * 7) % racks.value.length;
        planted.push(cell);
        spike(recording, racks, cell);
      } else recording.second(0);
    }
    recording.writer.close();
    const log = opened(directory);
    const { tables, replay } = replayOf(log);
    const shown = tables.of("rack");
    const seen = new Set<number>();
    replay.control({ seekMs: speed > 0 ? log.startMs : log.endMs, speed, isPlaying: true }, 0);
    for (let nowMs = 33; nowMs < 1500; nowMs += 33) {
      replay.step(nowMs);
      for (const cell of planted) if (shown.value[cell]! > 4000) seen.add(cell);
    }
    expect(seen.size).toBe(planted.length);
    expect(replay.state.isPlaying).toBe(false);
    expect(planted.some((cell) => shown.value[cell]! > 4000)).toBe(false);
    log.close();
  }),
);

test("in a pause of the recording what was known is stale, and the pause is told", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory, { counts });
    for (let second = 0; second < 5; second++) recording.second(0.5);
    const beforeMs = recording.timeMs;
    recording.timeMs += 60_000;
    for (let second = 0; second < 5; second++) recording.second(0.5);
    recording.writer.close();
    const log = opened(directory);
    const { logged, replay } = replayOf(log);
    replay.control({ seekMs: beforeMs + 20_000 }, 0);
    expect(replay.state).toMatchObject({
      gap: { fromMs: beforeMs, toMs: beforeMs + 61_000 },
      asOfMs: beforeMs,
    });
    const freshness = () => [
      ...new Set(
        logged.flatMap(({ status }) => [...status].map((each) => freshnessOf(each)).filter(Boolean)),
      ),
    ];
    expect(freshness()).toEqual([Freshness.stale]);
    replay.control({ seekMs: recording.timeMs }, 0);
    expect(replay.state.gap).toBeNull();
    expect(freshness()).toContain(Freshness.fresh);
    log.close();
  }));

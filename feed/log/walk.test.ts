import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openLog } from "./log.ts";
import type { LogFile } from "./log-file.ts";
import { createRandom, Recording, stateHash, withDirectory } from "./recording.fixture.ts";
import { chunkAt } from "./seek-index.ts";
import { LogWalk } from "./walk.ts";

const opened = (path: string) => {
  const log = openLog([path]);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

/** A recording of three small files. */
const recorded = (directory: string): void => {
  const recording = new Recording(directory, {
    counts: { rack: 60, meter: 9 },
    roll: { bytes: 2 ** 30, ms: 40_000 },
  });
  for (let second = 0; second < 110; second++)
    recording.second(second % 15 === 7 ? 0.9 : 0.05, second % 9 === 2 ? [{ code: `e${second}` }] : []);
  recording.writer.close();
};

test("a walk that goes on, back, and into other files is where a seek of its own would be", () =>
  withDirectory((directory) => {
    recorded(directory);
    const log = opened(directory);
    const walk = new LogWalk();
    const step = fc.record({
      file: fc.integer({ min: 0, max: log.files.length - 1 }),
      to: fc.double({ min: 0, max: 1, noNaN: true }),
      isSeek: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        for (const { file: at, to, isSeek } of steps) {
          const file = log.files[at]!;
          const { timeMs, count } = file.index;
          const end = timeMs[Math.floor(to * (count - 1))]!;
          if (isSeek) walk.seek(file, chunkAt(file.index, end));
          else walk.advance(file, chunkAt(file.index, end));
          const expected = opened(file.path).stateAt(end)!;
          expect([walk.asOfMs, walk.isWhole]).toEqual([expected.asOfMs, true]);
          expect(stateHash(walk.states)).toBe(stateHash(expected.classes));
        }
      }),
      { numRuns: 30, seed: 4 },
    );
    log.close();
  }));

test("over damage it stands still until the next key, and says so", () =>
  withDirectory((directory) => {
    recorded(directory);
    const whole = opened(directory).files[0]!;
    const bytes = new Uint8Array(readFileSync(whole.path));
    const random = createRandom(3);
    const path = join(directory, "torn.mcap");
    let holes = 0;
    for (let i = 0; i < 40; i++) {
      const torn = bytes.slice();
      const chunk = 3 + Math.floor(random() * (whole.index.count - 4));
      torn[whole.index.offset[chunk]! + Math.floor(whole.index.bytes[chunk]! * 0.8)]! ^= 0x11;
      writeFileSync(path, torn);
      const log = opened(path);
      const [file] = log.files as [LogFile];
      const walk = new LogWalk();
      for (const second of new Set(file.index.timeMs)) {
        walk.advance(file, chunkAt(file.index, second));
        const expected = log.stateAt(second)!;
        expect(walk.asOfMs).toBe(expected.asOfMs);
        expect(walk.isWhole).toBe(expected.asOfMs === second);
        expect(stateHash(walk.states)).toBe(stateHash(expected.classes));
        if (!walk.isWhole) holes++;
      }
      log.close();
    }
    expect(holes).toBeGreaterThan(50);
  }));

test("what it tells on the way is all there is to know", () =>
  withDirectory((directory) => {
    recorded(directory);
    const log = opened(directory);
    const shadow = new Map<object, Float64Array>();
    const texts: string[] = [];
    let keys = 0;
    const walk: LogWalk = new LogWalk({
      onKey: () => {
        keys++;
        for (const state of walk.states) shadow.set(state, state.steps.slice());
      },
      onSegment: (state, { column, firstRow, rows, count }) => {
        for (let i = 0; i < count; i++) {
          const cell = column * state.layout.rows + firstRow + rows[i]!;
          shadow.get(state)![cell] = state.steps[cell]!;
        }
      },
      onText: (_channel, payload) => texts.push(JSON.parse(new TextDecoder().decode(payload)).code),
    });
    for (const file of log.files)
      for (let chunk = 0; chunk < file.index.count; chunk += 7) {
        walk.advance(file, Math.min(chunk + 6, file.index.count - 1));
        for (const state of walk.states) expect(shadow.get(state)).toEqual(state.steps);
      }
    expect(keys).toBe(log.files.length);
    expect(texts).toEqual(log.events(log.startMs, log.endMs).map(({ code }) => code));
    log.close();
  }));

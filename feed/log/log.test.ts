import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { expect, test } from "vitest";
import { stampCell } from "#feed/tables/class-table.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { fromSteps, scaleOf } from "./layout.ts";
import { openLog } from "./log.ts";
import { createRandom, Recording, stateHash, tableHash, withDirectory } from "./recording.fixture.ts";
import { cellValue } from "./state.ts";

const opened = (...paths: readonly string[]) => {
  const log = openLog(paths);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

test(
  "the state at any second is what the tables were, across keys and files",
  () =>
    withDirectory((directory) => {
      const recording = new Recording(directory, { roll: { bytes: 2 ** 30, ms: 90_000 } });
      const hashes = new Map<number, string>();
      for (let second = 0; second < 200; second++) {
        recording.second(second % 50 === 7 ? 0.9 : 0.02);
        hashes.set(recording.timeMs, tableHash(recording.logged));
      }
      recording.writer.close();
      const log = opened(directory);
      expect(log.files).toHaveLength(3);
      expect(log.problems).toEqual([]);
      expect(log.coverage()).toEqual([{ fromMs: log.startMs, toMs: recording.timeMs }]);
      const random = createRandom(5);
      const times = [...hashes.keys()];
      for (let i = 0; i < 100; i++) {
        const timeMs = times[Math.floor(random() * times.length)]!;
        const state = log.stateAt(timeMs)!;
        expect(state.asOfMs).toBe(timeMs);
        expect(stateHash(state.classes)).toBe(hashes.get(timeMs));
      }
      expect(log.stateAt(log.startMs - 1)).toBeNull();
      const after = log.stateAt(recording.timeMs + 60_000)!;
      expect(after.asOfMs).toBe(recording.timeMs);
      expect(stateHash(after.classes)).toBe(hashes.get(recording.timeMs));
      log.close();
    }),
  60_000,
);

test("what is computed shows from the second it was logged in on, though its inputs were there before", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory, { counts: { rack: 3, room: 2 } });
    const table = recording.tables.of("room");
    const cell = metricIndex("room", "inletMax");
    const write = (value: number, timeMs: number): void => {
      table.value[cell] = value;
      table.status[cell] = 7;
      table.sampleTimeMs[cell] = timeMs;
      table.receivedTimeMs[cell] = timeMs;
      stampCell(recording.tables, table, cell);
    };
    write(20, recording.timeMs);
    recording.second(0);
    const firstMs = recording.timeMs;
    write(30, firstMs - 400);
    recording.second(0);
    recording.second(0.5);
    recording.writer.close();
    const log = opened(directory);
    const shownAt = (timeMs: number): number => {
      const state = log.stateAt(timeMs)!.classes.find(({ layout }) => layout.name === "room")!;
      return cellValue(state, cell * table.rows);
    };
    expect([0, 1, 999, 1000].map((afterMs) => shownAt(firstMs + afterMs))).toEqual([20, 20, 20, 30]);
    log.close();
  }));

test("between two seconds, nothing shows that was received later", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory);
    for (let second = 0; second < 5; second++) recording.second(0.5);
    recording.writer.close();
    const log = opened(directory);
    const betweenMs = recording.timeMs - 500;
    const received = (timeMs: number): Float64Array[] =>
      log.stateAt(timeMs)!.classes.map(({ receivedTimeMs }) => receivedTimeMs.slice());
    const before = received(recording.timeMs - 1000);
    const between = received(betweenMs);
    const after = received(recording.timeMs);
    let taken = 0;
    for (const [index, times] of between.entries()) {
      for (const [cell, timeMs] of times.entries()) {
        const expected = after[index]![cell]! <= betweenMs ? after[index]![cell]! : before[index]![cell]!;
        if (timeMs !== expected) throw new Error(`cell ${cell}: received ${timeMs}, expected ${expected}`);
        if (timeMs !== before[index]![cell]) taken++;
      }
    }
    expect(taken).toBeGreaterThan(1000);
    log.close();
  }));

test("a range has every logged value of its point, and the one before", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory, { roll: { bytes: 2 ** 30, ms: 20_000 } });
    const table = recording.tables.of("rack");
    const [row, column] = [1234, 2];
    const cell = row * table.columns + column;
    const scale = scaleOf({ id: "", unit: "", resolution: 0.1 });
    const told: [number, number][] = [];
    for (let second = 0; second < 60; second++) {
      const before = table.receivedTimeMs[cell];
      recording.second(0.3);
      if (table.receivedTimeMs[cell] !== before)
        told.push([
          Math.floor(table.receivedTimeMs[cell]!),
          fromSteps(Math.round(table.value[cell]! * 10), scale),
        ]);
    }
    recording.writer.close();
    const log = opened(directory);
    const fromMs = told[4]![0] + 1;
    const toMs = told.at(-3)![0];
    const found = log.range({ className: "rack", row, metric: "inletTemperature", fromMs, toMs });
    expect(found.receivedTimeMs.map((timeMs, i) => [timeMs, found.value[i]])).toEqual(told.slice(4, -2));
    log.close();
  }));

test("events come back with their times", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory);
    for (let second = 0; second < 30; second++)
      recording.second(0.01, second % 10 === 3 ? [{ code: "source-lost" }, { code: `e${second}` }] : []);
    recording.writer.close();
    const log = opened(directory);
    const all = log.events(log.startMs, log.endMs);
    expect(all.map(({ code }) => code)).toEqual([
      "source-lost",
      "e3",
      "source-lost",
      "e13",
      "source-lost",
      "e23",
    ]);
    expect(log.events(log.startMs + 5000, log.startMs + 15_000).map(({ timeMs }) => timeMs)).toEqual([
      log.startMs + 13_000,
      log.startMs + 13_000,
    ]);
    log.close();
  }));

test("@mcap/core's own readers walk a file, with all checksums", () =>
  withDirectory(async (directory) => {
    const recording = new Recording(directory);
    for (let second = 0; second < 70; second++) recording.second(0.05, [{ code: "tick" }]);
    const path = join(directory, recording.writer.fileName!);
    recording.writer.close();
    const decompressHandlers = {
      zstd: (bytes: Uint8Array, size: bigint) => zstdDecompressSync(bytes, { maxOutputLength: Number(size) }),
    };
    const stream = new McapStreamReader({ decompressHandlers, validateCrcs: true });
    stream.append(readFileSync(path));
    const counts: Record<string, number> = {};
    for (let record = stream.nextRecord(); record; record = stream.nextRecord())
      counts[record.type] = (counts[record.type] ?? 0) + 1;
    expect(stream.done()).toBe(true);
    expect(counts["Attachment"]).toBe(2);
    const file = await open(path);
    const reader = await McapIndexedReader.Initialize({
      readable: {
        size: async () => BigInt((await file.stat()).size),
        read: async (offset, size) => {
          const bytes = new Uint8Array(Number(size));
          await file.read(bytes, 0, bytes.length, Number(offset));
          return bytes;
        },
      },
      decompressHandlers,
    });
    let messages = 0;
    for await (const { channelId } of reader.readMessages({ validateCrcs: true }))
      messages += reader.channelsById.has(channelId) ? 1 : 0;
    await file.close();
    expect(messages).toBe(counts["Message"]);
    expect(Number(reader.statistics!.messageCount)).toBe(messages);
    expect([...reader.channelsById.values()].map(({ topic }) => topic)).toContain("state/delta/rack");
  }));

test("a log that is being written is followed: what was half there when it was opened, and the files after it", () =>
  withDirectory((directory) => {
    const recording = new Recording(directory, { roll: { bytes: 2 ** 30, ms: 20_000 } });
    for (let second = 0; second < 4; second++) recording.second(0.2);
    const path = join(directory, recording.writer.fileName!);
    const before = readFileSync(path).length;
    recording.second(0.2);
    const whole = readFileSync(path);
    const copies = join(directory, "copy");
    mkdirSync(copies);
    const copy = join(copies, recording.writer.fileName!);
    // Cut within its last chunk, as a reader may find a file that is written at that moment.
    writeFileSync(copy, whole.subarray(0, before + 100));
    const torn = opened(copies);
    expect(torn.endMs).toBe(recording.timeMs - 1000);
    writeFileSync(copy, whole);
    expect(torn.refresh()).toBe(true);
    expect(torn.endMs).toBe(recording.timeMs);
    expect(torn.files[0]!.mended).toMatchObject({ lostBytes: 0, breaks: [] });
    expect(torn.refresh()).toBe(false);
    torn.close();

    const log = opened(directory);
    for (let second = 0; second < 30; second++) {
      recording.second(0.2);
      expect(log.refresh()).toBe(true);
      expect(log.endMs).toBe(recording.timeMs);
      expect(stateHash(log.stateAt(recording.timeMs)!.classes)).toBe(tableHash(recording.logged));
    }
    expect(log.files).toHaveLength(2);
    recording.writer.close();
    expect(log.refresh()).toBe(true);
    expect(log.files.some(({ isOpen }) => isOpen)).toBe(false);
    rmSync(path);
    log.refresh();
    expect(log.files).toHaveLength(1);
    log.close();
  }));

test.skipIf(process.platform === "win32")("a pipe and a device are refused, and never waited for", () =>
  withDirectory((directory) => {
    const pipe = join(directory, "20260701T040000Z.mcap");
    execFileSync("mkfifo", [pipe]);
    for (const path of [pipe, "/dev/zero"]) {
      const log = openLog([path]);
      expect(log.ok ? null : log.error).toMatchObject({ code: "log-unreadable", file: path });
    }
  }),
);

import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import type { RecordConfig } from "#feed/contract/config.ts";
import type { RecordingStatus } from "#feed/contract/status.ts";
import { openFileSink } from "./file-sink.ts";
import { openLog } from "./log.ts";
import { Recorder } from "./recorder.ts";
import { recordedCampus } from "./recorder-thread.ts";
import { createRandom, Recording, stateHash, tableHash, withDirectory } from "./recording.fixture.ts";
import { deleteOld } from "./retention.ts";
import { type SharedTable, TableSource } from "./snapshot.ts";
import { tablesOf } from "./tables.fixture.ts";

const never = Number.POSITIVE_INFINITY;
const configAt = (directory: string): RecordConfig => ({
  directory,
  roll: { bytes: never, ms: never },
  keep: { bytes: never, ageMs: never },
});

const opened = (directory: string) => {
  const log = openLog([directory]);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

/** A disk that is full after so many bytes, until it is not. */
const smallDisk = (room: number) => {
  const disk = { room };
  return {
    disk,
    openSink: (path: string) => {
      const sink = openFileSink(path);
      return {
        ...sink,
        write: (bytes: Uint8Array): void => {
          const fits = Math.min(bytes.length, disk.room);
          sink.write(bytes.subarray(0, fits));
          disk.room -= fits;
          if (fits < bytes.length)
            throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
        },
      };
    },
  };
};

test(
  "a disk that fills stops the recording, which says so, loses nothing written, and goes on when there is room",
  () =>
    withDirectory((directory) => {
      const random = createRandom(3);
      for (let run = 0; run < 10; run++) {
        const place = join(directory, String(run));
        const { disk, openSink } = smallDisk(Math.floor(20_000 + random() * 300_000));
        const lines: string[] = [];
        const recorder = new Recorder({
          config: configAt(place),
          product: "test",
          log: (line) => lines.push(line),
          openSink,
        });
        const tables = tablesOf({ rack: 300 });
        const table = tables.of("rack");
        recorder.campus(recordedCampus(tables, "{}"));
        const startMs = Date.UTC(2026, 6, 1);
        const hashes = new Map<number, string>();
        const statuses: RecordingStatus[] = [];
        for (let second = 0; second < 125; second++) {
          if (second === 80) disk.room = 2 ** 30;
          const nowMs = startMs + second * 1000;
          for (let cell = 0; cell < table.status.length; cell++) {
            table.value[cell] = Math.round(random() * 500) / 10;
            table.sampleTimeMs[cell] = nowMs - Math.floor(random() * 1000);
            table.receivedTimeMs[cell] = nowMs;
            table.status[cell] = 7;
          }
          table.version[0] = table.version[0]! + 2;
          recorder.tick(nowMs);
          statuses.push(recorder.status);
          if (!recorder.status.stopped) hashes.set(nowMs, tableHash([table]));
        }
        recorder.close();
        const stopped = statuses.filter((each) => each.stopped !== null);
        expect(stopped.length).toBeGreaterThan(0);
        expect(stopped.every((each) => each.stopped!.code === "disk-full")).toBe(true);
        expect(statuses.at(-1)).toMatchObject({ stopped: null, lostSeconds: stopped.length });
        expect(lines.some((line) => line.includes("disk-full"))).toBe(true);
        const log = opened(place);
        expect(log.problems).toEqual([]);
        for (const [timeMs, hash] of hashes) {
          const state = log.stateAt(timeMs)!;
          expect(state.asOfMs).toBe(timeMs);
          expect(stateHash(state.classes)).toBe(hash);
        }
        log.close();
      }
    }),
  60_000,
);

test("old recordings go, by size and by age; the one being written and what is no recording stay", () =>
  withDirectory((directory) => {
    const nowMs = Date.UTC(2026, 6, 10);
    const file = (name: string, bytes: number, ageMs: number): void => {
      writeFileSync(join(directory, name), new Uint8Array(bytes));
      const changed = new Date(nowMs - ageMs);
      utimesSync(join(directory, name), changed, changed);
    };
    const hour = 3_600_000;
    file("20260701T000000Z.mcap", 10, 200 * hour);
    file("20260709T200000Z.mcap", 600, 4 * hour);
    file("20260709T210000Z.mcap", 300, 3 * hour);
    file("20260709T220000Z.mcap", 300, 2 * hour);
    file("20260709T230000Z.mcap", 300, 1 * hour);
    file("notes.txt", 5000, 500 * hour);
    const current = "20260709T230000Z.mcap";
    const deleted = deleteOld(directory, { bytes: 900, ageMs: 48 * hour }, { current, nowMs });
    expect(deleted).toEqual(["20260701T000000Z.mcap", "20260709T200000Z.mcap"]);
    expect(deleteOld(directory, { bytes: 1, ageMs: never }, { current, nowMs })).toHaveLength(2);
    expect(readdirSync(directory).sort()).toEqual([current, "notes.txt"]);
  }));

test("what another thread writes is copied whole, never half", async () => {
  const tables = tablesOf({ rack: 64 });
  const [table] = recordedCampus(tables, "{}").tables as [SharedTable];
  // Every cell gets one number in all its fields, over and over; pauses let a copy through now and then.
  const writer = new Worker(
    `const { workerData: t } = require("node:worker_threads");
     const gate = new Int32Array(new SharedArrayBuffer(4));
     for (let n = 1; ; n = (n % 100000) + 1) {
       Atomics.add(t.version, 0, 1);
       for (let i = 0; i < t.status.length; i++) {
         t.value[i] = n; t.sampleTimeMs[i] = n; t.receivedTimeMs[i] = n; t.status[i] = n & 255;
       }
       Atomics.add(t.version, 0, 1);
       if (n % 16 === 0) Atomics.wait(gate, 0, 0, 1);
     }`,
    { eval: true, workerData: table },
  );
  await once(writer, "online");
  const source = new TableSource(table);
  let copies = 0;
  const endMs = performance.now() + 1500;
  const seen = new Set<number>();
  while (performance.now() < endMs) {
    const copy = source.read(0);
    if (!copy) continue;
    copies++;
    const [n] = copy.value;
    seen.add(n!);
    const isWhole =
      copy.value.every((value) => value === n) &&
      copy.sampleTimeMs.every((timeMs) => timeMs === n) &&
      copy.receivedTimeMs.every((timeMs) => timeMs === n) &&
      copy.status.every((status) => status === (n! & 255));
    if (!isWhole) throw new Error(`a torn copy of ${n}`);
  }
  await writer.terminate();
  expect(copies).toBeGreaterThan(20);
  expect(seen.size).toBeGreaterThan(20);
}, 30_000);

test(
  "a recorder that is killed under load loses one second at most",
  () =>
    withDirectory(async (directory) => {
      const child = fork(new URL("./recorder-process.fixture.ts", import.meta.url), [directory], {
        execArgv: [],
      });
      const [first] = (await once(child, "message")) as [{ recorded: number }];
      expect(first.recorded).toBeGreaterThan(0);
      let lastMs = 0;
      child.on("message", ({ writtenMs }: { writtenMs: number }) => {
        lastMs = writtenMs;
      });
      await new Promise((resolve) => setTimeout(resolve, 3300));
      child.kill("SIGKILL");
      await once(child, "exit");
      const log = opened(directory);
      expect(log.files).toHaveLength(1);
      expect(log.files[0]!.mended).not.toBeNull();
      // The recorder told of this second when it was written; the machine that runs the tests may be slow to let it.
      expect(log.endMs).toBeGreaterThanOrEqual(Math.floor(lastMs));
      const state = log.stateAt(log.endMs)!;
      expect(state.asOfMs).toBe(log.endMs);
      const newest = state.classes[0]!.receivedTimeMs.reduce((a, b) => Math.max(a, b), 0);
      expect(log.endMs - newest).toBeLessThan(1000);
      log.close();
    }),
  30_000,
);

test("a recording that begins twice in a second has two files, and both are read", () =>
  withDirectory((directory) => {
    for (let seed = 1; seed <= 2; seed++) {
      const recording = new Recording(directory, { seed });
      for (let second = 0; second < 3; second++) recording.second(0.5);
      recording.writer.close();
    }
    expect(readdirSync(directory)).toHaveLength(2);
    expect(existsSync(join(directory, "20260701T040001Z-1.mcap"))).toBe(true);
    expect(opened(directory).files).toHaveLength(2);
  }));

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLog } from "./log.ts";
import { Recorder } from "./recorder.ts";
import { recordedCampus } from "./recorder-thread.ts";
import { createRandom, stateHash, tableHash, withDirectory } from "./recording.fixture.ts";
import { tablesOf } from "./tables.fixture.ts";

/** A disk of so many kB, in memory: a real one that really is full. Needs root. */
const mount = (directory: string, kB: number): void => {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kB}k`, "tmpfs", directory], { stdio: "ignore" });
};
const unmount = (directory: string): void => {
  execFileSync("umount", [directory], { stdio: "ignore" });
};
const enlarge = (directory: string): void => {
  execFileSync("mount", ["-o", "remount,size=400m", directory], { stdio: "ignore" });
};

const canMount = await withDirectory((directory) => {
  try {
    mount(directory, 100);
    unmount(directory);
    return true;
  } catch {
    return false;
  }
});

const startMs = Date.UTC(2026, 6, 1);
const disks = 12;

test.skipIf(!canMount)(
  "a disk that is full, whenever that is, loses nothing already written, and has room again later",
  () =>
    withDirectory((directory) => {
      const random = createRandom(11);
      let stops = 0;
      for (let disk = 0; disk < disks; disk++) {
        const place = join(directory, String(disk));
        mkdirSync(place);
        mount(place, 120 + Math.floor(random() * 900));
        try {
          stops += fill(place, random);
        } finally {
          unmount(place);
        }
      }
      expect(stops).toBe(disks);
    }),
  120_000,
);

/** Records until the disk is full and on past it, then makes room. @returns how often it stopped */
const fill = (place: string, random: () => number): number => {
  const never = Number.POSITIVE_INFINITY;
  const recorder = new Recorder({
    config: {
      directory: place,
      roll: { bytes: 150_000, ms: never },
      keep: { bytes: never, ageMs: never },
    },
    product: "test",
    log: () => {},
  });
  const tables = tablesOf({ rack: 300 });
  const table = tables.of("rack");
  recorder.campus(recordedCampus(tables, "{}"));
  const hashes = new Map<number, string>();
  let stops = 0;
  let stoppedFor = 0;
  for (let second = 0; second < 600 && stoppedFor < 80; second++) {
    const nowMs = startMs + second * 1000;
    for (let cell = 0; cell < table.status.length; cell++) {
      table.value[cell] = Math.round(random() * 500) / 10;
      table.sampleTimeMs[cell] = nowMs - Math.floor(random() * 1000);
      table.receivedTimeMs[cell] = nowMs;
      table.status[cell] = 7;
    }
    table.version[0] = table.version[0]! + 2;
    recorder.tick(nowMs);
    const { stopped } = recorder.status;
    if (stopped) {
      expect(stopped.code).toBe("disk-full");
      if (stoppedFor++ === 0) stops++;
      if (stoppedFor === 20) enlarge(place);
    } else {
      hashes.set(nowMs, tableHash([table]));
      if (stoppedFor > 0) break;
    }
  }
  recorder.close();
  const log = openLog([place]);
  if (!log.ok) throw new Error(log.error.message);
  // It stopped, and went on once there was room.
  expect([...hashes.keys()].at(-1)).toBe(log.value.endMs);
  for (const [timeMs, hash] of hashes) {
    const state = log.value.stateAt(timeMs)!;
    expect(state.asOfMs).toBe(timeMs);
    expect(stateHash(state.classes)).toBe(hash);
  }
  log.value.close();
  return stops;
};

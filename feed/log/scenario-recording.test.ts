import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { SessionConfig } from "#feed/contract/config.ts";
import { createCore } from "#feed/ingest/core.ts";
import type { PlantReply } from "#feed/plant/process.ts";
import { readScenario } from "#feed/plant/scenario-file.ts";
import { testSession } from "#feed/session.fixture.ts";
import type { ClassTable } from "#feed/tables/class-table.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { openLog } from "./log.ts";
import { startRecorder } from "./recorder-thread.ts";
import { createRandom, stateHash, tableHash, withDirectory } from "./recording.fixture.ts";

const never = Number.POSITIVE_INFINITY;
const feedFolder = join(import.meta.dirname, "..");
const file = join(feedFolder, "..", "twins", "horinger", "scenarios", "sag-trips-chillers.json");
const seconds = 40;
/** A second whose pass the machine kept waiting too long is let go; so many have to be left. */
const leastSeconds = 15;
const randomTimes = 100;
/** The tables stand still from so long before a whole second on. */
const beforeMs = 60;
/** A pass has been written when the file has not grown for so long. */
const restMs = 60;
const mostMs = 700;

/** A stretch of time in which nothing was written into the live tables, and what they held. */
interface Still {
  readonly fromMs: number;
  readonly toMs: number;
  readonly hash: string;
}

/**
 * Holds this thread, and with it everything that writes into the tables: router, sweep and engine. The recorder's thread
 * goes on, and has its pass meanwhile. @returns null when the recorder wrote nothing
 */
const holdStill = (directory: string, tables: readonly ClassTable[]): Still | null => {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const bytes = (): number => {
    const [name] = readdirSync(directory);
    return name ? statSync(join(directory, name)).size : 0;
  };
  const fromMs = Date.now();
  const first = bytes();
  const hash = tableHash(tables);
  let last = first;
  let changedMs = fromMs;
  while (Date.now() < fromMs + mostMs) {
    Atomics.wait(pause, 0, 0, 5);
    const now = bytes();
    const nowMs = Date.now();
    if (now !== last) changedMs = nowMs;
    last = now;
    const isPast = nowMs > fromMs + beforeMs + restMs;
    if (isPast && last > first && nowMs - changedMs > restMs) return { fromMs, toMs: nowMs, hash };
  }
  return null;
};

const startPlant = async (config: SessionConfig): Promise<{ readonly plant: ChildProcess; url: string }> => {
  const plant = fork(join(feedFolder, "plant", "process.ts"), [], { execArgv: [] });
  plant.send({ config });
  const [reply] = (await once(plant, "message")) as [PlantReply];
  if (!reply.ready) throw new Error(reply.error);
  return { plant, url: reply.url };
};

/**
 * A drill is played by the plant's own process over the embedded broker into a feed core, and the recorder's thread
 * records it, as in a session; only that the core runs in the test's thread, so that its tables can be looked at. Once a
 * second that thread is held while the recorder looks: then what the tables hold, to each metric's resolution, with
 * status and times of every point of every class, is what the log has to say of any moment in which they stood still.
 */
test(
  "a drill that was recorded is replayed as it was: hashes of the whole state at a hundred random times",
  () =>
    withDirectory(async (directory) => {
      const { racks = null } = readScenario(file);
      const scenario = { file, atS: 1000, speed: 60 };
      const config = testSession({ racks, scenario });
      const { plant, url } = await startPlant(config);
      const files = await readTwinDirectory(null);
      const tables: ClassTable[] = [];
      const still: Still[] = [];
      const keep = { bytes: never, ageMs: never };
      const recorder = startRecorder(
        { config: { directory, roll: { bytes: never, ms: never }, keep }, product: "test" },
        { log: (line) => console.error(line) },
      );
      const core = createCore({
        config,
        files,
        twin: loadTwin(files, racks === null ? {} : { racks }),
        recorder: {
          ...recorder,
          campus: (all, twin) => {
            tables.push(...all.all.filter(({ status }) => status.length > 0));
            recorder.campus(all, twin);
          },
        },
        onStatus: () => {},
        log: (line) => console.error(line),
      });
      try {
        core.plantAt(url);
        for (let second = 0; second < seconds; second++) {
          await sleep(
            1000 - (Date.now() % 1000) - beforeMs + (Date.now() % 1000 > 1000 - beforeMs ? 1000 : 0),
          );
          const held = holdStill(directory, tables);
          if (held) still.push(held);
        }
      } finally {
        await core.close();
        plant.kill();
      }
      expect(recorder.status).toMatchObject({ stopped: null });
      compare(directory, still);
    }),
  120_000,
);

const compare = (directory: string, still: readonly Still[]): void => {
  const log = openLog([directory]);
  if (!log.ok) throw new Error(log.error.message);
  const times = log.value.files.flatMap(({ index }) => [...index.timeMs.subarray(0, index.count)]);
  // From the pass on until the tables were let go, the log's state is the live one. Of moments after the last pass it
  // says nothing.
  const known = still.flatMap((each) => {
    const loggedMs = times.find((timeMs) => timeMs >= each.fromMs && timeMs <= each.toMs);
    return loggedMs === undefined || loggedMs === times.at(-1) ? [] : [{ ...each, loggedMs }];
  });
  expect(known.length).toBeGreaterThanOrEqual(leastSeconds);
  // The plant was not asleep.
  expect(new Set(known.map(({ hash }) => hash)).size).toBeGreaterThan(leastSeconds / 2);
  const random = createRandom(5);
  for (let i = 0; i < randomTimes; i++) {
    const { loggedMs, toMs, hash } = known[Math.floor(random() * known.length)]!;
    const timeMs = loggedMs + Math.floor(random() * (toMs - loggedMs));
    const state = log.value.stateAt(timeMs)!;
    expect(state.asOfMs).toBe(timeMs);
    expect(stateHash(state.classes)).toBe(hash);
  }
  log.value.close();
};

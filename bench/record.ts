import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeBulk } from "#feed/ingest/bulk-writer.ts";
import { layoutOf, stepsOf } from "#feed/log/layout.ts";
import { openLog } from "#feed/log/log.ts";
import type { FromRecorder } from "#feed/log/recorder-messages.ts";
import { startRecorder } from "#feed/log/recorder-thread.ts";
import { SessionWriter } from "#feed/log/session-writer.ts";
import { TableSource } from "#feed/log/snapshot.ts";
import { tablesOf } from "#feed/log/tables.fixture.ts";
import type { ClassTable } from "#feed/tables/class-table.ts";
import { Ledger } from "#feed/tables/ledger.ts";
import { createPublishers, type Publisher } from "#feed/tables/publishers.ts";
import type { PointStore } from "#feed/tables/take.ts";
import { BulkWalk } from "./log/bulk-walk.ts";

/**
 * Records 1,000,000 points a second for a minute, as they come in bulk frames: 10 % of them change in a second, by a
 * normal deviation of five resolution steps (DESIGN §9). The recorder runs in its own thread, as in the product.
 */
interface RecordFigures {
  readonly pointsPerSecond: number;
  readonly seconds: number;
  /** Of one core, by the recorder's thread, after its first five seconds. */
  readonly cpuShare: number;
  /** Of one core, by the thread that fills the tables: what else this machine was doing to its processors shows here. */
  readonly writerCpuShare: number;
  readonly bytesPerPoint: number;
  /** The same walk with every metric bit for bit. */
  readonly bitExactBytesPerPoint: number;
  /** Seconds that are in no file, and points whose last value is not in the log. */
  readonly dropped: number;
  readonly lostSeconds: number;
  /** Blocks that were written all the time while they were to be copied, and came a second later. */
  readonly postponedBlocks: number;
}

const racks = 125_000;
const metrics = 8;
const points = racks * metrics;
/** Frames of this many racks come one after another, spread over the second. */
const frameRacks = 1250;
const framesPerSecond = racks / frameRacks;
const warmUpS = 5;
const never = Number.POSITIVE_INFINITY;

const storeOf = (): {
  readonly store: PointStore;
  readonly table: ClassTable;
  readonly publisher: Publisher;
} => {
  const tables = tablesOf({ rack: racks });
  const publishers = createPublishers();
  const store = { tables, publishers, ledger: new Ledger(tables) };
  return { store, table: tables.of("rack"), publisher: publishers.of("bench") };
};

const directoryBytes = (directory: string): number =>
  readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);

/** Points whose value in the log is not the one in the table. */
const countMissing = (directory: string, table: ClassTable): number => {
  const log = openLog([directory]);
  if (!log.ok) throw new Error(log.error.message);
  const state = log.value.stateAt(log.value.endMs)!.classes[0]!;
  let missing = 0;
  for (let cell = 0; cell < table.value.length; cell++) {
    const column = cell % metrics;
    const at = column * racks + Math.floor(cell / metrics);
    const steps = stepsOf(table.value[cell]!, state.scales[column]!);
    if (steps !== state.steps[at] || Math.floor(table.receivedTimeMs[cell]!) !== state.receivedTimeMs[at])
      missing++;
  }
  log.value.close();
  return missing;
};

const threadCpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Fills the tables in real time while the recorder looks on. */
const recordLive = async (directory: string, seconds: number) => {
  const { store, table, publisher } = storeOf();
  const walk = new BulkWalk(table, frameRacks);
  const statuses: (Extract<FromRecorder, { t: "status" }> & { readonly atMs: number })[] = [];
  const recorder = startRecorder(
    {
      config: { directory, roll: { bytes: never, ms: never }, keep: { bytes: never, ageMs: never } },
      product: "bench",
    },
    {
      log: (line) => console.error(line),
      onMessage: (message) => {
        if (message.t === "status") statuses.push({ ...message, atMs: performance.now() });
      },
    },
  );
  recorder.campus(store.tables, "{}");
  const startMs = performance.now();
  const cpuStartMs = threadCpuMs();
  for (let frame = 0; frame < seconds * framesPerSecond; frame++) {
    const dueMs = startMs + (frame * 1000) / framesPerSecond;
    if (dueMs > performance.now()) await sleep(dueMs - performance.now());
    walk.write(frame % framesPerSecond, (batch, columns) =>
      writeBulk(store, table, { batch: { ...batch, publisher }, columns }),
    );
    store.tables.tick++;
  }
  const tookMs = performance.now() - startMs;
  const writerCpuShare = (threadCpuMs() - cpuStartMs) / tookMs;
  await sleep(1500);
  await recorder.close();
  return { table, statuses, writerCpuShare, tookMs };
};

/** The same without a clock, for the size alone. */
const bytesOf = (directory: string, seconds: number, isExact: boolean): number => {
  const { store, table, publisher } = storeOf();
  const walk = new BulkWalk(table, frameRacks);
  const layout = layoutOf(table);
  const columns = layout.columns.map((column) => (isExact ? { ...column, resolution: 0 } : column));
  const writer = new SessionWriter({
    directory,
    product: "bench",
    layouts: [{ ...layout, columns }],
    twin: "{}",
    roll: { bytes: never, ms: never },
    keep: { bytes: never, ageMs: never },
  });
  const sources = [new TableSource(table)];
  const startMs = Date.UTC(2026, 6, 1);
  for (let second = 0; second < seconds; second++) {
    const timeMs = startMs + second * 1000;
    for (let frame = 0; frame < framesPerSecond; frame++)
      walk.write(
        frame,
        (batch, of) => writeBulk(store, table, { batch: { ...batch, publisher }, columns: of }),
        timeMs - 1000 + frame * (1000 / framesPerSecond),
      );
    writer.write({ timeMs, sources, events: [], quality: null });
  }
  writer.close();
  return directoryBytes(directory);
};

const within = async <T>(run: (directory: string) => T | Promise<T>): Promise<T> => {
  const directory = mkdtempSync(join(tmpdir(), "horinger-record-"));
  try {
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

export const run = async (seconds: number): Promise<RecordFigures> => {
  const live = await within(async (directory) => {
    const recorded = await recordLive(directory, seconds);
    return {
      ...recorded,
      bytes: directoryBytes(directory),
      missing: countMissing(directory, recorded.table),
    };
  });
  const bitExact = await within((directory) => bytesOf(directory, seconds, true));
  const { statuses } = live;
  const [first, last] = [statuses[Math.min(warmUpS, statuses.length - 2)]!, statuses.at(-1)!];
  const round = (value: number): number => Number(value.toFixed(4));
  const perSecond = points / (live.tookMs / 1000 / seconds);
  return {
    pointsPerSecond: Math.round(perSecond),
    seconds,
    cpuShare: round((last.cpuMs - first.cpuMs) / (last.atMs - first.atMs)),
    writerCpuShare: round(live.writerCpuShare),
    bytesPerPoint: round(live.bytes / (points * seconds)),
    bitExactBytesPerPoint: round(bitExact / (points * seconds)),
    dropped: live.missing + last.status.lostSeconds * points,
    lostSeconds: last.status.lostSeconds,
    postponedBlocks: last.postponed,
  };
};

if (import.meta.main) {
  const at = process.argv.indexOf("--seconds");
  console.log(JSON.stringify(await run(at < 0 ? 60 : Number(process.argv[at + 1]))));
}

import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { memoryPair } from "#feed/bridge/transports.ts";
import type { Transport } from "#feed/contract/bridge.ts";
import { type ConnectedBridge, connectBridge } from "#feed/contract/client.ts";
import { startReader } from "#feed/replay/reader-thread.ts";
import { startFeed } from "#feed/service.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { benchConfig } from "./ingest-config.ts";
import { type Delay, Delays, delayOf } from "./latency/delays.ts";
import { writeBigLog } from "./log/big-log.ts";
import { startMosquitto } from "./mosquitto.ts";
import { eachLine, end, start } from "./outage-children.ts";

/**
 * `npm run bench -- latency --json [--gb N] [--rounds N] [--seconds N] [--log DIR]`: does ingest notice that somebody opens a
 * large recording, scrubs in it and has its sidecar built? A live session records into the folder of that recording;
 * rounds of phases in turn, so that what else the machine does falls on all of them alike.
 * --log: a folder that this bench wrote before, or is to keep.
 */
type Phase = "quiet" | "scrub" | "sidecar";

interface LatencyFigures {
  readonly logGB: number;
  readonly racks: number;
  readonly messagesPerSec: number;
  readonly bulkPointsPerSec: number;
  /** Until the first answer about the recording, each round. */
  readonly openMs: readonly number[];
  /** Seeks while scrubbing, from the order to its answer. */
  readonly seeks: Delay;
  /** How far the building of curves came each round, of what was missing when the reader was opened: 0…1. */
  readonly curves: readonly number[];
  readonly sidecarMB: number;
  /** Values of all rounds. */
  readonly phases: Readonly<Record<Phase, Delay & { readonly sent: number }>>;
  /** p99 over that of the quiet phases: of all values, and of each round's own. */
  readonly ratios: Readonly<
    Record<Exclude<Phase, "quiet">, { readonly all: number; readonly rounds: number[] }>
  >;
  readonly machine: string;
  /** Load of the machine over the last minute when it began, and when it ended. */
  readonly load: readonly number[];
}

const racks = 50_000;
const messages = 2_000;
const forever = Number.POSITIVE_INFINITY;
const scrubMs = 100;
const settleMs = 2_000;
/** Curves take their time: their phase is so many times as long. */
const lengths: Readonly<Record<Phase, number>> = { quiet: 1, scrub: 1, sidecar: 3 };

const optionOf = (name: string, usual: number): number => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? usual : Number(process.argv[index + 1]);
};
const textOf = (name: string): string | null => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? null : process.argv[index + 1]!;
};

const bytesOf = (directory: string, ending: string): number =>
  readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);

const connect = (to: { connect(transport: Transport): void }): ConnectedBridge =>
  connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    open: async () => {
      const [near, far] = memoryPair();
      to.connect(far);
      return near;
    },
  });

const round2 = (value: number): number => Number(value.toFixed(2));

interface Scrubbed {
  readonly openMs: number;
  /** 0…1. */
  readonly curves: number;
}

/**
 * A reader of the recording as a live session starts it, which reads ahead for the timeline, and a client that drags the
 * cursor about.
 * @param isBuilding curves are built meanwhile
 */
const scrub = async (
  directory: string,
  {
    untilMs,
    isBuilding,
    seekMs,
  }: { readonly untilMs: number; readonly isBuilding: boolean; seekMs: number[] },
): Promise<Scrubbed> => {
  const log = (line: string): void => console.error(line);
  const input = { paths: [directory], origin: "recording", ownFolder: directory, session: null } as const;
  const reader = startReader(input, { log, onStatus: () => {}, onRefused: () => {} });
  const bridge = connect(reader);
  try {
    const beganMs = performance.now();
    const { fromMs, toMs } = await bridge.request("log.overview", {});
    const openMs = performance.now() - beganMs;
    await bridge.request("log.curves", { action: isBuilding ? "build" : "stop" });
    const stream = bridge.openStream({ kind: "replay" }, () => stream.credit(1));
    stream.credit(32);
    while (performance.now() < untilMs) {
      const orderMs = performance.now();
      await bridge.request("log.control", { seekMs: Math.floor(fromMs + Math.random() * (toMs - fromMs)) });
      seekMs.push(performance.now() - orderMs);
      await sleep(Math.max(0, scrubMs - (performance.now() - orderMs)));
    }
    const { curves } = await bridge.request("log.overview", {});
    return { openMs: round2(openMs), curves: curves?.progress ?? 0 };
  } finally {
    bridge.close();
    await reader.close();
  }
};

interface Heard {
  readonly delays: Delays;
  readonly sent: () => number;
}

const measure = async (
  { delays, sent }: Heard,
  during: () => Promise<unknown>,
): Promise<{ readonly values: readonly number[]; readonly sent: number }> => {
  await sleep(settleMs);
  delays.take();
  const before = sent();
  await during();
  return { values: delays.take(), sent: sent() - before };
};

const measureAll = async (directory: string): Promise<LatencyFigures> => {
  const [rounds, seconds] = [optionOf("rounds", 4), optionOf("seconds", 20)];
  const load = [loadavg()[0]!];
  const broker = await startMosquitto();
  const publisher = start([
    process.execPath,
    fileURLToPath(new URL("./latency/publisher.ts", import.meta.url)),
    broker.url,
    `${racks}`,
    `${messages}`,
  ]);
  let sent = 0;
  eachLine<{ readonly sent: number }>(publisher, (line) => {
    sent = line.sent;
  });
  while (sent === 0) await sleep(100);
  const record = {
    directory,
    roll: { bytes: forever, ms: forever },
    keep: { bytes: forever, ageMs: forever },
  };
  const feed = startFeed(
    { ...benchConfig(broker.url), racks, record },
    { log: (line) => console.error(line) },
  );
  const bridge = connect(feed);
  const delays = new Delays(bridge, messages);
  const heard: Heard = { delays, sent: () => sent };
  const values: Record<Phase, number[][]> = { quiet: [], scrub: [], sidecar: [] };
  const sentIn: Record<Phase, number> = { quiet: 0, scrub: 0, sidecar: 0 };
  const openMs: number[] = [];
  const seekMs: number[] = [];
  const curves: number[] = [];
  const note = async (phase: Phase, during: (untilMs: number) => Promise<unknown>): Promise<void> => {
    const found = await measure(heard, () => during(performance.now() + seconds * lengths[phase] * 1000));
    values[phase].push([...found.values]);
    sentIn[phase] += found.sent;
    console.error(
      `${phase} ${JSON.stringify(delayOf(found.values))} of ${found.sent}, load ${loadavg()[0]!.toFixed(1)}`,
    );
  };
  try {
    for (let seen = 0; seen < messages; seen += delays.take().length) await sleep(500);
    for (let round = 0; round < rounds; round++) {
      await note("quiet", (untilMs) => sleep(untilMs - performance.now()));
      await note("scrub", async (untilMs) => {
        openMs.push((await scrub(directory, { untilMs, isBuilding: false, seekMs })).openMs);
      });
      await note("sidecar", async (untilMs) => {
        curves.push((await scrub(directory, { untilMs, isBuilding: true, seekMs })).curves);
      });
    }
  } finally {
    bridge.close();
    await feed.close();
    await end(publisher);
    await broker.stop();
  }
  const phaseOf = (phase: Phase) => ({ ...delayOf(values[phase].flat()), sent: sentIn[phase] });
  const ratioOf = (phase: Phase) => ({
    all: round2(phaseOf(phase).p99Ms / phaseOf("quiet").p99Ms),
    rounds: values[phase].map((each, i) => round2(delayOf(each).p99Ms / delayOf(values.quiet[i]!).p99Ms)),
  });
  const seeks = delayOf(seekMs.map(round2));
  return {
    logGB: round2(bytesOf(directory, ".mcap") / 1e9),
    racks,
    messagesPerSec: messages,
    bulkPointsPerSec: racks,
    openMs,
    seeks,
    curves: curves.map(round2),
    sidecarMB: Math.round(bytesOf(directory, ".series") / 1e6),
    phases: { quiet: phaseOf("quiet"), scrub: phaseOf("scrub"), sidecar: phaseOf("sidecar") },
    ratios: { scrub: ratioOf("scrub"), sidecar: ratioOf("sidecar") },
    machine: `${cpus().length} × ${cpus()[0]?.model ?? "?"}`,
    load: [...load, loadavg()[0]!].map(round2),
  };
};

const run = async (): Promise<LatencyFigures> => {
  const kept = textOf("log");
  const folder = kept ?? mkdtempSync(join(tmpdir(), "horinger-latency-"));
  try {
    const twin = JSON.stringify({ files: await readTwinDirectory(null), racks });
    const bytes = optionOf("gb", 5) * 1e9;
    const isThere = kept !== null && bytesOf(folder, ".mcap") >= bytes;
    if (!isThere) writeBigLog({ directory: folder, racks, twin, bytes });
    return await measureAll(folder);
  } finally {
    if (kept === null) rmSync(folder, { recursive: true, force: true });
  }
};

console.log(JSON.stringify(await run()));

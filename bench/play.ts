import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryPair } from "#feed/bridge/transports.ts";
import { connectBridge } from "#feed/contract/client.ts";
import { decodeFrame } from "#feed/contract/frame.ts";
import { SessionWriter } from "#feed/log/session-writer.ts";
import { startFeed } from "#feed/service.ts";
import { testSession } from "#feed/session.fixture.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { classIndex, classSpec, metricIndex } from "#twins/model/catalogue.ts";
import { rackLayout, random, Walk } from "./log/seek-workload.ts";

/**
 * 1000× over 10,000 racks: a log of the seek workload's walk with spikes of one second planted in it, played through the
 * feed's own reader to a client that looks at its frames. A spike counts as seen when a frame shows it.
 */
interface PlayFigures {
  readonly racks: number;
  readonly hours: number;
  readonly speed: number;
  /** Seconds of the recording that were shown per second, over the whole run. */
  readonly achievedSpeed: number;
  readonly plantedSpikes: number;
  readonly missedSpikes: number;
  readonly frames: number;
  readonly framesMB: number;
  /** The same backwards. */
  readonly backAchievedSpeed: number;
  readonly backMissedSpikes: number;
}

const racks = 10_000;
const hours = 3;
const speed = 1000;
const startMs = Date.UTC(2026, 6, 1);
const columns = classSpec("rack").metrics.length;
const power = metricIndex("rack", "power");
/** A spike every so many seconds. */
const spikeS = 20;
/** Far beyond what the walk reaches. */
const spikeKw = 900;

const write = async (directory: string): Promise<readonly number[]> => {
  mkdirSync(directory);
  const walk = new Walk(racks);
  const planted: number[] = [];
  const writer = new SessionWriter({
    directory,
    product: "bench",
    layouts: [rackLayout(racks)],
    twin: JSON.stringify({ files: await readTwinDirectory(null), racks }),
    roll: { bytes: 2 ** 40, ms: 3_600_000 },
    keep: { bytes: Number.POSITIVE_INFINITY, ageMs: Number.POSITIVE_INFINITY },
  });
  let spike: { readonly cell: number; readonly before: number } | null = null;
  for (let second = 0; second < hours * 3600; second++) {
    const timeMs = startMs + second * 1000;
    walk.second(timeMs, second === 0);
    if (spike) walk.set(spike.cell, spike.before, timeMs);
    spike = null;
    if (second % spikeS === spikeS / 2) {
      const cell = Math.floor(random() * racks) * columns + power;
      spike = { cell, before: walk.value[cell]! };
      planted.push(Math.floor(cell / columns));
      walk.set(cell, spikeKw, timeMs);
    }
    writer.write({ timeMs, sources: [walk.source], events: [], quality: null });
  }
  writer.close();
  return planted;
};

interface Run {
  readonly achievedSpeed: number;
  readonly missed: number;
  readonly frames: number;
  readonly bytes: number;
}

const play = async (directory: string, planted: readonly number[], way: 1 | -1): Promise<Run> => {
  const feed = startFeed(testSession({ log: [directory] }), { log: (line) => console.error(line) });
  const bridge = connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    open: async () => {
      const [near, far] = memoryPair();
      feed.connect(far);
      return near;
    },
  });
  try {
    const { fromMs, toMs } = await bridge.request("log.overview", {});
    let frames = 0;
    let bytes = 0;
    const seen = new Map<number, number>();
    const stream = bridge.openStream({ kind: "replay", rate: 30 }, (frame, offset) => {
      frames++;
      bytes += frame.byteLength;
      stream.credit(1);
      const decoded = decodeFrame(frame, offset);
      if (decoded.classIndex !== classIndex("rack")) return;
      for (const { metric, count, firstRow, rows, values } of decoded.columns)
        if (metric === power)
          for (let i = 0; i < count; i++)
            if (values[i]! > spikeKw - 100) {
              const row = rows ? rows[i]! : firstRow + i;
              seen.set(row, (seen.get(row) ?? 0) + 1);
            }
    });
    stream.credit(64);
    await bridge.request("log.control", { seekMs: way > 0 ? fromMs : toMs });
    const beganMs = performance.now();
    let endedMs = beganMs;
    const ended = new Promise<void>((resolve) => {
      let hasPlayed = false;
      bridge.subscribe("replay", (state) => {
        hasPlayed ||= state?.isPlaying ?? false;
        if (!hasPlayed || state?.isPlaying) return;
        endedMs = performance.now();
        // The last peaks are still on their way.
        setTimeout(resolve, 1000);
      });
    });
    await bridge.request("log.control", { speed: way * speed, isPlaying: true });
    await ended;
    const missed = planted.filter((row) => {
      const left = seen.get(row) ?? 0;
      seen.set(row, left - 1);
      return left <= 0;
    }).length;
    return { achievedSpeed: (toMs - fromMs) / (endedMs - beganMs), missed, frames, bytes };
  } finally {
    bridge.close();
    await feed.close();
  }
};

const main = async (): Promise<PlayFigures> => {
  const folder = mkdtempSync(join(tmpdir(), "horinger-play-"));
  try {
    const directory = join(folder, "log");
    const planted = await write(directory);
    const forward = await play(directory, planted, 1);
    const back = await play(directory, planted, -1);
    return {
      racks,
      hours,
      speed,
      achievedSpeed: Number(forward.achievedSpeed.toFixed(1)),
      plantedSpikes: planted.length,
      missedSpikes: forward.missed,
      frames: forward.frames,
      framesMB: Number((forward.bytes / 1e6).toFixed(1)),
      backAchievedSpeed: Number(back.achievedSpeed.toFixed(1)),
      backMissedSpikes: back.missed,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

console.log(JSON.stringify(await main()));

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { channelIds } from "#feed/log/channels.ts";
import { ChunkReader } from "#feed/log/chunk-reader.ts";
import { logName } from "#feed/log/file-name.ts";
import { openFileSink } from "#feed/log/file-sink.ts";
import { FileWriter } from "#feed/log/file-writer.ts";
import { openLog } from "#feed/log/log.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { forEachMessage } from "#feed/log/records.ts";
import { chunkKind } from "#feed/log/seek-index.ts";
import { SessionWriter } from "#feed/log/session-writer.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import { gauss, rackLayout, random, sigmaSteps, Walk } from "./seek-workload.ts";

const { metrics } = classSpec("rack");
const hourMs = 3_600_000;
const forever = Number.POSITIVE_INFINITY;
/** Racks of which all points change a second: each comes about every five seconds. */
const rackShare = 0.2;
/** Of the whole; the rest is the same again, later. */
const firstShare = 1 / 14;
/** Where a state message has the time that all its times are told from (docs/LOG-FORMAT.md §4). */
const baseTimeAt = 8;

export interface BigLog {
  readonly directory: string;
  readonly racks: number;
  /** As `SessionOptions.twin`: that of the session that will go on with it. */
  readonly twin: string;
  readonly bytes: number;
}

/** As one gateway after another sends its racks. */
const changeRacks = (walk: Walk, racks: number, timeMs: number): void => {
  const count = Math.floor(racks * rackShare);
  for (let i = 0; i < count; i++) {
    const first = Math.floor(random() * racks) * metrics.length;
    for (let column = 0; column < metrics.length; column++) {
      const { kind, resolution = 1 } = metrics[column]!;
      const before = walk.value[first + column]!;
      const by = (Math.round(gauss() * sigmaSteps) || 1) * resolution;
      walk.set(first + column, kind === "state" ? 1 - before : before + by, timeMs);
    }
  }
};

const writeFirst = ({ directory, racks, twin, bytes }: BigLog, startMs: number): void => {
  const walk = new Walk(racks);
  const keep = { bytes: forever, ageMs: forever };
  const roll = { bytes: forever, ms: forever };
  const layouts = [rackLayout(racks)];
  const writer = new SessionWriter({ directory, product: "bench", layouts, twin, roll, keep });
  for (let second = 0; writer.bytes < bytes; second++) {
    const timeMs = startMs + second * 1000;
    if (second === 0) walk.second(timeMs, true);
    else changeRacks(walk, racks, timeMs);
    writer.write({ timeMs, sources: [walk.source], events: [], quality: null });
  }
  writer.close();
};

/** The same file again, so much later. @returns its bytes */
const writeAgain = (file: LogFile, { directory, twin }: BigLog, byMs: number): number => {
  const startMs = file.startMs + byMs;
  const sink = openFileSink(join(directory, logName(startMs, 0)));
  const writer = new FileWriter(sink, { startMs, product: "bench", layouts: file.layouts, twin });
  const { index } = file;
  new ChunkReader().visit(file, [0, index.count - 1], {
    visit: (records, chunk) => {
      const timeMs = index.timeMs[chunk]! + byMs;
      forEachMessage(records!, (channel, payload) => {
        const view = new DataView(payload.buffer, payload.byteOffset);
        if (channel > channelIds.quality)
          view.setFloat64(baseTimeAt, view.getFloat64(baseTimeAt, true) + byMs, true);
        writer.add(channel, payload, timeMs);
      });
      const kind = index.kind[chunk]! & ~chunkKind.afterHole;
      writer.endChunk({ timeMs, kind });
      if (kind & chunkKind.key) writer.sync();
      return true;
    },
  });
  writer.finish();
  return writer.bytes;
};

/**
 * Writes a recording until it is so large; it ends before now. Values walk as in the seek workload, but racks change as a
 * whole, and more often. Its first file is that walk; the others are that file again with all its times moved on, which is
 * read and checked, sought and walked as if it were another, and is to be had in minutes.
 */
export const writeBigLog = (big: BigLog): void => {
  mkdirSync(big.directory, { recursive: true });
  const startMs = Math.floor(Date.now() / hourMs) * hourMs - 48 * hourMs;
  writeFirst({ ...big, bytes: big.bytes * firstShare }, startMs);
  const log = openLog([big.directory]);
  if (!log.ok) throw new Error(log.error.message);
  const [first] = log.value.files;
  const lengthMs = log.value.endMs - log.value.startMs + 1000;
  let files = 1;
  for (let { size } = first!.bytes; size < big.bytes; files++)
    size += writeAgain(first!, big, files * lengthMs);
  log.value.close();
};

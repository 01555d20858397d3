import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { ByteSink } from "./bytes.ts";
import { channelIds, deltaChannel, keyChannel } from "./channels.ts";
import { type BlockSource, ClassEncoder } from "./encode.ts";
import { logName } from "./file-name.ts";
import { openFileSink } from "./file-sink.ts";
import { type FileHead, type FileSink, FileWriter } from "./file-writer.ts";
import type { ClassLayout } from "./layout.ts";
import type { LoggedEvent } from "./ranges.ts";
import { deleteOld, type Keep } from "./retention.ts";
import { chunkKind } from "./seek-index.ts";
import { type ClassState, createState } from "./state.ts";

/** A chunk ends with the message that takes it past this. */
const chunkBytes = 256 * 1024;
/** Keys are as far apart as the deltas between them are large, within these bounds. */
const keyMs = { least: 10_000, most: 60_000 } as const;

/** When a file ends and another begins. */
export interface Roll {
  readonly bytes: number;
  readonly ms: number;
}

export interface SessionOptions {
  readonly directory: string;
  /** Version of the product. */
  readonly product: string;
  readonly layouts: readonly ClassLayout[];
  /** The twin's files and what it was expanded with, as JSON text. */
  readonly twin: string;
  readonly roll: Roll;
  readonly keep: Keep;
  /** Tests let it fail. */
  readonly openSink?: (path: string) => FileSink;
}

/** One second, as it goes into the log. */
export interface Pass {
  /** When it ended, whole ms UTC: nothing in it was received later. */
  readonly timeMs: number;
  /** What the tables hold, in the order of the layouts. */
  readonly sources: readonly BlockSource[];
  readonly events: readonly Omit<LoggedEvent, "timeMs">[];
  /** Running totals, when there is news of them. */
  readonly quality: Readonly<Record<string, unknown>> | null;
}

const text = new TextEncoder();

/** Writes a recording: pass after pass into files that follow one another. Methods throw the file system's errors. */
export class SessionWriter {
  /** Bytes of all files so far. */
  bytes = 0;
  /** Name of the file being written; null between files. */
  fileName: string | null = null;
  /** What was logged last. */
  readonly states: readonly ClassState[];
  readonly #options: SessionOptions;
  readonly #encoders: readonly ClassEncoder[];
  #file: FileWriter | null = null;
  #fileMs = 0;
  #lastMs = 0;
  #keyMs = 0;
  #keyBytes = 0;
  #deltaBytes = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    const sink = new ByteSink();
    this.states = options.layouts.map(createState);
    this.#encoders = this.states.map((state) => new ClassEncoder(state, sink));
  }

  /** Writes one pass. After an error the file is given up, and the next pass begins another. */
  write(pass: Pass): void {
    try {
      this.#write(pass);
    } catch (error) {
      this.#giveUp();
      throw error;
    }
  }

  /** Ends the file. */
  close(): void {
    const file = this.#file;
    this.#file = null;
    this.fileName = null;
    file?.finish();
  }

  #write(pass: Pass): void {
    const { timeMs } = pass;
    const { roll } = this.#options;
    // A clock that was set back: times within a file never fall.
    const isBack = timeMs < this.#lastMs;
    const isDue = this.#file !== null && (this.#file.bytes >= roll.bytes || timeMs - this.#fileMs >= roll.ms);
    if (isDue || isBack) this.close();
    this.#lastMs = timeMs;
    if (this.#file) this.#writeDeltas(this.#file, pass);
    else {
      // A file begins with a key: it says what the deltas of this pass would.
      this.#encodeDeltas(pass, () => {});
      this.#writeRest(this.#begin(timeMs), pass);
      this.#endChunk(this.#file!, timeMs, pass.events.length > 0 ? chunkKind.events : chunkKind.delta);
    }
    if (this.#isKeyDue(timeMs)) this.#writeKey(this.#file!, timeMs);
  }

  #encodeDeltas({ sources, timeMs }: Pass, take: (layout: ClassLayout, bytes: Uint8Array) => void): void {
    this.#encoders.forEach((encoder, i) => {
      const layout = this.#options.layouts[i]!;
      encoder.delta(sources[i]!, timeMs, (bytes) => take(layout, bytes));
    });
  }

  #writeDeltas(file: FileWriter, pass: Pass): void {
    const { timeMs } = pass;
    this.#encodeDeltas(pass, (layout, bytes) => {
      file.add(deltaChannel(layout), bytes, timeMs);
      if (file.waitingBytes >= chunkBytes) this.#deltaBytes += this.#endChunk(file, timeMs, chunkKind.delta);
    });
    this.#writeRest(file, pass);
    const kind = chunkKind.delta | (pass.events.length > 0 ? chunkKind.events : 0);
    this.#deltaBytes += this.#endChunk(file, timeMs, kind);
  }

  #writeRest(file: FileWriter, { events, quality, timeMs }: Pass): void {
    for (const event of events) file.add(channelIds.event, text.encode(JSON.stringify(event)), timeMs);
    if (quality) file.add(channelIds.quality, text.encode(JSON.stringify(quality)), timeMs);
  }

  #isKeyDue(timeMs: number): boolean {
    const agoMs = timeMs - this.#keyMs;
    if (this.#keyBytes === 0 || agoMs >= keyMs.most) return true;
    return agoMs >= keyMs.least && this.#deltaBytes >= this.#keyBytes;
  }

  #writeKey(file: FileWriter, timeMs: number): void {
    this.#encoders.forEach((encoder, i) => {
      const channel = keyChannel(this.#options.layouts[i]!);
      encoder.key(timeMs, (bytes) => file.add(channel, bytes, timeMs));
    });
    // A plant that has sent nothing yet has no key; then the next second's deltas begin from nothing.
    this.#keyBytes = Math.max(1, this.#endChunk(file, timeMs, chunkKind.key));
    this.#keyMs = timeMs;
    this.#deltaBytes = 0;
    file.sync();
  }

  #endChunk(file: FileWriter, timeMs: number, kind: number): number {
    const written = file.endChunk({ timeMs, kind });
    this.bytes += written;
    return written;
  }

  #begin(timeMs: number): FileWriter {
    const { directory, keep, openSink = openFileSink, ...head } = this.#options;
    const { sink, name } = openNew(directory, timeMs, openSink);
    this.fileName = name;
    deleteOld(directory, keep, { current: name, nowMs: timeMs });
    this.#keyBytes = 0;
    const file = headed(sink, { ...head, startMs: timeMs });
    this.#file = file;
    this.#fileMs = timeMs;
    this.bytes += file.bytes;
    return file;
  }

  #giveUp(): void {
    const file = this.#file;
    const name = this.fileName;
    this.#file = null;
    this.fileName = null;
    try {
      file?.abandon();
      // Without its first key there is nothing in it.
      if (name !== null && this.#keyBytes === 0) unlinkSync(join(this.#options.directory, name));
    } catch {
      // It failed already: that is what the caller hears of.
    }
  }
}

const headed = (sink: FileSink, head: FileHead): FileWriter => {
  try {
    return new FileWriter(sink, head);
  } catch (error) {
    sink.close();
    throw error;
  }
};

const namesTried = 100;

const openNew = (
  directory: string,
  timeMs: number,
  openSink: (path: string) => FileSink,
): { readonly sink: FileSink; readonly name: string } => {
  for (let number = 0; ; number++) {
    const name = logName(timeMs, number);
    try {
      return { sink: openSink(join(directory, name)), name };
    } catch (error) {
      const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isThere || number >= namesTried) throw error;
    }
  }
};

import { Opcode } from "@mcap/core";
import { LogFormatError } from "./bytes.ts";
import { channelIds } from "./channels.ts";
import type { FileBytes } from "./file-bytes.ts";
import { chunkHead, chunkRecords, forEachMessage, recordAt, recordHeadBytes } from "./records.ts";
import { chunkKind, IndexBuilder, type SeekIndex } from "./seek-index.ts";

/** What was found in a file without a good end. */
export interface Mended {
  /** Bytes that belong to nothing whole: what a crash or a damage took. */
  readonly lostBytes: number;
  /** Places where the records broke off, at most 100 of them. */
  readonly breaks: readonly number[];
}

const breakLimit = 100;
const dataEndBytes = 4;
const windowBytes = 4 * 1024 * 1024;

/**
 * Finds the whole chunks of a file by walking its records; where they break off, by looking for the next chunk. Only
 * what passes its checksum is taken. A file that is being written is walked on as it grows.
 */
export class Mender implements Mended {
  readonly breaks: number[] = [];
  /** The file said that nothing more comes. */
  hasEnd = false;
  readonly #bytes: FileBytes;
  readonly #index = new IndexBuilder();
  #lastMs = Number.NEGATIVE_INFINITY;
  #at: number;
  /** End of the last chunk that passed, and bytes that are accounted for up to there and up to now. */
  #passedEnd: number;
  #passedBytes: number;
  #wholeBytes: number;
  #searchedTo = 0;
  #nextSequence = 0;

  constructor(bytes: FileBytes, dataAt: number) {
    this.#bytes = bytes;
    this.#at = dataAt;
    this.#passedEnd = dataAt;
    this.#passedBytes = dataAt;
    this.#wholeBytes = dataAt;
  }

  get index(): SeekIndex {
    return this.#index.index;
  }

  get lostBytes(): number {
    return this.#bytes.size - this.#wholeBytes;
  }

  /** Walks to the end of the file as it is, past what is damaged. */
  run(): void {
    while (!this.hasEnd && this.#at < this.#bytes.size) {
      const step = stepAt(this.#bytes, this.#at);
      if (step) this.#take(step);
      else this.#search();
    }
  }

  /** Takes the records that are whole by now; what comes after them may still be being written. @returns true for news */
  grow(): boolean {
    this.#bytes.measure();
    // Where nothing was whole when it was looked at last, the rest may have come.
    const before = this.#passedEnd;
    this.#at = before;
    this.#wholeBytes = this.#passedBytes;
    while (this.breaks.at(-1)! >= before) this.breaks.pop();
    while (!this.hasEnd && this.#at < this.#bytes.size) {
      const step = stepAt(this.#bytes, this.#at);
      if (!step) break;
      this.#take(step);
    }
    return this.#passedEnd > before || this.hasEnd;
  }

  #take(step: Step): void {
    this.#wholeBytes += step.bytes;
    if (step.isEnd) {
      this.#wholeBytes = this.#bytes.size;
      this.hasEnd = true;
      return;
    }
    // A chunk older than the one before it cannot be of this file's making.
    if (step.kind > 0 && step.timeMs >= this.#lastMs) {
      const hole = step.sequence === this.#nextSequence ? 0 : chunkKind.afterHole;
      const { timeMs, bytes } = step;
      this.#index.add({ offset: this.#at, timeMs, bytes, kind: step.kind | hole });
      this.#nextSequence = step.sequence + step.messages;
      this.#lastMs = timeMs;
      this.#passedEnd = this.#at + bytes;
      this.#passedBytes = this.#wholeBytes;
    }
    this.#at += step.bytes;
  }

  #search(): void {
    if (this.breaks.length < breakLimit) this.breaks.push(this.#at);
    // What came after the last chunk that passed was believed by its length alone: it may have led astray.
    this.#wholeBytes = this.#passedBytes;
    this.#at = nextChunk(this.#bytes, Math.max(this.#passedEnd, this.#searchedTo));
    this.#searchedTo = this.#at + 1;
  }
}

interface Step {
  /** Bytes of the record. */
  readonly bytes: number;
  /** Of a chunk; 0 for other records. */
  readonly kind: number;
  readonly timeMs: number;
  /** Number of its first message in the file, and how many it has. */
  readonly sequence: number;
  readonly messages: number;
  /** No chunk comes after it. */
  readonly isEnd: boolean;
}

/** The record at a place; null when there is none that is whole. */
const stepAt = (bytes: FileBytes, at: number): Step | null => {
  try {
    const { opcode, length } = recordAt(bytes.read(at, recordHeadBytes), 0);
    const total = recordHeadBytes + length;
    const isEnd = opcode === Opcode.DATA_END;
    if (at + total > bytes.size || opcode > Opcode.DATA_END || (isEnd && length !== dataEndBytes))
      return null;
    const other = { bytes: total, kind: 0, timeMs: 0, sequence: 0, messages: 0, isEnd };
    if (opcode !== Opcode.CHUNK) return other;
    const record = bytes.read(at, total);
    return { ...other, ...contentOf(chunkRecords(record, 0)), timeMs: chunkHead(record, 0).timeMs };
  } catch (error) {
    if (error instanceof LogFormatError) return null;
    throw error;
  }
};

/** What a chunk's messages make it. */
const contentOf = (records: Uint8Array): Pick<Step, "kind" | "sequence" | "messages"> => {
  let kind = 0;
  let first = 0;
  let messages = 0;
  forEachMessage(records, (channel, _payload, sequence) => {
    if (messages++ === 0) first = sequence;
    if (channel === channelIds.event) kind |= chunkKind.events;
    else if (channel < channelIds.firstClass || channel % 2 === 1) kind |= chunkKind.delta;
    else kind |= chunkKind.key;
  });
  return { kind, sequence: first, messages };
};

/** Where the next thing starts that looks like a chunk; the file's end when nothing does. */
const nextChunk = (bytes: FileBytes, from: number): number => {
  for (let start = from; start < bytes.size; start += windowBytes) {
    // Heads that lie across two windows are found in the first.
    const window = bytes.read(start, windowBytes + 64);
    for (
      let at = window.indexOf(Opcode.CHUNK);
      at >= 0 && at < windowBytes;
      at = window.indexOf(Opcode.CHUNK, at + 1)
    )
      if (isChunkHead(window, at)) return start + at;
  }
  return bytes.size;
};

const isChunkHead = (bytes: Uint8Array, at: number): boolean => {
  // Lengths of ours are below 2^32: most places are ruled out here.
  if (bytes[at + 5] !== 0 || bytes[at + 6] !== 0 || bytes[at + 7] !== 0 || bytes[at + 8] !== 0) return false;
  try {
    chunkHead(bytes, at);
    return true;
  } catch (error) {
    if (error instanceof LogFormatError) return false;
    throw error;
  }
};

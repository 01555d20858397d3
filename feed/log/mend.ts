import { Opcode } from "@mcap/core";
import { LogFormatError } from "./bytes.ts";
import { channelIds } from "./channels.ts";
import type { FileBytes } from "./file-bytes.ts";
import { chunkHead, chunkRecords, forEachMessage, recordAt, recordHeadBytes } from "./records.ts";
import { chunkKind, IndexBuilder, type SeekIndex } from "./seek-index.ts";

/** What was found in a file without a good end. */
export interface Mended {
  readonly index: SeekIndex;
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
 * what passes its checksum is taken.
 */
export const mend = (bytes: FileBytes, dataAt: number): Mended => {
  const index = new IndexBuilder();
  const breaks: number[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  /** End of the last chunk that passed, and bytes that are accounted for up to there and up to now. */
  let passedEnd = dataAt;
  let passedBytes = dataAt;
  let wholeBytes = dataAt;
  let searchedTo = 0;
  let nextSequence = 0;
  for (let at = dataAt; at < bytes.size; ) {
    const step = stepAt(bytes, at);
    if (step === null) {
      if (breaks.length < breakLimit) breaks.push(at);
      // What came after the last chunk that passed was believed by its length alone: it may have led astray.
      wholeBytes = passedBytes;
      at = nextChunk(bytes, Math.max(passedEnd, searchedTo));
      searchedTo = at + 1;
      continue;
    }
    wholeBytes += step.bytes;
    if (step.isEnd) {
      wholeBytes = bytes.size;
      break;
    }
    // A chunk older than the one before it cannot be of this file's making.
    if (step.kind > 0 && step.timeMs >= lastMs) {
      const hole = step.sequence === nextSequence ? 0 : chunkKind.afterHole;
      index.add({ offset: at, timeMs: step.timeMs, bytes: step.bytes, kind: step.kind | hole });
      nextSequence = step.sequence + step.messages;
      lastMs = step.timeMs;
      passedEnd = at + step.bytes;
      passedBytes = wholeBytes;
    }
    at += step.bytes;
  }
  return { index: index.index, lostBytes: bytes.size - wholeBytes, breaks };
};

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

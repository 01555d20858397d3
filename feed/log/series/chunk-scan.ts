import type { TimeRange } from "#feed/contract/replay.ts";
import { LogFormatError } from "#feed/log/bytes.ts";
import { ChunkReader } from "#feed/log/chunk-reader.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { forEachMessage } from "#feed/log/records.ts";
import { chunkAt, chunkKind, isAfterHole, keyBefore } from "#feed/log/seek-index.ts";

/** While recording something is written every ten seconds; a longer silence than this is a pause in the recording. */
export const pauseMs = 15_000;

/** Bytes of chunks that are read between two breaths, where a few cells are read out of them. */
const defaultBreathBytes = 4 * 1024 * 1024;

/** Cells that a log is read for: they are told what comes, and when nothing is known. Times rise. */
export interface ScannedCells {
  /** A key follows: it says of every cell that was ever seen what it is, and is silent about the others. */
  clear(): void;
  /** A state message. What a delta says holds at once; of a key, only with the `settle` behind its last message. */
  take(payload: Uint8Array, message: MessageOf): void;
  /** What every cell says now holds, from then on. */
  settle(timeMs: number): void;
  /** Nothing was recorded for a while; what held before may still do so. */
  pause(fromMs: number, toMs: number): void;
  /** Something was lost: what held before is worth nothing. A key follows. */
  lose(fromMs: number, toMs: number): void;
}

export interface Stretch extends TimeRange {
  /** Where the next file begins. */
  readonly nextMs: number;
}

export interface MessageOf {
  readonly channel: number;
  readonly isKey: boolean;
  readonly timeMs: number;
}

/**
 * Reads the chunks of files that follow one another, and judges what is missing. Iterate to the end; each step reads a
 * piece of some megabytes, and never less than one key.
 */
export class ChunkScan {
  readonly #chunks = new ChunkReader();
  readonly #cells: ScannedCells;
  readonly #breathBytes: number;
  #readMs: number | null = null;
  /** The next key of this file says all anew. */
  #awaitsKey = true;
  /** Something is missing since `#readMs`. */
  #isLost = false;

  constructor(cells: ScannedCells, breathBytes = defaultBreathBytes) {
    this.#cells = cells;
    this.#breathBytes = breathBytes;
  }

  /** Up to when the log is read; null before the first chunk. */
  get readMs(): number | null {
    return this.#readMs;
  }

  /** Leaves out a stretch of the log: what comes next is not told what held before. */
  passOver({ fromMs, toMs }: TimeRange): void {
    const readMs = this.#readMs;
    if (readMs !== null && (this.#isLost || fromMs - readMs > pauseMs)) this.#cells.pause(readMs, fromMs);
    this.#isLost = false;
    this.#readMs = toMs;
  }

  *read(file: LogFile, stretch: Stretch): Generator<void, void, void> {
    const { index } = file;
    this.#awaitsKey = true;
    let chunk = Math.max(0, keyBefore(index, chunkAt(index, stretch.fromMs)));
    const end = endOf(file, stretch);
    while (chunk < end) {
      let bytes = index.bytes[chunk]!;
      let last = chunk;
      while (last + 1 < end && bytes + index.bytes[last + 1]! <= this.#breathBytes)
        bytes += index.bytes[++last]!;
      this.#chunks.visit(file, [chunk, last], {
        visit: (records, at) => {
          this.#readChunk(file, records, at);
          return true;
        },
      });
      chunk = last + 1;
      yield;
    }
  }

  #readChunk({ index }: LogFile, records: Uint8Array | null, chunk: number): void {
    const timeMs = index.timeMs[chunk]!;
    const isKey = (index.kind[chunk]! & chunkKind.key) !== 0;
    // A later key says what is known already: damaged or not, nothing is missing.
    if (isKey && !this.#awaitsKey) return;
    if (records === null || (isAfterHole(index, chunk) && !isKey)) this.#lose();
    else if (!this.#awaitsKey || isKey) {
      this.#arrive(timeMs);
      if (!this.#tryRead(records, { isKey, timeMs })) this.#lose();
    }
  }

  /** Differences to what is not there are worth nothing: the next key tells. */
  #lose(): void {
    this.#awaitsKey = true;
    this.#isLost = true;
  }

  /** The recording goes on at a moment, maybe after a pause, or after what was lost. */
  #arrive(timeMs: number): void {
    const readMs = this.#readMs;
    if (readMs !== null && this.#isLost) this.#cells.lose(readMs, timeMs);
    else if (readMs !== null && timeMs - readMs > pauseMs) this.#cells.pause(readMs, timeMs);
    this.#isLost = false;
    this.#readMs = timeMs;
  }

  /** @returns false for bytes that are no messages of ours */
  #tryRead(
    records: Uint8Array,
    { isKey, timeMs }: { readonly isKey: boolean; readonly timeMs: number },
  ): boolean {
    try {
      if (isKey) this.#cells.clear();
      this.#awaitsKey = false;
      forEachMessage(records, (channel, payload) => this.#cells.take(payload, { channel, isKey, timeMs }));
      if (isKey) this.#cells.settle(timeMs);
      return true;
    } catch (error) {
      if (error instanceof LogFormatError) return false;
      throw error;
    }
  }
}

/** Chunk after the last that may hold something received by `toMs`: that of the second after it is one. */
const endOf = ({ index }: LogFile, { toMs, nextMs }: Stretch): number => {
  let end = chunkAt(index, toMs) + 1;
  const afterMs = index.timeMs[end];
  while (end < index.count && index.timeMs[end] === afterMs) end++;
  while (end > 0 && index.timeMs[end - 1]! >= nextMs) end--;
  return end;
};

import type { TimeRange } from "#feed/contract/replay.ts";
import { LogFormatError } from "#feed/log/bytes.ts";
import { deltaChannel, keyChannel } from "#feed/log/channels.ts";
import { ChunkReader } from "#feed/log/chunk-reader.ts";
import { MessageDecoder } from "#feed/log/decode.ts";
import { scaleOf } from "#feed/log/layout.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { forEachMessage } from "#feed/log/records.ts";
import { chunkAt, chunkKind, isAfterHole, keyBefore } from "#feed/log/seek-index.ts";
import { type ClassState, createState } from "#feed/log/state.ts";
import type { Buckets } from "./buckets.ts";
import { PointCell } from "./point-cell.ts";

/** While recording something is written every ten seconds; a longer silence than this is a pause in the recording. */
const pauseMs = 15_000;

/** Bytes of chunks that are read between two breaths. */
const breathBytes = 4 * 1024 * 1024;

/** A point, and the buckets that its values go into. */
export interface ScannedPoint {
  readonly className: string;
  readonly row: number;
  readonly metric: string;
  readonly buckets: Buckets;
}

interface Reading {
  readonly cell: PointCell;
  readonly row: number;
  readonly column: number;
  readonly key: number;
  readonly delta: number;
  /** For the decoder: layout and scales, without cells. */
  readonly state: ClassState;
}

/**
 * Reads points straight from the chunks of a log, in one pass over a stretch of it. Iterate to the end; each step reads
 * a few megabytes at most, one key at least.
 */
export class PointScan {
  readonly #chunks = new ChunkReader();
  readonly #decoder = new MessageDecoder();
  #readings: readonly (Reading | null)[] = [];
  /** Up to when the log is read; null before the first chunk. */
  #readMs: number | null = null;
  /** The next key of this file says all anew. */
  #awaitsKey = true;
  /** Something is missing since `#readMs`. */
  #isLost = false;

  /** @param files in the order of their times */
  *read(
    files: readonly LogFile[],
    points: readonly ScannedPoint[],
    { fromMs, toMs }: TimeRange,
  ): Generator<void, void, void> {
    this.#readMs = null;
    this.#isLost = false;
    const cells = points.map(({ buckets }) => new PointCell(buckets));
    for (const [i, file] of files.entries()) {
      const nextMs = files[i + 1]?.index.timeMs[0] ?? Number.POSITIVE_INFINITY;
      if (!isWithin(file, { fromMs, toMs, nextMs })) continue;
      this.#enter(file, points, cells);
      yield* this.#readFile(file, { fromMs, toMs, nextMs });
    }
    if (this.#readMs !== null) for (const cell of cells) cell.end(this.#readMs);
  }

  #enter(file: LogFile, points: readonly ScannedPoint[], cells: readonly PointCell[]): void {
    this.#awaitsKey = true;
    this.#readings = points.map((point, i) => readingOf(file, point, cells[i]!));
    this.#readings.forEach((reading, i) => {
      if (!reading && this.#readMs !== null) cells[i]!.end(this.#readMs);
    });
  }

  *#readFile(file: LogFile, stretch: Stretch): Generator<void, void, void> {
    const { index } = file;
    let chunk = Math.max(0, keyBefore(index, chunkAt(index, stretch.fromMs)));
    const end = endOf(file, stretch);
    while (chunk < end) {
      let bytes = index.bytes[chunk]!;
      let last = chunk;
      while (last + 1 < end && bytes + index.bytes[last + 1]! <= breathBytes) bytes += index.bytes[++last]!;
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

  #readChunk(file: LogFile, records: Uint8Array | null, chunk: number): void {
    const timeMs = file.index.timeMs[chunk]!;
    const isKey = (file.index.kind[chunk]! & chunkKind.key) !== 0;
    // A later key says what is known already: damaged or not, nothing is missing.
    if (isKey && !this.#awaitsKey) return;
    if (records === null || (isAfterHole(file.index, chunk) && !isKey)) this.#lose();
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
    if (readMs !== null && (this.#isLost || timeMs - readMs > pauseMs))
      for (const reading of this.#readings)
        if (this.#isLost) reading?.cell.lose(readMs, timeMs);
        else reading?.cell.pause(readMs, timeMs);
    this.#isLost = false;
    this.#readMs = timeMs;
  }

  /** @returns false for bytes that are no messages of ours */
  #tryRead(
    records: Uint8Array,
    { isKey, timeMs }: { readonly isKey: boolean; readonly timeMs: number },
  ): boolean {
    try {
      if (isKey) for (const reading of this.#readings) reading?.cell.clear();
      this.#awaitsKey = false;
      // Of a key all is read before it is judged: it is silent about what was never seen.
      const settle = (cell: PointCell): void => {
        if (!isKey) cell.settle(timeMs);
      };
      forEachMessage(records, (channel, payload) => {
        for (const reading of this.#readings)
          if (reading && channel === (isKey ? reading.key : reading.delta))
            this.#readMessage(reading, payload, settle);
      });
      if (isKey) for (const reading of this.#readings) reading?.cell.settle(timeMs);
      return true;
    } catch (error) {
      if (error instanceof LogFormatError) return false;
      throw error;
    }
  }

  #readMessage(
    { state, row, column, cell }: Reading,
    payload: Uint8Array,
    settle: (cell: PointCell) => void,
  ): void {
    this.#decoder.visit(payload, state, {
      wanted: { row, column },
      visit: (segment) => {
        if (cell.take(segment, row)) settle(cell);
      },
    });
  }
}

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** Where the next file begins. */
  readonly nextMs: number;
}

const isWithin = ({ index }: LogFile, { fromMs, toMs, nextMs }: Stretch): boolean =>
  index.count > 0 &&
  index.timeMs[0]! <= toMs &&
  nextMs > fromMs - pauseMs &&
  index.timeMs[index.count - 1]! >= fromMs - pauseMs;

/** Chunk after the last that may hold something received by `toMs`: that of the second after it is one. */
const endOf = ({ index }: LogFile, { toMs, nextMs }: Stretch): number => {
  let end = chunkAt(index, toMs) + 1;
  const afterMs = index.timeMs[end];
  while (end < index.count && index.timeMs[end] === afterMs) end++;
  while (end > 0 && index.timeMs[end - 1]! >= nextMs) end--;
  return end;
};

const readingOf = (
  { layouts }: LogFile,
  { className, row, metric }: ScannedPoint,
  cell: PointCell,
): Reading | null => {
  const layout = layouts.find(({ name }) => name === className);
  const column = layout ? layout.columns.findIndex(({ id }) => id === metric) : -1;
  if (!layout || column < 0 || row >= layout.rows) return null;
  cell.enter(scaleOf(layout.columns[column]!));
  const state = { ...createState({ ...layout, rows: 0 }), layout };
  return { cell, row, column, key: keyChannel(layout), delta: deltaChannel(layout), state };
};

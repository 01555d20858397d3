import { deltaChannel, keyChannel } from "#feed/log/channels.ts";
import { MessageDecoder } from "#feed/log/decode.ts";
import type { ClassLayout } from "#feed/log/layout.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { CellBlock, type RowRange } from "#feed/log/series/cell-block.ts";
import { ChunkScan, type MessageOf, type ScannedCells } from "#feed/log/series/chunk-scan.ts";
import { type ClassState, createState } from "#feed/log/state.ts";
import { bytesPerBucket, type CurveBlock, type Cut } from "./curves.ts";

/** Some rows of one column. */
export interface Part {
  readonly layout: ClassLayout;
  readonly column: number;
  readonly firstRow: number;
  readonly rows: number;
}

/** Memory of a cell beside its buckets, bytes. */
const bytesPerCell = 51;
/** Every cell of these chunks is looked at: a step of as much takes some milliseconds. */
const breathBytes = 256 * 1024;

/** Cuts all cells of a file, column after column, into batches that take at most `mostBytes` of memory each. */
export const batchesOf = (
  { layouts }: LogFile,
  cut: Cut,
  mostBytes: number,
): readonly (readonly Part[])[] => {
  const most = Math.max(1, Math.floor(mostBytes / (cut.count * bytesPerBucket + bytesPerCell)));
  const batches: Part[][] = [];
  let room = 0;
  for (const layout of layouts)
    for (let column = 0; column < layout.columns.length; column++)
      for (let firstRow = 0; firstRow < layout.rows; ) {
        if (room === 0) {
          batches.push([]);
          room = most;
        }
        const rows = Math.min(room, layout.rows - firstRow);
        batches.at(-1)!.push({ layout, column, firstRow, rows });
        firstRow += rows;
        room -= rows;
      }
  return batches;
};

interface ClassParts {
  readonly state: ClassState;
  /** By column. */
  readonly ranges: ReadonlyMap<number, RowRange>;
}

/** One pass over a file for some of its cells. */
export class BatchScan implements ScannedCells {
  readonly #cells: CellBlock;
  readonly #scan = new ChunkScan(this, breathBytes);
  readonly #decoder = new MessageDecoder();
  readonly #byChannel = new Map<number, ClassParts>();
  readonly #keys = new Set<number>();

  /** @param curves are filled in the order of the parts and their rows */
  constructor(parts: readonly Part[], curves: CurveBlock) {
    const ranges = new Map<ClassLayout, Map<number, RowRange>>();
    let cell = 0;
    for (const { layout, column, firstRow, rows } of parts) {
      const ofClass = ranges.get(layout) ?? new Map<number, RowRange>();
      ranges.set(layout, ofClass.set(column, { firstRow, rows, cell }));
      cell += rows;
    }
    for (const [layout, ofClass] of ranges) {
      const state = { ...createState({ ...layout, rows: 0 }), layout };
      for (const channel of [keyChannel(layout), deltaChannel(layout)])
        this.#byChannel.set(channel, { state, ranges: ofClass });
      this.#keys.add(keyChannel(layout));
    }
    this.#cells = new CellBlock(cell, (of, held) => curves.hold(of, held));
  }

  /** Iterate to the end; yields up to when the file is read. */
  *read(file: LogFile): Generator<number, void, void> {
    const stretch = { fromMs: 0, toMs: Number.POSITIVE_INFINITY, nextMs: Number.POSITIVE_INFINITY };
    for (const _ of this.#scan.read(file, stretch)) yield this.#scan.readMs ?? 0;
    const { readMs } = this.#scan;
    if (readMs !== null) this.#cells.endAll(readMs);
  }

  take(payload: Uint8Array, { channel, isKey, timeMs }: MessageOf): void {
    const parts = this.#byChannel.get(channel);
    if (!parts || this.#keys.has(channel) !== isKey) return;
    const { state, ranges } = parts;
    const visit = (column: number): void => {
      this.#decoder.visit(payload, state, {
        wanted: { column, row: -1 },
        visit: (segment) => {
          const range = ranges.get(segment.column);
          if (range) this.#cells.take(segment, range, isKey ? null : timeMs);
        },
      });
    };
    // Each visit goes through the heads of all segments; one that decodes some for nothing is cheaper than many.
    if (ranges.size * 2 >= state.layout.columns.length) visit(-1);
    else for (const column of ranges.keys()) visit(column);
  }

  clear(): void {
    this.#cells.clear();
  }

  settle(timeMs: number): void {
    this.#cells.settleAll(timeMs);
  }

  pause(fromMs: number, toMs: number): void {
    this.#cells.pause(fromMs, toMs);
  }

  lose(fromMs: number, toMs: number): void {
    this.#cells.lose(fromMs, toMs);
  }
}

import { blockRows, type ClassTable } from "#feed/tables/class-table.ts";
import type { BlockCopy, BlockSource } from "./encode.ts";

/** What a recorder's thread sees of a class table: its shared arrays. */
export type SharedTable = Pick<
  ClassTable,
  "rows" | "columns" | "value" | "status" | "sampleTimeMs" | "receivedTimeMs" | "version"
>;

/** A block that is being written is tried so often at once, and so often after a pause. */
const tries = { atOnce: 20, paused: 20 } as const;
const pauseMs = 1;

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Copies blocks out of a table that another thread writes, so that a cell's value, status and times always belong
 * together: a copy counts when the block's version was even before it and the same after it. A block that is written
 * without end is left for the next second, and counted.
 */
export class TableSource implements BlockSource {
  /** Blocks that were left for later because they were written all the time. */
  postponed = 0;
  readonly #table: SharedTable;
  /** Version of each block when it was last copied. */
  readonly #seen: Uint32Array;
  readonly #copy: BlockCopy;

  constructor(table: SharedTable) {
    this.#table = table;
    this.#seen = new Uint32Array(table.version.length);
    const cells = Math.min(blockRows, table.rows) * table.columns;
    this.#copy = {
      rows: 0,
      value: table.value instanceof Float32Array ? new Float32Array(cells) : new Float64Array(cells),
      status: new Uint8Array(cells),
      sampleTimeMs: new Float64Array(cells),
      receivedTimeMs: new Float64Array(cells),
    };
  }

  read(block: number): BlockCopy | null {
    const { version } = this.#table;
    if (Atomics.load(version, block) === this.#seen[block]) return null;
    for (let attempt = 0; attempt < tries.atOnce + tries.paused; attempt++) {
      if (attempt >= tries.atOnce) Atomics.wait(pause, 0, 0, pauseMs);
      const before = Atomics.load(version, block);
      if (before % 2 === 1) continue;
      this.#copyBlock(block);
      // An addition of nought, unlike a load, keeps the copy's reads before it on every processor.
      if (Atomics.add(version, block, 0) !== before) continue;
      this.#seen[block] = before;
      return this.#copy;
    }
    this.postponed++;
    return null;
  }

  again(block: number): void {
    // Versions of a block at rest are even.
    this.#seen[block] = 1;
  }

  #copyBlock(block: number): void {
    const { rows, columns, value, status, sampleTimeMs, receivedTimeMs } = this.#table;
    const copy = this.#copy;
    const from = block * blockRows * columns;
    copy.rows = Math.min(blockRows, rows - block * blockRows);
    const to = from + copy.rows * columns;
    copy.value.set(value.subarray(from, to));
    copy.status.set(status.subarray(from, to));
    copy.sampleTimeMs.set(sampleTimeMs.subarray(from, to));
    copy.receivedTimeMs.set(receivedTimeMs.subarray(from, to));
  }
}

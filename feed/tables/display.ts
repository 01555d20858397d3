import { encodeFrame, type FrameColumn, frameOffset, frameTargetBytes } from "#feed/contract/frame.ts";
import { blockRows, type ClassTable, type ClassTables } from "./class-table.ts";

/** Rows of one class that a stream shows: [start, end). */
export type RowRange = readonly [start: number, end: number];

/** Bytes of one cell in a frame with listed rows: row, value, two offsets, status. */
const cellBytes = (table: ClassTable): number => 13 + (table.spec.storage === "f64" ? 8 : 4);

class ColumnBuffer {
  readonly rows: Uint32Array;
  readonly values: Float32Array | Float64Array;
  readonly sampleOffsetMs: Int32Array;
  readonly receivedOffsetMs: Int32Array;
  readonly status: Uint8Array;
  count = 0;

  constructor(capacity: number, wide: boolean) {
    this.rows = new Uint32Array(capacity);
    this.values = wide ? new Float64Array(capacity) : new Float32Array(capacity);
    this.sampleOffsetMs = new Int32Array(capacity);
    this.receivedOffsetMs = new Int32Array(capacity);
    this.status = new Uint8Array(capacity);
  }

  push(table: ClassTable, cell: number, at: { row: number; timeMs: number }): void {
    const i = this.count++;
    this.rows[i] = at.row;
    this.values[i] = table.value[cell]!;
    this.sampleOffsetMs[i] = frameOffset(table.sampleTimeMs[cell]!, at.timeMs);
    this.receivedOffsetMs[i] = frameOffset(table.receivedTimeMs[cell]!, at.timeMs);
    this.status[i] = table.status[cell]!;
  }

  view(metric: number): FrameColumn {
    const { count } = this;
    const first = this.rows[0]!;
    const isRange = this.rows[count - 1]! - first + 1 === count;
    return {
      metric,
      count,
      firstRow: isRange ? first : -1,
      rows: isRange ? null : this.rows,
      values: this.values,
      sampleOffsetMs: this.sampleOffsetMs,
      receivedOffsetMs: this.receivedOffsetMs,
      status: this.status,
    };
  }
}

/** Scratch columns of the frame being cut; shared by all streams, because frames are cut one after another. */
export class FrameCutter {
  readonly #narrow: ColumnBuffer[] = [];
  readonly #wide: ColumnBuffer[] = [];

  columns(table: ClassTable): readonly ColumnBuffer[] {
    const wide = table.spec.storage === "f64";
    const pool = wide ? this.#wide : this.#narrow;
    const capacity = Math.ceil(frameTargetBytes / cellBytes(table)) + 1;
    while (pool.length < table.columns) pool.push(new ColumnBuffer(capacity, wide));
    for (const column of pool) column.count = 0;
    return pool;
  }
}

export interface FrameOptions {
  readonly timeMs: number;
  readonly dropCount: number;
  /** Bytes left free before the frame for the transport's header. */
  readonly prefix: number;
}

/**
 * Where one stream stands in the tables. It sends cells stamped after its last full pass, so a slow reader skips
 * values instead of queueing them: live coalesces to the latest, and a stream costs a few numbers, whatever its lag.
 * The first pass sends every point ever seen, as key frames.
 */
export class DisplayCursor {
  readonly #tables: readonly ClassTable[];
  readonly #ranges: ReadonlyMap<number, RowRange>;
  readonly #epoch: number;
  #since = 0;
  #passTick = 0;
  #table = -1;
  #row = 0;
  #sequence = 0;

  constructor(tables: ClassTables, classes: readonly ClassTable[], ranges: ReadonlyMap<number, RowRange>) {
    this.#tables = classes.filter((table) => table.rows > 0);
    this.#ranges = ranges;
    this.#epoch = tables.twin.epoch;
  }

  /** True while a pass over the tables is half done: more can be sent at once. */
  get isMidPass(): boolean {
    return this.#table >= 0;
  }

  /** Cuts the next frame, or returns null when the pass is over and nothing more changed in it. */
  next(cutter: FrameCutter, tick: number, options: FrameOptions): ArrayBuffer | null {
    if (this.#table < 0) {
      this.#table = 0;
      this.#row = 0;
      this.#passTick = tick;
    }
    for (; this.#table < this.#tables.length; this.#table++, this.#row = 0) {
      const frame = this.#cut(this.#tables[this.#table]!, cutter, options);
      if (frame) return frame;
    }
    this.#table = -1;
    this.#since = this.#passTick;
    return null;
  }

  #cut(table: ClassTable, cutter: FrameCutter, options: FrameOptions): ArrayBuffer | null {
    const [start, end] = this.#ranges.get(table.index) ?? [0, table.rows];
    const columns = cutter.columns(table);
    const perCell = cellBytes(table);
    let room = frameTargetBytes - 64 - table.columns * 20;
    let row = Math.max(this.#row, start);
    const last = Math.min(end, table.rows);
    const at = { row, timeMs: options.timeMs };
    const roomPerRow = perCell * table.columns;
    while (row < last && room >= roomPerRow) {
      if (row % blockRows === 0 || row === this.#row) {
        const block = Math.trunc(row / blockRows);
        if (table.blockStamp[block]! <= this.#since) {
          row = (block + 1) * blockRows;
          continue;
        }
      }
      at.row = row;
      const firstCell = row * table.columns;
      for (let column = 0; column < table.columns; column++) {
        if (table.stamp[firstCell + column]! <= this.#since) continue;
        columns[column]!.push(table, firstCell + column, at);
        room -= perCell;
      }
      row++;
    }
    this.#row = row;
    const views: FrameColumn[] = [];
    for (let column = 0; column < table.columns; column++)
      if (columns[column]!.count > 0) views.push(columns[column]!.view(column));
    if (views.length === 0) return null;
    return encodeFrame(
      {
        key: this.#since === 0,
        classIndex: table.index,
        epoch: this.#epoch,
        sequence: this.#sequence++,
        timeMs: options.timeMs,
        dropCount: options.dropCount,
        columns: views,
      },
      options.prefix,
    );
  }
}

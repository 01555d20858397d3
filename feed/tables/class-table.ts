import { classIndex, classSpec } from "#twins/model/catalogue.ts";
import { type ClassName, type ClassSpec, classNames } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";

/** Rows per block; a block is skipped when nothing in it changed. The renderer uploads the same blocks. */
export const blockRows = 1024;

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

/**
 * Latest value of every point of one class, in shared memory so that a recorder can read it from its own thread.
 * All arrays are row-major, rows × columns; a point's index in them is its cell. Zero-filled memory reads as never seen.
 */
export interface ClassTable {
  readonly spec: ClassSpec;
  /** Place of the class on the wire and in frames. */
  readonly index: number;
  readonly rows: number;
  readonly columns: number;
  readonly value: Float32Array<SharedArrayBuffer> | Float64Array<SharedArrayBuffer>;
  /** Status bytes (twins/model/quality.ts). */
  readonly status: Uint8Array<SharedArrayBuffer>;
  /** Source time, ms UTC; 0 for none. */
  readonly sampleTimeMs: Float64Array<SharedArrayBuffer>;
  /** Receive time, ms UTC; 0 for none. */
  readonly receivedTimeMs: Float64Array<SharedArrayBuffer>;
  /** Index into the publisher registry. */
  readonly publisher: Uint16Array<SharedArrayBuffer>;
  /** Tick of the last change that a display must see; 0 for never seen. */
  readonly stamp: Uint32Array<SharedArrayBuffer>;
  /** Highest stamp of each block of `blockRows` rows. Shape: blocks. */
  readonly blockStamp: Uint32Array<SharedArrayBuffer>;
  /**
   * Grows with every write to a block, and is odd while one is going on: how a recorder in another thread knows that
   * what it copied belongs together (`openBlock`, feed/log/snapshot.ts). Shape: blocks.
   */
  readonly version: Uint32Array<SharedArrayBuffer>;
  /** Topic binding of each point, or −1: where its value comes from. */
  readonly binding: Int32Array;
  /** Values outside of these cannot be readings of the metric: ten ranges beyond its range. Shape: columns. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** All class tables of one twin, and the tick that stamps their changes. */
export interface ClassTables {
  readonly twin: Twin;
  /** By class index; classes without metrics or rows are there too, and empty. */
  readonly all: readonly ClassTable[];
  of(className: ClassName): ClassTable;
  /** Stamp for changes made now. Grows once per display tick: at 30 Hz it lasts 4.5 years. */
  tick: number;
}

/** A value this many ranges outside of its metric's range cannot be a reading of it. */
const rangeSlack = 10;

const createTable = (twin: Twin, name: ClassName): ClassTable => {
  const spec = classSpec(name);
  const columns = spec.metrics.length;
  const rows = columns === 0 ? 0 : twin.table(name).count;
  const cells = rows * columns;
  const value =
    spec.storage === "f32" ? new Float32Array(shared(cells * 4)) : new Float64Array(shared(cells * 8));
  return {
    spec,
    index: classIndex(name),
    rows,
    columns,
    value: value.fill(Number.NaN),
    status: new Uint8Array(shared(cells)),
    sampleTimeMs: new Float64Array(shared(cells * 8)),
    receivedTimeMs: new Float64Array(shared(cells * 8)),
    publisher: new Uint16Array(shared(cells * 2)),
    stamp: new Uint32Array(shared(cells * 4)),
    blockStamp: new Uint32Array(shared(Math.ceil(rows / blockRows) * 4)),
    version: new Uint32Array(shared(Math.ceil(rows / blockRows) * 4)),
    binding: new Int32Array(cells).fill(-1),
    lowest: Float64Array.from(spec.metrics, ({ range: [low, high] }) => low - (high - low) * rangeSlack),
    highest: Float64Array.from(spec.metrics, ({ range: [low, high] }) => high + (high - low) * rangeSlack),
  };
};

/** Allocates a table per class for a twin: 28 bytes a point for 32-bit classes, 32 for the others. */
export const createTables = (twin: Twin): ClassTables => {
  const all = classNames.map((name) => createTable(twin, name));
  return { twin, all, of: (className) => all[classIndex(className)]!, tick: 1 };
};

/** A cell of a class table. */
export interface CellRef {
  readonly table: ClassTable;
  readonly cell: number;
}

/** Block of a cell. */
export const blockOf = ({ columns }: ClassTable, cell: number): number =>
  Math.trunc(cell / (columns * blockRows));

/**
 * Begins a write of several fields of a block's cells. Between this and `closeBlock` nothing may be awaited or thrown: a
 * recorder leaves the block alone meanwhile.
 */
export const openBlock = ({ version }: ClassTable, block: number): void => {
  Atomics.add(version, block, 1);
};

/** Ends the write that `openBlock` began. */
export const closeBlock = ({ version }: ClassTable, block: number): void => {
  Atomics.add(version, block, 1);
};

/** Marks one cell, of which one field was written, as changed now: for every display stream, and for a recorder. */
export const stampCell = (tables: ClassTables, table: ClassTable, cell: number): void => {
  const block = blockOf(table, cell);
  table.stamp[cell] = tables.tick;
  table.blockStamp[block] = tables.tick;
  touchBlock(table, block);
};

/** Tells a recorder that one field was written in a block, where no display has to know. */
export const touchBlock = ({ version }: ClassTable, block: number): void => {
  Atomics.add(version, block, 2);
};

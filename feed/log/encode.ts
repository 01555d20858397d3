import { blockRows } from "#feed/tables/class-table.ts";
import type { ByteSink } from "./bytes.ts";
import { encodeInts, encodeRunList, none, RunList } from "./int-list.ts";
import { type Scale, stepsOf } from "./layout.ts";
import type { ClassState } from "./state.ts";

/** A section ends with the block in which one of its columns has this many cells. */
const sectionCells = 1024;
/** A message is cut after the section that takes it past this: a chunk holds 256 KiB. */
const messageBytes = 192 * 1024;

/**
 * What came after the moment that a message is for is left for the next one: nobody who asks for a moment is told of
 * what came later. Further ahead than this is no clock but an error, and is taken as it is.
 */
const mostAheadMs = 5000;

/** Kind of a message: a key stands alone, a delta is applied to what was before it. */
export const messageKind = { key: 1, delta: 2 } as const;

/** Bits of a segment's form (docs/LOG-FORMAT.md §4). */
export const segmentForm = { all: 0, bitmap: 1, list: 2, none: 3, changedShift: 2, rawBit: 16 } as const;

/** One block of a class, as it is now. Row-major, rows × columns. */
export interface BlockCopy {
  /** Rows in it. */
  rows: number;
  /** The only rows worth a look, rising; absent: all. */
  readonly only?: Int32Array;
  readonly value: Float32Array | Float64Array;
  readonly status: Uint8Array;
  readonly sampleTimeMs: Float64Array;
  readonly receivedTimeMs: Float64Array;
}

/** Where a delta's blocks come from. */
export interface BlockSource {
  /** Copies block `index` out and returns it; null when nothing in it was written since it was last asked. */
  read(index: number): BlockCopy | null;
  /** Some of a block was left for the next time: it is to be handed out again whether it is written or not. */
  again(index: number): void;
}

/** Takes one whole message. `bytes` is valid during the call. */
export type TakeMessage = (bytes: Uint8Array) => void;

/** Rows of a block that are looked at column after column: keeps their cache lines hot. */
const sliceRows = 64;
const capacity = sectionCells + blockRows;

/** Cells of one column on their way into a section. */
class Column {
  /** Rows from the section's first. */
  readonly rows = new Float64Array(capacity);
  readonly sample = new RunList(capacity);
  readonly lag = new RunList(capacity);
  readonly status = new RunList(capacity);
  /** Places, among the cells above, of those whose value changed, and by how many steps. */
  readonly changed = new Float64Array(capacity);
  readonly difference = new Float64Array(capacity);
  count = 0;
  changes = 0;

  clear(): void {
    this.count = 0;
    this.changes = 0;
    this.sample.runs = 0;
    this.lag.runs = 0;
    this.status.runs = 0;
  }
}

/** Appends the item at place `at`. */
const append = (list: RunList, item: number, at: number): void => {
  const { runs } = list;
  if (runs > 0 && list.items[runs - 1] === item) return;
  list.items[runs] = item;
  list.starts[runs] = at;
  list.runs = runs + 1;
};

const gaps = new Float64Array(capacity);

/** Places 0 … of some among `among`: as all, a bitmap, or the gaps between them, whichever is short. */
const encodePlaces = (
  sink: ByteSink,
  places: Float64Array,
  { count, among }: { readonly count: number; readonly among: number },
): number => {
  if (count === among) return segmentForm.all;
  if (count === 0) return segmentForm.none;
  const bitmapBytes = (among + 7) >> 3;
  // A gap takes a byte, or a little more.
  if (count * 1.3 + 4 < bitmapBytes) {
    let before = -1;
    for (let i = 0; i < count; i++) {
      const place = places[i]!;
      gaps[i] = place - before - 1;
      before = place;
    }
    sink.varint(count);
    encodeInts(sink, gaps, { count, varints: true });
    return segmentForm.list;
  }
  const at = sink.reserve(bitmapBytes);
  const { bytes } = sink;
  bytes.fill(0, at, at + bitmapBytes);
  for (let i = 0; i < count; i++) {
    const place = places[i]!;
    const byte = at + (place >> 3);
    bytes[byte] = bytes[byte]! | (1 << (place & 7));
  }
  return segmentForm.bitmap;
};

/** Encodes one class into messages. Holds scratch only: what was logged is in the state. */
export class ClassEncoder {
  readonly #state: ClassState;
  readonly #sink: ByteSink;
  readonly #columns: readonly Column[];
  #timeMs = 0;
  #kind: number = messageKind.delta;
  #sections = 0;

  constructor(state: ClassState, sink: ByteSink) {
    this.#state = state;
    this.#sink = sink;
    this.#columns = state.layout.columns.map(() => new Column());
  }

  /** Encodes what differs from what was logged, which it then becomes. @param timeMs what times are written against */
  delta(source: BlockSource, timeMs: number, take: TakeMessage): void {
    this.#begin(messageKind.delta, timeMs);
    const { rows } = this.#state.layout;
    const blocks = Math.ceil(rows / blockRows);
    let first = -1;
    for (let block = 0; block < blocks; block++) {
      const copy = source.read(block);
      if (copy) {
        if (first < 0) first = block * blockRows;
        if (this.#collectBlock(copy, block * blockRows, first)) source.again(block);
      }
      const isFull = this.#columns.some(({ count }) => count >= sectionCells);
      if (first >= 0 && (isFull || block === blocks - 1)) {
        this.#section(first, Math.min((block + 1) * blockRows, rows), take);
        first = -1;
      }
    }
    this.#end(take);
  }

  /** Encodes all that was logged. */
  key(timeMs: number, take: TakeMessage): void {
    this.#begin(messageKind.key, timeMs);
    const { rows } = this.#state.layout;
    for (let first = 0; first < rows; first += blockRows) {
      const end = Math.min(first + blockRows, rows);
      for (let column = 0; column < this.#columns.length; column++) this.#collectKey(column, first, end);
      this.#section(first, end, take);
    }
    this.#end(take);
  }

  #begin(kind: number, timeMs: number): void {
    const { rows, columns } = this.#state.layout;
    this.#kind = kind;
    this.#timeMs = timeMs;
    this.#sections = 0;
    const sink = this.#sink;
    sink.length = 0;
    sink.u8(kind);
    sink.u8(0);
    sink.u16(columns.length);
    sink.u32(rows);
    sink.f64(timeMs);
    sink.u32(0);
  }

  #end(take: TakeMessage): void {
    // An empty key says that nothing was known.
    if (this.#sections === 0 && this.#kind === messageKind.delta) return;
    this.#sink.putU32(16, this.#sections);
    take(this.#sink.written);
  }

  /** @returns true when some of it is for the next time */
  #collectBlock(copy: BlockCopy, firstRow: number, sectionRow: number): boolean {
    const slice: Slice = { copy, timeMs: this.#timeMs, firstRow, sectionRow, from: 0, to: 0, isLeft: false };
    const count = copy.only?.length ?? copy.rows;
    for (; slice.from < count; slice.from = slice.to) {
      slice.to = Math.min(slice.from + sliceRows, count);
      for (let column = 0; column < this.#columns.length; column++)
        collect(this.#state, this.#columns[column]!, { column, slice });
    }
    return slice.isLeft;
  }

  #collectKey(column: number, first: number, end: number): void {
    const { steps, status, sampleTimeMs, receivedTimeMs } = this.#state;
    const cells = this.#columns[column]!;
    const { rows } = this.#state.layout;
    let { count, changes } = cells;
    for (let row = first; row < end; row++) {
      const cell = column * rows + row;
      const sampleMs = sampleTimeMs[cell]!;
      const receivedMs = receivedTimeMs[cell]!;
      const value = steps[cell]!;
      if (status[cell] === 0 && sampleMs === 0 && receivedMs === 0 && Number.isNaN(value)) continue;
      cells.rows[count] = row - first;
      append(cells.sample, sampleMs === 0 ? none : sampleMs - this.#timeMs, count);
      append(cells.lag, receivedMs === 0 && sampleMs === 0 ? none : receivedMs - sampleMs, count);
      append(cells.status, status[cell]!, count);
      if (!Number.isNaN(value)) {
        cells.changed[changes] = count;
        cells.difference[changes++] = value;
      }
      count++;
    }
    cells.count = count;
    cells.changes = changes;
  }

  #section(first: number, end: number, take: TakeMessage): void {
    const columns = this.#columns;
    if (columns.every(({ count }) => count === 0)) return;
    const sink = this.#sink;
    const start = sink.reserve(4);
    sink.u32(first);
    sink.u32(end - first);
    const lengths = sink.reserve(columns.length * 4);
    for (let column = 0; column < columns.length; column++) {
      const from = sink.length;
      if (columns[column]!.count > 0) this.#segment(column, end - first);
      sink.putU32(lengths + column * 4, sink.length - from);
      columns[column]!.clear();
    }
    sink.putU32(start, sink.length - start);
    this.#sections++;
    if (sink.length < messageBytes) return;
    this.#end(take);
    this.#begin(this.#kind, this.#timeMs);
  }

  #segment(column: number, rows: number): void {
    const sink = this.#sink;
    const cells = this.#columns[column]!;
    const { count, changes } = cells;
    const { isRaw } = this.#state.scales[column]!;
    const varints = this.#kind === messageKind.delta;
    const formAt = sink.reserve(1);
    const touched = encodePlaces(sink, cells.rows, { count, among: rows });
    encodeRunList(sink, cells.sample, { count, varints });
    encodeRunList(sink, cells.lag, { count, varints });
    encodeRunList(sink, cells.status, { count, varints });
    const changed = encodePlaces(sink, cells.changed, { count: changes, among: count });
    if (changes > 0 && isRaw) this.#rawValues(cells.difference, changes);
    else if (changes > 0) encodeInts(sink, cells.difference, { count: changes, varints });
    sink.bytes[formAt] = touched | (changed << segmentForm.changedShift) | (isRaw ? segmentForm.rawBit : 0);
  }

  #rawValues(values: Float64Array, count: number): void {
    const isNarrow = this.#state.layout.storage === "f32";
    for (let i = 0; i < count; i++)
      if (isNarrow) this.#sink.f32(values[i]!);
      else this.#sink.f64(values[i]!);
  }
}

/** Some rows of a block, and where they are in their table and section. */
interface Slice {
  readonly copy: BlockCopy;
  readonly timeMs: number;
  readonly firstRow: number;
  readonly sectionRow: number;
  /** Places among the rows that are looked at. */
  from: number;
  to: number;
  /** A cell was left for the next time. */
  isLeft: boolean;
}

/** Takes what differs from the state, which it then becomes. */
const collect = (
  state: ClassState,
  cells: Column,
  { column, slice }: { readonly column: number; readonly slice: Slice },
): void => {
  const { steps, status, sampleTimeMs, receivedTimeMs } = state;
  const { copy, timeMs } = slice;
  const { only } = copy;
  const scale = state.scales[column]!;
  const stride = state.scales.length;
  const rowOffset = slice.firstRow - slice.sectionRow;
  let { count, changes } = cells;
  const firstCell = column * state.layout.rows + slice.firstRow;
  for (let at = slice.from; at < slice.to; at++) {
    const row = only === undefined ? at : only[at]!;
    const i = row * stride + column;
    const cell = firstCell + row;
    const nowStatus = copy.status[i]!;
    const sampleMs = Math.floor(copy.sampleTimeMs[i]!);
    const receivedMs = Math.floor(copy.receivedTimeMs[i]!);
    const now = stepsOf(copy.value[i]!, scale);
    const before = steps[cell]!;
    const isSample = sampleMs !== sampleTimeMs[cell];
    const isReceived = isSample || receivedMs !== receivedTimeMs[cell];
    const isChange = now !== before && !(Number.isNaN(now) && Number.isNaN(before));
    if (!isReceived && !isChange && nowStatus === status[cell]) continue;
    if (receivedMs > timeMs && receivedMs <= timeMs + mostAheadMs) {
      slice.isLeft = true;
      continue;
    }
    cells.rows[count] = rowOffset + row;
    append(cells.sample, isSample ? sampleMs - timeMs : none, count);
    append(cells.lag, isReceived ? receivedMs - sampleMs : none, count);
    append(cells.status, nowStatus, count);
    if (isChange) {
      cells.changed[changes] = count;
      cells.difference[changes++] = differenceOf(now, before, scale);
      steps[cell] = now;
    }
    count++;
    status[cell] = nowStatus;
    sampleTimeMs[cell] = sampleMs;
    receivedTimeMs[cell] = receivedMs;
  }
  cells.count = count;
  cells.changes = changes;
};

/**
 * Steps from one value to the next, `none` to no number; from none, the value itself. Bit-exact columns: always the
 * value itself.
 */
const differenceOf = (now: number, before: number, { isRaw }: Scale): number => {
  if (isRaw) return now;
  if (Number.isNaN(now)) return none;
  return Number.isNaN(before) ? now : now - before;
};

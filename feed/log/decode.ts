import { ByteSource, LogFormatError } from "./bytes.ts";
import { messageKind, segmentForm } from "./encode.ts";
import { decodeInts, decodePackedTo } from "./int-list.ts";
import type { ClassState } from "./state.ts";

/** Head of a state message. */
export interface MessageHead {
  readonly isKey: boolean;
  readonly columns: number;
  readonly rows: number;
  /** What times in it are written against, ms UTC; nothing in it was received later. */
  readonly timeMs: number;
  readonly sections: number;
}

/** Cells of one column in one section, decoded. One instance is reused: valid until the next segment. */
export interface Segment {
  column: number;
  firstRow: number;
  timeMs: number;
  isRaw: boolean;
  /** Cells in it. */
  count: number;
  /** Rows from `firstRow`, rising. */
  rows: Int32Array;
  /** Source time from `timeMs`; none: as before (in a key: never). */
  sample: Float64Array;
  /** Receive time from the source time; none: as before (in a key: never). */
  lag: Float64Array;
  status: Float64Array;
  /** Cells whose value changed, as places among the cells above, rising. */
  changes: number;
  changed: Int32Array;
  /** Steps from the value before to the new one (bit-exact columns: the new value); none, or NaN: no number any more. */
  difference: Float64Array;
}

/** Which parts of a message are wanted. */
export interface Wanted {
  /** A column, or −1 for all. */
  readonly column: number;
  /** Of all columns only those with a 1. Shape: columns. */
  readonly columns?: Uint8Array | undefined;
  /** A row, or −1 for all. */
  readonly row: number;
  /** Segments of a key that say all of all their cells are read into the state, and not visited. */
  readonly isForState?: boolean;
}

export const wantAll: Wanted = { column: -1, row: -1 };

const readHead = (source: ByteSource, { layout }: ClassState): MessageHead => {
  const kind = source.u8();
  source.u8();
  const columns = source.u16();
  const rows = source.u32();
  const timeMs = source.f64();
  const sections = source.u32();
  if (kind !== messageKind.key && kind !== messageKind.delta)
    throw new LogFormatError(`expected a state message, found kind ${kind}`);
  if (columns !== layout.columns.length || rows !== layout.rows)
    throw new LogFormatError(
      `expected ${layout.rows} × ${layout.columns.length} cells of ${layout.name}, found ${rows} × ${columns}`,
    );
  return { isKey: kind === messageKind.key, columns, rows, timeMs, sections };
};

interface SegmentPlace {
  readonly column: number;
  readonly rowCount: number;
  readonly isNarrow: boolean;
}

const u32At = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;

/** Decodes messages; holds scratch that grows to the largest section. */
export class MessageDecoder {
  readonly #segment: Segment = {
    column: 0,
    firstRow: 0,
    timeMs: 0,
    isRaw: false,
    count: 0,
    changes: 0,
    rows: new Int32Array(0),
    changed: new Int32Array(0),
    ...scratch(0),
  };
  #rows = new Int32Array(0);
  #changed = new Int32Array(0);
  #identity = identity(0);

  /**
   * Calls `visit` for every segment that is wanted, in order.
   * @throws LogFormatError when the bytes are no message of this class.
   */
  visit(
    bytes: Uint8Array,
    state: ClassState,
    { wanted, visit }: { readonly wanted: Wanted; readonly visit: (segment: Segment) => void },
  ): MessageHead {
    const source = new ByteSource(bytes);
    const head = readHead(source, state);
    this.#segment.timeMs = head.timeMs;
    for (let section = 0; section < head.sections; section++)
      this.#visitSection(source, state, { head, wanted, visit });
    if (source.at !== source.end)
      throw new LogFormatError(`expected the end of the message at ${source.at}, found ${source.end}`);
    return head;
  }

  #visitSection(
    source: ByteSource,
    state: ClassState,
    {
      head,
      wanted,
      visit,
    }: {
      readonly head: MessageHead;
      readonly wanted: Wanted;
      readonly visit: (segment: Segment) => void;
    },
  ): void {
    const start = source.at;
    const length = source.u32();
    const firstRow = source.u32();
    const rowCount = source.u32();
    if (firstRow + rowCount > head.rows || length < 12 || start + length > source.end)
      throw new LogFormatError(
        `expected a section of ${head.rows} rows, found rows ${firstRow} + ${rowCount}, ${length} bytes`,
      );
    const isWanted = wanted.row < 0 || (wanted.row >= firstRow && wanted.row < firstRow + rowCount);
    if (isWanted) {
      this.#grow(rowCount);
      this.#segment.firstRow = firstRow;
      let lengthAt = source.take(head.columns * 4);
      for (let column = 0; column < head.columns; column++, lengthAt += 4) {
        const bytes = u32At(source.bytes, lengthAt);
        const isAsked = wanted.column < 0 ? wanted.columns?.[column] !== 0 : wanted.column === column;
        const isRead = bytes > 0 && isAsked;
        const end = source.at + bytes;
        if (!isRead) source.take(bytes);
        else if (
          !(head.isKey && wanted.isForState && this.#fillState(source, state, { head, column, rowCount }))
        ) {
          this.#readSegment(source, { column, rowCount, isNarrow: state.layout.storage === "f32" });
          visit(this.#segment);
        }
        if (source.at !== end)
          throw new LogFormatError(`expected a segment to end at ${end}, found ${source.at}`);
      }
      if (source.at !== start + length)
        throw new LogFormatError(`expected a section of ${length} bytes, found ${source.at - start}`);
    }
    source.at = start + length;
  }

  /** @returns false, with nothing read, for a segment that has to be looked at cell by cell */
  #fillState(
    source: ByteSource,
    state: ClassState,
    {
      head,
      column,
      rowCount,
    }: { readonly head: MessageHead; readonly column: number; readonly rowCount: number },
  ): boolean {
    const start = source.at;
    const to = column * state.layout.rows + this.#segment.firstRow;
    const { sampleTimeMs, receivedTimeMs, status, steps } = state;
    const scratchStatus = this.#segment.status;
    // A form of nought: all rows, all of them with a value, none bit for bit.
    const isFilled =
      source.u8() === 0 &&
      decodePackedTo(source, rowCount, { out: sampleTimeMs, to, add: head.timeMs }) &&
      decodePackedTo(source, rowCount, { out: receivedTimeMs, to, add: 0 }) &&
      decodePackedTo(source, rowCount, { out: scratchStatus, to: 0, add: 0 }) &&
      decodePackedTo(source, rowCount, { out: steps, to, add: 0 });
    if (!isFilled) {
      source.at = start;
      return false;
    }
    for (let cell = to; cell < to + rowCount; cell++)
      receivedTimeMs[cell] = receivedTimeMs[cell]! + sampleTimeMs[cell]!;
    for (let i = 0; i < rowCount; i++) status[to + i] = scratchStatus[i]!;
    return true;
  }

  #readSegment(source: ByteSource, { column, rowCount, isNarrow }: SegmentPlace): void {
    const segment = this.#segment;
    segment.column = column;
    const form = source.u8();
    segment.isRaw = (form & segmentForm.rawBit) !== 0;
    segment.rows = this.#places(form & 3, this.#rows);
    segment.count = decodePlaces(source, form & 3, { among: rowCount, out: this.#rows });
    const { count } = segment;
    decodeInts(source, count, segment.sample);
    decodeInts(source, count, segment.lag);
    decodeInts(source, count, segment.status);
    const changedForm = (form >> segmentForm.changedShift) & 3;
    segment.changed = this.#places(changedForm, this.#changed);
    segment.changes = decodePlaces(source, changedForm, { among: count, out: this.#changed });
    const { changes, difference } = segment;
    if (changes > 0 && !segment.isRaw) decodeInts(source, changes, difference);
    else for (let i = 0; i < changes; i++) difference[i] = isNarrow ? source.f32() : source.f64();
  }

  #places(form: number, own: Int32Array): Int32Array {
    return form === segmentForm.all ? this.#identity : own;
  }

  #grow(rows: number): void {
    if (rows <= this.#identity.length) return;
    Object.assign(this.#segment, scratch(rows));
    this.#rows = new Int32Array(rows);
    this.#changed = new Int32Array(rows);
    this.#identity = identity(rows);
  }
}

const identity = (capacity: number): Int32Array => Int32Array.from({ length: capacity }, (_, i) => i);

const scratch = (capacity: number) => ({
  sample: new Float64Array(capacity),
  lag: new Float64Array(capacity),
  status: new Float64Array(capacity),
  difference: new Float64Array(capacity),
});

const decodePlaces = (
  source: ByteSource,
  form: number,
  { among, out }: { readonly among: number; readonly out: Int32Array },
): number => {
  if (form === segmentForm.none) return 0;
  if (form === segmentForm.all) return among;
  if (form === segmentForm.list) return decodeGaps(source, among, out);
  const at = source.take((among + 7) >> 3);
  const { bytes } = source;
  let count = 0;
  for (let place = 0; place < among; place += 8) {
    let bits = bytes[at + (place >> 3)]!;
    while (bits !== 0) {
      const bit = 31 - Math.clz32(bits & -bits);
      out[count++] = place + bit;
      bits &= bits - 1;
    }
  }
  if (count > 0 && !(out[count - 1]! < among))
    throw new LogFormatError(`expected places below ${among}, found ${out[count - 1]}`);
  return count;
};

let gaps = new Float64Array(0);

const decodeGaps = (source: ByteSource, among: number, out: Int32Array): number => {
  const count = source.varint();
  if (count > among) throw new LogFormatError(`expected at most ${among} places, found ${count}`);
  if (gaps.length < count) gaps = new Float64Array(among);
  decodeInts(source, count, gaps);
  let place = -1;
  for (let i = 0; i < count; i++) {
    const gap = gaps[i]!;
    place += gap + 1;
    if (!(gap >= 0 && place < among))
      throw new LogFormatError(`expected places below ${among}, found ${place}`);
    out[i] = place;
  }
  return count;
};

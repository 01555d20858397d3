import { type ByteSink, type ByteSource, LogFormatError, unzigzag, zigzag } from "./bytes.ts";

/** An item that is not there. No integer of a log comes near it. */
export const none = 2 ** 60;

/**
 * A list of integers, some of which may be `none`. The one building block of a log's payloads (docs/LOG-FORMAT.md §5).
 *
 * u8 mode: bits 0–2 form, bit 3 "has none"; then by form
 *   0…4, 5  varint zigzag(base), then one offset of that many bytes (5: eight bytes) per item, little endian;
 *           item = base + offset. With "has none": offset 0 is none, item = base + offset − 1
 *   6       one varint per item: zigzag(item); with "has none": 0 is none, else zigzag(item) + 1
 *   7       runs: varint count of runs, list of their lengths, list of their items; neither list has form 7
 * The length of the list is known from outside.
 */
const form = { wide: 5, varint: 6, runs: 7 } as const;
const hasNoneBit = 8;
/** Bytes of one offset, by form. */
const widths = [0, 1, 2, 3, 4, 8] as const;

const formOf = (span: number): number => {
  if (span === 0) return 0;
  if (span < 0x100) return 1;
  if (span < 0x1_0000) return 2;
  if (span < 0x100_0000) return 3;
  return span < 0x1_0000_0000 ? 4 : form.wide;
};

const varintLength = (value: number): number => {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++;
  return bytes;
};

/** A list that is being collected, as runs of equal items. */
export class RunList {
  readonly items: Float64Array;
  /** Place of each run's first item. */
  readonly starts: Float64Array;
  runs = 0;

  constructor(capacity: number) {
    this.items = new Float64Array(capacity);
    this.starts = new Float64Array(capacity);
  }
}

interface Facts {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  /** 1 when some are none. */
  readonly shift: number;
}

const survey = (list: Float64Array, count: number): Facts => {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let nones = 0;
  for (let i = 0; i < count; i++) {
    const item = list[i]!;
    if (item === none) {
      nones++;
      continue;
    }
    if (item < min) min = item;
    if (item > max) max = item;
  }
  return nones === count
    ? { count, min: 0, max: -1, shift: 1 }
    : { count, min, max, shift: nones > 0 ? 1 : 0 };
};

/**
 * Appends the first `count` items of a list: integers up to 2^51 either way, or `none`.
 * @param varints allow varints: smaller where few items are large, slower to read
 */
export const encodeInts = (
  sink: ByteSink,
  list: Float64Array,
  { count, varints }: { readonly count: number; readonly varints: boolean },
): void => encodeFlat(sink, list, { ...survey(list, count), varints });

const encodeFlat = (
  sink: ByteSink,
  list: Float64Array,
  facts: Facts & { readonly varints: boolean },
): void => {
  const packed = formOf(facts.max - facts.min + facts.shift);
  const isShorter = (): boolean => varintBytes(list, facts) < widths[packed]! * facts.count;
  if (facts.varints && packed > 1 && isShorter()) encodeVarints(sink, list, facts);
  else encodePacked(sink, list, { ...facts, packed });
};

const scratch = { list: new Float64Array(2048) };

/** Appends a list of `count` items that was collected as runs. */
export const encodeRunList = (
  sink: ByteSink,
  { items, starts, runs }: RunList,
  { count, varints }: { readonly count: number; readonly varints: boolean },
): void => {
  const facts = { ...survey(items, runs), varints };
  const width = widths[formOf(facts.max - facts.min + facts.shift)]!;
  if (runs === count || width === 0) {
    encodeFlat(sink, items, { ...facts, count });
    return;
  }
  if (scratch.list.length < count) scratch.list = new Float64Array(count);
  const { list } = scratch;
  if (runs * (width + 1.5) + 4 < width * count) {
    for (let run = 0; run < runs; run++)
      list[run] = (run + 1 < runs ? starts[run + 1]! : count) - starts[run]!;
    sink.u8(form.runs);
    sink.varint(runs);
    encodeInts(sink, list, { count: runs, varints: true });
    encodeFlat(sink, items, facts);
    return;
  }
  // Most runs have one item here: a call of fill for each would cost more than the items.
  for (let run = 0, at = 0; run < runs; run++) {
    const end = run + 1 < runs ? starts[run + 1]! : count;
    const item = items[run]!;
    for (; at < end; at++) list[at] = item;
  }
  encodeFlat(sink, list, { ...facts, count });
};

const varintBytes = (list: Float64Array, { count, shift }: Facts): number => {
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const item = list[i]!;
    bytes += item === none ? 1 : varintLength(zigzag(item) + shift);
  }
  return bytes;
};

const encodeVarints = (sink: ByteSink, list: Float64Array, { count, shift }: Facts): void => {
  sink.u8(form.varint | (shift * hasNoneBit));
  for (let i = 0; i < count; i++) {
    const item = list[i]!;
    sink.varint(item === none ? 0 : zigzag(item) + shift);
  }
};

const encodePacked = (
  sink: ByteSink,
  list: Float64Array,
  { count, packed, min, shift }: Facts & { readonly packed: number },
): void => {
  sink.u8(packed | (shift * hasNoneBit));
  sink.varint(zigzag(min));
  const width = widths[packed]!;
  if (width === 0) return;
  let at = sink.reserve(count * width);
  const { bytes } = sink;
  const base = min - shift;
  for (let i = 0; i < count; i++, at += width) {
    const item = list[i]!;
    const offset = item === none ? 0 : item - base;
    bytes[at] = offset;
    if (width === 1) continue;
    bytes[at + 1] = offset >>> 8;
    if (width === 2) continue;
    bytes[at + 2] = offset >>> 16;
    if (width === 3) continue;
    bytes[at + 3] = offset >>> 24;
    if (width === 4) continue;
    const high = Math.floor(offset / 0x1_0000_0000);
    bytes[at + 4] = high;
    bytes[at + 5] = high >>> 8;
    bytes[at + 6] = high >>> 16;
    bytes[at + 7] = 0;
  }
};

/**
 * Reads a list of `count` items into the beginning of `out`.
 * @throws LogFormatError when the bytes are no such list.
 */
export const decodeInts = (source: ByteSource, count: number, out: Float64Array): void => {
  const mode = source.u8();
  if (mode === form.runs) decodeRuns(source, count, out);
  else decodeFlat(source, count, { out, mode });
};

const decodeFlat = (
  source: ByteSource,
  count: number,
  { out, mode }: { readonly out: Float64Array; readonly mode: number },
): void => {
  const shift = (mode & hasNoneBit) === 0 ? 0 : 1;
  const kind = mode & 7;
  if (mode > 15 || kind === form.runs)
    throw new LogFormatError(`expected a list's mode at ${source.at - 1}, found ${mode}`);
  if (kind === form.varint) decodeVarints(source, count, { out, shift });
  else decodePacked(source, { count, out, shift, width: widths[kind]! });
};

const decodeVarints = (
  source: ByteSource,
  count: number,
  { out, shift }: { readonly out: Float64Array; readonly shift: number },
): void => {
  const { bytes, end } = source;
  let at = source.at;
  for (let i = 0; i < count; i++) {
    let code = at < end ? bytes[at++]! : pastEnd(source);
    if (code >= 0x80) {
      const next = at < end ? bytes[at++]! : pastEnd(source);
      if (next < 0x80) code = (code & 0x7f) | (next << 7);
      else {
        source.at = at - 2;
        code = source.varint();
        at = source.at;
      }
    }
    out[i] = code < shift ? none : unzigzag(code - shift);
  }
  source.at = at;
};

const pastEnd = ({ end }: ByteSource): never => {
  throw new LogFormatError(`expected a varint, found the end at ${end}`);
};

const decodeRuns = (source: ByteSource, count: number, out: Float64Array): void => {
  const runs = source.varint();
  if (runs > count) throw new LogFormatError(`expected at most ${count} runs, found ${runs}`);
  const lengths = new Float64Array(runs);
  const items = new Float64Array(runs);
  decodeFlat(source, runs, { out: lengths, mode: source.u8() });
  decodeFlat(source, runs, { out: items, mode: source.u8() });
  let at = 0;
  for (let run = 0; run < runs; run++) {
    const length = lengths[run]!;
    if (!(length >= 1 && length <= count - at))
      throw new LogFormatError(`expected a run within ${count - at} items, found ${length}`);
    out.fill(items[run]!, at, at + length);
    at += length;
  }
  if (at !== count) throw new LogFormatError(`expected ${count} items in runs, found ${at}`);
};

interface Unpacking {
  readonly count: number;
  readonly out: Float64Array;
  readonly shift: number;
  readonly width: number;
}

const decodePacked = (source: ByteSource, { count, out, shift, width }: Unpacking): void => {
  const base = unzigzag(source.varint()) - shift;
  const at = source.take(count * width);
  if (width === 0) out.fill(shift === 1 ? none : base, 0, count);
  else unpack(source.bytes, at, { count, out, to: 0, width, base });
  if (shift === 1) for (let i = 0; i < count; i++) if (out[i] === base) out[i] = none;
};

/**
 * Reads a list straight to where its items belong, each with `add` added: a large key is read in half the time so.
 * @returns false, with nothing read, when it is not of fixed width without "none": `decodeInts` then
 */
export const decodePackedTo = (
  source: ByteSource,
  count: number,
  { out, to, add }: { readonly out: Float64Array; readonly to: number; readonly add: number },
): boolean => {
  const start = source.at;
  const mode = source.u8();
  if (mode >= form.wide) {
    source.at = start;
    return false;
  }
  const base = unzigzag(source.varint()) + add;
  const at = source.take(count * mode);
  if (mode === 0) out.fill(base, to, to + count);
  else unpack(source.bytes, at, { count, out, to, width: mode, base });
  return true;
};

interface Packed {
  readonly count: number;
  readonly out: Float64Array;
  /** Where the first item goes. */
  readonly to: number;
  readonly width: number;
  readonly base: number;
}

const unpack = (bytes: Uint8Array, from: number, { count, out, to, width, base }: Packed): void => {
  let at = from;
  const end = to + count;
  switch (width) {
    case 1:
      for (let i = to; i < end; i++, at++) out[i] = base + bytes[at]!;
      break;
    case 2:
      for (let i = to; i < end; i++, at += 2) out[i] = base + (bytes[at]! | (bytes[at + 1]! << 8));
      break;
    case 3:
      for (let i = to; i < end; i++, at += 3)
        out[i] = base + (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16));
      break;
    default:
      for (let i = to; i < end; i++, at += width) out[i] = base + wideAt(bytes, at, width);
  }
};

const wideAt = (bytes: Uint8Array, at: number, width: number): number => {
  const low = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  if (width === 4) return low;
  const high = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16);
  return low + high * 0x1_0000_0000;
};

import { type ByteSink, type ByteSource, LogFormatError } from "#feed/log/bytes.ts";
import { decodeInts, encodeInts, none } from "#feed/log/int-list.ts";
import { Doubt } from "#feed/log/series/doubt.ts";
import { type Curve, untouched } from "./curves.ts";

/**
 * One point at one width, n buckets (docs/LOG-FORMAT.md §9):
 *
 * ints doubt · then, in whole steps: ints least, none where there is no value · ints greatest − least · ints last − least ·
 * ints mean − least, rounded; nought where there is none.
 * Bit-exact columns: the four as n × f64 each, NaN for none.
 */
export const encodeCurve = (sink: ByteSink, curve: Curve, isRaw: boolean): void => {
  const { min, max, last, mean, doubt } = curve;
  const count = doubt.length;
  const ints = (item: (i: number) => number): void => {
    const list = scratchOf(count);
    for (let i = 0; i < count; i++) list[i] = item(i);
    encodeInts(sink, list, { count, varints: true });
  };
  const above = (list: Float64Array) => (i: number) =>
    Number.isNaN(min[i]!) ? 0 : Math.round(list[i]! - min[i]!);
  ints((i) => doubt[i]!);
  if (isRaw) for (const list of [min, max, last, mean]) for (let i = 0; i < count; i++) sink.f64(list[i]!);
  else {
    ints((i) => (Number.isNaN(min[i]!) ? none : min[i]!));
    for (const list of [max, last, mean]) ints(above(list));
  }
};

/** @throws LogFormatError where the bytes are none */
export const decodeCurve = (source: ByteSource, out: Curve, isRaw: boolean): void => {
  const { min, max, last, mean, doubt } = out;
  const count = doubt.length;
  const list = scratchOf(count);
  decodeInts(source, count, list);
  for (let i = 0; i < count; i++) {
    if (!(list[i]! >= untouched && list[i]! <= Doubt.unknown))
      throw new LogFormatError(`expected a doubt, found ${list[i]}`);
    doubt[i] = list[i]!;
  }
  if (isRaw) {
    for (const values of [min, max, last, mean]) for (let i = 0; i < count; i++) values[i] = source.f64();
    return;
  }
  decodeInts(source, count, list);
  for (let i = 0; i < count; i++) min[i] = list[i] === none ? Number.NaN : list[i]!;
  for (const values of [max, last, mean]) {
    decodeInts(source, count, list);
    for (let i = 0; i < count; i++) values[i] = min[i]! + list[i]!;
  }
};

let scratch = new Float64Array(512);

const scratchOf = (length: number): Float64Array => {
  if (scratch.length < length) scratch = new Float64Array(length);
  return scratch;
};

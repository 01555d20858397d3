import type { Chance } from "./random.ts";

/** Changes bytes without knowing what they mean. Each returns new bytes; none keeps its input. */
type ByteMutation = (bytes: Buffer, chance: Chance, other: Buffer) => Buffer;

/** Lengths, counts and indexes at which decoders tend to break. */
const edges = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x3fffffff, 0x40000000, 0x7fffffff,
  0x80000000, 0xfffffffc, 0xfffffffe, 0xffffffff,
];
const doubles = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  5e-324,
  1.7976931348623157e308,
  2 ** 53,
  -(2 ** 63),
  8.64e15,
  1e300,
];

const withBytes = (bytes: Buffer, at: number, replaced: number, by: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(Math.min(bytes.length, at + replaced))]);

const placeFor = (bytes: Buffer, chance: Chance, width: number): number =>
  Math.max(0, Math.min(chance.int(bytes.length + 1), bytes.length - width));

const flipBits: ByteMutation = (bytes, chance) => {
  const changed = Buffer.from(bytes);
  for (let i = 1 + chance.int(8); i > 0 && changed.length > 0; i--) {
    const at = chance.int(changed.length);
    changed[at] = changed[at]! ^ (1 << chance.int(8));
  }
  return changed;
};

const truncate: ByteMutation = (bytes, chance) =>
  Buffer.from(bytes.subarray(0, chance.int(bytes.length + 1)));

/** The head of this message and the tail of another. */
const splice: ByteMutation = (bytes, chance, other) =>
  Buffer.concat([
    bytes.subarray(0, chance.int(bytes.length + 1)),
    other.subarray(chance.int(other.length + 1)),
  ]);

const repeat: ByteMutation = (bytes, chance) => {
  const from = chance.int(bytes.length + 1);
  const part = bytes.subarray(from, from + 1 + chance.int(64));
  const times = chance.of([1, 2, 16, 1000]);
  return withBytes(bytes, from, 0, Buffer.concat(Array.from({ length: times }, () => part)));
};

const remove: ByteMutation = (bytes, chance) =>
  withBytes(bytes, chance.int(bytes.length + 1), 1 + chance.int(16), Buffer.alloc(0));

const insert: ByteMutation = (bytes, chance) => {
  const noise = Buffer.from(Array.from({ length: 1 + chance.int(16) }, () => chance.int(256)));
  return withBytes(bytes, chance.int(bytes.length + 1), 0, noise);
};

/** A length, count or index of one, two, four or eight bytes, little endian, becomes an awkward one. */
const setEdge: ByteMutation = (bytes, chance) => {
  const width = chance.of([1, 2, 4, 4, 8]);
  const field = Buffer.alloc(8);
  if (width === 8) field.writeDoubleLE(chance.of(doubles));
  else field.writeUInt32LE(chance.of(edges) >>> 0);
  const aligned = placeFor(bytes, chance, width);
  const at = chance.oneIn(4) ? aligned : aligned - (aligned % Math.min(width, 4));
  return withBytes(bytes, at, width, field.subarray(0, width));
};

/** A protobuf varint: a length, tag or number of up to ten bytes, never ending now and then. */
const setVarint: ByteMutation = (bytes, chance) => {
  const length = 1 + chance.int(11);
  const last = chance.oneIn(8) ? 0x80 : 0x7f;
  const varint = Buffer.from(
    Array.from({ length }, (_, i) =>
      i < length - 1 ? 0x80 | chance.int(128) : last & chance.of([0xff, 0x81, 1]),
    ),
  );
  return withBytes(bytes, placeFor(bytes, chance, 1), chance.of([0, 1, length]), varint);
};

export const byteMutations: readonly ByteMutation[] = [
  flipBits,
  truncate,
  splice,
  repeat,
  remove,
  insert,
  setEdge,
  setEdge,
  setVarint,
];

import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteSink, ByteSource, LogFormatError, unzigzag, zigzag } from "./bytes.ts";
import { decodeInts, encodeInts, encodeRunList, none, RunList } from "./int-list.ts";

const limit = 2 ** 51;
const item = fc.oneof(
  fc.constant(none),
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.integer({ min: -20_000_000, max: 20_000_000 }),
  fc.maxSafeInteger().map((n) => n % limit),
);
const list = fc.oneof(
  fc.array(item, { maxLength: 300 }),
  // Long runs, and lists of one width.
  fc
    .array(fc.tuple(item, fc.integer({ min: 1, max: 60 })), { maxLength: 20 })
    .map((runs) => runs.flatMap(([value, length]) => new Array<number>(length).fill(value))),
  fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }), { maxLength: 300 }),
);

const runsOf = (items: readonly number[]): RunList => {
  const list = new RunList(items.length);
  items.forEach((item, i) => {
    if (i > 0 && items[i - 1] === item) return;
    list.items[list.runs] = item;
    list.starts[list.runs++] = i;
  });
  return list;
};

const encode = (items: readonly number[], varints: boolean, asRuns = true): Uint8Array => {
  const sink = new ByteSink();
  const options = { count: items.length, varints };
  if (asRuns) encodeRunList(sink, runsOf(items), options);
  else encodeInts(sink, Float64Array.from(items), options);
  return sink.written.slice();
};

test("any list comes back, in no more bytes than it needs", () => {
  fc.assert(
    fc.property(list, fc.boolean(), fc.boolean(), (items, varints, asRuns) => {
      const bytes = encode(items, varints, asRuns);
      const out = new Float64Array(items.length);
      const source = new ByteSource(bytes);
      decodeInts(source, items.length, out);
      expect([...out]).toEqual(items);
      expect(source.at).toBe(bytes.length);
      expect(bytes.length).toBeLessThanOrEqual(11 + items.length * 8);
    }),
    { numRuns: 500 },
  );
});

test("times of one frame take a few bytes, a walk's steps one each", () => {
  expect(encode(new Array<number>(1024).fill(1_700_000_000_123), false).length).toBeLessThan(10);
  const steps = Array.from({ length: 500 }, (_, i) => ((i * 7) % 41) - 20);
  expect(encode(steps, true).length).toBeLessThan(510);
});

test("bytes that are no list are refused, whatever they are", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 0, max: 200 }), (bytes, count) => {
      try {
        decodeInts(new ByteSource(bytes), count, new Float64Array(count));
      } catch (error) {
        expect(error).toBeInstanceOf(LogFormatError);
      }
    }),
    { numRuns: 2000 },
  );
});

test("varints and zigzag come back", () => {
  fc.assert(
    fc.property(
      fc.maxSafeInteger().map((n) => n % limit),
      (n) => {
        const sink = new ByteSink();
        sink.varint(zigzag(n));
        expect(unzigzag(new ByteSource(sink.written).varint())).toBe(n);
      },
    ),
  );
});

test("a sink grows under every kind of number", () => {
  const sink = new ByteSink();
  const count = 40_000;
  for (let i = 0; i < count; i++) {
    sink.u8(i);
    sink.u16(i);
    sink.u32(i);
    sink.f32(i);
    sink.f64(i);
  }
  const source = new ByteSource(sink.written);
  for (let i = 0; i < count; i++) {
    const read = [source.u8(), source.u16(), source.u32(), source.f32(), source.f64()];
    if (read.some((value, kind) => value !== (kind === 0 ? i % 256 : kind === 1 ? i % 65_536 : i)))
      throw new Error(`number ${i} came back as ${read.join()}`);
  }
  expect(source.at).toBe(count * 19);
});

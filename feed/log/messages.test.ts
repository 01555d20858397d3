import fc from "fast-check";
import { expect, test } from "vitest";
import { blockRows } from "#feed/tables/class-table.ts";
import { Applier } from "./apply.ts";
import { ByteSink, LogFormatError } from "./bytes.ts";
import { type BlockCopy, type BlockSource, ClassEncoder } from "./encode.ts";
import type { ClassLayout } from "./layout.ts";
import { cellValue, clearState, createState, valuesOf } from "./state.ts";

const layout: ClassLayout = {
  name: "rack",
  index: 6,
  rows: 2600,
  storage: "f64",
  columns: [
    { id: "load", unit: "%", resolution: 0.1 },
    { id: "energy", unit: "kWh", resolution: 0 },
    { id: "visibility", unit: "m", resolution: 10 },
  ],
};
const stride = layout.columns.length;
const cells = layout.rows * stride;

/** A live table of this layout, with all its blocks as a source. */
const live = () => {
  const value = new Float64Array(cells).fill(Number.NaN);
  const status = new Uint8Array(cells);
  const sampleTimeMs = new Float64Array(cells);
  const receivedTimeMs = new Float64Array(cells);
  const source: BlockSource = {
    again: () => {
      throw new Error("nothing here comes after its second");
    },
    read: (index): BlockCopy => {
      const rows = Math.min(blockRows, layout.rows - index * blockRows);
      const from = index * blockRows * stride;
      const to = from + rows * stride;
      return {
        rows,
        value: value.subarray(from, to),
        status: status.subarray(from, to),
        sampleTimeMs: sampleTimeMs.subarray(from, to),
        receivedTimeMs: receivedTimeMs.subarray(from, to),
      };
    },
  };
  return { value, status, sampleTimeMs, receivedTimeMs, source };
};

interface Write {
  readonly cell: number;
  readonly count: number;
  readonly value: number;
  readonly status: number;
  readonly ageMs: number;
  readonly lagMs: number;
}

const write: fc.Arbitrary<Write> = fc.record({
  cell: fc.nat(cells - 1),
  count: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 900 })),
  value: fc.oneof(
    fc.constant(Number.NaN),
    fc.constant(Number.POSITIVE_INFINITY),
    fc.double({ min: -1000, max: 1000, noNaN: true }),
    fc.double({ min: -1e13, max: 1e13, noNaN: true }),
  ),
  status: fc.nat(255),
  ageMs: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: -60_000, max: 3e10 })),
  lagMs: fc.oneof(fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: -1e9, max: 1e9 })),
});
const seconds = fc.array(fc.array(write, { maxLength: 8 }), { minLength: 1, maxLength: 5 });

const startMs = 1_780_000_000_000;

/** What a log promises of a value: itself to the resolution, or no number. */
const isKept = (found: number, given: number, column: number): boolean => {
  const { resolution } = layout.columns[column]!;
  if (resolution === 0) return Object.is(found, given);
  if (!Number.isFinite(given)) return Number.isNaN(found);
  return Math.abs(found - given) <= resolution / 2 + Math.abs(given) * 1e-15;
};

/** Row-major to column-major. */
const byColumn = <T extends Float64Array | Uint8Array>(items: T): T => {
  const out = items.slice() as T;
  items.forEach((item, i) => {
    out[(i % stride) * layout.rows + Math.floor(i / stride)] = item;
  });
  return out;
};

const isSame = (found: Float64Array | Uint8Array, given: Float64Array | Uint8Array): boolean =>
  found.every((item, i) => Object.is(item, given[i]));

test("what was logged is what was there, from keys and from deltas", () => {
  fc.assert(
    fc.property(seconds, (all) => {
      const table = live();
      const logged = createState(layout);
      const replayed = createState(layout);
      const encoder = new ClassEncoder(logged, new ByteSink());
      const applier = new Applier();
      all.forEach((writes, second) => {
        const timeMs = startMs + second * 1000;
        for (const { cell, count, ...w } of writes)
          for (let i = cell; i < Math.min(cells, cell + count * stride); i += stride) {
            table.value[i] = w.value;
            table.status[i] = w.status;
            table.sampleTimeMs[i] = timeMs - w.ageMs;
            const receivedMs = timeMs - w.ageMs + w.lagMs;
            const isSoon = receivedMs > timeMs && receivedMs <= timeMs + 6000;
            table.receivedTimeMs[i] = isSoon ? timeMs : receivedMs;
          }
        encoder.delta(table.source, timeMs, (bytes) => applier.apply(replayed, [bytes]));
      });
      const fromKey = createState(layout);
      encoder.key(startMs + 60_000, (bytes) => {
        applier.apply(fromKey, [bytes]);
      });
      for (const state of [replayed, fromKey]) {
        expect(isSame(state.steps, logged.steps)).toBe(true);
        expect(isSame(state.status, byColumn(table.status))).toBe(true);
        expect(isSame(state.sampleTimeMs, byColumn(table.sampleTimeMs.map(Math.floor)))).toBe(true);
        expect(isSame(state.receivedTimeMs, byColumn(table.receivedTimeMs.map(Math.floor)))).toBe(true);
      }
      const isLost = (value: number, cell: number): boolean =>
        !isKept(cellValue(replayed, cell), value, Math.floor(cell / layout.rows));
      expect([...byColumn(table.value)].find(isLost)).toBeUndefined();
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("decimal values come back as they are written, not near them", () => {
  const table = live();
  const logged = createState(layout);
  table.value.set([23.4, 0.1 + 0.2, 12_340], 0);
  table.status.fill(7, 0, 3);
  new ClassEncoder(logged, new ByteSink()).delta(table.source, startMs, () => {});
  const out = new Float64Array(cells);
  valuesOf(logged, out);
  expect([out[0], out[layout.rows], out[layout.rows * 2]]).toEqual([23.4, 0.1 + 0.2, 12_340]);
});

test("nothing new is no message", () => {
  const table = live();
  table.status.fill(7, 30, 60);
  const encoder = new ClassEncoder(createState(layout), new ByteSink());
  let messages = 0;
  for (let second = 0; second < 3; second++)
    encoder.delta(table.source, startMs + second * 1000, () => messages++);
  expect(messages).toBe(1);
});

test("any byte of a message may be anything: it is refused or read, and nothing else", () => {
  const table = live();
  table.status.fill(7);
  table.value.forEach((_, i) => {
    table.value[i] = (i * 31) % 977;
    table.sampleTimeMs[i] = startMs - ((i * 7919) % 5000);
    table.receivedTimeMs[i] = startMs;
  });
  const messages: Uint8Array[] = [];
  const encoder = new ClassEncoder(createState(layout), new ByteSink());
  encoder.delta(table.source, startMs, (bytes) => messages.push(bytes.slice()));
  const applier = new Applier();
  const state = createState(layout);
  fc.assert(
    fc.property(fc.nat(), fc.nat(255), fc.nat(), (at, byte, cut) => {
      const bytes = messages[0]!.slice(0, cut % 5 === 0 ? cut % messages[0]!.length : undefined);
      if (bytes.length > 0) bytes[at % bytes.length] = byte;
      clearState(state);
      try {
        applier.apply(state, [bytes]);
      } catch (error) {
        expect(error).toBeInstanceOf(LogFormatError);
      }
    }),
    { numRuns: 1000 },
  );
});

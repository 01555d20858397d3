import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFrame, type Frame, frameTargetBytes } from "#feed/contract/frame.ts";
import { smallCampus, storeOf } from "./campus.fixture.ts";
import { type ClassTable, stampCell } from "./class-table.ts";
import { DisplayCursor, FrameCutter, type RowRange } from "./display.ts";

const twin = await smallCampus();
const cutter = new FrameCutter();
const options = { timeMs: 1e12, dropCount: 0, prefix: 8 };

const read = (cursor: DisplayCursor, tick: number, limit = Number.POSITIVE_INFINITY): Frame[] => {
  const frames: Frame[] = [];
  while (frames.length < limit) {
    const bytes = cursor.next(cutter, tick, options);
    if (!bytes) break;
    expect(bytes.byteLength).toBeLessThanOrEqual(frameTargetBytes + 8);
    frames.push(decodeFrame(bytes, 8));
  }
  return frames;
};

const apply = (seen: Map<number, number>, table: ClassTable, frames: readonly Frame[]): void => {
  for (const { columns } of frames)
    for (const column of columns)
      for (let i = 0; i < column.count; i++) {
        const row = column.rows ? column.rows[i]! : column.firstRow + i;
        seen.set(row * table.columns + column.metric, column.values[i]!);
      }
};

const cellsOf = (table: ClassTable) =>
  fc.array(fc.tuple(fc.nat(table.value.length - 1), fc.integer({ min: 0, max: 999 })), { maxLength: 400 });

test("however far a reader lags, it ends with the table's values: live coalesces to the latest", () => {
  const sample = storeOf(twin).tables.of("rack");
  fc.assert(
    fc.property(fc.array(fc.tuple(cellsOf(sample), fc.nat(3)), { maxLength: 8 }), (rounds) => {
      const { tables } = storeOf(twin);
      const table = tables.of("rack");
      const cursor = new DisplayCursor(tables, tables.all, new Map());
      const seen = new Map<number, number>();
      for (const [cells, credits] of rounds) {
        for (const [cell, value] of cells) {
          table.value[cell] = value;
          stampCell(tables, table, cell);
        }
        apply(seen, table, read(cursor, tables.tick++, credits));
      }
      apply(seen, table, read(cursor, tables.tick++));
      apply(seen, table, read(cursor, tables.tick++));
      const written = new Set(rounds.flatMap(([cells]) => cells.map(([cell]) => cell)));
      expect(new Set(seen.keys())).toEqual(written);
      for (const [cell, value] of seen) expect(value).toBe(table.value[cell]);
    }),
    { numRuns: 40 },
  );
});

test("the first pass is key frames of everything ever seen; after it only what changed is sent, once", () => {
  const { tables } = storeOf(twin);
  const table = tables.of("rack");
  for (let cell = 0; cell < table.value.length; cell++) {
    table.value[cell] = cell % 100;
    stampCell(tables, table, cell);
  }
  const cursor = new DisplayCursor(tables, tables.all, new Map());
  const first = read(cursor, tables.tick++);
  expect(first.every((frame) => frame.key)).toBe(true);
  expect(first.length).toBeGreaterThan(3);
  expect(first.flatMap((f) => f.columns).reduce((sum, c) => sum + c.count, 0)).toBe(table.value.length);
  expect(read(cursor, tables.tick++)).toEqual([]);
  stampCell(tables, table, 17);
  const next = read(cursor, tables.tick++);
  expect(next.map((frame) => [frame.key, frame.columns.length])).toEqual([[false, 1]]);
  expect(read(cursor, tables.tick++)).toEqual([]);
  expect([...first, ...next].map((frame) => frame.sequence)).toEqual([...first, ...next].map((_, i) => i));
});

test("a stream of a row range and class sends nothing else", () => {
  const { tables } = storeOf(twin);
  const table = tables.of("rack");
  for (const row of [10, 1500, 1501, 2900]) stampCell(tables, table, row * table.columns);
  stampCell(tables, tables.of("meter"), 0);
  const ranges = new Map<number, RowRange>([[table.index, [1400, 1501]]]);
  const cursor = new DisplayCursor(tables, [table], ranges);
  const frames = read(cursor, tables.tick++);
  expect(frames).toHaveLength(1);
  expect(frames[0]!.columns.map((c) => [c.firstRow, c.count])).toEqual([[1500, 1]]);
});

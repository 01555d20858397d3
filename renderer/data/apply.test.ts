import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeFrame, type Frame, type FrameColumn, FrameError, neverOffset } from "#feed/contract/frame.ts";
import { classIndex, classSpec } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { applyFrame, createCounters } from "./apply.ts";
import { createCampusState, type WritableCampus } from "./campus.ts";
import { createClock } from "./clock.ts";
import { blockRows } from "./state.ts";
import { tinyTwin } from "./tiny-twin.fixture.ts";

const epoch = 7;
const rows = { rack: 2500, room: 3 } as const;
type Shown = keyof typeof rows;

const newCampus = (): WritableCampus =>
  createCampusState(
    tinyTwin(rows, epoch),
    createClock(() => 0, 1e12),
  );

/** One cell, as the naive model keeps it. */
interface Cell {
  readonly value: number;
  readonly status: number;
  readonly sampleTimeMs: number;
  readonly receivedTimeMs: number;
}

const anyOffset = fc.oneof(fc.constant(neverOffset), fc.integer({ min: -1e6, max: 1e6 }));

/** Columns whose rows and metrics may lie outside the tables. */
const anyColumn = (className: Shown): fc.Arbitrary<FrameColumn> =>
  fc
    .record({
      metric: fc.nat(classSpec(className).metrics.length + 1),
      isList: fc.boolean(),
      firstRow: fc.nat(rows[className] + 4),
      cells: fc.array(
        fc.tuple(
          fc.oneof(fc.nat(rows[className] + 4), fc.nat(0xffffffff)),
          fc.float(),
          anyOffset,
          anyOffset,
          fc.nat(255),
        ),
        { maxLength: 40 },
      ),
    })
    .map(({ metric, isList, firstRow, cells }) => {
      const numbers = cells.map((c) => c[1]);
      return {
        metric,
        count: cells.length,
        firstRow: isList ? -1 : firstRow,
        rows: isList ? Uint32Array.from(cells, (c) => c[0]) : null,
        values: className === "rack" ? Float32Array.from(numbers) : Float64Array.from(numbers),
        sampleOffsetMs: Int32Array.from(cells, (c) => c[2]),
        receivedOffsetMs: Int32Array.from(cells, (c) => c[3]),
        status: Uint8Array.from(cells, (c) => c[4]),
      };
    });

const anyFrame: fc.Arbitrary<Frame> = fc.constantFrom<Shown>("rack", "room").chain((className) =>
  fc.record({
    key: fc.boolean(),
    classIndex: fc.constant(classIndex(className)),
    epoch: fc.constantFrom(epoch, epoch, epoch, epoch + 1),
    sequence: fc.nat(),
    timeMs: fc.integer({ min: 1e12, max: 2e12 }),
    dropCount: fc.nat(1000),
    columns: fc.array(anyColumn(className), { minLength: 1, maxLength: 4 }),
  }),
);

const shownClasses: readonly Shown[] = ["rack", "room"];
const keyOf = (className: ClassName, row: number, metric: number) => `${className}/${row}/${metric}`;

/** The same frames, applied cell by cell to a map. Returns the cells refused. */
const applyNaively = (cells: Map<string, Cell>, className: Shown, frame: Frame): number => {
  let refused = 0;
  for (const column of frame.columns) {
    const fits =
      column.metric < classSpec(className).metrics.length &&
      (column.rows !== null || column.firstRow + column.count <= rows[className]);
    for (let i = 0; i < column.count; i++) {
      const row = column.rows ? column.rows[i]! : column.firstRow + i;
      if (!fits || row >= rows[className]) {
        refused++;
        continue;
      }
      const at = (offset: number) => (offset === neverOffset ? 0 : frame.timeMs + offset);
      cells.set(keyOf(className, row, column.metric), {
        value: column.values[i]!,
        status: column.status[i]!,
        sampleTimeMs: at(column.sampleOffsetMs[i]!),
        receivedTimeMs: at(column.receivedOffsetMs[i]!),
      });
    }
  }
  return refused;
};

const expectSame = (campus: WritableCampus, cells: ReadonlyMap<string, Cell>): void => {
  for (const className of shownClasses) {
    const state = campus.of(className);
    for (let cell = 0; cell < state.status.length; cell++) {
      const row = Math.floor(cell / state.columns);
      const want = cells.get(keyOf(className, row, cell % state.columns));
      const got = {
        value: state.value[cell]!,
        status: state.status[cell]!,
        sampleTimeMs: state.sampleTimeMs[cell]!,
        receivedTimeMs: state.receivedTimeMs[cell]!,
      };
      const none = { value: Number.NaN, status: 0, sampleTimeMs: 0, receivedTimeMs: 0 };
      // One comparison a cell is far too slow through `expect`; it is only asked when something differs.
      const wanted = want ?? none;
      const isSame =
        Object.is(got.value, wanted.value) &&
        got.status === wanted.status &&
        got.sampleTimeMs === wanted.sampleTimeMs &&
        got.receivedTimeMs === wanted.receivedTimeMs;
      if (!isSame) expect(got, keyOf(className, row, cell % state.columns)).toEqual(wanted);
      if (want) expect(state.dirtyBlocks[Math.floor(row / blockRows)]).toBe(1);
    }
  }
};

describe("applyFrame", () => {
  test("equals a naive cell-by-cell model, and refuses what lies outside the twin", () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 6 }), fc.constantFrom(0, 8), (frames, prefix) => {
        const campus = newCampus();
        const counters = createCounters();
        const cells = new Map<string, Cell>();
        let refusedCells = 0;
        for (const frame of frames) {
          applyFrame({ campus, counters }, encodeFrame(frame, prefix), prefix);
          if (frame.epoch !== epoch) continue;
          const className = shownClasses.find((name) => classIndex(name) === frame.classIndex)!;
          refusedCells += applyNaively(cells, className, frame);
        }
        expectSame(campus, cells);
        expect(counters.refusedCells).toBe(refusedCells);
        expect(counters.refusedFrames).toBe(frames.filter((frame) => frame.epoch !== epoch).length);
        expect(counters.frames).toBe(frames.length);
      }),
      { numRuns: 60 },
    );
  });

  const frameOf = (over: Partial<Frame>): Frame => ({
    key: false,
    classIndex: classIndex("rack"),
    epoch,
    sequence: 0,
    timeMs: 1e12,
    dropCount: 0,
    columns: [
      {
        metric: 0,
        count: 1,
        firstRow: 1500,
        rows: null,
        values: Float32Array.of(42),
        sampleOffsetMs: Int32Array.of(-250),
        receivedOffsetMs: Int32Array.of(-5),
        status: Uint8Array.of(7),
      },
    ],
    ...over,
  });

  test("marks only the blocks it wrote and tells listeners after the cells are in place", () => {
    const campus = newCampus();
    const heard: [string, number][] = [];
    campus.onChange((className) => heard.push([className, campus.of("rack").value[1500 * 8]!]));
    applyFrame({ campus, counters: createCounters() }, encodeFrame(frameOf({})));
    expect([...campus.of("rack").dirtyBlocks]).toEqual([0, 1, 0]);
    expect(heard).toEqual([["rack", 42]]);
    expect(campus.of("rack").version).toBe(1);
    expect(campus.of("room").version).toBe(0);
  });

  test("counts what is missing between sequence numbers, across the 32-bit wrap", () => {
    const campus = newCampus();
    const counters = createCounters();
    for (const sequence of [0xfffffffe, 0xffffffff, 2, 3])
      applyFrame({ campus, counters }, encodeFrame(frameOf({ sequence, dropCount: sequence & 15 })));
    expect(counters.sequenceGaps).toBe(2);
    expect(counters.feedDrops).toBe(3);
  });

  test("throws on bytes that are no frame and leaves the state alone", () => {
    const campus = newCampus();
    expect(() => applyFrame({ campus, counters: createCounters() }, new ArrayBuffer(64))).toThrow(FrameError);
    expect(campus.of("rack").version).toBe(0);
  });
});

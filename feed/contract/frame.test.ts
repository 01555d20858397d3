import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameColumn,
  FrameError,
  frameBytes,
  frameOffset,
  neverOffset,
} from "./frame.ts";

const column = (wide: boolean) =>
  fc
    .record({
      metric: fc.nat(40),
      isList: fc.boolean(),
      firstRow: fc.nat(400_000),
      cells: fc.array(
        fc.tuple(fc.nat(400_000), fc.double({ noNaN: false }), fc.integer(), fc.integer(), fc.nat(255)),
        { maxLength: 50 },
      ),
    })
    .map(
      ({ metric, isList, firstRow, cells }): FrameColumn => ({
        metric,
        count: cells.length,
        firstRow: isList ? -1 : firstRow,
        rows: isList ? Uint32Array.from(cells, (c) => c[0]) : null,
        values: wide ? Float64Array.from(cells, (c) => c[1]) : Float32Array.from(cells, (c) => c[1]),
        sampleOffsetMs: Int32Array.from(cells, (c) => c[2]),
        receivedOffsetMs: Int32Array.from(cells, (c) => c[3]),
        status: Uint8Array.from(cells, (c) => c[4]),
      }),
    );

const anyFrame: fc.Arbitrary<Frame> = fc.boolean().chain((wide) =>
  fc.record({
    key: fc.boolean(),
    classIndex: fc.nat(20),
    epoch: fc.nat(),
    sequence: fc.nat(),
    timeMs: fc.integer({ min: 0, max: 4e12 }),
    dropCount: fc.nat(),
    columns: fc.array(column(wide), { minLength: 1, maxLength: 5 }),
  }),
);

test("a frame survives encoding and decoding bit for bit, at any transport prefix", () => {
  fc.assert(
    fc.property(anyFrame, fc.constantFrom(0, 8, 16), (frame, prefix) => {
      const bytes = encodeFrame(frame, prefix);
      expect(bytes.byteLength).toBe(prefix + frameBytes(frame));
      expect(decodeFrame(bytes, prefix)).toEqual(frame);
    }),
  );
});

test("torn or foreign bytes give a FrameError that says what was found", () => {
  fc.assert(
    fc.property(anyFrame, fc.double({ min: 0, max: 0.999, noNaN: true }), (frame, share) => {
      const bytes = encodeFrame(frame);
      const cut = bytes.slice(0, Math.floor(bytes.byteLength * share));
      expect(() => decodeFrame(cut)).toThrow(FrameError);
    }),
  );
  expect(() => decodeFrame(new ArrayBuffer(64))).toThrow(/expected magic/);
});

test("times too far for an offset clamp, and no time is never", () => {
  expect(frameOffset(0, 1e12)).toBe(neverOffset);
  expect(frameOffset(1, 1e12)).toBe(-0x7fffffff);
  expect(frameOffset(1e12 + 250, 1e12)).toBe(250);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { BulkError, type BulkFrame, decodeBulk, encodeBulk } from "./bulk.ts";

const anyBulk: fc.Arbitrary<BulkFrame> = fc.nat(40).chain((rowCount) =>
  fc.record({
    sequence: fc.nat(),
    layout: fc.nat(),
    timeMs: fc.integer({ min: 0, max: 4e12 }),
    firstRow: fc.nat(400_000),
    rowCount: fc.constant(rowCount),
    columns: fc.array(
      fc.record({
        metric: fc.nat(60),
        values: fc.oneof(
          fc.float32Array({ minLength: rowCount, maxLength: rowCount }),
          fc.float64Array({ minLength: rowCount, maxLength: rowCount }),
        ),
        quality: fc.option(fc.uint8Array({ minLength: rowCount, maxLength: rowCount, max: 3 })),
      }),
      { maxLength: 5 },
    ),
  }),
);

test("a bulk frame survives at any alignment, NaN included", () => {
  fc.assert(
    fc.property(anyBulk, fc.nat(15), (frame, shift) => {
      const bytes = encodeBulk(frame);
      const moved = new Uint8Array(bytes.byteLength + shift).subarray(shift);
      moved.set(bytes);
      expect(decodeBulk(moved)).toEqual(frame);
    }),
  );
});

test("torn bytes give a BulkError", () => {
  const bytes = encodeBulk({
    sequence: 1,
    layout: 2,
    timeMs: 3,
    firstRow: 0,
    rowCount: 3,
    columns: [{ metric: 0, values: Float32Array.of(1, 2, 3), quality: Uint8Array.of(3, 3, 1) }],
  });
  for (let size = 0; size < bytes.length; size++)
    expect(() => decodeBulk(bytes.subarray(0, size))).toThrow(BulkError);
  expect(() => decodeBulk(new Uint8Array(64))).toThrow(/expected magic/);
});

/** Found by `npm run bench -- fuzz`: lengths at which 32-bit arithmetic turns round. */
test.each([0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff])(
  "a frame that claims %i rows is a BulkError, whatever its columns",
  (rowCount) => {
    for (const values of [Float32Array.of(1), Float64Array.of(1)])
      for (const quality of [null, Uint8Array.of(3)]) {
        const columns = [{ metric: 0, values, quality }];
        const bytes = encodeBulk({ sequence: 1, layout: 2, timeMs: 3, firstRow: 0, rowCount: 1, columns });
        new DataView(bytes.buffer).setUint32(28, rowCount, true);
        expect(() => decodeBulk(bytes)).toThrow(BulkError);
      }
  },
);

import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import type { PointHead } from "./heads.ts";
import { parquetParts } from "./parquet.ts";
import type { ExportRow } from "./rows.ts";

const head: PointHead = {
  asset: "a/k01",
  className: "rack",
  spec: classSpec("rack").metrics[metricIndex("rack", "power")]!,
  isNarrow: true,
};

const valueAt = (i: number): number => (i % 7 === 0 ? Number.NaN : i / 4);

function* rows(count: number): Generator<ExportRow | null> {
  const row = {
    timeMs: 0,
    values: new Float64Array(40),
    status: new Uint8Array(40).fill(7),
    isRecorded: true,
  };
  for (let i = 0; i < count; i++) {
    row.timeMs = 1000 * i;
    row.values.fill(valueAt(i));
    if (i % 1000 === 0) yield null;
    yield row;
  }
}

test("a long table is written in groups, none of which waits for the next", async () => {
  const count = 9000;
  const heads = Array.from({ length: 40 }, (_, i) => ({ ...head, asset: `a/k${i}` }));
  const parts: Uint8Array[] = [];
  let breaths = 0;
  for (const part of parquetParts(rows(count), { heads, createdBy: "test", facts: {} }))
    if (part) parts.push(part);
    else breaths++;
  expect(breaths).toBe(9);
  const file = new Uint8Array(Buffer.concat(parts)).buffer;
  const { row_groups, num_rows } = parquetMetadata(file);
  expect(Number(num_rows)).toBe(count);
  expect(row_groups.map((group) => Number(group.num_rows))).toEqual([2048, 2048, 2048, 2048, 808]);
  expect(parts.length).toBe(row_groups.length);
  const objects = await parquetReadObjects({ file, columns: ["time", "a/k39 power", "a/k39 power status"] });
  objects.forEach((object, i) => {
    const value = Number.isNaN(valueAt(i)) ? null : valueAt(i);
    if ((object["time"] as Date).getTime() !== 1000 * i || object["a/k39 power"] !== value)
      throw new Error(`row ${i} is ${JSON.stringify(object)}`);
    if (object["a/k39 power status"] !== (value === null ? "no number" : "good"))
      throw new Error(`row ${i} is ${JSON.stringify(object)}`);
  });
});

test("an empty table is a file all the same", async () => {
  const parts = [...parquetParts(rows(0), { heads: [head], createdBy: "test", facts: {} })] as Uint8Array[];
  const file = new Uint8Array(Buffer.concat(parts)).buffer;
  expect(await parquetReadObjects({ file })).toEqual([]);
});

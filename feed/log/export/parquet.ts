import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { type PointHead, statusText } from "./heads.ts";
import type { ExportRow } from "./rows.ts";

/** Cells of a row group, which is what stays in memory: a few megabytes, written in less than a tenth of a second. */
const groupCells = 100_000;
/** But not so few rows that a file of many points is all headings. */
const leastGroupRows = 2048;

export interface ParquetOptions {
  readonly heads: readonly PointHead[];
  /** Name and version of the product. */
  readonly createdBy: string;
  /** Further facts of the whole file. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A growing part of a table, by columns. */
interface Group {
  readonly time: Date[];
  readonly values: (number | null)[][];
  readonly status: string[][];
}

const emptyGroup = (points: number): Group => {
  const columns = <T>(): T[][] => Array.from({ length: points }, () => []);
  return { time: [], values: columns(), status: columns() };
};

/**
 * A Parquet file: `time` (TIMESTAMP_MILLIS, UTC), and of each point its value as a double, null where there is none, and
 * its status as text. What the columns are stands under `horinger` in the file's metadata, as JSON. null: others' turn.
 */
export function* parquetParts(
  rows: Iterable<ExportRow | null>,
  { heads, createdBy, facts }: ParquetOptions,
): Generator<Uint8Array | null> {
  const names = columnNames(heads);
  const points = heads.map(({ asset, className, spec: { id, unit, resolution = null, states } }, i) => {
    return { column: names[i], asset, className, metric: id, unit, resolution, ...(states && { states }) };
  });
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: "root", num_children: 1 + heads.length * 2 },
      {
        name: "time",
        type: "INT64",
        repetition_type: "REQUIRED",
        converted_type: "TIMESTAMP_MILLIS",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
      },
      ...names.flatMap(
        (name) =>
          [
            { name, type: "DOUBLE", repetition_type: "OPTIONAL" },
            {
              name: `${name} status`,
              type: "BYTE_ARRAY",
              repetition_type: "REQUIRED",
              converted_type: "UTF8",
            },
          ] as const,
      ),
    ],
    kvMetadata: [{ key: "horinger", value: JSON.stringify({ ...facts, points }) }],
    createdBy,
  });
  const taken = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  const groupRows = Math.max(leastGroupRows, Math.floor(groupCells / (1 + heads.length * 2)));
  let group = emptyGroup(heads.length);
  const write = (): void => {
    const columnData = [
      { name: "time", data: group.time },
      ...names.flatMap((name, i) => [
        { name, data: group.values[i]! },
        { name: `${name} status`, data: group.status[i]! },
      ]),
    ];
    file.write({ columnData, rowGroupSize: groupRows });
    group = emptyGroup(heads.length);
  };
  for (const row of rows) {
    if (row === null) {
      yield null;
      continue;
    }
    add(group, row);
    if (group.time.length < groupRows) continue;
    write();
    yield taken();
  }
  if (group.time.length > 0) write();
  file.finish();
  yield taken();
}

const add = ({ time, values, status }: Group, row: ExportRow): void => {
  time.push(new Date(row.timeMs));
  for (let point = 0; point < values.length; point++) {
    const value = row.values[point]!;
    values[point]!.push(Number.isNaN(value) ? null : value);
    status[point]!.push(statusText(row, point));
  }
};

/** `a/b01/f1/r1/row03/k12 inletTemperature`; a point that was asked for twice has a number behind it. */
const columnNames = (heads: readonly PointHead[]): readonly string[] => {
  const seen = new Map<string, number>();
  return heads.map(({ asset, spec }) => {
    const name = `${asset} ${spec.id}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
};

import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import type { ExportAsk } from "#feed/contract/replay.ts";
import { type Log, openLog } from "#feed/log/log.ts";
import { Recording, withDirectory } from "#feed/log/recording.fixture.ts";
import { type ClassTable, stampCell } from "#feed/tables/class-table.ts";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Freshness, isUsable, withFreshness } from "#twins/model/quality.ts";
import type { AssetRef, AssetTable, Twin } from "#twins/model/twin.ts";
import { createExport } from "./export.ts";
import { numberText } from "./heads.ts";

const counts: Partial<Record<ClassName, number>> = { rack: 60, meter: 9, pvTable: 5 };
const twin = {
  id: "tiny",
  epoch: 7,
  site: { utcOffsetMin: 480 },
  idOf: ({ className, row }: AssetRef) => (className === "meter" ? `=m,${row}` : `a/${className}${row}`),
  table: (name: ClassName) => ({ count: counts[name] ?? 0 }) as AssetTable,
} as Twin;

/** All that was written, by second: value, and status, of each cell of each class. */
type Told = Map<number, Map<string, { readonly value: Float64Array; readonly status: Uint8Array }>>;

const told = (tables: readonly ClassTable[]) =>
  new Map(
    tables.map(({ spec, value, status }) => [
      spec.name as string,
      { value: Float64Array.from(value), status: Uint8Array.from(status) },
    ]),
  );

/** Three files, with a pause in one of them; some values go stale. */
const recorded = (directory: string): { readonly log: Log; readonly told: Told } => {
  const recording = new Recording(directory, { counts, roll: { bytes: 2 ** 30, ms: 40_000 } });
  const all: Told = new Map();
  for (let second = 0; second < 110; second++) {
    if (second === 70) recording.timeMs += 300_000;
    for (const table of recording.logged)
      for (let cell = second % 11; cell < table.status.length; cell += 37) {
        table.status[cell] = withFreshness(table.status[cell]!, Freshness.stale);
        stampCell(recording.tables, table, cell);
      }
    recording.second(0.03);
    all.set(recording.timeMs, told(recording.logged));
  }
  recording.writer.close();
  const log = openLog([directory]);
  if (!log.ok) throw new Error(log.error.message);
  return { log: log.value, told: all };
};

const bytesOf = (log: Log, ask: ExportAsk): Buffer => {
  const begun = createExport(log, twin, ask);
  if (!begun.ok) throw new Error(begun.error.message);
  const parts: Buffer[] = [];
  let progress = 0;
  for (let isDone = false; !isDone; ) {
    const part = begun.value.next();
    ({ isDone } = part);
    parts.push(Buffer.from(part.data, "base64"));
    expect(parts.at(-1)!.length).toBeLessThanOrEqual(1024 * 1024);
    expect(part.progress).toBeGreaterThanOrEqual(progress);
    ({ progress } = part);
  }
  expect(progress).toBe(1);
  return Buffer.concat(parts);
};

/** A row of the table, whatever it was read from; null: an empty cell. */
interface Row {
  readonly timeMs: number;
  readonly values: readonly (number | null)[];
  readonly status: readonly string[];
}

const csvRows = (text: string): Row[] =>
  text
    .split("\r\n")
    .slice(1, -1)
    .map((line) => {
      const [plain, site, utc, ...cells] = line.split(",") as [string, string, string, ...string[]];
      const timeMs = Date.parse(utc);
      expect(Date.parse(site)).toBe(timeMs);
      expect(Date.parse(`${plain.replace(" ", "T")}+08:00`)).toBe(Math.floor(timeMs / 1000) * 1000);
      return {
        timeMs,
        values: cells.filter((_, i) => i % 2 === 0).map((cell) => (cell === "" ? null : Number(cell))),
        status: cells.filter((_, i) => i % 2 === 1),
      };
    });

/** What was written of the points at a second, as a row has to have it. */
const expectedAt = (all: Told, points: ExportAsk["points"], timeMs: number): Row => {
  const cells = points.map(({ className, row, metric }) => {
    const { metrics } = classSpec(className);
    const column = metricIndex(className, metric);
    const { value, status } = all.get(timeMs)!.get(className)!;
    const cell = row * metrics.length + column;
    const { resolution } = metrics[column]!;
    const exact = value[cell]!;
    const kept = resolution ? Number((Math.round(exact / resolution) * resolution).toFixed(6)) : exact;
    return isUsable(status[cell]!) && !Number.isNaN(kept) ? kept : null;
  });
  return { timeMs, values: cells, status: [] };
};

const point = fc.constantFrom<ClassName>("rack", "meter", "pvTable").chain((className) =>
  fc.record({
    className: fc.constant(className),
    row: fc.integer({ min: 0, max: counts[className]! - 1 }),
    metric: fc.constantFrom(...classSpec(className).metrics.map(({ id }) => id)),
  }),
);

/** Every row is what was written, and every second in which something was written has a row. */
const expectTrue = (rows: readonly Row[], all: Told, ask: ExportAsk): void => {
  const { points, fromMs, toMs } = ask;
  const byTime = new Map(rows.map((row) => [row.timeMs, row]));
  expect(byTime.size).toBe(rows.length);
  expect([...byTime.keys()]).toEqual([...byTime.keys()].toSorted((a, b) => a - b));
  const seconds = [...all.keys()].filter((timeMs) => timeMs >= fromMs && timeMs <= toMs);
  let shown: Row | null = null;
  for (const timeMs of seconds) {
    const expected = expectedAt(all, points, timeMs);
    const row = byTime.get(timeMs);
    byTime.delete(timeMs);
    if (row) expect(row.values.map(near)).toEqual(expected.values.map(near));
    else expect(shown!.values.map(near)).toEqual(expected.values.map(near));
    shown = row ?? shown;
  }
  expect(rows[0]!.timeMs).toBe(seconds[0]);
  expect(rows.at(-1)!.timeMs).toBe(seconds.at(-1));
  // What is left says that nothing was recorded: once for each pause.
  const pauses = seconds.flatMap((timeMs, i) => (seconds[i + 1]! - timeMs > 15_000 ? [timeMs + 1000] : []));
  expect([...byTime.keys()]).toEqual(pauses);
  for (const row of byTime.values()) {
    expect(row.values.every((value) => value === null)).toBe(true);
    expect(row.status.every((status) => status === "not recorded")).toBe(true);
  }
};

/** Far below every resolution. */
const near = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(6)));

test("a table has what was written, to each metric's resolution, and nothing else", () =>
  withDirectory(async (directory) => {
    const { log, told: all } = recorded(directory);
    await fc.assert(
      fc.asyncProperty(
        fc.array(point, { minLength: 1, maxLength: 6 }),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        async (points, [a, b]) => {
          const lengthMs = log.endMs - log.startMs;
          const fromMs = Math.round(log.startMs + Math.min(a, b) * lengthMs);
          const toMs = Math.round(log.startMs + Math.max(a, b) * lengthMs);
          const ask: ExportAsk = { format: "csv", points, fromMs, toMs };
          const isEmpty = ![...all.keys()].some((timeMs) => timeMs >= fromMs && timeMs <= toMs);
          if (isEmpty) {
            expect(createExport(log, twin, ask)).toMatchObject({ error: { code: "export-empty" } });
            return;
          }
          const rows = csvRows(bytesOf(log, ask).toString("utf8"));
          expectTrue(rows, all, ask);
          const parquet = bytesOf(log, { ...ask, format: "parquet" });
          const file = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.length);
          const objects = await parquetReadObjects({ file: file as ArrayBuffer });
          expect(
            objects.map((object) => {
              const [time, ...cells] = Object.values(object);
              return {
                timeMs: (time as Date).getTime(),
                values: cells.filter((_, i) => i % 2 === 0),
                status: cells.filter((_, i) => i % 2 === 1),
              };
            }),
          ).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
    log.close();
  }));

test("a CSV opens in Excel: mark, CRLF, headings with units, no formulas", () =>
  withDirectory((directory) => {
    const { log } = recorded(directory);
    const points = [
      { className: "rack", row: 3, metric: "inletTemperature" },
      { className: "meter", row: 2, metric: "energy" },
      { className: "rack", row: 0, metric: "leakDetect" },
    ] as const;
    const begun = createExport(log, twin, {
      format: "csv",
      points,
      fromMs: 0,
      toMs: log.startMs + 20_500,
    });
    expect(begun).toMatchObject({ value: { name: "tiny-20260701T040001Z-20260701T040021Z.csv" } });
    const bytes = bytesOf(log, { format: "csv", points, fromMs: 0, toMs: log.startMs + 20_500 });
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString("utf8").slice(1).split("\r\n");
    expect(lines[0]).toBe(
      "Site time (UTC+08:00),Site time ISO 8601,UTC," +
        "a/rack3 Air inlet [Cel],a/rack3 Air inlet status," +
        '"\'=m,2 Energy register [kWh]","\'=m,2 Energy register status",' +
        "a/rack0 Leak [1] (0 No leak; 1 Leak),a/rack0 Leak status",
    );
    expect(lines[1]).toBe(
      "2026-07-01 12:00:01,2026-07-01T12:00:01.000+08:00,2026-07-01T04:00:01.000Z,,never,,never,,never",
    );
    expect(lines.at(-1)).toBe("");
    log.close();
  }));

test("a Parquet file says what its columns are", () =>
  withDirectory((directory) => {
    const { log } = recorded(directory);
    const points = [
      { className: "rack", row: 3, metric: "inletTemperature" },
      { className: "rack", row: 3, metric: "inletTemperature" },
    ] as const;
    const bytes = bytesOf(log, { format: "parquet", points, fromMs: 0, toMs: log.endMs });
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const metadata = parquetMetadata(file);
    expect(metadata.schema.map(({ name }) => name)).toEqual([
      "root",
      "time",
      "a/rack3 inletTemperature",
      "a/rack3 inletTemperature status",
      "a/rack3 inletTemperature 2",
      "a/rack3 inletTemperature 2 status",
    ]);
    expect(metadata.schema[1]).toMatchObject({
      type: "INT64",
      converted_type: "TIMESTAMP_MILLIS",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
    });
    expect(metadata.created_by).toBe("horinger-twin test");
    const facts = JSON.parse(metadata.key_value_metadata!.find(({ key }) => key === "horinger")!.value!);
    expect(facts).toMatchObject({ twin: "tiny", epoch: 7, utcOffsetMin: 480, fromMs: log.startMs });
    expect(facts.points[0]).toEqual({
      column: "a/rack3 inletTemperature",
      asset: "a/rack3",
      className: "rack",
      metric: "inletTemperature",
      unit: "Cel",
      resolution: 0.1,
    });
    log.close();
  }));

test("what cannot be exported is refused by name", () =>
  withDirectory((directory) => {
    const { log } = recorded(directory);
    const code = (ask: Partial<ExportAsk>): string | null => {
      const points = [{ className: "rack", row: 0, metric: "power" }] as const;
      const begun = createExport(log, twin, { format: "csv", points, fromMs: 0, toMs: log.endMs, ...ask });
      return begun.ok ? null : begun.error.code;
    };
    expect(code({})).toBeNull();
    expect(code({ points: [] })).toBe("export-points");
    expect(code({ points: [{ className: "rack", row: 60, metric: "power" }] })).toBe("export-point-unknown");
    expect(code({ points: [{ className: "rack", row: 0, metric: "speed" }] })).toBe("export-point-unknown");
    expect(code({ toMs: log.startMs - 1 })).toBe("export-empty");
    expect(code({ fromMs: log.endMs + 1, toMs: log.endMs + 9 })).toBe("export-empty");
    log.close();
  }));

test("numbers are as short as they can be, and no shorter", () => {
  expect(numberText(Math.fround(23.4), true)).toBe("23.4");
  expect(numberText(Math.fround(0.1) * 3, false)).toBe(String(Math.fround(0.1) * 3));
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(Number(numberText(value, true)))).toBe(value + 0);
    }),
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(numberText(value, false))).toBe(value + 0);
    }),
  );
});

import type { FaultCode } from "#feed/contract/status.ts";
import { blockRows, type ClassTable, closeBlock, openBlock } from "#feed/tables/class-table.ts";
import { gapPeriods } from "#feed/tables/ledger.ts";
import type { Publisher } from "#feed/tables/publishers.ts";
import { futureToleranceMs, type PointStore } from "#feed/tables/take.ts";
import type { BulkColumn, BulkFrame } from "#feed/wire/bulk.ts";
import { Freshness, freshnessFromAge, packStatus, Quality } from "#twins/model/quality.ts";

/** Rows written column after column before the next rows: keeps their cache lines hot. */
const chunkRows = 256;

/** Rows and metrics of a publisher's own layout, as indexes into ours; −1 for what we do not have. */
export interface Layout {
  readonly layout: number;
  readonly rows: Int32Array;
  readonly metrics: Int32Array;
}

/** One column of a frame and where it goes: `metric` is ours. */
export interface TargetColumn {
  readonly column: BulkColumn;
  readonly metric: number;
}

/** One frame on its way into a table. */
export interface Batch {
  readonly frame: BulkFrame;
  readonly publisher: Publisher;
  readonly receivedMs: number;
  readonly layout: Layout | null;
  /** The broker had kept it: no sign of life, and to have it again is no fault. */
  readonly kept: boolean;
}

/** Values doubted or refused, by code; each is counted for its point in the ledger. */
type BulkFault = Extract<
  FaultCode,
  "out-of-order" | "duplicate" | "value-range" | "value-null" | "quality-bad" | "gap"
>;

/** What became of a frame's values. */
export interface Written {
  taken: number;
  readonly faults: Map<BulkFault, number>;
}

interface Chunk extends TargetColumn {
  readonly first: number;
  readonly end: number;
}

/** Writes a frame by the rules of `take`, without a call per value: the path of a million values a second. */
export const writeBulk = (
  store: PointStore,
  table: ClassTable,
  { batch, columns }: { readonly batch: Batch; readonly columns: readonly TargetColumn[] },
): Written => {
  const written: Written = { taken: 0, faults: new Map() };
  for (let first = 0; first < batch.frame.rowCount; first += chunkRows) {
    const end = Math.min(first + chunkRows, batch.frame.rowCount);
    const { tick } = store.tables;
    forEachBlock(table, { batch, first, end }, openBlock);
    try {
      for (const { column, metric } of columns)
        writeChunk(store, table, { batch, written, chunk: { column, metric, first, end } });
    } finally {
      forEachBlock(table, { batch, first, end }, (_, block) => {
        table.blockStamp[block] = tick;
        closeBlock(table, block);
      });
    }
  }
  return written;
};

/** Calls `visit` once for every block that rows of a frame are in. */
const forEachBlock = (
  table: ClassTable,
  { batch: { frame, layout }, first, end }: { batch: Batch; first: number; end: number },
  visit: (table: ClassTable, block: number) => void,
): void => {
  if (layout === null) {
    const firstBlock = Math.trunc((frame.firstRow + first) / blockRows);
    const lastBlock = Math.trunc((frame.firstRow + end - 1) / blockRows);
    for (let block = firstBlock; block <= lastBlock; block++) visit(table, block);
    return;
  }
  const seen = new Set<number>();
  for (let i = first; i < end; i++) {
    const row = layout.rows[frame.firstRow + i]!;
    if (row >= 0) seen.add(Math.trunc(row / blockRows));
  }
  for (const block of seen) visit(table, block);
};

interface ChunkJob {
  readonly batch: Batch;
  readonly written: Written;
  readonly chunk: Chunk;
}

const writeChunk = (store: PointStore, table: ClassTable, { batch, written, chunk }: ChunkJob): void => {
  const { frame, layout, publisher, receivedMs, kept } = batch;
  const { value, status, sampleTimeMs, receivedTimeMs, stamp, columns } = table;
  const { ledger } = store;
  const received = ledger.received[table.index]!;
  const still = ledger.still[table.index]!;
  const { values, quality } = chunk.column;
  const { timeMs } = frame;
  const { tick } = store.tables;
  const metric = table.spec.metrics[chunk.metric]!;
  const isCounter = metric.kind === "counter";
  // A frame that the broker kept may be old: it never reads as fresh, not even until the next sweep.
  const periodMs = publisher.periodMs ?? metric.periodMs;
  const gapMs = periodMs * gapPeriods;
  const freshness = freshnessFromAge(receivedMs - timeMs + (publisher.skewMs ?? 0), periodMs);
  const good = packStatus(Quality.good, freshness, publisher.origin);
  const bad = packStatus(Quality.bad, freshness, publisher.origin);
  const lowest = table.lowest[chunk.metric]!;
  const highest = table.highest[chunk.metric]!;
  const others = store.publishers.all;
  // As in `take`: a stored time past this one was taken before a clock was set back.
  const latestMs = receivedMs + futureToleranceMs + (publisher.skewMs ?? 0);
  const doubt = (code: BulkFault, cell: number): void => {
    written.faults.set(code, (written.faults.get(code) ?? 0) + 1);
    if (code !== "gap") ledger.count({ table, cell }, code, receivedMs);
  };
  let heard = 0;
  for (let i = chunk.first; i < chunk.end; i++) {
    const row = layout === null ? frame.firstRow + i : layout.rows[frame.firstRow + i]!;
    if (row < 0) continue;
    // Quality unknown: this row has no such point (docs/WIRE.md §3).
    if (quality !== null && quality[i] === Quality.unknown) continue;
    const cell = row * columns + chunk.metric;
    const stored = others[table.publisher[cell]!]!;
    if (
      publisher.filler &&
      !stored.filler &&
      stored.index !== 0 &&
      ((status[cell]! >> 2) & 3) !== Freshness.stale
    )
      continue;
    const next = values[i]!;
    const storedMs = sampleTimeMs[cell]!;
    const isOld = timeMs <= storedMs && storedMs <= latestMs && stored.filler === publisher.filler;
    if (isOld && timeMs < storedMs) {
      if (!kept) doubt("out-of-order", cell);
      continue;
    }
    if (!kept) {
      heard++;
      received[cell] = received[cell]! + 1;
      if (receivedMs - receivedTimeMs[cell]! > gapMs && ledger.returned({ table, cell }, batch, periodMs) > 0)
        doubt("gap", cell);
    }
    const grade = quality === null ? Quality.good : quality[i]! & 0b11;
    if (isOld && value[cell] === next && (status[cell]! & 0b11) === grade) {
      if (!kept) doubt("duplicate", cell);
      receivedTimeMs[cell] = receivedMs;
      continue;
    }
    if (value[cell] !== next) {
      still[cell] = 0;
      if (isCounter && next < value[cell]!)
        ledger.change({ table, cell }, { value: next, publisher, receivedMs });
    }
    table.publisher[cell] = publisher.index;
    stamp[cell] = tick;
    // False for NaN too: most rows pay one comparison for both.
    if (!(next >= lowest && next <= highest)) {
      status[cell] = (bad & ~0b1100) | (status[cell]! & 0b1100);
      ledger.hearNothing({ table, cell }, receivedMs);
      doubt(Number.isNaN(next) ? "value-null" : "value-range", cell);
      continue;
    }
    if (grade === Quality.bad) doubt("quality-bad", cell);
    value[cell] = next;
    status[cell] = (good & ~0b11) | grade;
    sampleTimeMs[cell] = timeMs;
    receivedTimeMs[cell] = receivedMs;
    written.taken++;
  }
  ledger.hearMany(table.index, publisher.index, heard);
};

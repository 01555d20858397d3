import {
  Freshness,
  freshnessFromAge,
  freshnessOf,
  isHeldStale,
  Origin,
  Quality,
  qualityOf,
  withFreshness,
} from "#twins/model/quality.ts";
import { blockRows, type ClassTable, stampCell } from "./class-table.ts";
import { ageOf, type PointStore, periodOf } from "./take.ts";

/** Points by what the last sweep found; derived points are not among them. */
export interface PointCounts {
  known: number;
  fresh: number;
  late: number;
  stale: number;
  bad: number;
  /** True when a simulated, or a trace, publisher's value is in any table. */
  simulated: boolean;
  trace: boolean;
}

/**
 * Ages every received point once (1 Hz): freshness from its age and its expected period, a stamp where that changed.
 * Blocks that were never written are skipped, so an empty campus costs nothing.
 */
export const sweep = (store: PointStore, nowMs: number): PointCounts => {
  const counts: PointCounts = {
    known: 0,
    fresh: 0,
    late: 0,
    stale: 0,
    bad: 0,
    simulated: false,
    trace: false,
  };
  for (const publisher of store.publishers.all) publisher.points = 0;
  const isMinute = store.ledger.beginSweep(nowMs);
  for (const table of store.tables.all) sweepTable(store, table, { nowMs, counts, isMinute });
  for (const { points, origin } of store.publishers.all) {
    if (points > 0 && origin === Origin.simulated) counts.simulated = true;
    if (points > 0 && origin === Origin.trace) counts.trace = true;
  }
  return counts;
};

const sweepTable = (
  store: PointStore,
  table: ClassTable,
  { nowMs, counts, isMinute }: { nowMs: number; counts: PointCounts; isMinute: boolean },
): void => {
  const { ledger } = store;
  const at = { table, cell: 0 };
  const isDerived = table.spec.metrics.map((metric) => metric.derived === true);
  const blockCells = blockRows * table.columns;
  for (let block = 0; block < table.blockStamp.length; block++) {
    if (table.blockStamp[block] === 0) continue;
    const end = Math.min((block + 1) * blockCells, table.status.length);
    for (let cell = block * blockCells; cell < end; cell++) {
      if (table.stamp[cell] === 0 || isDerived[cell % table.columns]) continue;
      const publisher = store.publishers.all[table.publisher[cell]!]!;
      publisher.points++;
      counts.known++;
      const status = table.status[cell]!;
      if (qualityOf(status) === Quality.bad) counts.bad++;
      const sampleMs = table.sampleTimeMs[cell]!;
      if (sampleMs === 0) continue;
      const ageMs = ageOf(sampleMs, table.receivedTimeMs[cell]!, { nowMs, skewMs: publisher.skewMs ?? 0 });
      const periodMs = periodOf(table, cell, publisher);
      const isHeld = publisher.gone || isHeldStale(status);
      const freshness = isHeld ? Freshness.stale : freshnessFromAge(ageMs, periodMs);
      at.cell = cell;
      if (freshness === Freshness.stale) ledger.noteStale(at, nowMs, periodMs);
      else if (isMinute) ledger.noteMinute(at, nowMs, periodMs);
      if (freshness === Freshness.fresh) counts.fresh++;
      else if (freshness === Freshness.late) counts.late++;
      else counts.stale++;
      if (freshness === freshnessOf(status)) continue;
      table.status[cell] = withFreshness(status, freshness);
      stampCell(store.tables, table, cell);
    }
  }
};

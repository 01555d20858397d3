import type { FaultCode } from "#feed/contract/status.ts";
import {
  Freshness,
  freshnessFromAge,
  freshnessOf,
  packStatus,
  Quality,
  qualityOf,
} from "#twins/model/quality.ts";
import {
  blockOf,
  type CellRef,
  type ClassTable,
  type ClassTables,
  closeBlock,
  openBlock,
  stampCell,
  touchBlock,
} from "./class-table.ts";
import type { Ledger } from "./ledger.ts";
import type { Publisher, Publishers } from "./publishers.ts";

/** Source times before this are no measurement times (an unset clock says 1970). */
export const earliestMs = Date.UTC(2000, 0, 1);
/** A source time may be this far ahead of the publisher's corrected clock. */
export const futureToleranceMs = 5 * 60_000;
/** DSX publishes a value on change and at least this often. */
export const dsxPeriodMs = 100_000;

/** Where readings go. */
export interface PointStore {
  readonly tables: ClassTables;
  readonly publishers: Publishers;
  readonly ledger: Ledger;
}

/** One reading on its way into a table. One mutable instance is reused per decoder: no object per message. */
export interface Reading {
  /** NaN: the source has no reading. */
  value: number;
  /** Source time, ms UTC. */
  sourceMs: number;
  receivedMs: number;
  quality: Quality;
  publisher: Publisher;
  /** The broker had kept it: it is no sign of life, and to have it again is no fault. */
  kept: boolean;
}

export const createReading = (publishers: Publishers): Reading => ({
  value: Number.NaN,
  sourceMs: 0,
  receivedMs: 0,
  quality: Quality.unknown,
  publisher: publishers.all[0]!,
  kept: false,
});

/** taken; outranked: a filler's value where a plant's own is; else the fault to count. */
export type Verdict =
  | "taken"
  | "outranked"
  | Extract<FaultCode, "time-past" | "time-future" | "out-of-order" | "duplicate" | "value-range">;

/**
 * Expected time between values of a point, ms: what its publisher declares, else the republish interval of DSX for a
 * point with a topic of its own, else the metric's (bulk frames).
 */
export const periodOf = (table: ClassTable, cell: number, publisher: Publisher): number =>
  publisher.periodMs ??
  (table.binding[cell]! >= 0 ? dsxPeriodMs : table.spec.metrics[cell % table.columns]!.periodMs);

/** Age of a value, ms: since receipt, never younger than its source time says after skew correction. */
export const ageOf = (
  sampleMs: number,
  receivedMs: number,
  clock: { nowMs: number; skewMs: number },
): number => Math.max(clock.nowMs - receivedMs, clock.nowMs - (sampleMs - clock.skewMs));

/** A filler (`--fill simulated`) yields to a plant's own fresh or late value, and is always replaced by one. */
const isOutranked = (stored: Publisher, incoming: Publisher, freshness: Freshness): boolean =>
  incoming.filler && !stored.filler && stored.index !== 0 && freshness !== Freshness.stale;

/**
 * Puts a reading into its cell, or says why not. The one rule for late, wrong and repeated values on every wire:
 *
 * - A source time before 2000, or over five minutes ahead of the publisher's skew-corrected clock, is refused.
 * - A source time older than the stored one is refused (`out-of-order`): a table only moves forward. Unless the stored
 *   time itself would be refused by now: then a clock was set back, the publisher's or ours.
 * - The same time, value and quality again is a `duplicate`: only its receive time is taken, because the publisher
 *   stands by it. The point stays as old as its source time says.
 * - A reading without a number marks the point bad; the last number stays with its own times, and ages.
 * - A number that cannot be this metric's is treated the same way (`value-range`).
 *
 * The ledger hears of every value that comes; a verdict is for the caller to count.
 */
export const take = (store: PointStore, at: CellRef, reading: Reading): Verdict => {
  const { ledger } = store;
  const { table, cell } = at;
  const { value, sourceMs, receivedMs, publisher } = reading;
  const skewMs = publisher.skewMs ?? 0;
  if (sourceMs < earliestMs) return "time-past";
  if (sourceMs - skewMs > receivedMs + futureToleranceMs) {
    ledger.skew.noteRefused(publisher.index, sourceMs - receivedMs);
    return "time-future";
  }
  const status = table.status[cell]!;
  const stored = store.publishers.all[table.publisher[cell]!]!;
  if (isOutranked(stored, publisher, freshnessOf(status))) return "outranked";
  const storedMs = stored.filler && !publisher.filler ? 0 : table.sampleTimeMs[cell]!;
  if (sourceMs < storedMs && storedMs - skewMs <= receivedMs + futureToleranceMs) return "out-of-order";
  const periodMs = periodOf(table, cell, publisher);
  if (!reading.kept) {
    ledger.hear(at, reading, periodMs);
    ledger.skew.note(publisher.index, sourceMs - receivedMs);
  }
  const column = cell % table.columns;
  const isImpossible = value < table.lowest[column]! || value > table.highest[column]!;
  const isSame = isStored(table, cell, value);
  if (!isSame) ledger.change(at, reading);
  table.publisher[cell] = publisher.index;
  if (Number.isNaN(value) || isImpossible) {
    ledger.hearNothing(at, receivedMs);
    table.status[cell] = packStatus(Quality.bad, freshnessOf(status), publisher.origin);
    stampCell(store.tables, table, cell);
    return isImpossible ? "value-range" : "taken";
  }
  if (sourceMs === storedMs && qualityOf(status) === reading.quality && isSame) {
    table.receivedTimeMs[cell] = receivedMs;
    touchBlock(table, blockOf(table, cell));
    return "duplicate";
  }
  const block = blockOf(table, cell);
  openBlock(table, block);
  table.value[cell] = value;
  table.sampleTimeMs[cell] = sourceMs;
  table.receivedTimeMs[cell] = receivedMs;
  const ageMs = receivedMs - sourceMs + skewMs;
  const freshness = freshnessFromAge(ageMs, periodMs);
  table.status[cell] = packStatus(reading.quality, freshness, publisher.origin);
  table.stamp[cell] = store.tables.tick;
  table.blockStamp[block] = store.tables.tick;
  closeBlock(table, block);
  return "taken";
};

const isStored = (table: ClassTable, cell: number, value: number): boolean => {
  const stored = table.value[cell]!;
  return stored === value || (table.spec.storage === "f32" && stored === Math.fround(value));
};

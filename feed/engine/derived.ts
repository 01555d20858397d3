import {
  blockOf,
  type ClassTable,
  type ClassTables,
  closeBlock,
  openBlock,
  stampCell,
} from "#feed/tables/class-table.ts";
import {
  Freshness,
  freshnessOf,
  type Origin,
  packStatus,
  Quality,
  withFreshness,
} from "#twins/model/quality.ts";

/** A value that did not change is sent again after this long, so that displays see that it is still computed. */
const repeatMs = 4000;

export interface DerivedValue {
  /** NaN: there is no number. */
  readonly value: number;
  readonly quality: Quality;
  readonly origin: Origin;
  /** Times of the newest input, ms UTC. The value is of that time, however often it is computed again. */
  readonly sampleMs: number;
  readonly receivedMs: number;
  /** An input is overdue, though still usable. */
  readonly late: boolean;
  /** Only age keeps this from being a number: the cell keeps its last one, as stale as its inputs. */
  readonly aged: boolean;
}

/**
 * Writes one computed value into its cell. Inputs that went stale leave the last number there, stale and with its time;
 * inputs that are bad, missing or mixed leave none.
 */
export const writeDerived = (
  { tables, nowMs }: { readonly tables: ClassTables; readonly nowMs: number },
  at: { readonly table: ClassTable; readonly row: number; readonly metric: number },
  derived: DerivedValue,
): void => {
  const { table } = at;
  const cell = at.row * table.columns + at.metric;
  const before = table.status[cell]!;
  if (Number.isNaN(derived.value)) {
    if (table.stamp[cell] === 0 || Number.isNaN(table.value[cell]!)) return;
    if (derived.aged && freshnessOf(before) === Freshness.stale) return;
    if (derived.aged) table.status[cell] = withFreshness(before, Freshness.stale);
    else {
      openBlock(table, blockOf(table, cell));
      table.value[cell] = Number.NaN;
      table.status[cell] = packStatus(Quality.unknown, Freshness.stale, derived.origin);
      closeBlock(table, blockOf(table, cell));
    }
    stampCell(tables, table, cell);
    return;
  }
  const freshness = derived.late ? Freshness.late : Freshness.fresh;
  const status = packStatus(derived.quality, freshness, derived.origin);
  const isSame = table.value[cell] === derived.value && before === status;
  const receivedMs = Math.min(derived.receivedMs, nowMs);
  const isRecent =
    freshnessOf(before) !== Freshness.never && receivedMs - table.receivedTimeMs[cell]! < repeatMs;
  if (isSame && isRecent) return;
  openBlock(table, blockOf(table, cell));
  table.value[cell] = derived.value;
  table.status[cell] = status;
  table.sampleTimeMs[cell] = Math.min(derived.sampleMs, nowMs);
  table.receivedTimeMs[cell] = receivedMs;
  closeBlock(table, blockOf(table, cell));
  stampCell(tables, table, cell);
};

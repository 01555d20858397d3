import type { History } from "#feed/contract/bridge.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { CellRef, ClassTable, ClassTables } from "./class-table.ts";

/** How far back the ring reaches. */
const historyMs = 10 * 60_000;
/** Most bytes one class may take; a larger class is kept in longer steps instead. */
const classBytes = 96 * 1024 * 1024;
/** Equipment and meters are small tables and kept finely; racks and PV tables follow their own 10 s period. */
const fineStepMs = 2_000;
const coarseStepsMs = [10_000, 20_000, 30_000, 60_000, 120_000];

/**
 * Ten minutes of one class: its usable values at each step, row-major, slots × cells. A value that was stale, bad or
 * never seen at a step is a gap (NaN). 50,000 racks at 10 s take 96 MB; 400,000 are kept at 120 s.
 */
interface ClassHistory {
  readonly table: ClassTable;
  readonly stepMs: number;
  readonly slots: number;
  readonly values: Float32Array | Float64Array;
  /** Step number (time / stepMs) last written; 0 before the first. */
  step: number;
}

export interface HistoryRing {
  /** Writes the steps that ended since the last call. Called once a second. */
  record(nowMs: number): void;
  read(at: CellRef, range: HistoryRange): History;
}

export interface HistoryRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly maxPoints: number;
}

const stepFor = (table: ClassTable): number => {
  const cellBytes = table.value.BYTES_PER_ELEMENT * table.value.length;
  const fits = (stepMs: number): boolean => cellBytes * (historyMs / stepMs) <= classBytes;
  const steps = table.rows <= 2048 ? [fineStepMs, ...coarseStepsMs] : coarseStepsMs;
  return steps.find(fits) ?? coarseStepsMs.at(-1)!;
};

const createClassHistory = (table: ClassTable): ClassHistory => {
  const stepMs = stepFor(table);
  const slots = historyMs / stepMs;
  const values =
    table.spec.storage === "f32"
      ? new Float32Array(slots * table.value.length)
      : new Float64Array(slots * table.value.length);
  return { table, stepMs, slots, values: values.fill(Number.NaN), step: 0 };
};

const recordClass = (history: ClassHistory, nowMs: number): void => {
  const step = Math.floor(nowMs / history.stepMs);
  if (step === history.step) return;
  const { table, values, slots } = history;
  const cells = table.value.length;
  // The clock was set back: what was kept belongs to times that are still to come.
  if (step < history.step) values.fill(Number.NaN);
  const missed = Math.min(step - history.step, slots);
  for (let gap = step - missed + 1; gap < step; gap++) {
    const at = (gap % slots) * cells;
    values.fill(Number.NaN, at, at + cells);
  }
  const base = (step % slots) * cells;
  for (let cell = 0; cell < cells; cell++)
    values[base + cell] = isUsable(table.status[cell]!) ? table.value[cell]! : Number.NaN;
  history.step = step;
};

const readClass = (history: ClassHistory, cell: number, range: HistoryRange): History => {
  const { stepMs, slots, step } = history;
  const cells = history.table.value.length;
  const oldest = Math.max(step - slots + 1, Math.floor(range.fromMs / stepMs));
  const newest = Math.min(step, Math.floor(range.toMs / stepMs));
  const count = Math.max(0, newest - oldest + 1);
  const perBucket = Math.max(1, Math.ceil(count / Math.max(1, range.maxPoints)));
  const min: (number | null)[] = [];
  const max: (number | null)[] = [];
  const last: (number | null)[] = [];
  for (let first = oldest; first <= newest; first += perBucket) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let latest: number | null = null;
    for (let s = first; s < first + perBucket && s <= newest; s++) {
      const value = history.values[(s % slots) * cells + cell]!;
      if (Number.isNaN(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
      latest = value;
    }
    min.push(latest === null ? null : low);
    max.push(latest === null ? null : high);
    last.push(latest);
  }
  return { fromMs: oldest * stepMs, stepMs: perBucket * stepMs, min, max, last };
};

export const createHistory = (tables: ClassTables): HistoryRing => {
  const byClass = new Map(
    tables.all.filter((table) => table.rows > 0).map((table) => [table, createClassHistory(table)]),
  );
  return {
    record: (nowMs) => {
      for (const history of byClass.values()) recordClass(history, nowMs);
    },
    read: ({ table, cell }, range) => readClass(byClass.get(table)!, cell, range),
  };
};

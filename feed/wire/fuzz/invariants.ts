import type { IntakeContext } from "#feed/ingest/context.ts";
import type { ClassTable } from "#feed/tables/class-table.ts";
import { earliestMs, futureToleranceMs } from "#feed/tables/take.ts";
import { Freshness, freshnessOf, Origin, originOf, Quality, qualityOf } from "#twins/model/quality.ts";

const mostReported = 5;

/** What is wrong with one cell, or null. */
const faultOf = ({ store, bindings }: IntakeContext, table: ClassTable, cell: number): string | null => {
  const status = table.status[cell]!;
  const value = table.value[cell]!;
  const column = cell % table.columns;
  const publisher = store.publishers.all[table.publisher[cell]!];
  if (!publisher) return `publisher ${table.publisher[cell]} does not exist`;
  if (originOf(status) > Origin.simulated) return `status byte ${status}`;
  if (qualityOf(status) >= Quality.uncertain) {
    if (!Number.isFinite(value)) return `${value} with quality ${qualityOf(status)}`;
    if (value < table.lowest[column]! || value > table.highest[column]!)
      return `${value} is out of all range`;
    if (freshnessOf(status) === Freshness.never) return "a value that was never seen";
  }
  if (status !== 0 && table.stamp[cell] === 0) return "changed without a stamp";
  const binding = table.binding[cell]!;
  if (binding >= bindings.size) return `binding ${binding} of ${bindings.size}`;
  return null;
};

const timeFaultOf = (table: ClassTable, cell: number, nowMs: number): string | null => {
  const sampleMs = table.sampleTimeMs[cell]!;
  const receivedMs = table.receivedTimeMs[cell]!;
  if (sampleMs === 0 && receivedMs === 0) return null;
  if (!(sampleMs >= earliestMs)) return `source time ${sampleMs}`;
  if (!(receivedMs >= earliestMs && receivedMs <= nowMs)) return `receive time ${receivedMs}`;
  if (sampleMs > nowMs + futureToleranceMs && freshnessOf(table.status[cell]!) === Freshness.fresh)
    return null;
  return Number.isFinite(sampleMs) ? null : `source time ${sampleMs}`;
};

/** Cells that hold what no cell may ever hold, whatever came from the wire: at most a handful. */
export const brokenCells = (context: IntakeContext, nowMs: number): readonly string[] => {
  const found: string[] = [];
  for (const table of context.store.tables.all)
    for (let cell = 0; cell < table.status.length && found.length < mostReported; cell++) {
      const fault = faultOf(context, table, cell) ?? timeFaultOf(table, cell, nowMs);
      const metric = table.spec.metrics[cell % table.columns]?.id;
      if (fault) found.push(`${table.spec.name} ${Math.trunc(cell / table.columns)} ${metric}: ${fault}`);
    }
  return found;
};

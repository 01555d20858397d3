import { type ClassTable, stampCell } from "#feed/tables/class-table.ts";
import type { PointStore } from "#feed/tables/take.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** Finds the assets of one twin in another: by the name the plant gave them, else by their id. */
const matcher = (from: Twin, to: Twin): ((ref: AssetRef) => AssetRef | undefined) => {
  const keyOf = ({ className, row }: AssetRef): string => `${className} ${row}`;
  const externalIds = new Map([...from.aliases].map(([externalId, ref]) => [keyOf(ref), externalId]));
  return (ref) => {
    const externalId = externalIds.get(keyOf(ref));
    const found = externalId === undefined ? undefined : to.aliases.get(externalId);
    return found ?? to.find(from.idOf(ref));
  };
};

/**
 * Takes values, times, qualities and what was counted of them over from one twin's tables into another's, asset by asset. What the new tables
 * have already stays where it came later. Computed cells are carried too: they are what was shown.
 */
export const carryValues = (from: PointStore, to: PointStore): void => {
  const match = matcher(from.tables.twin, to.tables.twin);
  to.ledger.succeed(from.ledger);
  for (const table of from.tables.all) {
    const { name } = table.spec;
    if (table.columns === 0 || classSpec(name).metrics.length === 0) continue;
    const target = to.tables.of(name);
    for (let row = 0; row < table.rows; row++) {
      if (!hasValue(table, row)) continue;
      const ref = match({ className: name, row });
      if (ref?.className === name)
        carryRow(to, { table, row, target, targetRow: ref.row, ledger: from.ledger });
    }
  }
};

const hasValue = ({ stamp, columns }: ClassTable, row: number): boolean => {
  for (let cell = row * columns; cell < (row + 1) * columns; cell++) if (stamp[cell] !== 0) return true;
  return false;
};

interface RowPair {
  readonly table: ClassTable;
  readonly row: number;
  readonly target: ClassTable;
  readonly targetRow: number;
  readonly ledger: PointStore["ledger"];
}

const carryRow = (to: PointStore, { table, row, target, targetRow, ledger }: RowPair): void => {
  for (let column = 0; column < table.columns; column++) {
    const old = row * table.columns + column;
    const now = targetRow * table.columns + column;
    if (table.stamp[old] === 0) continue;
    to.ledger.inherit(ledger, { table, cell: old }, { table: target, cell: now });
    if (target.stamp[now] !== 0 && target.sampleTimeMs[now]! > table.sampleTimeMs[old]!) continue;
    target.value[now] = table.value[old]!;
    target.status[now] = table.status[old]!;
    target.sampleTimeMs[now] = table.sampleTimeMs[old]!;
    target.receivedTimeMs[now] = table.receivedTimeMs[old]!;
    target.publisher[now] = table.publisher[old]!;
    stampCell(to.tables, target, now);
  }
};

import { type ClassTables, createTables } from "#feed/tables/class-table.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AssetTable, Twin } from "#twins/model/twin.ts";

/** Tables of so many rows per class, for tests and benches: the rest of the twin is empty. */
export const tablesOf = (counts: Partial<Record<ClassName, number>>): ClassTables => {
  const tables = new Map(
    classNames.map((name) => [name, { className: name, count: counts[name] ?? 0 } as AssetTable]),
  );
  const table = (name: ClassName): AssetTable => tables.get(name)!;
  return createTables({ id: "tiny", epoch: 7, tables, table } as Partial<Twin> as Twin);
};

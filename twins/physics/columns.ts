import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName, MetricSpec } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";

export type Column = Float32Array | Float64Array;

/** Metrics that only others can report: the plant has nothing to say about the PUE of somebody else's centre. */
const unsimulated = new Set(["centre.reportedPue"]);

/** Values of the plant by class: one array per metric of the catalogue, in its order; null where it has none. */
export type PlantColumns = ReadonlyMap<ClassName, readonly (Column | null)[]>;

/** Whether the plant has a value of a metric: not where the engine computes it, or only others report it. */
export const isMeasured = (name: ClassName, { id, derived }: MetricSpec): boolean =>
  !derived && !unsimulated.has(`${name}.${id}`);

/** Allocates every measured column of every class that has assets. */
export const createColumns = (twin: Twin): PlantColumns =>
  new Map(
    [...twin.tables].map(([name, table]) => {
      const { metrics, storage } = classSpec(name);
      const Values = storage === "f32" ? Float32Array : Float64Array;
      return [
        name,
        metrics.map((metric) => (isMeasured(name, metric) ? new Values(table.count) : null)),
      ] as const;
    }),
  );

/** Columns of one class by metric id, for code that names them. An unknown or derived id is a bug. */
export const columnsOf = <Id extends string>(
  columns: PlantColumns,
  name: ClassName,
  ids: readonly Id[],
): Readonly<Record<Id, Column>> => {
  const own = columns.get(name);
  const entries = ids.map((id) => {
    const column = own?.[classSpec(name).metrics.findIndex((metric) => metric.id === id)];
    if (!column) throw new Error(`the plant has no column ${name}.${id}`);
    return [id, column] as const;
  });
  return Object.fromEntries(entries) as Record<Id, Column>;
};

import { fromSteps } from "#feed/log/layout.ts";
import type { ClassState } from "#feed/log/state.ts";
import { blockOf, type ClassTable, type ClassTables } from "#feed/tables/class-table.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import { Freshness, freshnessOf, withFreshness } from "#twins/model/quality.ts";

/** Which column of a table each column of a logged class is; −1 where the table has none. */
type Columns = Int32Array;

/**
 * Writes states of a log into class tables, and stamps what differs: from there on a replay is served as the present is.
 * A log of another version of the product may have classes and metrics that are unknown here: they are left out.
 */
export class ReplayTables {
  readonly #tables: ClassTables;
  readonly #columns = new WeakMap<
    ClassState["layout"],
    { readonly table: ClassTable; readonly columns: Columns }
  >();

  constructor(tables: ClassTables) {
    this.#tables = tables;
  }

  /**
   * @param shown steps to show of the state, as its own are laid out (`Peaks`)
   * @param isGap nothing was recorded at that moment: what is known is of before, and stale
   */
  write(state: ClassState, shown: Float64Array, isGap: boolean): void {
    const known = this.#columnsOf(state.layout);
    if (known) writeClass(this.#tables, known, { ...state, steps: shown, isGap });
  }

  /** Nothing is known. */
  clear(): void {
    for (const table of this.#tables.all)
      for (let cell = 0; cell < table.status.length; cell++) {
        if (table.status[cell] === 0) continue;
        table.value[cell] = Number.NaN;
        table.status[cell] = 0;
        table.sampleTimeMs[cell] = 0;
        table.receivedTimeMs[cell] = 0;
        stamp(this.#tables, table, cell);
      }
  }

  #columnsOf(layout: ClassState["layout"]): { readonly table: ClassTable; readonly columns: Columns } | null {
    const known = this.#columns.get(layout);
    if (known) return known;
    const name = layout.name as ClassName;
    if (!classNames.includes(name)) return null;
    const table = this.#tables.of(name);
    const columns = Int32Array.from(layout.columns, ({ id }) => metricIndex(name, id));
    this.#columns.set(layout, { table, columns });
    return { table, columns };
  }
}

const stamp = ({ tick }: ClassTables, table: ClassTable, cell: number): void => {
  table.stamp[cell] = tick;
  table.blockStamp[blockOf(table, cell)] = tick;
};

const writeClass = (
  tables: ClassTables,
  { table, columns }: { readonly table: ClassTable; readonly columns: Columns },
  state: ClassState & { readonly isGap: boolean },
): void => {
  const { layout, steps, scales, status, sampleTimeMs, receivedTimeMs, isGap } = state;
  const rows = Math.min(layout.rows, table.rows);
  for (let logged = 0; logged < columns.length; logged++) {
    const column = columns[logged]!;
    if (column < 0) continue;
    const scale = scales[logged]!;
    let from = logged * layout.rows;
    let cell = column;
    for (let row = 0; row < rows; row++, from++, cell += table.columns) {
      const exact = fromSteps(steps[from]!, scale);
      const value = table.value instanceof Float32Array ? Math.fround(exact) : exact;
      const now = isGap ? stale(status[from]!) : status[from]!;
      if (
        now === table.status[cell] &&
        Object.is(value, table.value[cell]) &&
        sampleTimeMs[from] === table.sampleTimeMs[cell] &&
        receivedTimeMs[from] === table.receivedTimeMs[cell]
      )
        continue;
      table.value[cell] = value;
      table.status[cell] = now;
      table.sampleTimeMs[cell] = sampleTimeMs[from]!;
      table.receivedTimeMs[cell] = receivedTimeMs[from]!;
      stamp(tables, table, cell);
    }
  }
};

const stale = (status: number): number =>
  freshnessOf(status) === Freshness.never ? status : withFreshness(status, Freshness.stale);

import { blockRows, type ClassTable, type ClassTables } from "#feed/tables/class-table.ts";
import type { Boundary } from "#twins/kpi/boundary.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isOnlyStale, isUsable, Origin, originOf } from "#twins/model/quality.ts";

/** What the racks below one boundary say together. */
export interface RackSummary {
  loadSum: number;
  loadCount: number;
  /** Racks whose load was ever seen: the mean is uncertain when many of them are not usable now. */
  loadKnown: number;
  /** One of them at least is only too old. */
  hasStale: boolean;
  /** −∞ for none. */
  inletMax: number;
  /** Times of the newest of them, ms UTC; 0 for none. */
  sampleMs: number;
  receivedMs: number;
  origin: Origin;
  hasMeasured: boolean;
  hasSimulated: boolean;
}

const empty = (): RackSummary => ({
  loadSum: 0,
  loadCount: 0,
  loadKnown: 0,
  hasStale: false,
  inletMax: Number.NEGATIVE_INFINITY,
  sampleMs: 0,
  receivedMs: 0,
  origin: Origin.derived,
  hasMeasured: false,
  hasSimulated: false,
});

const load = metricIndex("rack", "load");
const inlet = metricIndex("rack", "inletTemperature");

const summarise = (table: ClassTable, [start, end]: readonly [number, number]): RackSummary => {
  const summary = empty();
  const { value, status, stamp, columns } = table;
  const note = (cell: number): void => noteCell(summary, table, cell);
  for (let row = start; row < end; row++) {
    const loadCell = row * columns + load;
    const inletCell = row * columns + inlet;
    if (stamp[loadCell] !== 0) summary.loadKnown++;
    if (isUsable(status[loadCell]!)) {
      summary.loadSum += value[loadCell]!;
      summary.loadCount++;
      note(loadCell);
    } else summary.hasStale ||= isOnlyStale(status[loadCell]!);
    if (isUsable(status[inletCell]!)) {
      if (value[inletCell]! > summary.inletMax) summary.inletMax = value[inletCell]!;
      note(inletCell);
    }
  }
  return summary;
};

const noteCell = (summary: RackSummary, table: ClassTable, cell: number): void => {
  const origin = originOf(table.status[cell]!);
  summary.sampleMs = Math.max(summary.sampleMs, table.sampleTimeMs[cell]!);
  summary.receivedMs = Math.max(summary.receivedMs, table.receivedTimeMs[cell]!);
  if (origin > summary.origin) summary.origin = origin;
  if (origin === Origin.simulated) summary.hasSimulated = true;
  else if (origin === Origin.measured) summary.hasMeasured = true;
};

const addInto = (total: RackSummary, part: RackSummary): void => {
  total.loadSum += part.loadSum;
  total.loadCount += part.loadCount;
  total.loadKnown += part.loadKnown;
  total.hasStale ||= part.hasStale;
  total.receivedMs = Math.max(total.receivedMs, part.receivedMs);
  total.sampleMs = Math.max(total.sampleMs, part.sampleMs);
  total.inletMax = Math.max(total.inletMax, part.inletMax);
  if (part.origin > total.origin) total.origin = part.origin;
  total.hasMeasured ||= part.hasMeasured;
  total.hasSimulated ||= part.hasSimulated;
};

/**
 * Load and inlet of the racks in each boundary. Only rooms whose racks changed since the last call are scanned;
 * buildings, zones and the site add up their rooms.
 */
export class RackSummaries {
  readonly #tables: ClassTables;
  readonly #boundaries: readonly Boundary[];
  readonly #rooms: readonly { readonly index: number; readonly range: readonly [number, number] }[];
  readonly #ofRoom = new Map<number, RackSummary>();
  #sinceTick = 0;

  constructor(tables: ClassTables, boundaries: readonly Boundary[]) {
    this.#tables = tables;
    this.#boundaries = boundaries;
    this.#rooms = boundaries.flatMap(({ className, row }, index) => {
      const range = className === "room" ? tables.twin.rangeBelow({ className, row }, "rack") : null;
      return range ? [{ index, range }] : [];
    });
  }

  /** One summary per boundary, in their order. */
  update(): readonly RackSummary[] {
    const table = this.#tables.of("rack");
    const all = this.#boundaries.map(empty);
    for (const { index, range } of this.#rooms) {
      if (!this.#ofRoom.has(index) || this.#isDirty(table, range))
        this.#ofRoom.set(index, summarise(table, range));
      const summary = this.#ofRoom.get(index)!;
      for (let at = index; at >= 0; at = this.#boundaries[at]!.parent) addInto(all[at]!, summary);
    }
    this.#sinceTick = this.#tables.tick;
    return all;
  }

  #isDirty(table: ClassTable, [start, end]: readonly [number, number]): boolean {
    const last = Math.trunc((end - 1) / blockRows);
    for (let block = Math.trunc(start / blockRows); block <= last; block++)
      if (table.blockStamp[block]! >= this.#sinceTick) return true;
    return false;
  }
}

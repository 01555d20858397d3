import type { PointDetail, PointParams } from "#feed/contract/bridge.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import {
  freshnessNames,
  freshnessOf,
  originNames,
  originOf,
  Quality,
  qualityNames,
  qualityOf,
} from "#twins/model/quality.ts";
import type { CellRef, ClassTables } from "./class-table.ts";

/** The cell of a point that was asked for; null when there is no such metric or row. */
export const findCell = (tables: ClassTables, { className, row, metric }: PointParams): CellRef | null => {
  const table = tables.of(className);
  const column = metricIndex(className, metric);
  return column < 0 || row >= table.rows ? null : { table, cell: row * table.columns + column };
};

type CellReading = Pick<
  PointDetail,
  "value" | "unit" | "quality" | "freshness" | "origin" | "sampleTimeMs" | "receivedTimeMs"
>;

/** What a table says of a cell, in words: no value where nothing was ever received, or what was is bad. */
export const readCell = ({ table, cell }: CellRef): CellReading => {
  const status = table.status[cell]!;
  const value = table.value[cell]!;
  return {
    value: Number.isNaN(value) || qualityOf(status) <= Quality.bad ? null : value,
    unit: table.spec.metrics[cell % table.columns]!.unit,
    quality: qualityNames[qualityOf(status)]!,
    freshness: freshnessNames[freshnessOf(status)]!,
    origin: originNames[originOf(status)]!,
    sampleTimeMs: table.sampleTimeMs[cell]! || null,
    receivedTimeMs: table.receivedTimeMs[cell]! || null,
  };
};

import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import {
  type FreshnessName,
  freshnessNames,
  freshnessOf,
  type OriginName,
  originNames,
  originOf,
  Quality,
  type QualityName,
  qualityNames,
  qualityOf,
} from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { type CampusState, cellOf } from "./state.ts";

/** One point as people may see it: the value together with every reason to trust or doubt it. */
export interface Reading {
  readonly metric: MetricSpec;
  /** null when nothing was ever received or the quality is bad; a stale value stays, marked by `freshness`. */
  readonly value: number | null;
  /** UCUM code. */
  readonly unit: string;
  readonly quality: QualityName;
  readonly freshness: FreshnessName;
  readonly origin: OriginName;
  /** ms UTC; null when nothing was ever received. */
  readonly sampleTimeMs: number | null;
  readonly receivedTimeMs: number | null;
}

/** Reads a point; undefined when the class has no such metric or no such row. */
export const readPoint = (campus: CampusState, ref: AssetRef, metricId: string): Reading | undefined => {
  const column = metricIndex(ref.className, metricId);
  const state = campus.of(ref.className);
  if (column < 0 || ref.row < 0 || ref.row >= state.rows) return undefined;
  const metric = classSpec(ref.className).metrics[column]!;
  const cell = cellOf(state, ref.row, column);
  const status = state.status[cell]!;
  const quality = qualityOf(status);
  const value = state.value[cell]!;
  const isShown = quality >= Quality.uncertain && Number.isFinite(value);
  return {
    metric,
    value: isShown ? value : null,
    unit: metric.unit,
    quality: qualityNames[quality]!,
    freshness: freshnessNames[freshnessOf(status)]!,
    origin: originNames[originOf(status)] ?? "measured",
    sampleTimeMs: state.sampleTimeMs[cell]! || null,
    receivedTimeMs: state.receivedTimeMs[cell]! || null,
  };
};

import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import {
  Freshness,
  freshnessNames,
  freshnessOf,
  isUsable,
  originNames,
  originOf,
  Quality,
  qualityNames,
  qualityOf,
} from "#twins/model/quality.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { ExportPoint, ExportRow } from "./rows.ts";

/** What an export says of one of its points. */
export interface PointHead {
  /** Path id of the asset. */
  readonly asset: string;
  readonly className: string;
  readonly spec: MetricSpec;
  /** Values are 32-bit floats, unless they are steps of a resolution. */
  readonly isNarrow: boolean;
}

export const headOf = (twin: Pick<Twin, "idOf">, point: ExportPoint): PointHead => {
  const { className, metric } = point;
  const { metrics, storage } = classSpec(className);
  const spec = metrics[metricIndex(className, metric)]!;
  return { asset: twin.idOf(point), className, spec, isNarrow: storage === "f32" };
};

/** Freshness where it is what is wrong, else quality, and where the value comes from when it was not measured. */
const wordsOf = (status: number): string => {
  const quality = qualityOf(status);
  const freshness = freshnessOf(status);
  if (freshness === Freshness.never) return "never";
  const isOld = freshness === Freshness.stale;
  const isDoubtful = quality !== Quality.good;
  const word =
    isOld || (!isDoubtful && freshness === Freshness.late)
      ? freshnessNames[freshness]!
      : qualityNames[quality]!;
  const origin = originOf(status);
  return origin === 0 ? word : `${word} (${originNames[origin] ?? "unknown origin"})`;
};

const words = Array.from({ length: 256 }, (_, status) => wordsOf(status));

/** Why a cell is what it is: `good`, `late`, `uncertain`, and for empty ones `bad`, `stale`, `never`, `no number`, `not recorded`. */
export const statusText = ({ values, status, isRecorded }: ExportRow, point: number): string => {
  if (!isRecorded) return "not recorded";
  const byte = status[point]!;
  if (Number.isNaN(values[point]!) && isUsable(byte)) return "no number";
  return words[byte]!;
};

/** A value to its metric's resolution, as short as it can be: 23.4, not 23.399999618530273. */
export const numberText = (value: number, isNarrow: boolean): string => {
  const text = String(value);
  if (!isNarrow || text.length < 9 || Math.fround(value) !== value) return text;
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return text;
};

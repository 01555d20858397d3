import { classSpec } from "#twins/model/catalogue.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import type { Refusal, ResolvedPoint } from "./dsx.ts";
import { DataType, isNumeric, sparkplugDataTypes } from "./sparkplug-types.ts";
import { conversionBetween } from "./units.ts";

/** What a birth says about one metric, as far as it takes to find its point. */
export interface AnnouncedMetric {
  /** `group/node` or `group/node/device`. */
  readonly path: string;
  readonly name: string;
  readonly dataType: number;
  /** Property `engUnit`. */
  readonly unit: string | null;
}

/** Metrics that Sparkplug itself defines: no readings of the plant. */
export const isControl = (name: string): boolean =>
  name === "bdSeq" || name.startsWith("Node Control/") || name.startsWith("Device Control/");

const findAsset = (twin: Twin, id: string): AssetRef | undefined => twin.aliases.get(id) ?? twin.find(id);

/** Asset of a node or device, or of a path below it: with its group, without it, and below it also alone. */
const findOwner = (twin: Twin, path: string, part: string): AssetRef | undefined => {
  const short = path.slice(path.indexOf("/") + 1);
  if (part === "") return findAsset(twin, path) ?? findAsset(twin, short);
  return findAsset(twin, `${path}/${part}`) ?? findAsset(twin, `${short}/${part}`) ?? findAsset(twin, part);
};

/** By its id, or by a DSX point type that only one metric of the class carries. */
const findMetric = (metrics: readonly MetricSpec[], name: string): number => {
  const byId = metrics.findIndex(({ id }) => id === name);
  if (byId >= 0) return byId;
  const carriers = metrics.flatMap((metric, index) => (metric.dsx?.pointType === name ? [index] : []));
  return carriers.length === 1 ? carriers[0]! : -1;
};

const refuse = (code: Refusal["code"], reason: string): Refusal => ({ code, reason });

const conversionOf = (metric: MetricSpec, { unit, dataType }: AnnouncedMetric) => {
  if (metric.kind === "state" || (metric.unit === "1" && unit === null)) return { scale: 1, offset: 0 };
  if (dataType === DataType.Boolean) return refuse("value-type", `a Boolean is no ${metric.unit}`);
  if (unit === null) return refuse("metadata-invalid", `no engUnit; ${metric.id} needs one (${metric.unit})`);
  const reason = `engUnit ${unit} does not convert to ${metric.unit} of ${metric.id}`;
  return conversionBetween(unit, metric.unit) ?? refuse("unit-conflict", reason);
};

/**
 * Finds the point that a metric of a birth is, never guessed (docs/SPARKPLUG.md, Points). The asset is an alias or an
 * asset id equal to `group/node/device` or `node/device`, or to these and the metric's own path; the metric is the last
 * part of the name, as an id of the catalogue or as a DSX point type.
 */
export const resolveMetric = (twin: Twin, metric: AnnouncedMetric): ResolvedPoint | Refusal => {
  if (!isNumeric(metric.dataType))
    return refuse(
      "type-unsupported",
      `${sparkplugDataTypes[metric.dataType] ?? "an unknown type"} is no number`,
    );
  const slash = metric.name.lastIndexOf("/");
  const part = metric.name.slice(0, Math.max(0, slash));
  const name = metric.name.slice(slash + 1);
  const ref = findOwner(twin, metric.path, part);
  if (!ref) return refuse("point-unmapped", `no asset or alias "${metric.path}${part && `/${part}`}"`);
  const { metrics } = classSpec(ref.className);
  const metricIndex = findMetric(metrics, name);
  const spec = metrics[metricIndex];
  if (!spec) return refuse("point-unmapped", `class ${ref.className} has no metric "${name}"`);
  if (spec.derived) return refuse("derived-refused", `${spec.id} is computed here`);
  const conversion = conversionOf(spec, metric);
  return "code" in conversion ? conversion : { ref, metricIndex, conversion };
};

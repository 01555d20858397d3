import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassSpec, MetricSpec } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** One point as DSX Exchange addresses it (docs/WIRE.md §1–2). */
export interface WirePoint {
  readonly valueTopic: string;
  readonly metadataTopic: string;
  /** JSON of the retained metadata message. */
  readonly metadata: string;
}

/** DSX spells units its own way; the rest is UCUM. */
const engUnits: Readonly<Record<string, string>> = { Cel: "C", "L/min": "LPM", "/min": "RPM" };

const isFixedNamespace = (metric: MetricSpec): boolean => metric.dsx?.namespace !== "HT";

/** Topic root of a metric: DSX Exchange's where it has the point type, else ours. */
const rootOf = (metric: MetricSpec): string => (isFixedNamespace(metric) ? "BMS/v1/PUB" : "HT/v1/PUB");

const measureOf = (metric: MetricSpec): object =>
  metric.states
    ? { stateText: metric.states.map(({ code, en }) => ({ value: code, text: en })) }
    : metric.unit === "1"
      ? {}
      : { engUnit: engUnits[metric.unit] ?? metric.unit };

const identityOf = (twin: Twin, ref: AssetRef, id: string): object => {
  const name = twin.table(ref.className).nameOf(ref.row).en;
  if (ref.className === "rack") return { rackLocationName: name, rackLocationId: id };
  if (ref.className !== "meter") return { objectName: name, objectId: id };
  const boundary = twin.parentOf(ref);
  return { objectName: name, objectId: id, servesId: boundary ? [twin.idOf(boundary)] : [] };
};

/**
 * Topics and metadata of one point. The tag path starts with the publisher's id, so that nothing it writes can pass
 * as another's; points of one asset that share a point type differ by their process area.
 */
export const wirePoint = (
  twin: Twin,
  ref: AssetRef,
  { metric, publisher }: { metric: MetricSpec; publisher: string },
): WirePoint => {
  const spec: ClassSpec = classSpec(ref.className);
  const { dsx } = metric;
  if (!dsx || !spec.dsxObjectType) throw new Error(`${ref.className}.${metric.id} has no DSX point type`);
  const id = twin.idOf(ref);
  const area = dsx.processArea ? `/${dsx.processArea.join("-").toLowerCase()}` : "";
  const place = `${spec.dsxObjectType}/${dsx.pointType}/${publisher}/${id}${area}`;
  return {
    valueTopic: `${rootOf(metric)}/Value/${place}`,
    metadataTopic: `${rootOf(metric)}/Metadata/${place}`,
    metadata: JSON.stringify({
      objectType: spec.dsxObjectType,
      pointType: dsx.pointType,
      ...identityOf(twin, ref, id),
      ...(dsx.processArea ? { processArea: dsx.processArea } : {}),
      ...measureOf(metric),
    }),
  };
};

/** A DSX value message; null where there is no reading. */
export const valuePayload = (value: number, timeMs: number): string =>
  `{"value":${Number.isFinite(value) ? value : null},"timestamp":${timeMs},"quality":${Number.isFinite(value) ? 1 : 0}}`;

import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName, MetricSpec } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** One point as DSX Exchange addresses it (docs/WIRE.md §1–2). */
export interface WirePoint {
  readonly valueTopic: string;
  readonly metadataTopic: string;
  /** JSON of the retained metadata message. */
  readonly metadata: string;
}

/** Who a point belongs to, as its metadata names it. */
export interface PointIdentity {
  readonly id: string;
  readonly name: string;
  /** What a power meter measures; DSX wants it there and allows it elsewhere. */
  readonly servesId: readonly string[];
}

/** DSX spells units its own way; the rest is UCUM. */
const engUnits: Readonly<Record<string, string>> = { Cel: "C", "L/min": "LPM", "/min": "RPM" };

const measureOf = (metric: MetricSpec): object =>
  metric.states
    ? { stateText: metric.states.map(({ code, en }) => ({ value: code, text: en })) }
    : metric.unit === "1"
      ? {}
      : { engUnit: engUnits[metric.unit] ?? metric.unit };

const identityOf = (className: ClassName, { id, name, servesId }: PointIdentity): object =>
  className === "rack"
    ? { rackLocationName: name, rackLocationId: id }
    : { objectName: name, objectId: id, ...(className === "meter" ? { servesId } : {}) };

/**
 * Topics and metadata of one point. The tag path starts with the publisher's id, so that nothing it writes can pass
 * as another's; points of one asset that share a point type differ by their process area.
 */
export const describedPoint = (
  className: ClassName,
  { metric, publisher, identity }: { metric: MetricSpec; publisher: string; identity: PointIdentity },
): WirePoint => {
  const { dsxObjectType } = classSpec(className);
  const { dsx } = metric;
  if (!dsx || !dsxObjectType) throw new Error(`${className}.${metric.id} has no DSX point type`);
  const root = dsx.namespace === "HT" ? "HT/v1/PUB" : "BMS/v1/PUB";
  const area = dsx.processArea ? `/${dsx.processArea.join("-").toLowerCase()}` : "";
  const place = `${dsxObjectType}/${dsx.pointType}/${publisher}/${identity.id}${area}`;
  return {
    valueTopic: `${root}/Value/${place}`,
    metadataTopic: `${root}/Metadata/${place}`,
    metadata: JSON.stringify({
      objectType: dsxObjectType,
      pointType: dsx.pointType,
      ...identityOf(className, identity),
      ...(dsx.processArea ? { processArea: dsx.processArea } : {}),
      ...measureOf(metric),
    }),
  };
};

/** The point of an asset that the twin has. */
export const wirePoint = (
  twin: Twin,
  ref: AssetRef,
  { metric, publisher }: { metric: MetricSpec; publisher: string },
): WirePoint => {
  const boundary = ref.className === "meter" ? twin.parentOf(ref) : undefined;
  const identity: PointIdentity = {
    id: twin.idOf(ref),
    name: twin.table(ref.className).nameOf(ref.row).en,
    servesId: boundary ? [twin.idOf(boundary)] : [],
  };
  return describedPoint(ref.className, { metric, publisher, identity });
};

/** A DSX value message; null where there is no reading. */
export const valuePayload = (value: number, timeMs: number): string =>
  Number.isFinite(value)
    ? `{"value":${value},"timestamp":${timeMs},"quality":1}`
    : `{"value":null,"timestamp":${timeMs},"quality":0}`;

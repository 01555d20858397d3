import type { FaultCode } from "#feed/contract/status.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { type Conversion, conversionBetween } from "./units.ts";

/** A topic of DSX Exchange BMS v1 or of our HT extension of it, taken apart (docs/WIRE.md §1–2). */
export interface DsxTopic {
  readonly namespace: "BMS" | "HT";
  /** `PUB` for the BMS itself, else the integration that writes the value. */
  readonly writer: string;
  readonly kind: "Value" | "Metadata";
  readonly objectType: string;
  readonly pointType: string;
  readonly tagPath: string;
}

/** Takes a Value or Metadata topic apart; null when it is none. */
export const parseDsxTopic = (topic: string): DsxTopic | null => {
  const parts = topic.split("/");
  const [namespace, version, writer, kind, objectType, pointType] = parts;
  if (parts.length < 7 || version !== "v1" || !writer || !objectType || !pointType) return null;
  if (namespace !== "BMS" && namespace !== "HT") return null;
  if (kind !== "Value" && kind !== "Metadata") return null;
  return { namespace, writer, kind, objectType, pointType, tagPath: parts.slice(6).join("/") };
};

/** First segment of a tag path: the publisher's id where one is declared. */
export const firstSegment = (tagPath: string): string => {
  const slash = tagPath.indexOf("/");
  return slash < 0 ? tagPath : tagPath.slice(0, slash);
};

/** Topic of the values that a metadata topic describes (DSX: topic derivation rule). */
export const valueTopicOf = (topic: DsxTopic, integration: string | null): string =>
  `${topic.namespace}/v1/${integration ?? "PUB"}/Value/${topic.objectType}/${topic.pointType}/${topic.tagPath}`;

/** What metadata says about one point, as far as we use it. */
export interface DsxMetadata {
  readonly assetId: string;
  readonly unit: string | null;
  readonly processArea: readonly string[];
  readonly integration: string | null;
  readonly isSetpoint: boolean;
  readonly phase: string | null;
}

/** Why a point has no place here; the code is counted, the reason is listed. */
export interface Refusal {
  readonly code: FaultCode;
  readonly reason: string;
  /** The point that was meant, where that much is known. */
  readonly point?: Pick<ResolvedPoint, "ref" | "metricIndex">;
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Longest name of an integration: it becomes a level of its topics. */
const integrationChars = 128;

const isLevel = (name: string): boolean => name.length <= integrationChars && !/[/+#\0]/.test(name);

const isRefusal = (value: object): value is Refusal => "code" in value;

/** Reads a metadata payload; a Refusal says what it lacks. */
export const parseMetadata = (payload: string): DsxMetadata | Refusal => {
  let message: unknown;
  try {
    message = JSON.parse(payload);
  } catch (error) {
    return { code: "metadata-invalid", reason: error instanceof Error ? error.message : String(error) };
  }
  if (typeof message !== "object" || message === null || Array.isArray(message))
    return { code: "metadata-invalid", reason: "expected an object" };
  const fields = message as {
    readonly [name in
      | "rackLocationId"
      | "objectId"
      | "associateId"
      | "engUnit"
      | "processArea"
      | "integration"
      | "isSetpoint"
      | "phase"]?: unknown;
  };
  const assetId = text(fields.rackLocationId) ?? text(fields.objectId) ?? text(fields.associateId);
  if (assetId === null)
    return { code: "metadata-invalid", reason: "expected rackLocationId, objectId or associateId" };
  const integration = text(fields.integration);
  if (integration !== null && !isLevel(integration))
    return { code: "metadata-invalid", reason: "integration is no level of a topic" };
  return {
    assetId,
    unit: text(fields.engUnit),
    processArea: Array.isArray(fields.processArea)
      ? fields.processArea.filter((area): area is string => typeof area === "string")
      : [],
    integration,
    isSetpoint: fields.isSetpoint === true,
    phase: text(fields.phase),
  };
};

/** A point of the twin, and how its wire values convert. */
export interface ResolvedPoint {
  readonly ref: AssetRef;
  readonly metricIndex: number;
  readonly conversion: Conversion;
}

const findAsset = (twin: Twin, id: string): AssetRef | undefined => twin.aliases.get(id) ?? twin.find(id);

const carries = (metric: MetricSpec, pointType: string, areas: readonly string[]): boolean =>
  metric.dsx?.pointType === pointType && (metric.dsx.processArea ?? []).every((area) => areas.includes(area));

/**
 * Finds the asset and metric that metadata names: by the twin's aliases, then as an asset id, never guessed.
 * A setpoint or a single phase of a power is not the metric, whatever its point type.
 */
export const resolvePoint = (twin: Twin, topic: DsxTopic, metadata: DsxMetadata): ResolvedPoint | Refusal => {
  const unmapped = (reason: string): Refusal => ({ code: "point-unmapped", reason });
  const ref = findAsset(twin, metadata.assetId);
  if (!ref) return unmapped(`no asset or alias "${metadata.assetId}"`);
  if (metadata.isSetpoint) return unmapped("a setpoint is no measurement");
  if (metadata.phase !== null) return unmapped(`phase ${metadata.phase} alone is not the metric`);
  const { metrics } = classSpec(ref.className);
  const fitting = metrics
    .map((metric, metricIndex) => ({ metric, metricIndex }))
    .filter(({ metric }) => carries(metric, topic.pointType, metadata.processArea))
    .sort((a, b) => (b.metric.dsx?.processArea?.length ?? 0) - (a.metric.dsx?.processArea?.length ?? 0));
  const best = fitting[0];
  if (!best)
    return unmapped(
      `class ${ref.className} has no metric for ${topic.pointType} [${metadata.processArea.join(", ")}]`,
    );
  const { metric, metricIndex } = best;
  if (metric.derived) return { code: "derived-refused", reason: `${metric.id} is computed here` };
  const conversion = conversionOf(metric, metadata.unit);
  return isRefusal(conversion)
    ? { ...conversion, point: { ref, metricIndex } }
    : { ref, metricIndex, conversion };
};

const conversionOf = (metric: MetricSpec, unit: string | null): Conversion | Refusal => {
  if (unit === null) {
    if (metric.unit === "1" || metric.kind === "state") return { scale: 1, offset: 0 };
    return { code: "metadata-invalid", reason: `no engUnit; ${metric.id} needs one (${metric.unit})` };
  }
  return (
    conversionBetween(unit, metric.unit) ?? {
      code: "unit-conflict",
      reason: `engUnit ${unit} does not convert to ${metric.unit} of ${metric.id}`,
    }
  );
};

/** Point types of racks whose unit the DSX specification itself fixes (`engUnit` enums), and all of ours. */
const hasFixedUnit = (metric: MetricSpec, topic: DsxTopic): boolean =>
  (metric.dsx?.namespace ?? "BMS") === topic.namespace &&
  (topic.namespace === "HT" || topic.pointType.startsWith("Rack"));

/**
 * Resolves a value topic without metadata: only when its unit is fixed and its tag path, with or without the first
 * segment, is an asset id (docs/WIRE.md §1). Undefined in every other case: the value has to wait.
 */
export const resolveDirect = (twin: Twin, topic: DsxTopic): ResolvedPoint | undefined => {
  const { tagPath } = topic;
  const ref = twin.find(tagPath) ?? twin.find(tagPath.slice(firstSegment(tagPath).length + 1));
  if (!ref) return undefined;
  const { metrics, dsxObjectType } = classSpec(ref.className);
  if (dsxObjectType !== topic.objectType) return undefined;
  const fitting = metrics.flatMap((metric, metricIndex) =>
    metric.dsx?.pointType === topic.pointType ? [{ metric, metricIndex }] : [],
  );
  const only = fitting.length === 1 ? fitting[0]! : null;
  if (!only || only.metric.derived || !hasFixedUnit(only.metric, topic)) return undefined;
  return { ref, metricIndex: only.metricIndex, conversion: { scale: 1, offset: 0 } };
};

/** FNV-1a of a payload: equal metadata comes again every 100 s and must cost no parse. */
export const payloadHash = (payload: Uint8Array): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < payload.length; i++) hash = Math.imul(hash ^ payload[i]!, 0x01000193);
  return hash >>> 0 || 1;
};

export { isRefusal };

import type { FaultCode } from "#feed/contract/status.ts";
import type { CellRef, ClassTable } from "#feed/tables/class-table.ts";
import type { ValuePlan } from "#feed/wire/json/mapping.ts";
import { type Conversion, conversionBetween } from "#feed/wire/units.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import type { Quality } from "#twins/model/quality.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import type { IntakeContext } from "./context.ts";

/** A value of a topic, bound to its point. */
export interface JsonPoint {
  readonly table: ClassTable;
  readonly cell: number;
  readonly metric: MetricSpec;
  /** Index of its binding: what the point shows as its topic. */
  readonly binding: number;
  /** Topic and place in the message, as it is shown and counted: `topic#$.path`; # is in no topic. */
  readonly key: string;
  /** stored = wire × scale + offset; of the unit last seen where the message says it. */
  scale: number;
  offset: number;
  unit: string | null;
  /** Number of the message that it last had a value from. */
  message: number;
  readonly gathered: Gathered | null;
}

/** What came of a value that is the sum, mean or maximum of several, within one message. */
export interface Gathered {
  count: number;
  value: number;
  sourceMs: number;
  quality: Quality;
}

/** Why there is no such point here. */
export interface Refused {
  readonly code: FaultCode;
  readonly reason: string;
  /** The point it would have been. */
  readonly at?: CellRef;
}

/** Points kept over all topics; a value beyond has none. */
export const pointLimit = 1_000_000;

const unmapped = (reason: string): Refused => ({ code: "point-unmapped", reason });

const none: Conversion = { scale: 1, offset: 0 };

/** How a value converts; where the message says its unit, that is found out with each. */
const conversionOf = (plan: ValuePlan, metric: MetricSpec): Conversion | Refused => {
  if (metric.kind === "state" || plan.unitPath) return none;
  if (plan.unit === null)
    return metric.unit === "1"
      ? none
      : { code: "unit-conflict", reason: `the mapping states no unit; ${metric.id} is in ${metric.unit}` };
  return conversionBetween(plan.unit, metric.unit) ?? conflict(plan.unit, metric);
};

const conflict = (unit: string, metric: MetricSpec): Refused => ({
  code: "unit-conflict",
  reason: `unit ${unit} does not convert to ${metric.unit} of ${metric.id}`,
});

/** The asset of an external name: by alias, else by its id; never guessed. */
const assetNamed = (twin: Twin, name: string): AssetRef | undefined =>
  twin.aliases.get(name) ?? twin.find(name);

export interface PointRequest {
  readonly plan: ValuePlan;
  readonly asset: string;
  readonly key: string;
  readonly publisher: number;
}

/** Binds a value to the point that the mapping means, or says why it has none. */
export const resolveJsonPoint = (
  { twin, store, bindings }: IntakeContext,
  { plan, asset, key, publisher }: PointRequest,
): JsonPoint | Refused => {
  const ref = assetNamed(twin, asset);
  if (!ref) return unmapped(`no asset or alias "${asset}"`);
  const table = store.tables.of(ref.className);
  const column = metricIndex(ref.className, plan.metric);
  const metric = table.spec.metrics[column];
  if (!metric) return unmapped(`class ${ref.className} has no metric ${plan.metric}`);
  if (metric.derived) return { code: "derived-refused", reason: `${metric.id} is computed here` };
  if (plan.states && metric.kind !== "state") return unmapped(`${metric.id} of ${ref.className} is no state`);
  const conversion = conversionOf(plan, metric);
  if ("code" in conversion) return { ...conversion, at: { table, cell: ref.row * table.columns + column } };
  const scale = plan.scale * conversion.scale;
  const offset = plan.offset * conversion.scale + conversion.offset;
  const cell = ref.row * table.columns + column;
  if (!bindings.hasRoomFor(store.tables, key))
    return { code: "bounds", reason: "far more topics than points" };
  const bound = { classIndex: table.index, cell, publisher, scale, offset, metadataHash: 0 };
  return {
    table,
    cell,
    metric,
    binding: bindings.bind(store.tables, key, bound),
    key,
    scale,
    offset,
    unit: null,
    message: 0,
    gathered: plan.reduce ? { count: 0, value: 0, sourceMs: 0, quality: 0 } : null,
  };
};

/** Takes the unit that a message states; false when it does not convert, and then nothing can be taken. */
export const followUnit = (point: JsonPoint, plan: ValuePlan, unit: string): boolean => {
  if (point.unit === unit) return true;
  const conversion = conversionBetween(unit, point.metric.unit);
  if (!conversion) return false;
  point.unit = unit;
  point.scale = plan.scale * conversion.scale;
  point.offset = plan.offset * conversion.scale + conversion.offset;
  return true;
};

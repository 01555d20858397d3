import type { ClassName } from "#twins/model/metric.ts";
import type { Problem, Result } from "#twins/model/result.ts";
import { err, ok } from "#twins/model/result.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { faultAt, faultsAt, metricsOf } from "./catalogue.ts";
import type { FaultKind } from "./kind.ts";

/** What to break: a fault of the catalogue at an asset. */
export interface FaultOrder {
  readonly fault: string;
  /** Path id; for some faults a place, and then it is in everything of its class below. */
  readonly asset: string;
  /** For a fault of a sensor: which metric of the asset. */
  readonly metric?: string;
  /** 0…1; 1 when absent. */
  readonly severity?: number;
  /** Repaired by itself after so many seconds. */
  readonly forS?: number;
  /** Comes on along a straight line over so many seconds; as the catalogue has it when absent. */
  readonly overS?: number;
}

/** What to repair: all faults of an asset, one kind of them, or the one in a metric. */
export interface FaultClearance {
  readonly asset: string;
  readonly fault?: string;
  readonly metric?: string;
}

/** A fault that the plant has now. */
export interface FaultInForce {
  /** Of the catalogue. */
  readonly fault: string;
  /** Path id of the asset. */
  readonly asset: string;
  /** Metric whose sensor is at fault; null for what is no sensor's. */
  readonly metric: string | null;
  /** How far it has come now: 0 at the start of one that grows, at most 1. */
  readonly severity: number;
  /** Plant time at which it is repaired by itself, ms UTC; null: when somebody clears it. */
  readonly untilMs: number | null;
}

export const faultProblemCodes = [
  "fault-asset-unknown",
  "fault-unknown", // there is no such fault, or not at an asset of this class
  "fault-metric-unknown", // a fault of a sensor needs a metric that can have it
] as const;
export type FaultProblem = Problem & { readonly code: (typeof faultProblemCodes)[number] };

/** Where an order strikes. */
export interface Struck {
  readonly kind: FaultKind;
  /** Metric whose sensor is at fault; null for what is no sensor's. */
  readonly metric: string | null;
  /** Rows [start, end) of this class. */
  readonly className: ClassName;
  readonly start: number;
  readonly end: number;
}

const problem = (code: FaultProblem["code"], message: string, tip: string): Result<never, FaultProblem> =>
  err({ code, message, tip });

const noSuchFault = ({ className }: AssetRef, fault: string): Result<never, FaultProblem> =>
  problem(
    "fault-unknown",
    `no fault "${fault}" at a ${className}`,
    `Known there: ${faultsAt(className)
      .map(({ id }) => id)
      .join(", ")}.`,
  );

/** The asset is of the right class, and has no such sensor all the same. */
export const noSuchSensor = ({ fault, asset, metric }: FaultOrder): Result<never, FaultProblem> =>
  problem(
    "fault-metric-unknown",
    `fault "${fault}" cannot be in "${metric}" of "${asset}"`,
    "Choose another metric.",
  );

/** The metric that an order means; null for what is no sensor's. */
const metricOf = (
  kind: FaultKind,
  { className }: AssetRef,
  { metric }: FaultOrder,
): Result<string | null, FaultProblem> => {
  const metrics = metricsOf(kind, className).map(({ id }) => id);
  if (kind.acts === "condition" && metric === undefined) return ok(null);
  const meant = metric ?? (metrics.length === 1 ? metrics[0] : undefined);
  if (meant !== undefined && metrics.includes(meant)) return ok(meant);
  const known =
    metrics.length > 0 ? `One of: ${metrics.join(", ")}.` : "It is not in a sensor: name no metric.";
  return problem("fault-metric-unknown", `fault "${kind.id}" cannot be in "${metric}"`, known);
};

/** What an order means, or why it means nothing. */
export const struckBy = (twin: Twin, order: FaultOrder): Result<Struck, FaultProblem> => {
  const ref = twin.find(order.asset);
  if (!ref)
    return problem("fault-asset-unknown", `no asset "${order.asset}"`, "Use the path id of an asset.");
  const kind = faultAt(ref.className, order.fault);
  if (!kind) return noSuchFault(ref, order.fault);
  const metric = metricOf(kind, ref, order);
  if (!metric.ok) return metric;
  const className = kind.className ?? ref.className;
  const range =
    className === ref.className ? ([ref.row, ref.row + 1] as const) : twin.rangeBelow(ref, className);
  if (!range)
    return problem("fault-asset-unknown", `"${order.asset}" has no ${className}`, "Choose a place that has.");
  return ok({ kind, metric: metric.value, className, start: range[0], end: range[1] });
};

import type { ClassName } from "#twins/model/metric.ts";

/** How urgent an alarm is, most urgent first (ISA-18.2; 紧急, 重要, 次要, 提示). */
export const priorities = ["critical", "high", "medium", "low"] as const;
export type Priority = (typeof priorities)[number];

interface LimitBase {
  /** Unique, `rack.inletTemperature.high2`. */
  readonly id: string;
  readonly className: ClassName;
  readonly metric: string;
  readonly priority: Priority;
  /** It has to last so long before it is an alarm. */
  readonly onDelayMs: number;
  /** It has to be over so long before the alarm is. */
  readonly offDelayMs: number;
  /** Standard and clause, data sheet, or "ours" with the reason. */
  readonly source: string;
}

/** A number too high or too low. */
export interface BoundLimit extends LimitBase {
  readonly kind: "high" | "low";
  /** An alarm from beyond here, in the metric's unit; the bound itself is allowed. */
  readonly at: number;
  /** And until it is back inside by this much (EEMUA 191: deadband against chatter). */
  readonly deadband: number;
  /** Of a low limit: values below this mean that the thing is off, which is none of this limit's business. */
  readonly offBelow?: number;
}

/** A state that needs somebody. */
export interface StateLimit extends LimitBase {
  readonly kind: "state";
  readonly codes: readonly number[];
}

export type Limit = BoundLimit | StateLimit;

/** True where a value is such that an alarm may begin. NaN never is. */
export const isBeyond = (limit: Limit, value: number): boolean => {
  if (limit.kind === "high") return value > limit.at;
  if (limit.kind === "state") return limit.codes.includes(value);
  return value < limit.at && !(value < (limit.offBelow ?? Number.NEGATIVE_INFINITY));
};

/** True where a value is such that an alarm may end: back inside, by the deadband. NaN never is. */
export const isBack = (limit: Limit, value: number): boolean => {
  if (limit.kind === "high") return value <= limit.at - limit.deadband;
  if (limit.kind === "state") return !Number.isNaN(value) && !limit.codes.includes(value);
  return value >= limit.at + limit.deadband || value < (limit.offBelow ?? Number.NEGATIVE_INFINITY);
};

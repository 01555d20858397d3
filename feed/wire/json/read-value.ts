import type { FaultCode } from "#feed/contract/status.ts";
import { shownValue } from "#feed/wire/text.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import { Quality } from "#twins/model/quality.ts";
import type { QualityPlan, ValuePlan } from "./mapping.ts";
import { type Cursor, readPath } from "./path.ts";
import { wordOf } from "./words.ts";

/** What one field of a message says. One mutable instance is reused: no object per value. */
export interface WireValue {
  /** As on the wire, before scale and unit; NaN: no reading. */
  value: number;
  quality: Quality;
  /** First thing that is wrong with it. */
  fault: FaultCode | null;
  detail: string;
  /** False: the message says nothing about the point, which stays as it is and ages. */
  isSaid: boolean;
}

export const createWireValue = (): WireValue => ({
  value: Number.NaN,
  quality: Quality.unknown,
  fault: null,
  detail: "",
  isSaid: false,
});

/** A decimal as text, or NaN: `0x1F` and `` are numbers to JavaScript alone. */
const decimal = (text: string): number => {
  const trimmed = text.trim();
  const second = trimmed.charCodeAt(1) | 0x20;
  const isRadix = trimmed.charCodeAt(0) === 0x30 && (second === 0x78 || second === 0x62 || second === 0x6f);
  return trimmed === "" || isRadix ? Number.NaN : Number(trimmed);
};

const doubt = (into: WireValue, fault: FaultCode, detail: string): void => {
  into.value = Number.NaN;
  into.fault = fault;
  into.detail = detail;
};

const silent = (into: WireValue, fault: FaultCode | null, detail: string): void => {
  into.isSaid = false;
  into.fault = fault;
  into.detail = detail;
};

/** A state of the metric by its word, or by its code where the mapping has no words. */
const readState = (raw: unknown, plan: ValuePlan, metric: MetricSpec, into: WireValue): void => {
  const word = wordOf(raw);
  const code = word === null ? undefined : plan.states ? plan.states.get(word) : decimal(word);
  if (word === null) silent(into, "value-type", `${plan.label}: ${typeOf(raw)}, no word of a state`);
  else if (code !== undefined && metric.states?.some((state) => state.code === code)) into.value = code;
  else doubt(into, "state-unknown", `${plan.label}: no state for ${shownValue(raw)}`);
};

const typeOf = (value: unknown): string => (Array.isArray(value) ? "an array" : `a ${typeof value}`);

const readNumber = (raw: unknown, plan: ValuePlan, into: WireValue): void => {
  const value = typeof raw === "string" ? decimal(raw) : raw;
  if (typeof value !== "number" || Number.isNaN(value))
    silent(into, "value-type", `${plan.label}: ${typeOf(raw)} is no number`);
  else if (!Number.isFinite(value)) doubt(into, "value-not-finite", `${plan.label}: ${String(raw)}`);
  else into.value = value;
};

const readQuality = ({ path, words }: QualityPlan, cursor: Cursor, into: WireValue): void => {
  const word = wordOf(readPath(path, cursor));
  into.quality = word === null ? Quality.uncertain : (words.get(word) ?? Quality.bad);
  if (into.quality !== Quality.bad) return;
  into.fault = "quality-bad";
  into.detail = `${path.text} is ${word}`;
};

/** Reads what the message says of one value. A missing quality word makes it uncertain; none asked for, good. */
export const readValue = (plan: ValuePlan, metric: MetricSpec, cursor: Cursor, into: WireValue): void => {
  const raw = readPath(plan.path, cursor);
  const word = plan.noReading.size === 0 ? null : wordOf(raw);
  into.value = Number.NaN;
  into.quality = Quality.good;
  into.fault = null;
  into.detail = "";
  into.isSaid = true;
  if (raw === undefined)
    silent(into, plan.isOptional ? null : "field-missing", `${plan.path.text} is not there`);
  else if (raw === null || (word !== null && plan.noReading.has(word)))
    doubt(into, "value-null", `${plan.label}: ${shownValue(raw)} stands for no reading`);
  else {
    if (plan.quality) readQuality(plan.quality, cursor, into);
    if (metric.kind === "state") readState(raw, plan, metric, into);
    else readNumber(raw, plan, into);
  }
};

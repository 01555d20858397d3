import type { Quality } from "#twins/model/quality.ts";
import { Origin } from "#twins/model/quality.ts";
import type { EachPath, JsonPath } from "./path.ts";
import type { TimeReader } from "./time.ts";
import type { TopicPattern } from "./topic-pattern.ts";
import type { Words } from "./words.ts";

/** A mapping file, compiled (feed/wire/json/compile.ts): what the hot path needs, checked against the catalogue. */
export interface Mapping {
  /** Of the payloads, as TextDecoder calls it. */
  readonly encoding: string;
  readonly templates: readonly Template[];
  /** The narrowest MQTT filters that hold all topics of the templates; none lies within another. */
  readonly filters: readonly string[];
}

export interface Template {
  readonly name: string;
  readonly topic: TopicPattern;
  readonly each: EachPath | null;
  readonly when: readonly { readonly path: JsonPath; readonly words: ReadonlySet<string> }[];
  readonly asset: Words;
  readonly publisher: Words;
  readonly origin: Origin;
  readonly periodMs: number | null;
  readonly time: { readonly path: JsonPath; readonly read: TimeReader } | null;
  /** Values at their own paths; with a signal, those it chooses from. */
  readonly values: readonly ValuePlan[];
  readonly signal: { readonly words: Words; readonly planOf: ReadonlyMap<string, ValuePlan> } | null;
  /** Words of an alarm that has no place here. */
  readonly note: Words | null;
  /** Every path it reads: what else a message has is listed as unmapped. */
  readonly reads: readonly JsonPath[];
}

/** One value of a message on its way to a metric. */
export interface ValuePlan {
  /** Place among the template's values. */
  readonly index: number;
  /** Path or signal: names the point beside its topic. */
  readonly label: string;
  readonly path: JsonPath;
  readonly metric: string;
  readonly unit: string | null;
  /** Where the message itself says the unit. */
  readonly unitPath: JsonPath | null;
  readonly scale: number;
  readonly offset: number;
  readonly states: ReadonlyMap<string, number> | null;
  readonly noReading: ReadonlySet<string>;
  readonly quality: QualityPlan | null;
  readonly reduce: { readonly by: "sum" | "mean" | "max"; readonly of: number } | null;
  readonly isOptional: boolean;
}

export interface QualityPlan {
  readonly path: JsonPath;
  readonly words: ReadonlyMap<string, Quality>;
}

export const originOfName = { measured: Origin.measured, simulated: Origin.simulated, trace: Origin.trace };

import { z } from "zod";
import { timeFormats } from "./time.ts";

/**
 * A mapping file as it is written (docs/JSON-WIRE.md). Unknown fields are refused: a misspelt option would else be lost
 * in silence. What the fields mean together (paths, metrics, units) is judged by `compile.ts`.
 */

const word = z.union([z.string(), z.number(), z.boolean()]);
const words = z.array(word).min(1);
const path = z.string().min(1);
const text = z.string().min(1);

/** Words of a field that say how far the value can be trusted; any other word is bad. */
const quality = z.strictObject({
  path,
  good: words,
  uncertain: words.optional(),
});

const time = z.strictObject({
  path,
  format: z.enum(timeFormats),
  /** Of texts without a zone of their own: `Z` or `+08:00`. */
  zone: z.string().optional(),
});

/** Several values of one message that are one value here. */
const reduce = z.strictObject({
  by: z.enum(["sum", "mean", "max"]),
  /** How many there must be: with fewer the message says nothing about the point. */
  of: z.int().min(1).max(100_000),
});

const meaning = {
  /** Metric id of the class catalogue. */
  metric: text,
  /** Unit on the wire, or the path of the field that says it. */
  unit: text.optional(),
  scale: z.number().optional(),
  offset: z.number().optional(),
  /** Words on the wire for the state codes of the metric (遥信). */
  states: z.record(z.string(), z.number()).optional(),
  /** Numbers and words that stand for "no reading". */
  noReading: z.array(word).optional(),
  quality: quality.optional(),
  reduce: reduce.optional(),
  /** The message may well be without it: no fault. */
  optional: z.boolean().optional(),
};

const value = z.strictObject({ path, ...meaning });
/** A signal has its path from the template, unless it has one of its own. */
const signal = z.strictObject({ path: path.optional(), ...meaning });
const alarmSignal = z.strictObject({ metric: text, raised: z.number(), cleared: z.number() });

const template = z.strictObject({
  name: text,
  comment: z.string().optional(),
  topic: text,
  /** Path of the elements, with `[*]`; absent: the message is one object. */
  each: path.optional(),
  /** Path → the words that make it a message (or element) of this template. */
  when: z.record(z.string(), z.union([word, words])).optional(),
  /** Names the asset: an alias or an asset id. */
  asset: text,
  publisher: text.optional(),
  origin: z.enum(["measured", "simulated", "trace"]).optional(),
  /** Expected time between messages. */
  periodS: z.number().positive().max(86_400).optional(),
  time: time.optional(),
  quality: quality.optional(),
  /** Values at paths of their own. */
  values: z.array(value).min(1).optional(),
  /** Or: each element is one value, named by a word. */
  signal: text.optional(),
  path: path.optional(),
  signals: z.record(z.string(), signal).optional(),
  /** Or: each element is one alarm, raised or cleared. */
  alarm: z
    .strictObject({
      signal: text,
      path,
      raised: words,
      cleared: words,
      /** What the list of unmapped points says of an alarm that has no metric here. */
      words: text.optional(),
      signals: z.record(z.string(), alarmSignal),
    })
    .optional(),
});

export const mappingSchema = z.strictObject({
  mapping: z.literal(1),
  /** Of the payloads; plants in China still send GBK. */
  encoding: z.enum(["utf-8", "gbk", "gb18030"]).optional(),
  comment: z.string().optional(),
  /** None: nothing is read. */
  templates: z.array(template),
});

export type MappingDocument = z.infer<typeof mappingSchema>;
export type TemplateDocument = z.infer<typeof template>;
export type MeaningDocument = Omit<z.infer<typeof value>, "path">;
export type QualityDocument = z.infer<typeof quality>;

import type { FaultCode } from "#feed/contract/status.ts";
import type { Mapping, ValuePlan } from "#feed/wire/json/mapping.ts";
import { createCursor, eachElement, readPath } from "#feed/wire/json/path.ts";
import { unreadFields } from "#feed/wire/json/unread.ts";
import { spell, wordOf } from "#feed/wire/json/words.ts";
import { keptText } from "#feed/wire/text.ts";
import { Origin } from "#twins/model/quality.ts";
import { countDrop, countTooMany, type Incoming, type IntakeContext, type SourceTraits } from "./context.ts";
import type { Intake } from "./intake.ts";
import { type JsonPoint, pointLimit, type Refused, resolveJsonPoint } from "./json-points.ts";
import { JsonTaker } from "./json-take.ts";
import { type BoundTemplate, type BoundTopic, JsonTopics } from "./json-topics.ts";

/** Values of any JSON, by the templates of a mapping file, into the tables (docs/JSON-WIRE.md). */
export const createJsonIntake = (context: IntakeContext, traits: SourceTraits, mapping: Mapping): Intake => {
  const decoder = new JsonDecoder(context, traits, mapping);
  return {
    wire: "json",
    filters: mapping.filters,
    message: (message) => decoder.message(message),
  };
};

/** What an element says one value of. */
interface Wanted {
  readonly topic: BoundTopic;
  readonly bound: BoundTemplate;
  readonly asset: string;
}

class JsonDecoder {
  readonly #context: IntakeContext;
  readonly #traits: SourceTraits;
  readonly #cursor = createCursor();
  readonly #topics: JsonTopics;
  readonly #taker: JsonTaker;
  readonly #text;
  #points = 0;
  /** Elements of the message at hand, and those among them that a template's condition fits. */
  #visited = 0;
  #fitting = 0;
  #receivedMs = 0;

  constructor(context: IntakeContext, traits: SourceTraits, mapping: Mapping) {
    this.#context = context;
    this.#traits = traits;
    this.#topics = new JsonTopics(mapping.templates);
    this.#text = new TextDecoder(mapping.encoding);
    this.#taker = new JsonTaker(context, this.#cursor);
  }

  /** Takes a message of a topic that fits a template: one look-up, one parse, then cells. */
  message(message: Incoming): boolean {
    const topic = this.#topics.of(message.topic);
    if (!topic) return false;
    if (message.payload.length === 0) return true; // a retained message was cleared
    this.#receivedMs = message.receivedMs;
    this.#taker.begin(message);
    try {
      this.#cursor.message = JSON.parse(this.#text.decode(message.payload));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.#taker.fault("payload-malformed", message.topic, detail);
      return true;
    }
    const wasLive = topic.isLive;
    this.#visited = 0;
    this.#fitting = 0;
    let hasElements = false;
    for (const bound of topic.templates) {
      hasElements =
        eachElement(bound.template.each, this.#cursor, () => this.#element(topic, bound)) || hasElements;
      this.#taker.flush();
    }
    // An empty list says nothing, and rightly so; a message that no template knows its way in does not.
    if (!hasElements) this.#taker.fault("field-missing", topic.topic, "no template finds an element in it");
    else if (this.#visited > 0 && this.#fitting === 0)
      this.#list(topic.topic, "point-unmapped", "no template's condition fits its messages");
    if (!wasLive && topic.isLive) this.#listUnread(topic);
    this.#cursor.message = undefined; // megabytes, perhaps
    return true;
  }

  #element(topic: BoundTopic, bound: BoundTemplate): void {
    const { template } = bound;
    const cursor = this.#cursor;
    this.#visited++;
    for (const { path, words } of template.when) {
      const word = wordOf(readPath(path, cursor));
      if (word === null || !words.has(word)) return;
    }
    this.#fitting++;
    const asset = bound.asset ?? spell(template.asset, bound.captures, cursor);
    if (asset === null) {
      const detail = `template ${template.name}: no asset, ${template.asset.text} is not all there`;
      this.#taker.fault("field-missing", topic.topic, detail);
    } else if (template.signal) this.#signal({ topic, bound, asset });
    else for (const plan of template.values) this.#value({ topic, bound, asset }, plan);
  }

  /** An element that is one value, or one alarm, named by a word. */
  #signal(wanted: Wanted): void {
    const { template, captures } = wanted.bound;
    const { words, planOf } = template.signal!;
    const name = spell(words, captures, this.#cursor);
    if (name === null) {
      const detail = `template ${template.name}: no signal, ${words.text} is not all there`;
      this.#taker.fault("field-missing", wanted.topic.topic, detail);
      return;
    }
    const plan = planOf.get(name);
    if (plan) {
      this.#value(wanted, plan);
      return;
    }
    const note = template.note && spell(template.note, captures, this.#cursor);
    const reason = `no signal "${name}" in template ${template.name}${note === null ? "" : `: ${note}`}`;
    this.#list(keyOf(wanted, name), "point-unmapped", reason);
  }

  #value(wanted: Wanted, plan: ValuePlan): void {
    const { bound, asset } = wanted;
    const point = bound.points.get(asset)?.[plan.index] ?? this.#resolve(wanted, plan);
    if (point) this.#taker.value({ point, plan, publisher: bound.publisher }, bound.template);
  }

  /** Binds a value to its point; undefined when it has none here, which is listed. */
  #resolve(wanted: Wanted, plan: ValuePlan): JsonPoint | undefined {
    const { topic, bound, asset } = wanted;
    const key = keyOf(wanted, plan.label);
    if (this.#context.unmapped.again(key, this.#receivedMs)) return undefined;
    const publisher = this.#publisherOf(bound);
    const isFull = this.#points >= pointLimit || !this.#topics.hasRoomFor(topic);
    const point: JsonPoint | Refused = isFull
      ? { code: "bounds", reason: "more topics and points of this wire than are kept" }
      : resolveJsonPoint(this.#context, { plan, asset, key, publisher });
    if ("code" in point) {
      if (point.code === "bounds") countDrop(this.#context.counters, "bounds");
      if (point.at) this.#context.store.ledger.count(point.at, point.code, this.#receivedMs);
      this.#list(key, point.code, point.reason);
      return undefined;
    }
    this.#points++;
    this.#topics.keep(topic);
    const points = bound.points.get(asset) ?? [];
    points[plan.index] = point;
    bound.points.set(asset, points);
    return point;
  }

  /** Place in the registry of who publishes a topic, by this template. */
  #publisherOf(bound: BoundTemplate): number {
    if (bound.publisher >= 0) return bound.publisher;
    const { publisher: words, origin, periodMs } = bound.template;
    const publisher = this.#context.store.publishers.of(spell(words, bound.captures, this.#cursor) ?? "", {
      origin: this.#traits.isPlant ? Origin.simulated : origin,
      filler: this.#traits.filler,
    });
    // The first stands for all that are too many: what holds for this one does not for them.
    if (publisher.index === 0) countTooMany(this.#context, this.#taker.message);
    else if (!publisher.declared) publisher.periodMs = periodMs;
    bound.publisher = publisher.index;
    return publisher.index;
  }

  /** Lists what has no place here, and counts it the first time. */
  #list(key: string, code: FaultCode, reason: string): void {
    const { unmapped } = this.#context;
    if (unmapped.again(key, this.#receivedMs)) return;
    unmapped.add(key, { code, reason: keptText(reason) }, this.#receivedMs);
    this.#taker.fault(code, key, reason);
  }

  #listUnread({ topic, templates }: BoundTopic): void {
    const fields = unreadFields(
      this.#cursor.message,
      templates.map(({ template }) => template),
    );
    const why = { code: "point-unmapped", reason: "no template reads this field" } as const;
    for (const field of fields) this.#context.unmapped.add(`${topic}#${field}`, why, this.#receivedMs);
  }
}

/** Names a value beside its topic. # is in no topic, so that it cannot be taken for one. */
const keyOf = ({ topic, bound, asset }: Wanted, label: string): string => {
  const template = topic.templates.length > 1 ? `${bound.template.name} ` : "";
  return `${topic.topic}#${template}${bound.asset === null ? `${asset} ` : ""}${label}`;
};

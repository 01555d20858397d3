import { covers } from "#feed/sources/topic-filter.ts";
import { Quality } from "#twins/model/quality.ts";
import { meaningProblems } from "./catalogue-check.ts";
import { type Mapping, originOfName, type QualityPlan, type Template, type ValuePlan } from "./mapping.ts";
import { compileEach, compilePath, type JsonPath } from "./path.ts";
import type { MappingDocument, MeaningDocument, QualityDocument, TemplateDocument } from "./schema.ts";
import { timeReader, zoneAt } from "./time.ts";
import { compileTopic } from "./topic-pattern.ts";
import { compileWords, type Words } from "./words.ts";

/** Something wrong in a mapping file, and where: member names and indexes from the root. */
export interface MappingIssue {
  readonly at: readonly (string | number)[];
  readonly message: string;
}

type Place = readonly (string | number)[];

/** Collects what is wrong, so that a file is mended in one go. */
class Issues {
  readonly all: MappingIssue[] = [];

  add(at: Place, message: string): void {
    this.all.push({ at, message });
  }

  /** The value of a result; undefined when it has none, which is then an issue. */
  take<T>(
    at: Place,
    result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
  ): T | undefined {
    if (result.ok) return result.value;
    this.add(at, result.error);
    return undefined;
  }
}

const nowhere: JsonPath = { text: "$", from: "message", steps: [] };
const nothing: Words = { text: "", parts: [], isFixed: true };

/** Compiles a mapping document; what is wrong in it is listed by place, and then there is no mapping. */
export const compileMapping = (document: MappingDocument): Mapping | readonly MappingIssue[] => {
  const issues = new Issues();
  const templates = document.templates.map((template, i) =>
    new TemplateCompiler(template, ["templates", i], issues).compile(),
  );
  checkNames(document, issues);
  checkPublishers(templates, issues);
  if (issues.all.length > 0) return issues.all;
  const filters = [...new Set(templates.map(({ topic }) => topic.filter))];
  const isWithin = (filter: string): boolean =>
    filters.some((other) => other !== filter && covers(other, filter));
  const encoding = document.encoding ?? "utf-8";
  return { encoding, templates, filters: filters.filter((filter) => !isWithin(filter)) };
};

const checkNames = ({ templates }: MappingDocument, issues: Issues): void => {
  const seen = new Set<string>();
  for (const [i, { name }] of templates.entries()) {
    if (seen.has(name)) issues.add(["templates", i, "name"], `a second template ${JSON.stringify(name)}`);
    seen.add(name);
  }
};

/** A publisher has one period and one origin, whatever template its messages come by. */
const checkPublishers = (templates: readonly Template[], issues: Issues): void => {
  const first = new Map<string, Template>();
  for (const [i, template] of templates.entries()) {
    const other = first.get(template.publisher.text);
    if (!other) first.set(template.publisher.text, template);
    else if (other.periodMs !== template.periodMs || other.origin !== template.origin)
      issues.add(
        ["templates", i, "publisher"],
        `${JSON.stringify(template.publisher.text)} has another period or origin in template ${other.name}`,
      );
  }
};

/** Compiles one template. */
class TemplateCompiler {
  readonly #document: TemplateDocument;
  readonly #at: Place;
  readonly #issues: Issues;
  readonly #reads: JsonPath[] = [];

  constructor(document: TemplateDocument, at: Place, issues: Issues) {
    this.#document = document;
    this.#at = at;
    this.#issues = issues;
  }

  compile(): Template {
    const { name, each, origin = "measured", periodS, time } = this.#document;
    const topic = this.#issues.take([...this.#at, "topic"], compileTopic(this.#document.topic)) ?? {
      text: "",
      levels: [],
      filter: "",
      captures: [],
    };
    const words = (field: "asset" | "publisher", text: string): Words =>
      this.#words([field], text, topic.captures);
    const publisher = words("publisher", this.#document.publisher ?? name);
    if (!publisher.isFixed)
      this.#fail(["publisher"], "a publisher is named by the topic alone, not by fields of a message");
    const eachPath = each === undefined ? null : this.#issues.take([...this.#at, "each"], compileEach(each));
    return {
      name,
      topic,
      each: eachPath ?? null,
      when: Object.entries(this.#document.when ?? {}).map(([path, wanted]) => ({
        path: this.#path(["when", path], path),
        words: new Set((Array.isArray(wanted) ? wanted : [wanted]).map(String)),
      })),
      asset: words("asset", this.#document.asset),
      publisher,
      origin: originOfName[origin],
      periodMs: periodS === undefined ? null : periodS * 1000,
      time: time ? { path: this.#path(["time", "path"], time.path), read: this.#timeReader(time) } : null,
      ...this.#values(topic.captures),
      reads: this.#reads,
    };
  }

  #fail(place: Place, message: string): void {
    this.#issues.add([...this.#at, ...place], message);
  }

  #path(place: Place, text: string): JsonPath {
    const path = this.#issues.take([...this.#at, ...place], compilePath(text)) ?? nowhere;
    this.#reads.push(path);
    return path;
  }

  #words(place: Place, text: string, captures: readonly string[]): Words {
    const words = this.#issues.take([...this.#at, ...place], compileWords(text, captures)) ?? nothing;
    for (const part of words.parts) if (part.kind === "path") this.#reads.push(part.path);
    return words;
  }

  #timeReader({ format, zone }: NonNullable<TemplateDocument["time"]>) {
    const zoneMs = zone === undefined ? null : zoneAt(zone, 0);
    if (Number.isNaN(zoneMs)) this.#fail(["time", "zone"], `${zone}: expected Z or an offset such as +08:00`);
    if (zone === undefined && format === "YYYY-MM-DD HH:mm:ss")
      this.#fail(["time"], 'a time without a zone needs one: add "zone": "+08:00"');
    return timeReader(format, zoneMs);
  }

  #values(captures: readonly string[]): Pick<Template, "values" | "signal" | "note"> {
    const { values, signal, signals, path, alarm } = this.#document;
    const given = [values, signals, alarm].filter((kind) => kind !== undefined).length;
    if (given !== 1) this.#fail([], `template ${this.#document.name} needs one of values, signals or alarm`);
    if (alarm) return this.#alarm(alarm, captures);
    if (!signals) {
      const isSecond = (path: string, i: number): boolean =>
        values?.findIndex((value) => value.path === path) !== i;
      const plans = (values ?? []).map((value, i) => {
        const label = isSecond(value.path, i) ? `${value.path} ${value.metric} ${i}` : value.path;
        return this.#plan(value, { index: i, label, path: value.path, place: ["values", i] });
      });
      return { values: plans, signal: null, note: null };
    }
    if (signal === undefined) this.#fail([], 'signals need a "signal" that names them');
    const plans = Object.entries(signals).map(([name, meaning], index) => {
      const own = meaning.path ?? path;
      if (own === undefined) this.#fail(["signals", name], "no path here, and none for all signals");
      const place = ["signals", name];
      return [name, this.#plan(meaning, { index, label: name, path: own ?? "$", place })] as const;
    });
    return {
      values: plans.map(([, plan]) => plan),
      signal: { words: this.#words(["signal"], signal ?? "", captures), planOf: new Map(plans) },
      note: null,
    };
  }

  #alarm(
    alarm: NonNullable<TemplateDocument["alarm"]>,
    captures: readonly string[],
  ): Pick<Template, "values" | "signal" | "note"> {
    const plans = Object.entries(alarm.signals).map(([name, { metric, raised, cleared }], index) => {
      const states = Object.fromEntries([
        ...alarm.raised.map((word) => [String(word), raised] as const),
        ...alarm.cleared.map((word) => [String(word), cleared] as const),
      ]);
      const place = ["alarm", "signals", name];
      return [name, this.#plan({ metric, states }, { index, label: name, path: alarm.path, place })] as const;
    });
    if (plans.length === 0) this.#path(["alarm", "path"], alarm.path);
    return {
      values: plans.map(([, plan]) => plan),
      signal: { words: this.#words(["alarm", "signal"], alarm.signal, captures), planOf: new Map(plans) },
      note: alarm.words === undefined ? null : this.#words(["alarm", "words"], alarm.words, captures),
    };
  }

  #plan(
    meaning: MeaningDocument,
    { index, label, path, place }: { index: number; label: string; path: string; place: Place },
  ): ValuePlan {
    for (const message of meaningProblems(meaning)) this.#fail(place, message);
    const { metric, unit, scale = 1, offset = 0, states, noReading = [], reduce, optional } = meaning;
    const isPath = unit !== undefined && /^[$@^]/.test(unit);
    const quality = meaning.quality ?? this.#document.quality;
    return {
      index,
      label,
      path: this.#path(place, path),
      metric,
      unit: isPath ? null : (unit ?? null),
      unitPath: isPath ? this.#path([...place, "unit"], unit) : null,
      scale,
      offset,
      states: states ? new Map(Object.entries(states)) : null,
      noReading: new Set(noReading.map(String)),
      quality: quality ? this.#quality(quality, place) : null,
      reduce: reduce ?? null,
      isOptional: optional === true,
    };
  }

  #quality({ path, good, uncertain = [] }: QualityDocument, place: Place): QualityPlan {
    const words = new Map<string, Quality>(uncertain.map((word) => [String(word), Quality.uncertain]));
    for (const word of good) words.set(String(word), Quality.good);
    return { path: this.#path([...place, "quality"], path), words };
  }
}

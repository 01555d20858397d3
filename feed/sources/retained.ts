import { classSpec } from "#twins/model/catalogue.ts";
import { classNames } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";

/**
 * A stock mosquitto sends at most 1,000 queued messages a client and drops the rest silently (max_queued_messages).
 * A filter that brought fewer than this cannot have met that limit: it is complete.
 */
const completeBelow = 900;
/** Filters asked for at a time. */
const firstBatch = 8;
const largestBatch = 64;
/** Levels before the tag path: `BMS/v1/PUB/Metadata/{objectType}/{pointType}`. */
const typeLevels = 6;
/** Topics of one answer that are looked at; a stock mosquitto sends about 40,000 before it drops. */
const topicsKept = 65_536;

const roots = ["BMS/v1/PUB/Metadata", "HT/v1/PUB/Metadata"];
/** Object types of DSX that no class of ours is addressed by. */
const otherObjectTypes = "HX CRAC AHU ATS Shunt Breaker Valve Fan Damper Tank".split(" ");
const otherPointTypes =
  "LiquidDifferentialPressure LiquidPressure Available ValvePosition DamperPosition AirDifferentialPressure AirFlow AirPressure Sound GenericPoint LeakDetect Voltage Frequency ApparentPower Current CurrentLimit PhaseCurrent".split(
    " ",
  );

/** What the sweep needs of a connection. */
export interface SweepClient {
  /** Asks for the kept messages of some filters. The acknowledgement is not waited for: a full queue drops it too. */
  subscribe(filters: readonly string[]): void;
  unsubscribe(filters: readonly string[]): void;
  /** Resolves when everything the broker queued before this call has arrived. */
  fence(): Promise<void>;
}

/** A part of the topic tree to fetch, and what is already known to be in it. */
interface Branch {
  readonly prefix: string;
  readonly known: readonly string[];
}

export interface SweepReport {
  /** Different metadata topics can be fewer: overlapping filters bring some twice. */
  readonly messages: number;
  readonly filters: number;
}

/**
 * Fetches every retained metadata message in filters small enough that the broker drops none. A filter that brought
 * too many is split by the next topic level: by the segments that came, by those the twin's own ids predict, and by
 * those that a cut across the tree (only the topics that end like one that came) reveals.
 */
export class RetainedSweep {
  readonly #client: SweepClient;
  readonly #twin: Twin;
  readonly #publishers: () => readonly string[];
  #children: Map<string, Set<string>> | null = null;
  #count = 0;
  #topics: string[] = [];
  #filters = 0;
  #messages = 0;

  constructor(client: SweepClient, twin: Twin, publishers: () => readonly string[]) {
    this.#client = client;
    this.#twin = twin;
    this.#publishers = publishers;
  }

  /** To be called with every retained message while `run` is under way. */
  observe(topic: string): void {
    this.#count++;
    if (this.#topics.length < topicsKept) this.#topics.push(topic);
  }

  /** @throws when the connection is lost. */
  async run(): Promise<SweepReport> {
    await this.#fetch(roots.map((prefix) => ({ prefix, known: [] })));
    return { messages: this.#messages, filters: this.#filters };
  }

  /** Fetches all below several prefixes, as many at a time as stay complete: an answer costs a round trip. */
  async #fetch(branches: readonly Branch[]): Promise<void> {
    const waiting = [...branches];
    let size = firstBatch;
    let ceiling = largestBatch;
    while (waiting.length > 0) {
      if (waiting[0]!.known.length >= completeBelow) {
        const { prefix, known } = waiting.shift()!;
        await this.#split(prefix, known);
        continue;
      }
      const batch = waiting.splice(0, batchLength(waiting, size));
      const seen = await this.#ask(batch.map(({ prefix }) => `${prefix}/#`));
      if (seen.count < completeBelow) size = Math.min(ceiling, size * 2);
      else if (batch.length === 1) await this.#split(batch[0]!.prefix, seen.topics);
      else {
        const again = batch.map(({ prefix }) => ({
          prefix,
          known: seen.topics.filter((topic) => topic.startsWith(`${prefix}/`)),
        }));
        waiting.unshift(...again);
        // Siblings are alike: what was too much once will be again.
        ceiling = Math.ceil(batch.length / 2);
        size = Math.ceil(ceiling / 2);
      }
    }
  }

  /** @param topics what an incomplete answer brought from below `prefix`: no point in asking for all of it again. */
  async #split(prefix: string, topics: readonly string[]): Promise<void> {
    const below = bySegment(prefix, topics);
    const segments = new Set([...below.keys(), ...this.#predicted(prefix)]);
    for (const segment of await this.#acrossTree(prefix, topics)) segments.add(segment);
    await this.#ask([prefix]);
    await this.#fetch(
      [...segments].map((segment) => ({ prefix: `${prefix}/${segment}`, known: below.get(segment) ?? [] })),
    );
  }

  async #ask(filters: readonly string[]): Promise<{ count: number; topics: readonly string[] }> {
    this.#count = 0;
    this.#topics = [];
    this.#filters += filters.length;
    this.#client.subscribe(filters);
    await this.#client.fence();
    this.#client.unsubscribe(filters);
    this.#messages += this.#count;
    return { count: this.#count, topics: this.#topics };
  }

  /** Segments below `prefix` in branches whose every message was dropped: they share their last levels with others. */
  async #acrossTree(prefix: string, topics: readonly string[]): Promise<Set<string>> {
    const sample = topics.at(-1);
    if (!sample) return new Set();
    const levels = sample.slice(prefix.length + 1).split("/");
    const found = new Set<string>();
    for (let kept = 1; kept < levels.length; kept++) {
      const cut = levels.map((level, i) => (i < levels.length - kept ? "+" : level)).join("/");
      const seen = await this.#ask([`${prefix}/${cut}`]);
      for (const segment of bySegment(prefix, seen.topics).keys()) found.add(segment);
      if (seen.count < completeBelow) break;
    }
    return found;
  }

  #predicted(prefix: string): Iterable<string> {
    const levels = prefix.split("/");
    const specs = classNames.map(classSpec);
    if (levels.length === typeLevels - 2)
      return [...specs.flatMap((spec) => spec.dsxObjectType ?? []), ...otherObjectTypes];
    if (levels.length === typeLevels - 1)
      return [...specs.flatMap((s) => s.metrics.flatMap((m) => m.dsx?.pointType ?? [])), ...otherPointTypes];
    const tag = levels.slice(typeLevels);
    const children = this.#twinChildren();
    if (tag.length === 0) return [...this.#publishers(), ...(children.get("") ?? [])];
    return [...(children.get(tag.join("/")) ?? []), ...(children.get(tag.slice(1).join("/")) ?? [])];
  }

  /** Next path segments below every asset id: built only when a tag path has to be split. */
  #twinChildren(): ReadonlyMap<string, Set<string>> {
    if (this.#children) return this.#children;
    const children = new Map<string, Set<string>>();
    for (const table of this.#twin.tables.values())
      for (let row = 0; row < table.count; row++) {
        const id = table.idOf(row);
        const slash = id.lastIndexOf("/");
        const parent = slash < 0 ? "" : id.slice(0, slash);
        const known = children.get(parent);
        if (known) known.add(id.slice(slash + 1));
        else children.set(parent, new Set([id.slice(slash + 1)]));
      }
    this.#children = children;
    return children;
  }
}

/** How many of the next branches to ask for at once: by their number, and by what is already known to be in them. */
const batchLength = (waiting: readonly Branch[], size: number): number => {
  let expected = 0;
  let length = 0;
  while (length < Math.min(size, waiting.length)) {
    expected += waiting[length]!.known.length;
    if (length > 0 && expected >= completeBelow * 0.9) break;
    length++;
  }
  return length;
};

/** Topics below a prefix, by their next level. */
const bySegment = (prefix: string, topics: readonly string[]): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  const start = prefix.length + 1;
  for (const topic of topics) {
    if (!topic.startsWith(prefix) || topic.length <= start) continue;
    const slash = topic.indexOf("/", start);
    const segment = slash < 0 ? topic.slice(start) : topic.slice(start, slash);
    const known = found.get(segment);
    if (known) known.push(topic);
    else found.set(segment, [topic]);
  }
  return found;
};

import type { Template } from "#feed/wire/json/mapping.ts";
import { createCursor } from "#feed/wire/json/path.ts";
import { type Captures, matchTopic } from "#feed/wire/json/topic-pattern.ts";
import { spell } from "#feed/wire/json/words.ts";
import type { JsonPoint } from "./json-points.ts";

/** Topics with points: what is beyond is refused and counted. */
const liveLimit = 262_144;
/** Topics seen without a point of this twin; forgotten when full. */
const idleLimit = 16_384;

/** One template, for one topic. */
export interface BoundTemplate {
  readonly template: Template;
  readonly captures: Captures;
  /** The asset, where the topic alone names it. */
  readonly asset: string | null;
  /** Publisher of the topic, by place in the registry; −1 until its first value. */
  publisher: number;
  /** Points by asset, then by place of the value in the template. */
  readonly points: Map<string, (JsonPoint | undefined)[]>;
}

/** A topic, with every template that it fits. */
export interface BoundTopic {
  readonly topic: string;
  readonly templates: readonly BoundTemplate[];
  /** Has a point of this twin: it is kept. */
  isLive: boolean;
}

/** What fixed words are spelt with. */
const noMessage = createCursor();

/**
 * Topics by what to do with them. A topic is matched once; from then on it costs one look-up. Those that never gave a
 * value to a point are few at a time, so that a flood of foreign topics takes no memory.
 */
export class JsonTopics {
  readonly #templates: readonly Template[];
  readonly #live = new Map<string, BoundTopic>();
  #idle = new Map<string, BoundTopic | null>();

  constructor(templates: readonly Template[]) {
    this.#templates = templates;
  }

  /** What to do with a topic's messages; null when it fits no template. */
  of(topic: string): BoundTopic | null {
    const live = this.#live.get(topic);
    if (live) return live;
    const idle = this.#idle.get(topic);
    if (idle !== undefined) return idle;
    if (this.#idle.size >= idleLimit) this.#idle = new Map();
    const bound = this.#bind(topic);
    this.#idle.set(topic, bound);
    return bound;
  }

  hasRoomFor({ isLive }: BoundTopic): boolean {
    return isLive || this.#live.size < liveLimit;
  }

  /** Keeps a topic for good: a point has its value from it. */
  keep(bound: BoundTopic): void {
    if (bound.isLive) return;
    bound.isLive = true;
    this.#live.set(bound.topic, bound);
    this.#idle.delete(bound.topic);
  }

  #bind(topic: string): BoundTopic | null {
    const templates = this.#templates.flatMap((template): BoundTemplate[] => {
      const captures = matchTopic(template.topic, topic);
      if (!captures) return [];
      const asset = template.asset.isFixed ? spell(template.asset, captures, noMessage) : null;
      return [{ template, captures, asset, publisher: -1, points: new Map() }];
    });
    return templates.length === 0 ? null : { topic, templates, isLive: false };
  }
}

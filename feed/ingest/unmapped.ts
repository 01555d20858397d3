import type { UnmappedTopic } from "#feed/contract/bridge.ts";
import { keptText } from "#feed/wire/text.ts";

/** Topics listed; beyond them only the total grows. */
const topicLimit = 10_000;
/** Topics beyond the list that are told apart, by a hash of four bytes each. */
const othersLimit = 1_000_000;

/** Topics of a known wire that have no place in this twin: listed for the user, never guessed. Bounded. */
export interface Unmapped {
  /** Different topics seen, listed or not. */
  readonly total: number;
  /** Lists a topic, or counts it again. */
  add(topic: string, why: Pick<UnmappedTopic, "code" | "reason">, nowMs: number): void;
  /** Counts a topic again when it is listed: the short way for values that keep coming. */
  again(topic: string, nowMs: number): boolean;
  remove(topic: string): void;
  /** Lists topics of before, as they were. */
  restore(topics: readonly UnmappedTopic[]): void;
  /** Topics that have the text in their name or reason, in the order they came. */
  list(limit: number, text: string): readonly UnmappedTopic[];
}

interface Entry {
  count: number;
  code: UnmappedTopic["code"];
  reason: string;
  lastMs: number;
}

/** FNV-1a: a broker of a hundred thousand foreign topics must not be counted by its messages. */
const hashOf = (topic: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < topic.length; i++) hash = Math.imul(hash ^ topic.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

export const createUnmapped = (): Unmapped => {
  const entries = new Map<string, Entry>();
  const others = new Set<number>();
  return {
    get total() {
      return entries.size + others.size;
    },
    add: (sentTo, why, nowMs) => {
      const topic = keptText(sentTo);
      const { code } = why;
      const reason = keptText(why.reason);
      const known = entries.get(topic);
      if (known) {
        known.count++;
        known.code = code;
        known.reason = reason;
        known.lastMs = nowMs;
      } else if (entries.size < topicLimit) entries.set(topic, { count: 1, code, reason, lastMs: nowMs });
      else if (others.size < othersLimit) others.add(hashOf(topic));
    },
    again: (topic, nowMs) => {
      const known = entries.get(keptText(topic));
      if (!known) return false;
      known.count++;
      known.lastMs = nowMs;
      return true;
    },
    restore: (topics) => {
      for (const { topic, ...entry } of topics)
        if (entries.size < topicLimit && !entries.has(topic)) entries.set(topic, entry);
    },
    remove: (topic) => {
      entries.delete(keptText(topic));
    },
    list: (limit, text) => {
      const needle = text.toLowerCase();
      const found: UnmappedTopic[] = [];
      for (const [topic, entry] of entries) {
        if (found.length >= limit) break;
        if (`${topic}\n${entry.reason}`.toLowerCase().includes(needle)) found.push({ topic, ...entry });
      }
      return found;
    },
  };
};

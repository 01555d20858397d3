import type { FaultCode, FaultRecord } from "#feed/contract/status.ts";
import { keptText } from "#feed/wire/text.ts";

const exampleChars = 200;
/** Topics counted per code; beyond them only the total grows. */
const topicLimit = 2000;
const worstTopics = 20;

/** What was wrong with one message: kept only when it is the first of its code. */
export interface FaultContext {
  readonly topic: string;
  readonly payload: Uint8Array | string;
  readonly detail: string;
}

export interface AssetMetric {
  readonly asset: string | null;
  readonly metric: string | null;
}

/** Counts every data fault by code and topic, with the first of each code as an example. Bounded. */
export interface Faults {
  count(code: FaultCode, context: FaultContext): void;
  /** Told of every fault counted, with the topic it was counted under. */
  onCount: (code: FaultCode, topic: string, nowMs: number) => void;
  /** Faults within the last minute. */
  lastMinute(): number;
  /** Counts nothing while `run` runs: what is heard a second time was counted at the first. */
  silently(run: () => void): void;
  readonly total: number;
  byCode(): Partial<Record<FaultCode, number>>;
  list(resolve: (topic: string) => AssetMetric, limit: number): FaultRecord[];
  clear(): void;
}

interface Entry {
  count: number;
  lastMs: number;
  readonly example: FaultRecord["example"];
  readonly topics: Map<string, number>;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here
const control = /[\u0000-\u001f\u007f-\u009f\ufffd]/g;

const printable = (payload: Uint8Array | string): string => {
  const text =
    typeof payload === "string"
      ? payload.slice(0, exampleChars)
      : new TextDecoder().decode(payload.subarray(0, exampleChars));
  return text
    .replace(control, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .slice(0, exampleChars);
};

export const createFaults = (nowMs: () => number): Faults => {
  const entries = new Map<FaultCode, Entry>();
  let total = 0;
  let isSilent = false;
  let rate = createMinuteCount();
  const worst = (entry: Entry, resolve: (topic: string) => AssetMetric): FaultRecord["points"] =>
    [...entry.topics]
      .sort((a, b) => b[1] - a[1])
      .slice(0, worstTopics)
      .map(([topic, count]) => ({ topic, count, ...resolve(topic) }));
  const faults: Faults = {
    get total() {
      return total;
    },
    onCount: () => {},
    lastMinute: () => rate.count(nowMs()),
    silently: (run) => {
      isSilent = true;
      try {
        run();
      } finally {
        isSilent = false;
      }
    },
    count: (code, { topic: sentTo, payload, detail }) => {
      const topic = keptText(sentTo);
      if (isSilent) return;
      total++;
      const timeMs = nowMs();
      rate.add(timeMs);
      faults.onCount(code, topic, timeMs);
      let entry = entries.get(code);
      if (!entry) {
        const example = { topic, payload: printable(payload), detail: keptText(detail), timeMs };
        entry = { count: 0, lastMs: 0, example, topics: new Map() };
        entries.set(code, entry);
      }
      entry.count++;
      entry.lastMs = timeMs;
      const seen = entry.topics.get(topic);
      if (seen !== undefined) entry.topics.set(topic, seen + 1);
      else if (entry.topics.size < topicLimit) entry.topics.set(topic, 1);
    },
    byCode: () => Object.fromEntries([...entries].map(([code, entry]) => [code, entry.count])),
    list: (resolve, limit) =>
      [...entries]
        .map(([code, entry]) => ({
          code,
          count: entry.count,
          lastMs: entry.lastMs,
          example: entry.example,
          points: worst(entry, resolve),
        }))
        .sort((a, b) => b.count - a.count)
        .slice(0, limit),
    clear: () => {
      entries.clear();
      total = 0;
      rate = createMinuteCount();
    },
  };
  return faults;
};

const bucketMs = 5_000;
const buckets = 12;

/** Counts what happened within the last minute, in steps of five seconds. */
const createMinuteCount = () => {
  const counts = new Float64Array(buckets);
  let step = 0;
  const advance = (nowMs: number): void => {
    const now = Math.floor(nowMs / bucketMs);
    const passed = now - step;
    // Set back: what was counted belongs to times that are still to come.
    if (passed >= buckets || passed < 0) counts.fill(0);
    else for (let each = step + 1; each <= now; each++) counts[each % buckets] = 0;
    step = now;
  };
  return {
    add: (nowMs: number): void => {
      advance(nowMs);
      counts[step % buckets] = counts[step % buckets]! + 1;
    },
    count: (nowMs: number): number => {
      advance(nowMs);
      return counts.reduce((sum, each) => sum + each, 0);
    },
  };
};

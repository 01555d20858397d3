import { type AlarmLane, alarmPriorities, type TimelineEvent } from "#feed/contract/replay.ts";
import type { Limit, Priority } from "#twins/alarm/limit.ts";
import type { AlarmChange } from "#twins/alarm/watch.ts";
import { firstFrom } from "./first-from.ts";
import type { Places } from "./places.ts";
import type { Buckets } from "./quality-record.ts";

/** How many are in force from which time on. Columns of one length. */
interface CountSteps {
  readonly timeMs: number[];
  readonly count: number[];
}

/** Beginnings kept; of later ones only the counts are. */
const mostBegun = 1_000_000;

/** Alarms of one limit that began at one place and time. */
interface Begun {
  readonly timeMs: number;
  readonly limit: Limit;
  readonly place: number;
  /** Row of the first; −1 for an asset that the twin does not have. */
  readonly row: number;
  count: number;
}

/**
 * Alarms of a log. Their counts are kept as steps by place and priority, so that a flood of alarms costs no more than a
 * few, and what began as one event for all of a place and second, so that there is no stepping through fifty thousand.
 */
export class AlarmRecord {
  readonly #places: Places;
  readonly #lanes = new Map<number, CountSteps>();
  readonly #begun: Begun[] = [];
  /** What began at the last time, by limit and place. */
  readonly #fresh = new Map<string, Begun>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** Times never fall. @param isKnown the row is one of the twin's */
  note({ row, before, now, isWorse, timeMs }: AlarmChange, isKnown: boolean): void {
    const limit = (now ?? before)!;
    const place = isKnown ? this.#places.of(limit.className)[row]! : 0;
    if (before) this.#count(place, before.priority, { by: -1, timeMs });
    if (now) this.#count(place, now.priority, { by: 1, timeMs });
    if (now && isWorse) this.#begin({ timeMs, limit: now, place, row: isKnown ? row : -1, count: 1 });
  }

  #count(
    place: number,
    priority: Priority,
    { by, timeMs }: { readonly by: number; readonly timeMs: number },
  ): void {
    const key = place * alarmPriorities.length + alarmPriorities.indexOf(priority);
    const lane = this.#lanes.get(key) ?? { timeMs: [], count: [] };
    this.#lanes.set(key, lane);
    const last = lane.count.length - 1;
    const count = (lane.count[last] ?? 0) + by;
    if (lane.timeMs[last] === timeMs) lane.count[last] = count;
    else {
      lane.timeMs.push(timeMs);
      lane.count.push(count);
    }
  }

  #begin(begun: Begun): void {
    if (this.#begun.at(-1)?.timeMs !== begun.timeMs) this.#fresh.clear();
    const key = `${begun.limit.id} ${begun.place}`;
    const same = this.#fresh.get(key);
    if (same) {
      same.count++;
      return;
    }
    if (this.#begun.length === mostBegun) return;
    this.#fresh.set(key, begun);
    this.#begun.push(begun);
  }

  /**
   * Most in force in each bucket, by place and priority; those without any are left out.
   * @param untilMs nothing is known of buckets that begin later
   */
  lanes(buckets: Buckets, untilMs: number): readonly AlarmLane[] {
    return [...this.#lanes]
      .sort(([a], [b]) => a - b)
      .flatMap(([key, steps]) => {
        const count = mostPerBucket(steps, buckets, untilMs);
        if (count.every((each) => each === 0)) return [];
        const place = this.#places.ids[Math.floor(key / alarmPriorities.length)]!;
        return [{ place, priority: alarmPriorities[key % alarmPriorities.length]!, count }];
      });
  }

  /** What began within [fromMs, toMs], at most `limit` of it. */
  events(
    { fromMs, toMs, limit }: { readonly fromMs: number; readonly toMs: number; readonly limit: number },
    idOf: (begun: { readonly limit: Limit; readonly row: number }) => string | null,
  ): readonly TimelineEvent[] {
    const first = firstFrom(this.#begun.length, (i) => this.#begun[i]!.timeMs >= fromMs);
    const found: TimelineEvent[] = [];
    for (let i = first; i < this.#begun.length && found.length < limit; i++) {
      const begun = this.#begun[i]!;
      if (begun.timeMs > toMs) break;
      const { timeMs, limit: passed, place, count } = begun;
      const { id, className, metric, kind, priority } = passed;
      const bound = passed.kind === "state" ? { codes: passed.codes } : { at: passed.at };
      const about = begun.row < 0 ? null : idOf(begun);
      const detail = { limit: id, className, metric, kind, ...bound, count, place: this.#places.ids[place]! };
      found.push({ timeMs, code: "alarm", about, priority, detail });
    }
    return found;
  }
}

const mostPerBucket = (
  { timeMs, count }: CountSteps,
  { fromMs, stepMs, buckets }: Buckets,
  untilMs: number,
): number[] => {
  let next = firstFrom(timeMs.length, (i) => timeMs[i]! > fromMs);
  return Array.from({ length: buckets }, (_, bucket) => {
    const startMs = fromMs + bucket * stepMs;
    const endMs = fromMs + (bucket + 1) * stepMs;
    // What ended at its very start is not in it.
    while (timeMs[next]! <= startMs) next++;
    if (startMs > untilMs) return 0;
    let most = count[next - 1] ?? 0;
    for (; timeMs[next]! < endMs; next++) most = Math.max(most, count[next]!);
    return most;
  });
};

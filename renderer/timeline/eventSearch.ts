import type { TimelineEvent, TimeRange } from "#feed/contract/replay.ts";

/** Asks for events in the order of their times, at most `limit` from `fromMs` on: `log.events`. */
export type AskEvents = (ask: TimeRange & { readonly limit: number }) => Promise<readonly TimelineEvent[]>;

const pageOf = 1_000;
const firstWindowMs = 60_000;
/** Each window that had no event is followed by one this much longer. */
const growth = 8;

/** The first event after a moment; null where there is none. */
export const nextEvent = async (
  ask: AskEvents,
  { toMs }: TimeRange,
  afterMs: number,
): Promise<TimelineEvent | null> => {
  if (afterMs >= toMs) return null;
  const found = await ask({ fromMs: Math.floor(afterMs) + 1, toMs, limit: 1 });
  return found[0] ?? null;
};

/** The last event of a stretch: all of it is gone through, a page at a time, since events are told from the front. */
const lastOf = async (ask: AskEvents, fromMs: number, toMs: number): Promise<TimelineEvent | null> => {
  let last: TimelineEvent | null = null;
  for (let at = fromMs; ; ) {
    const page: readonly TimelineEvent[] = await ask({ fromMs: at, toMs, limit: pageOf });
    last = page.at(-1) ?? last;
    if (!last || page.length < pageOf || last.timeMs >= toMs) return last;
    at = last.timeMs + 1;
  }
};

/** The last event before a moment; looks close by first, since events come from the front only. */
export const previousEvent = async (
  ask: AskEvents,
  { fromMs }: TimeRange,
  beforeMs: number,
): Promise<TimelineEvent | null> => {
  let toMs = Math.ceil(beforeMs) - 1;
  for (let window = firstWindowMs; toMs >= fromMs; window *= growth) {
    const startMs = Math.max(fromMs, toMs - window);
    const found = await lastOf(ask, startMs, toMs);
    if (found) return found;
    toMs = startMs - 1;
  }
  return null;
};

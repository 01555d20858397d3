import { createStore } from "zustand/vanilla";
import type { TimeRange } from "#feed/contract/replay.ts";

/** The stretch of time that the timeline and every trend chart of this window show, in whole ms, and the two lines in it. */
export interface TimelineView extends TimeRange {
  /** What is recorded, as far as is known; null while nothing is. */
  readonly recorded: TimeRange | null;
  /** The moment shown, ms UTC; null while live: then it is the present. Moves up to ten times a second: draw, don't render. */
  readonly cursorMs: number | null;
  /** Time under the pointer, in whichever part it is; null while it is in none. */
  readonly hoverMs: number | null;
}

/** Below this a second of the recording, its finest step, would fill a tenth of the screen. */
const leastSpanMs = 10_000;
/** A recording that has only just begun is still shown as a stretch. */
const firstSpanMs = 60_000;
/** Share of the whole that may be seen beyond either end, so that a mark at the very end can be grasped. */
const margin = 0.04;
/** And at least this much: the present is ahead of what is known to be recorded. */
const leastMarginMs = 6_000;
/** Where the cursor stands after the view has turned a page to keep it in sight. */
const pageShare = 0.1;

export const createTimelineStore = () =>
  createStore<TimelineView>(() => ({ fromMs: 0, toMs: 0, recorded: null, cursorMs: null, hoverMs: null }));

export type TimelineStore = ReturnType<typeof createTimelineStore>;

const wholeOf = ({ fromMs, toMs }: TimeRange): TimeRange => {
  const pad = Math.round(Math.max((toMs - fromMs) * margin, leastMarginMs));
  return { fromMs: fromMs - pad, toMs: Math.max(toMs, fromMs + firstSpanMs) + pad };
};

/** A stretch as near as may be to the wanted one: whole ms, not finer than a recording is, nowhere beyond its ends. */
const within = (recorded: TimeRange, fromMs: number, spanMs: number): TimeRange => {
  const whole = wholeOf(recorded);
  const span = Math.round(Math.min(Math.max(spanMs, leastSpanMs), whole.toMs - whole.fromMs));
  const from = Math.round(Math.min(Math.max(fromMs, whole.fromMs), whole.toMs - span));
  return { fromMs: from, toMs: from + span };
};

/** Shows this stretch, as far as there is one; nothing while nothing is recorded. */
export const showStretch = (store: TimelineStore, { fromMs, toMs }: TimeRange): void =>
  store.setState(({ recorded }) => (recorded ? within(recorded, fromMs, toMs - fromMs) : {}));

/** Shows all that is recorded. */
export const showWhole = (store: TimelineStore): void =>
  store.setState(({ recorded }) => (recorded ? wholeOf(recorded) : {}));

/**
 * Makes the stretch longer or shorter about a moment, which stays where it is on the screen.
 * @param factor by which it becomes longer
 */
export const zoomStretch = (store: TimelineStore, atMs: number, factor: number): void =>
  store.setState(({ fromMs, toMs, recorded }) => {
    if (!recorded) return {};
    const whole = wholeOf(recorded);
    const span = Math.min(Math.max((toMs - fromMs) * factor, leastSpanMs), whole.toMs - whole.fromMs);
    return within(recorded, atMs - (span * (atMs - fromMs)) / (toMs - fromMs), span);
  });

/** Moves the stretch by a time, later for a positive one. */
export const moveStretch = (store: TimelineStore, byMs: number): void =>
  store.setState(({ fromMs, toMs, recorded }) =>
    recorded ? within(recorded, fromMs + byMs, toMs - fromMs) : {},
  );

/** Moves the stretch so far that a moment is in sight; not at all where it is. */
export const reveal = (store: TimelineStore, timeMs: number): void =>
  store.setState(({ fromMs, toMs, recorded }) => {
    if (!recorded || (timeMs >= fromMs && timeMs <= toMs)) return {};
    const span = toMs - fromMs;
    return within(recorded, timeMs - span * (timeMs < fromMs ? 1 - pageShare : pageShare), span);
  });

/** The cursor went somewhere; what was in sight is kept in sight, page by page. A person who looks elsewhere is left there. */
export const moveCursor = (store: TimelineStore, cursorMs: number | null): void => {
  const { fromMs, toMs, cursorMs: before } = store.getState();
  if (cursorMs === before) return;
  const wasSeen = before === null || (before >= fromMs && before <= toMs);
  store.setState({ cursorMs });
  if (cursorMs !== null && wasSeen) reveal(store, cursorMs);
};

/**
 * Tells how far the recording reaches. At first all of it is shown; from then on a view that showed the whole goes on
 * doing so, one that showed the end follows it, and any other stays.
 */
export const noteRecorded = (store: TimelineStore, recorded: TimeRange | null): void =>
  store.setState((view) => {
    if (!recorded) return { recorded };
    const { recorded: before, fromMs, toMs } = view;
    if (!before || toMs <= fromMs) return { recorded, ...wholeOf(recorded) };
    if (before.fromMs === recorded.fromMs && before.toMs === recorded.toMs) return {};
    const old = wholeOf(before);
    if (fromMs <= old.fromMs && toMs >= old.toMs) return { recorded, ...wholeOf(recorded) };
    const grown = toMs >= before.toMs && fromMs < before.toMs ? recorded.toMs - before.toMs : 0;
    return { recorded, ...within(recorded, fromMs + grown, toMs - fromMs) };
  });

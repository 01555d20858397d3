import type { Series, SeriesAsk, TimeRange } from "#feed/contract/replay.ts";
import { extend, missingOf, type Picture, pictureOf } from "./picture.ts";

/** What is to be drawn. */
export interface Wanted extends TimeRange {
  readonly points: SeriesAsk["points"];
  /** Buckets: one for each pixel. */
  readonly maxPoints: number;
}

export interface TrendFacts {
  /** Of the points in `points`; the last one stays until the next is there. */
  readonly picture: Picture | null;
  readonly points: SeriesAsk["points"];
  /** A question is under way. */
  readonly isBusy: boolean;
  /** The last question was not answered. */
  readonly hasFailed: boolean;
}

export interface TrendFeed {
  readonly facts: TrendFacts;
  onChange(listener: () => void): () => void;
  /** Asks for it soon: whoever drags asks many times. What was under way for something else is given up. */
  want(wanted: Wanted): void;
  /** The recording has grown: asks for what is new in the stretch that is shown. */
  grow(): void;
  close(): void;
}

export interface TrendFeedInputs {
  ask(ask: SeriesAsk, signal: AbortSignal): Promise<readonly Series[]>;
  /** Calls back after a pause that is long enough for another `want` to come; returns how to call it off. */
  soon(callback: () => void): () => void;
}

const none: TrendFacts = { picture: null, points: [], isBusy: false, hasFailed: false };

const isSame = (a: SeriesAsk["points"], b: SeriesAsk["points"]): boolean =>
  a.length === b.length &&
  a.every(({ className, row, metric }, i) => {
    const other = b[i]!;
    return className === other.className && row === other.row && metric === other.metric;
  });

const spanOf = ({ fromMs, toMs }: TimeRange): number => toMs - fromMs;

/** Asks for curves: newest question wins, and of a stretch that only moved on, only what is new is asked for. */
export const createTrendFeed = ({ ask, soon }: TrendFeedInputs): TrendFeed => {
  const listeners = new Set<() => void>();
  let facts = none;
  let wanted: Wanted | null = null;
  /** What the picture was asked for. */
  let answered: Wanted | null = null;
  let underWay: AbortController | null = null;
  let callOff: (() => void) | null = null;

  const tell = (now: Partial<TrendFacts>): void => {
    facts = { ...facts, ...now };
    for (const listener of listeners) listener();
  };

  /** The tail that is missing; null where all has to be asked for. */
  const tailOf = ({ points, maxPoints, fromMs, toMs }: Wanted): SeriesAsk | null => {
    const isLike =
      answered !== null &&
      facts.picture !== null &&
      answered.maxPoints === maxPoints &&
      Math.abs(spanOf(answered) - (toMs - fromMs)) < (toMs - fromMs) * 1e-6 &&
      isSame(answered.points, points);
    const missing = isLike ? missingOf(facts.picture!, { fromMs, toMs }) : null;
    return missing && { points, ...missing };
  };

  const run = async (): Promise<void> => {
    underWay?.abort();
    const now = wanted;
    if (!now || now.points.length === 0) {
      answered = null;
      tell(none);
      return;
    }
    const controller = new AbortController();
    underWay = controller;
    tell({ isBusy: true });
    try {
      const tail = tailOf(now);
      const before = facts.picture;
      let picture = pictureOf(await ask(tail ?? now, controller.signal));
      if (tail && picture && before)
        picture =
          extend(before, picture, now.fromMs - spanOf(now)) ?? pictureOf(await ask(now, controller.signal));
      if (controller.signal.aborted) return;
      answered = now;
      underWay = null;
      tell({ picture, points: now.points, isBusy: false, hasFailed: false });
    } catch {
      if (controller.signal.aborted) return;
      underWay = null;
      tell({ isBusy: false, hasFailed: true });
    }
  };

  const runSoon = (): void => {
    callOff?.();
    callOff = soon(() => {
      callOff = null;
      void run();
    });
  };

  return {
    get facts() {
      return facts;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want: (now) => {
      wanted = now;
      runSoon();
    },
    grow: () => {
      // What is under way, or will be soon, is newer than this.
      if (!underWay && !callOff && wanted) void run();
    },
    close: () => {
      callOff?.();
      underWay?.abort();
      listeners.clear();
    },
  };
};

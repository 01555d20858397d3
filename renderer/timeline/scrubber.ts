/** How often the feed is asked to be somewhere else, however fast a hand moves. */
export interface Scrubber {
  /** The moment that is wanted. It is asked for now, or once the one asked before is shown; only the newest is. */
  want(timeMs: number): void;
  /** What is shown now; answers the question when it is the moment that was asked for. */
  shown(timeMs: number, toleranceMs: number): void;
  /** The moment wanted or asked for and not yet shown, ms UTC; null where nothing is awaited. */
  readonly aimMs: number | null;
  /** Forgets what was wanted. */
  drop(): void;
}

export interface ScrubberOptions {
  readonly ask: (timeMs: number) => void;
  /** Something is awaited from now on, or no longer. */
  readonly onWaiting?: (isWaiting: boolean) => void;
  /** An answer that does not come is not waited for any longer, ms. */
  readonly patienceMs?: number;
}

/** One question at a time, the newest wins, and the last moment wanted is always asked for in the end. */
export const createScrubber = ({ ask, onWaiting, patienceMs = 1_500 }: ScrubberOptions): Scrubber => {
  let askedMs: number | null = null;
  let nextMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = (timeMs: number): void => {
    if (askedMs === null) onWaiting?.(true);
    askedMs = timeMs;
    timer = setTimeout(settle, patienceMs);
    ask(timeMs);
  };
  const settle = (): void => {
    clearTimeout(timer);
    const wanted = nextMs;
    nextMs = null;
    if (wanted !== null && wanted !== askedMs) send(wanted);
    else {
      askedMs = null;
      onWaiting?.(false);
    }
  };

  return {
    want: (timeMs) => {
      if (askedMs === null) send(timeMs);
      else nextMs = timeMs;
    },
    shown: (timeMs, toleranceMs) => {
      if (askedMs !== null && Math.abs(timeMs - askedMs) <= toleranceMs) settle();
    },
    get aimMs() {
      return nextMs ?? askedMs;
    },
    drop: () => {
      clearTimeout(timer);
      if (askedMs !== null) onWaiting?.(false);
      askedMs = null;
      nextMs = null;
    },
  };
};

/**
 * The two times of a session, on the feed's clock: the browser's own may be wrong by hours on a wall computer.
 * `nowMs` is what the campus is shown at (site clock); `readMs` is what ages are counted from.
 */
export interface SiteClock {
  /**
   * Time shown, ms UTC: the frozen time, else that of the plant in a drill, else `readMs`. Drives sun, clocks and
   * animation.
   */
  nowMs(): number;
  /** The paused cursor, else the feed's clock, ms UTC: ages of values are counted from it, frozen or not. */
  readMs(): number;
  /** The feed's clock now, ms UTC. */
  feedMs(): number;
  /** Tells the clock that a message stamped with this feed time has just arrived. */
  heard(feedTimeMs: number): void;
  /** Fixes `nowMs`; null lets it run again. */
  freeze(timeMs: number | null): void;
  readonly frozenMs: number | null;
  /** While a drill is played the campus is shown at the plant's own time, which this tells for a `readMs`; null: no drill. */
  play(plantTime: ((readMs: number) => number) | null): void;
  /** Holds `readMs` and `nowMs` at a cursor while paused; null lets them run again. */
  hold(cursorMs: number | null): void;
}

/** Feed clock jumps beyond this are a new clock (a restarted feed), not delay. */
const jumpMs = 5_000;
/** Share by which the estimate follows messages that took longer than the fastest: slow drift is followed. */
const drift = 0.002;

/**
 * Makes the clock of a session.
 * @param monotonicMs a clock that never steps, ms; `performance.now` in a browser.
 * @param guessMs the feed's time before anything was heard, ms UTC.
 */
export const createClock = (monotonicMs: () => number, guessMs: number): SiteClock => {
  let offsetMs = guessMs - monotonicMs();
  let hasHeard = false;
  let frozenMs: number | null = null;
  let heldMs: number | null = null;
  let plantTime: ((readMs: number) => number) | null = null;
  const feedMs = () => monotonicMs() + offsetMs;
  const readMs = () => heldMs ?? feedMs();
  return {
    feedMs,
    readMs,
    nowMs: () => frozenMs ?? plantTime?.(readMs()) ?? readMs(),
    heard: (feedTimeMs) => {
      const seen = feedTimeMs - monotonicMs();
      const behind = offsetMs - seen;
      // Delay only ever makes a stamp look older, so the newest-looking offset is nearest to the truth.
      if (!hasHeard || behind <= 0 || behind > jumpMs) offsetMs = seen;
      else offsetMs -= behind * drift;
      hasHeard = true;
    },
    freeze: (timeMs) => {
      frozenMs = timeMs;
    },
    get frozenMs() {
      return frozenMs;
    },
    play: (time) => {
      plantTime = time;
    },
    hold: (cursorMs) => {
      heldMs = cursorMs;
    },
  };
};

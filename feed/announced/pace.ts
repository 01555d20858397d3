/** When an announced campus is laid out, and when again. Times in ms of one monotonic clock. */
export interface Pace {
  /** Notes the version of what is announced. */
  heard(version: number, nowMs: number): void;
  /** Something is announced that no twin has yet. */
  readonly isBehind: boolean;
  /** Whether the campus is to be laid out now. */
  isDue(nowMs: number, isKeptComplete: boolean): boolean;
  /** It was laid out, from this version. */
  built(version: number, nowMs: number): void;
}

/** After the broker's kept metadata is complete, this long without news is enough. */
const completeQuietMs = 250;
/** Births come in a burst, and nobody says when it is over. */
const firstQuietMs = 1_000;
/** Somebody waits for a picture: a first one is shown by then, however much more is coming. */
const firstAtLatestMs = 5_000;
/** A campus that people look at is not torn up for every point: at least this quiet, and this long apart. */
const quietMs = 5_000;
const shortestGapMs = 5_000;
const longestGapMs = 5 * 60_000;
/** A plant that was calm this long may change quickly again. */
const calmMs = 10 * 60_000;

/**
 * Lays out at once the first time, and then ever more rarely while a plant keeps changing: after 5 s, 10 s, 20 s … up to
 * five minutes. News that never pause wait no longer than that, or half a minute where it is less.
 */
export const createPace = (): Pace => {
  let version = 0;
  let builtVersion = 0;
  let changedMs = 0;
  let behindSinceMs = 0;
  let builtMs = Number.NEGATIVE_INFINITY;
  let gapMs = shortestGapMs;
  return {
    get isBehind() {
      return version !== builtVersion;
    },
    heard: (now, nowMs) => {
      if (now === version) return;
      if (version === builtVersion) behindSinceMs = nowMs;
      version = now;
      changedMs = nowMs;
    },
    isDue: (nowMs, isKeptComplete) => {
      if (version === builtVersion) return false;
      const quiet = nowMs - changedMs;
      const behind = nowMs - behindSinceMs;
      if (builtMs === Number.NEGATIVE_INFINITY)
        return (
          quiet >= firstQuietMs || (isKeptComplete && quiet >= completeQuietMs) || behind >= firstAtLatestMs
        );
      if (nowMs - builtMs < gapMs) return false;
      return quiet >= quietMs || behind >= Math.max(gapMs, 30_000);
    },
    built: (from, nowMs) => {
      const wasCalm = nowMs - builtMs >= calmMs;
      if (builtMs !== Number.NEGATIVE_INFINITY)
        gapMs = wasCalm ? shortestGapMs : Math.min(longestGapMs, gapMs * 2);
      builtMs = nowMs;
      builtVersion = from;
      if (version !== from) behindSinceMs = nowMs;
    },
  };
};

import type { Heartbeat } from "#feed/contract/shell.ts";

/**
 * Judges a page by its heartbeat. A wall gets no input, so Chromium's own `unresponsive` never fires there.
 * The page draws on demand: a counter that stands still is no fault unless data came in meanwhile.
 */
export interface HeartbeatRules {
  /** Silence longer than this is a hang. */
  readonly silentAfterMs: number;
  /** New data not drawn for longer than this is a frozen picture. */
  readonly frozenAfterMs: number;
  /** A page may take this long to its first beat. */
  readonly startMs: number;
}

export const heartbeatRules: HeartbeatRules = {
  silentAfterMs: 10_000,
  frozenAfterMs: 15_000,
  startMs: 60_000,
};

export type Verdict = "well" | "silent" | "frozen";

/** What is remembered between beats. Times are monotonic, ms. */
export interface Pulse {
  readonly startedMs: number;
  readonly beat: Heartbeat | null;
  readonly beatMs: number;
  /** Since when data has been waiting for a frame; null while none is. */
  readonly waitingSinceMs: number | null;
}

export const newPulse = (nowMs: number): Pulse => ({
  startedMs: nowMs,
  beat: null,
  beatMs: nowMs,
  waitingSinceMs: null,
});

/** Takes a beat. A hidden page draws nothing by right. */
export const takeBeat = (pulse: Pulse, beat: Heartbeat, nowMs: number): Pulse => {
  const drew = pulse.beat === null || beat.frames !== pulse.beat.frames;
  const gotData = pulse.beat !== null && beat.lastDataMs !== pulse.beat.lastDataMs;
  const waiting = gotData ? (pulse.waitingSinceMs ?? nowMs) : pulse.waitingSinceMs;
  return { ...pulse, beat, beatMs: nowMs, waitingSinceMs: drew || beat.hidden ? null : waiting };
};

export const judge = (pulse: Pulse, nowMs: number, rules: HeartbeatRules = heartbeatRules): Verdict => {
  if (pulse.beat === null) return nowMs - pulse.startedMs > rules.startMs ? "silent" : "well";
  if (nowMs - pulse.beatMs > rules.silentAfterMs) return "silent";
  const { waitingSinceMs } = pulse;
  return waitingSinceMs !== null && nowMs - waitingSinceMs > rules.frozenAfterMs ? "frozen" : "well";
};

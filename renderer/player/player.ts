import type { ReplayCommand, ReplayState } from "#feed/contract/replay.ts";

/** What a player can do; asked instead of what kind it is. */
export interface PlayerCapabilities {
  /** Follows the present. */
  readonly live: boolean;
  /** Can show any time of a range. */
  readonly seekable: boolean;
  /** Can show a second time beside the cursor's. */
  readonly baseline: boolean;
}

/**
 * live: the cursor follows the present. paused: the cursor stands, and so does everything shown.
 * replay: a recording is shown, playing or not.
 */
export type PlayerMode = "live" | "paused" | "replay";

/**
 * waiting: open, nothing received yet. flowing: heard of within the last seconds.
 * silent: open, but the feed says nothing. lost: the bridge is gone.
 */
export type PlayerFlow = "waiting" | "flowing" | "silent" | "lost";

export interface PlayerState {
  readonly mode: PlayerMode;
  readonly flow: PlayerFlow;
  /** Where the replay stands; null in the other modes, and until the feed has said. */
  readonly replay: ReplayState | null;
}

/** One cursor drives scene, panels and KPI: the player moves it and fills the campus state for it. */
export interface Player {
  readonly capabilities: PlayerCapabilities;
  readonly state: PlayerState;
  /** Time of what is shown, ms UTC on the feed's clock. */
  readonly cursorMs: number;
  onChange(listener: (state: PlayerState) => void): () => void;
  /** Stops the cursor; what comes in the meantime waits, coalesced, in the feed. */
  pause(): void;
  /** Goes on; a live player catches up with the present at once. */
  play(): void;
  /** Shows another moment of the recording; of a live session too, which is left for it. Playing goes on, or does not. */
  seek(timeMs: number): void;
  /** Any of seek, speed, play and loop at once; a live session is left for the recording. */
  control(command: ReplayCommand): void;
  /** Back to the present, where `capabilities.live`. */
  live(): void;
  close(): void;
}

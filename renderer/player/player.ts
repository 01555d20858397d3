/** What a player can do; asked instead of what kind it is. */
export interface PlayerCapabilities {
  /** Follows the present. */
  readonly live: boolean;
  /** Can show any time of a range. */
  readonly seekable: boolean;
  /** Can show a second time beside the cursor's. */
  readonly baseline: boolean;
}

/** live: the cursor follows the present. paused: the cursor stands, and so does everything shown. */
export type PlayerMode = "live" | "paused";

/**
 * waiting: open, nothing received yet. flowing: heard of within the last seconds.
 * silent: open, but the feed says nothing. lost: the bridge is gone.
 */
export type PlayerFlow = "waiting" | "flowing" | "silent" | "lost";

export interface PlayerState {
  readonly mode: PlayerMode;
  readonly flow: PlayerFlow;
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
  /** Where `capabilities.seekable`. */
  seek?(timeMs: number): void;
  /** Where `capabilities.seekable`: seconds shown per second; negative runs backwards. */
  setSpeed?(speed: number): void;
  close(): void;
}

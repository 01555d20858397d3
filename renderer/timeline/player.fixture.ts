import type { ReplayCommand, ReplayState, TimeRange } from "#feed/contract/replay.ts";
import type { Player, PlayerState } from "#renderer/player/player.ts";

export interface FakePlayer extends Player {
  /** Every command, as it was given. */
  readonly commands: ReplayCommand[];
  /** The feed answers: applies what was asked for since the last answer. */
  answer(change?: Partial<ReplayState>): void;
}

/** A player whose feed answers when the test says so. */
export const fakePlayer = (range: TimeRange, presentMs: number | null): FakePlayer => {
  const listeners = new Set<(state: PlayerState) => void>();
  const commands: ReplayCommand[] = [];
  let open: ReplayCommand[] = [];
  let state: PlayerState = {
    mode: presentMs === null ? "replay" : "live",
    flow: "flowing",
    replay: null,
  };
  let replay: ReplayState = {
    cursorMs: presentMs ?? range.fromMs,
    speed: 1,
    isPlaying: false,
    loop: null,
    asOfMs: presentMs ?? range.fromMs,
    gap: null,
    range,
    achievedSpeed: null,
  };
  if (presentMs === null) state = { ...state, replay };
  const enter = (next: PlayerState): void => {
    state = next;
    for (const listener of listeners) listener(state);
  };
  const control = (command: ReplayCommand): void => {
    commands.push(command);
    open.push(command);
    if (state.mode !== "replay") enter({ ...state, mode: "replay", replay: null });
  };
  return {
    capabilities: { live: presentMs !== null, seekable: true, baseline: false },
    commands,
    get state() {
      return state;
    },
    get cursorMs() {
      return state.mode === "live" ? presentMs! : replay.cursorMs;
    },
    answer: (change = {}) => {
      for (const { seekMs, ...rest } of open)
        replay = { ...replay, ...rest, ...(seekMs !== undefined && { cursorMs: seekMs, asOfMs: seekMs }) };
      open = [];
      replay = { ...replay, ...change };
      enter({ ...state, mode: "replay", replay });
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause: () =>
      state.mode === "replay" ? control({ isPlaying: false }) : enter({ ...state, mode: "paused" }),
    play: () => (state.mode === "replay" ? control({ isPlaying: true }) : enter({ ...state, mode: "live" })),
    seek: (seekMs) => control({ seekMs }),
    control,
    live: () => enter({ ...state, mode: "live", replay: null }),
    close: () => listeners.clear(),
  };
};

import { BridgeError } from "#feed/contract/client.ts";
import type { ReplayCommand, ReplayState } from "#feed/contract/replay.ts";
import { createAgeing } from "#renderer/data/ageing.ts";
import type { FrameCounters } from "#renderer/data/apply.ts";
import { createLivePlayer, type LivePlayerOptions } from "./live.ts";
import type { Player, PlayerState } from "./player.ts";
import { openReplay, type ReplayLink } from "./replay-link.ts";

export interface SessionPlayerOptions extends LivePlayerOptions {
  /** Which of the two the session has: a recording is all there is, or there is one beside the present. */
  readonly has: "recording" | "both" | "present";
}

/** The player of a session: the present, a recording, and the way between them. */
export interface SessionPlayer extends Player {
  /** Of the source that is shown. */
  readonly counters: FrameCounters;
  heard(feedTimeMs: number): void;
}

/** A source that was just entered has told all it knows after this long: the rest of what is shown was the other's. */
const settleMs = 1_500;

export const createSessionPlayer = (options: SessionPlayerOptions): SessionPlayer => {
  const { campus, has } = options;
  const live = createLivePlayer(options);
  const ageing = createAgeing(campus);
  const listeners = new Set<(state: PlayerState) => void>();
  let replay: ReplayLink | null = null;
  let told: ReplayState | null = null;
  let state: PlayerState = live.state;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const update = (): void => {
    const next = live.state;
    state = next.mode === "replay" ? { ...next, replay: told } : next;
    for (const listener of listeners) listener(state);
  };
  live.onChange(update);

  /** Counts from the first frame: a feed that takes its time must not empty the picture. */
  const settleSoon = (): void => {
    settling ??= setTimeout(() => ageing.drop(), settleMs);
  };
  const unsettle = (): void => {
    clearTimeout(settling);
    settling = undefined;
  };

  const enter = (): ReplayLink => {
    if (replay) return replay;
    unsettle();
    live.leave();
    replay = openReplay({
      ...options,
      onState: (next) => {
        told = next;
        update();
      },
      onFrame: settleSoon,
    });
    return replay;
  };

  const goLive = (): void => {
    if (!replay || has === "recording") return;
    replay.close();
    replay = null;
    told = null;
    unsettle();
    live.comeBack();
    settleSoon();
  };

  /** @returns false when there is nothing to show: the present is still there */
  const tryControl = async (command: ReplayCommand): Promise<boolean> => {
    if (has === "present") return false;
    try {
      await enter().control(command);
    } catch (error) {
      if (!(error instanceof BridgeError)) throw error;
      // A bridge that was lost tells of it by itself.
      if (!told) goLive();
    }
    return told !== null;
  };
  const control = (command: ReplayCommand): void => void tryControl(command);

  if (has === "recording") enter();
  return {
    capabilities: { live: has !== "recording", seekable: has !== "present", baseline: false },
    get counters() {
      return replay?.counters ?? live.counters;
    },
    get state() {
      return state;
    },
    get cursorMs() {
      return replay?.cursorMs ?? live.cursorMs;
    },
    heard: live.heard,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause: () => {
      const seekMs = replay ? undefined : Math.floor(live.cursorMs);
      void tryControl({ isPlaying: false, ...(seekMs !== undefined && { seekMs }) }).then((isShown) => {
        if (!isShown) live.pause();
      });
    },
    play: () => {
      if (replay) control({ isPlaying: true });
      else live.play();
    },
    seek: (timeMs) => control({ seekMs: Math.floor(timeMs) }),
    control,
    live: () => {
      if (replay) goLive();
      else live.play();
    },
    close: () => {
      unsettle();
      replay?.close();
      live.close();
      listeners.clear();
    },
  };
};

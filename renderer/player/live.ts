import type { FrameStream, HostBridge } from "#feed/contract/bridge.ts";
import { FrameError } from "#feed/contract/frame.ts";
import { createAgeing } from "#renderer/data/ageing.ts";
import { applyFrame, createCounters, type FrameCounters } from "#renderer/data/apply.ts";
import type { WritableCampus } from "#renderer/data/campus.ts";
import type { SiteClock } from "#renderer/data/clock.ts";
import { classNames } from "#twins/model/metric.ts";
import { initialState, nextState, type PlayerEvent } from "./machine.ts";
import type { Player, PlayerState } from "./player.ts";

/** Frames the feed may send ahead: 32 × 64 KiB on the way at most, and the same held while paused. */
const creditFrames = 32;
/** Credit goes back in batches, so that a burst of frames is not answered by a burst of messages. */
const creditBatch = 8;
/** The feed publishes its status twice a second: six missed ones are silence. */
const silenceMs = 3_000;
/** A shorter break heals before anybody could be misled: a tenth of the shortest expected period. */
const graceMs = 1_000;
const tickMs = 100;

export interface LivePlayerOptions {
  readonly bridge: HostBridge;
  readonly campus: WritableCampus;
  readonly clock: SiteClock;
  /** Frames per second wanted. */
  readonly rate: number;
  /** A clock that never steps, ms. */
  readonly monotonicMs: () => number;
}

export interface LivePlayer extends Omit<Player, "capabilities" | "seek" | "control" | "live"> {
  readonly counters: FrameCounters;
  /** Tells the player of a sign of life beside frames: a status stamped with the feed's time. */
  heard(feedTimeMs: number): void;
  /** Leaves the campus to a recording: no frame of the present is applied any more. */
  leave(): void;
  /** Shows the present again. */
  comeBack(): void;
}

/**
 * Follows the feed's display stream. Paused, it keeps the frames already granted and grants no more: the feed
 * coalesces, and going on catches up with the latest state at once. When nobody is heard it ages what is shown.
 */
export const createLivePlayer = (options: LivePlayerOptions): LivePlayer => {
  const { bridge, campus, clock, monotonicMs } = options;
  const counters = createCounters();
  const ageing = createAgeing(campus);
  const listeners = new Set<(state: PlayerState) => void>();
  // A full sweep a second keeps what is shown within a tenth of a period of the truth.
  const rowsPerTick = Math.ceil(
    (classNames.reduce((sum, name) => sum + campus.of(name).rows, 0) * tickMs) / 1000,
  );
  let state = initialState;
  let held: { readonly bytes: ArrayBuffer; readonly offset: number }[] = [];
  let isUnconfirmed = false;
  let owedCredits = 0;
  let lastHeardMs = monotonicMs();

  const enter = (event: PlayerEvent): void => {
    const before = state;
    state = nextState(before, event);
    if (state === before) return;
    campus.connected = state.flow === "flowing";
    if (before.flow === "silent" && state.flow === "flowing" && state.mode !== "replay") reopen();
    for (const listener of listeners) listener(state);
  };

  const heard = (feedTimeMs: number): void => {
    clock.heard(feedTimeMs);
    lastHeardMs = monotonicMs();
    enter("heard");
  };

  const take = (bytes: ArrayBuffer, offset: number): void => {
    try {
      applyFrame({ campus, counters }, bytes, offset);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      counters.tornFrames++;
    }
    if (++owedCredits < creditBatch) return;
    stream?.credit(owedCredits);
    owedCredits = 0;
  };

  /**
   * A new stream counts anew and starts with key frames of what the feed knows now; the rest is no longer vouched for.
   * Paused, the picture stands until the person goes on.
   */
  const streamStarts = (): void => {
    counters.lastSequence = -1;
    held = [];
    if (state.mode === "live") ageing.expire();
    else if (state.mode === "paused") isUnconfirmed = true;
  };

  const openStream = (): FrameStream => {
    owedCredits = 0;
    const opened = bridge.openStream({ kind: "display", rate: options.rate }, (bytes, offset) => {
      if (state.mode === "paused") held.push({ bytes, offset });
      else take(bytes, offset);
      // A held frame's time is not read yet; the last one applied would set the clock back.
      heard(state.mode === "paused" ? clock.feedMs() : counters.lastTimeMs);
    });
    opened.credit(creditFrames);
    return opened;
  };
  /** Only key frames undo our own ageing, which the feed knows nothing of. */
  const reopen = (): void => {
    stream?.close();
    streamStarts();
    stream = openStream();
  };
  let stream: FrameStream | null = openStream();

  const stopListening = bridge.onState((now) => {
    // The bridge has opened our stream again by itself; what was held of the old one is superseded.
    if (now === "open" && state.flow === "lost") {
      if (held.length > 0) stream?.credit(held.length);
      streamStarts();
    }
    enter(now === "open" ? "bridge-open" : "bridge-lost");
  });
  const timer = setInterval(() => {
    const quietMs = monotonicMs() - lastHeardMs;
    if (quietMs > silenceMs) enter("silence");
    if (state.mode !== "replay" && state.flow !== "flowing" && quietMs > graceMs)
      ageing.step(clock.readMs(), rowsPerTick);
  }, tickMs);

  return {
    counters,
    get state() {
      return state;
    },
    get cursorMs() {
      return clock.readMs();
    },
    heard,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause: () => {
      if (state.mode !== "live") return;
      clock.hold(clock.feedMs());
      enter("pause");
    },
    play: () => {
      if (state.mode !== "paused") return;
      clock.hold(null);
      enter("play");
      if (isUnconfirmed) ageing.expire();
      isUnconfirmed = false;
      const waiting = held;
      held = [];
      for (const frame of waiting) take(frame.bytes, frame.offset);
    },
    leave: () => {
      if (state.mode === "replay") return;
      stream?.close();
      stream = null;
      held = [];
      isUnconfirmed = false;
      ageing.disown();
      enter("replay");
    },
    comeBack: () => {
      if (state.mode !== "replay") return;
      clock.hold(null);
      ageing.disown();
      enter("live");
      counters.lastSequence = -1;
      stream = openStream();
    },
    close: () => {
      clearInterval(timer);
      stopListening();
      stream?.close();
      listeners.clear();
    },
  };
};

import type { FrameStream, HostBridge } from "#feed/contract/bridge.ts";
import { FrameError } from "#feed/contract/frame.ts";
import type { ReplayCommand, ReplayState } from "#feed/contract/replay.ts";
import { applyFrame, createCounters, type FrameCounters } from "#renderer/data/apply.ts";
import type { WritableCampus } from "#renderer/data/campus.ts";
import type { SiteClock } from "#renderer/data/clock.ts";

/** A seek over a whole campus is a hundred frames: twice what the present has on the way. */
const creditFrames = 64;
const creditBatch = 16;
/** The cursor is told a few times a second; in between it is reckoned on for so long at most. */
const reckonedMs = 600;

export interface ReplayLinkOptions {
  readonly bridge: HostBridge;
  readonly campus: WritableCampus;
  readonly clock: SiteClock;
  readonly rate: number;
  readonly monotonicMs: () => number;
  readonly onState: (state: ReplayState) => void;
  /** A frame came: the source shown is this one. */
  readonly onFrame: () => void;
}

/** The stream and the cursor of a recording, while it is shown. */
export interface ReplayLink {
  readonly counters: FrameCounters;
  readonly cursorMs: number;
  /** Rejects with the feed's reason, as a BridgeError, when there is nothing to show. */
  control(command: ReplayCommand): Promise<ReplayState>;
  close(): void;
}

/** Opens the replay of this window: frames go into the campus, and the clock stands at the cursor. */
export const openReplay = (options: ReplayLinkOptions): ReplayLink => {
  const { bridge, campus, clock, monotonicMs } = options;
  const counters = createCounters();
  let state: ReplayState | null = null;
  let toldMs = monotonicMs();
  let owedCredits = 0;
  let isOpen = true;

  const cursorMs = (): number => {
    if (!state) return clock.readMs();
    if (!state.isPlaying) return state.cursorMs;
    const passedMs = Math.min(monotonicMs() - toldMs, reckonedMs);
    const reckoned = state.cursorMs + passedMs * (state.achievedSpeed ?? state.speed);
    const { fromMs, toMs } = state.loop ?? state.range;
    return Math.min(Math.max(reckoned, fromMs), toMs);
  };

  const take = (next: ReplayState | null): void => {
    if (!isOpen || !next) return;
    state = next;
    toldMs = monotonicMs();
    clock.hold(next.cursorMs);
    options.onState(next);
  };

  const stream: FrameStream = bridge.openStream({ kind: "replay", rate: options.rate }, (bytes, offset) => {
    if (!isOpen) return;
    try {
      applyFrame({ campus, counters }, bytes, offset);
      clock.hold(counters.lastTimeMs);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      counters.tornFrames++;
    }
    options.onFrame();
    if (++owedCredits < creditBatch) return;
    stream.credit(owedCredits);
    owedCredits = 0;
  });
  stream.credit(creditFrames);
  const unsubscribe = bridge.subscribe("replay", take);
  // A bridge that was lost opens the stream again by itself, at a cursor of its own: this one's is told anew.
  const stopState = bridge.onState((now) => {
    if (now !== "open" || !state) return;
    counters.lastSequence = -1;
    const { cursorMs: seekMs, speed, isPlaying, loop } = state;
    void bridge.request("log.control", { seekMs, speed, isPlaying, loop }).then(take, () => {});
  });

  return {
    counters,
    get cursorMs() {
      return cursorMs();
    },
    control: async (command) => {
      const next = await bridge.request("log.control", command);
      take(next);
      return next;
    },
    close: () => {
      isOpen = false;
      stopState();
      unsubscribe();
      stream.close();
    },
  };
};

import { createStore } from "zustand/vanilla";
import type { ReplayState, TimeRange } from "#feed/contract/replay.ts";
import type { Player, PlayerState } from "#renderer/player/player.ts";
import { moveCursor, reveal, showWhole, type TimelineStore, zoomStretch } from "#renderer/stores/timeline.ts";
import { type AskEvents, nextEvent, previousEvent } from "./eventSearch.ts";
import type { PlainAct, TimelineAct } from "./keyMap.ts";
import { createScrubber } from "./scrubber.ts";
import { shuttled } from "./speeds.ts";

/** What the conductor alone knows, and its buttons show. */
export interface ConductorFacts {
  /** Points of the loop as set by hand; kept while it is off. */
  readonly inMs: number | null;
  readonly outMs: number | null;
  /** Another moment was asked for and is not shown yet. */
  readonly isSeeking: boolean;
  /** An event is looked for. */
  readonly isSearching: boolean;
  /** The last search ended without: nothing is before, after; or the recording did not answer. */
  readonly noEvent: "before" | "after" | "failed" | null;
  /** A bookmark or a note is being written about this. */
  readonly noting: { readonly fromMs: number; readonly toMs: number | null } | null;
  readonly isHelpOpen: boolean;
  /** Somebody wants to type a time: the field takes the focus, and this back. */
  readonly wantsTyping: boolean;
}

/** Moves the cursor in every way that a person can ask for. */
export interface Conductor {
  readonly store: ReturnType<typeof createFacts>;
  /** Where the cursor is or is about to be, ms UTC. */
  readonly aimMs: number;
  /** A hand drags the cursor: what plays stops. Call as often as it moves. */
  scrub(timeMs: number): void;
  /** Goes to a moment; playing goes on, or does not. */
  goTo(timeMs: number): void;
  act(act: TimelineAct): void;
  /** Plays, or stands. */
  toggle(): void;
  /** Sets how fast, in the direction that it goes. */
  setSpeed(size: number): void;
  turn(): void;
  /** Loops this stretch. */
  loop(range: TimeRange): void;
  close(): void;
}

export interface ConductorOptions {
  readonly player: Player;
  readonly timeline: TimelineStore;
  readonly askEvents: AskEvents;
}

const createFacts = () =>
  createStore<ConductorFacts>(() => ({
    inMs: null,
    outMs: null,
    isSeeking: false,
    isSearching: false,
    noEvent: null,
    noting: null,
    isHelpOpen: false,
    wantsTyping: false,
  }));

/** A shorter loop is a slip of the hand: the recording has one state a second. */
const leastLoopMs = 1_000;
/** How often the cursor is looked at while it plays. */
const pulseMs = 100;
/** How long "there is no such event" stands. */
const noEventMs = 3_000;

/** A moment asked for while playing is passed at once: whatever comes about a second of it is the answer. */
const toleranceMs = ({ isPlaying, speed }: ReplayState): number =>
  isPlaying ? 1_000 + 1_000 * Math.abs(speed) : 1;

/** Zooms about the cursor where it is in sight, else about the middle. */
const zoomAtCursor = (timeline: TimelineStore, way: 1 | -1, cursorMs: number): void => {
  const { fromMs, toMs } = timeline.getState();
  const isSeen = cursorMs >= fromMs && cursorMs <= toMs;
  zoomStretch(timeline, isSeen ? cursorMs : (fromMs + toMs) / 2, way > 0 ? 0.5 : 2);
};

export const createConductor = ({ player, timeline, askEvents }: ConductorOptions): Conductor => {
  const store = createFacts();
  let searches = 0;
  let doesStop = false;
  let forget: ReturnType<typeof setTimeout> | undefined;

  const recorded = (): TimeRange | null => player.state.replay?.range ?? timeline.getState().recorded;
  /** The nearest whole ms that is recorded. */
  const clamp = (timeMs: number): number => {
    const range = recorded();
    const whole = Math.round(timeMs);
    return range ? Math.min(range.toMs, Math.max(range.fromMs, whole)) : whole;
  };

  const scrubber = createScrubber({
    ask: (seekMs) => player.control(doesStop ? { seekMs, isPlaying: false } : { seekMs }),
    onWaiting: (isSeeking) => store.setState({ isSeeking }),
  });
  const aimMs = (): number => scrubber.aimMs ?? player.cursorMs;

  const follow = ({ mode, replay }: PlayerState): void => {
    moveCursor(timeline, mode === "live" ? null : player.cursorMs);
    if (replay) scrubber.shown(replay.cursorMs, toleranceMs(replay));
    if (replay?.loop) store.setState({ inMs: replay.loop.fromMs, outMs: replay.loop.toMs });
  };
  const stopFollowing = player.onChange(follow);
  follow(player.state);
  // Frames move the cursor between two words of the feed about where it stands.
  const pulse = setInterval(() => {
    if (player.state.replay?.isPlaying) moveCursor(timeline, player.cursorMs);
  }, pulseMs);

  const seek = (timeMs: number, stops: boolean): void => {
    doesStop = stops;
    scrubber.want(clamp(timeMs));
  };
  const goTo = (timeMs: number): void => {
    seek(timeMs, player.state.mode !== "replay");
    reveal(timeline, clamp(timeMs));
  };

  const sayNoEvent = (noEvent: ConductorFacts["noEvent"]): void => {
    clearTimeout(forget);
    store.setState({ noEvent });
    forget = setTimeout(() => store.setState({ noEvent: null }), noEventMs);
  };
  const toEvent = async (way: 1 | -1): Promise<void> => {
    const range = recorded();
    if (!range) return;
    const search = ++searches;
    store.setState({ isSearching: true, noEvent: null });
    try {
      const found = await (way > 0 ? nextEvent : previousEvent)(askEvents, range, aimMs());
      if (search !== searches) return;
      if (found) goTo(found.timeMs);
      else sayNoEvent(way > 0 ? "after" : "before");
    } catch {
      if (search === searches) sayNoEvent("failed");
    } finally {
      if (search === searches) store.setState({ isSearching: false });
    }
  };

  const loop = ({ fromMs, toMs }: TimeRange): void => {
    const range = { fromMs: Math.min(fromMs, toMs), toMs: Math.max(fromMs, toMs) };
    if (range.toMs - range.fromMs < leastLoopMs) return;
    store.setState({ inMs: range.fromMs, outMs: range.toMs });
    player.control({ loop: range });
  };
  /** The other point decides: both there, the loop is on. One that is on the wrong side of the new one is gone. */
  const setPoint = (which: "inMs" | "outMs"): void => {
    const atMs = clamp(aimMs());
    store.setState({ [which]: atMs });
    const { inMs, outMs } = store.getState();
    if (inMs === null || outMs === null) return;
    if (outMs - inMs >= leastLoopMs) loop({ fromMs: inMs, toMs: outMs });
    else {
      store.setState({ [which === "inMs" ? "outMs" : "inMs"]: null });
      if (player.state.replay?.loop) player.control({ loop: null });
    }
  };
  const toggleLoop = (): void => {
    const range = recorded();
    const { inMs, outMs } = store.getState();
    if (player.state.replay?.loop) player.control({ loop: null });
    else if (range) loop({ fromMs: inMs ?? range.fromMs, toMs: outMs ?? range.toMs });
  };

  const shuttle = (way: 1 | -1): void => {
    const { mode, replay } = player.state;
    if (mode === "live" && way > 0) return;
    const now = replay ?? { speed: 1, isPlaying: false };
    player.control({ speed: shuttled(now, way), isPlaying: true });
  };
  const live = (): void => {
    scrubber.drop();
    if (player.state.mode === "paused") player.play();
    else if (player.state.mode === "replay" && player.capabilities.live) player.live();
  };
  const goToEnd = (which: "fromMs" | "toMs"): void => {
    const range = recorded();
    if (range) goTo(range[which]);
  };

  const ways = {
    shuttle,
    event: (way: 1 | -1): void => void toEvent(way),
    zoom: (way: 1 | -1): void => zoomAtCursor(timeline, way, aimMs()),
  };
  const plain: Readonly<Record<PlainAct, () => void>> = {
    stop: () => player.pause(),
    begin: () => goToEnd("fromMs"),
    end: () => goToEnd("toMs"),
    in: () => setPoint("inMs"),
    out: () => setPoint("outMs"),
    loop: toggleLoop,
    mark: () => store.setState({ noting: { fromMs: clamp(aimMs()), toMs: null } }),
    live,
    type: () => store.setState({ wantsTyping: true }),
    whole: () => showWhole(timeline),
    help: () => store.setState(({ isHelpOpen }) => ({ isHelpOpen: !isHelpOpen })),
  };
  const act = (what: TimelineAct): void => {
    if ("way" in what) ways[what.do](what.way);
    else if ("byMs" in what) goTo(aimMs() + what.byMs);
    else plain[what.do]();
  };

  return {
    store,
    get aimMs() {
      return aimMs();
    },
    scrub: (timeMs) => seek(timeMs, true),
    goTo,
    act,
    toggle: () => {
      const { mode, replay } = player.state;
      if (mode === "paused" || (mode === "replay" && !replay?.isPlaying)) player.play();
      else player.pause();
    },
    setSpeed: (size) => {
      const { mode, replay } = player.state;
      if (mode === "replay") player.control({ speed: Math.sign(replay?.speed ?? 1) * size });
    },
    turn: () => {
      const { replay } = player.state;
      player.control({ speed: replay ? -replay.speed : -1, isPlaying: true });
    },
    loop,
    close: () => {
      clearTimeout(forget);
      clearInterval(pulse);
      searches++;
      scrubber.drop();
      stopFollowing();
    },
  };
};

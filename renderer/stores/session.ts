import { createStore } from "zustand/vanilla";
import type { HostBridge, SessionDescription } from "#feed/contract/bridge.ts";
import { BridgeError } from "#feed/contract/client.ts";
import { createCampusState } from "#renderer/data/campus.ts";
import type { SiteClock } from "#renderer/data/clock.ts";
import { createSampler, type Sampler } from "#renderer/data/sampler.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { createSessionPlayer, type SessionPlayer } from "#renderer/player/session-player.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Problem } from "#twins/model/result.ts";
import { createSearch, type Search } from "#twins/model/search.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type FeedStore, noteBridge } from "./feed.ts";

/** What a session works on, once the twin is expanded; replaced as a whole when the feed has another twin. */
export interface Campus {
  readonly description: SessionDescription;
  readonly twin: Twin;
  readonly state: CampusState;
  readonly player: SessionPlayer;
  readonly sampler: Sampler;
  /** Finds assets; its index is made at the first question. */
  readonly search: Search;
}

/** How far the session is; every phase is shown to the person in words. */
export type SessionState =
  | { readonly phase: "connecting" | "describing" | "expanding" }
  | { readonly phase: "failed"; readonly problem: Problem }
  | { readonly phase: "ready"; readonly campus: Campus };

export interface SessionOptions {
  readonly bridge: HostBridge;
  readonly clock: SiteClock;
  readonly feed: FeedStore;
  /** A clock that never steps, ms. */
  readonly monotonicMs: () => number;
  /** Display frames wanted a second. */
  readonly rate: number;
  /** Resolves when the progress words had time to be painted. */
  readonly painted: () => Promise<void>;
}

const createSessionStore = () => createStore<SessionState>(() => ({ phase: "connecting" }));
export type SessionStore = ReturnType<typeof createSessionStore>;

export interface Session {
  readonly store: SessionStore;
  /** The campus shown, if any. */
  campus(): Campus | null;
  close(): void;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Pause before a question that failed is asked again. */
const retryMs = 2_000;

const failure = (error: unknown): Problem =>
  (error instanceof BridgeError && error.problem) || {
    code: "session-failed",
    message: error instanceof Error ? error.message : String(error),
    tip: "The feed did not describe the session. It is asked again by itself.",
  };

/** The opened recording that this page is of is no longer open: it will not come back. */
export const isGone = ({ code }: Problem): boolean => code === "log-gone";

/** A display wall follows the present; everybody else can look back. */
const whatThereIs = ({ source, mode }: SessionDescription): "recording" | "both" | "present" => {
  if (source.kind === "log") return "recording";
  return mode === "wall" ? "present" : "both";
};

const createCampus = (options: SessionOptions, description: SessionDescription): Campus => {
  const { bridge, clock, rate, monotonicMs } = options;
  const twin = loadTwin(description.twin.files, description.twin.options);
  const state = createCampusState(twin, clock);
  const has = whatThereIs(description);
  const player = createSessionPlayer({ bridge, campus: state, clock, rate, monotonicMs, has });
  let index: Search | undefined;
  const search: Search = (text, limit) => {
    index ??= createSearch(twin);
    return index(text, limit);
  };
  return { description, twin, state, player, sampler: createSampler(state, clock.readMs), search };
};

/**
 * Opens the session: asks who is there, expands the same twin as the feed, starts the player.
 * A lost bridge heals without a reload; a feed that comes back with another twin gets a new campus.
 */
export const openSession = (options: SessionOptions): Session => {
  const { bridge, clock, feed } = options;
  const store = createSessionStore();
  let campus: Campus | null = null;
  let isAsking = false;
  let hasOpened = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  /** The same campus from a feed that was started otherwise: a demo now, another broker, another fixed time. */
  const readopt = (shown: Campus, description: SessionDescription): void => {
    if (isSame(shown.description, description)) return;
    if (shown.description.fixedTimeMs !== description.fixedTimeMs) clock.freeze(description.fixedTimeMs);
    campus = { ...shown, description };
    store.setState({ phase: "ready", campus }, true);
  };

  const adopt = async (description: SessionDescription): Promise<void> => {
    if (campus && isSame(campus.description.twin, description.twin)) return readopt(campus, description);
    store.setState({ phase: "expanding" }, true);
    await options.painted();
    campus?.player.close();
    campus = createCampus(options, description);
    clock.freeze(description.fixedTimeMs);
    campus.player.onChange(({ flow }) => {
      if (flow === "silent") noteBridge(feed, { bridge: "lost", reason: "silent" }, clock.feedMs());
      else if (flow === "flowing") noteBridge(feed, { bridge: "open", reason: "" }, clock.feedMs());
    });
    store.setState({ phase: "ready", campus }, true);
  };

  const fail = (problem: Problem): void => {
    campus?.player.close();
    campus = null;
    store.setState({ phase: "failed", problem }, true);
  };

  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    clearTimeout(retry);
    if (!campus) store.setState({ phase: "describing" }, true);
    try {
      await adopt(await bridge.request("session.describe", {}));
    } catch (error) {
      const problem = failure(error);
      if (!campus || isGone(problem)) fail(problem);
      if (!isGone(problem)) retry = setTimeout(() => void ask(), retryMs);
    } finally {
      isAsking = false;
    }
  };

  const stopState = bridge.onState((state, reason) => {
    hasOpened ||= state === "open";
    noteBridge(feed, { bridge: hasOpened ? state : "connecting", reason }, clock.feedMs());
    if (state === "open") void ask();
  });
  const stopStatus = bridge.subscribe("status", (status) => {
    if (campus) campus.player.heard(status.timeMs);
    else clock.heard(status.timeMs);
    feed.setState({ status });
  });

  return {
    store,
    campus: () => campus,
    close: () => {
      clearTimeout(retry);
      stopState();
      stopStatus();
      campus?.player.close();
    },
  };
};

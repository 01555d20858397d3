import { createStore } from "zustand/vanilla";
import type { FeedStatus } from "#feed/contract/status.ts";

/** What the feed last said about itself, and whether anybody is there to say it. */
export interface FeedFacts {
  /** null until the first status arrives. */
  readonly status: FeedStatus | null;
  /** The pipe between this window and the feed; silence for three seconds counts as lost. */
  readonly bridge: "connecting" | "open" | "lost";
  /** Why the bridge was lost; empty while it is open. */
  readonly reason: string;
  /** When `bridge` took its present value, ms UTC. */
  readonly sinceMs: number;
}

export const createFeedStore = (nowMs: () => number) =>
  createStore<FeedFacts>(() => ({ status: null, bridge: "connecting", reason: "", sinceMs: nowMs() }));

export type FeedStore = ReturnType<typeof createFeedStore>;

/** Notes the state of the pipe as of `nowMs`; `sinceMs` moves only when it really changed. */
export const noteBridge = (
  store: FeedStore,
  { bridge, reason }: Pick<FeedFacts, "bridge" | "reason">,
  nowMs: number,
): void =>
  store.setState((facts) =>
    facts.bridge === bridge
      ? { reason }
      : { bridge, reason: bridge === "open" ? "" : reason, sinceMs: nowMs },
  );

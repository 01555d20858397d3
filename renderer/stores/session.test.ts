import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { HostBridge, SessionDescription } from "#feed/contract/bridge.ts";
import { BridgeError } from "#feed/contract/client.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { createClock } from "#renderer/data/clock.ts";
import { createFeedStore } from "./feed.ts";
import { openSession } from "./session.ts";

const startMs = 1_800_000_000_000;

const describeWith = (racks: number, fixedTimeMs: number | null = null): SessionDescription => ({
  version: "0.1.0",
  mode: "desk",
  language: "zh",
  twin: { files: {}, options: { racks } },
  fixedTimeMs,
  seed: 1,
  source: { kind: "plant", address: "mqtt://127.0.0.1" },
  demo: true,
  announced: false,
  canSave: false,
});

/** A feed that answers what the test tells it to. */
const createFeed = () => {
  let answer: () => Promise<unknown> = () => Promise.resolve(describeWith(0));
  const listeners = new Set<(state: "open" | "lost", reason: string) => void>();
  let onStatus: (status: FeedStatus) => void = () => {};
  const bridge = {
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    request: () => answer(),
    subscribe: (_topic: string, listener: (status: FeedStatus) => void) => {
      onStatus = listener;
      return () => {};
    },
    openStream: () => ({ credit: () => {}, close: () => {} }),
    onState: (listener: (state: "open" | "lost", reason: string) => void) => {
      listeners.add(listener);
      listener("open", "");
      return () => listeners.delete(listener);
    },
  } as unknown as HostBridge;
  return {
    bridge,
    willAnswer: (next: () => Promise<unknown>) => {
      answer = next;
    },
    tell: (state: "open" | "lost", reason = "") => {
      for (const listener of listeners) listener(state, reason);
    },
    publish: (status: Partial<FeedStatus>) => onStatus(status as FeedStatus),
  };
};

const setUp = () => {
  const monotonicMs = () => performance.now();
  const clock = createClock(monotonicMs, startMs);
  const feed = createFeedStore(clock.feedMs);
  const remote = createFeed();
  const open = () =>
    openSession({
      bridge: remote.bridge,
      clock,
      feed,
      monotonicMs,
      rate: 20,
      painted: () => Promise.resolve(),
    });
  return { clock, feed, open, ...remote };
};

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("session", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("tells every phase on the way to a campus", async () => {
    const { open } = setUp();
    const session = open();
    const phases = [session.store.getState().phase];
    session.store.subscribe(({ phase }) => phases.push(phase));
    await settle();
    expect(phases).toEqual(["describing", "expanding", "ready"]);
    expect(session.campus()?.twin.table("rack").count).toBe(0);
    session.close();
  });

  test("a feed that does not answer is told in words, and asked again by itself", async () => {
    const { open, willAnswer } = setUp();
    willAnswer(() => Promise.reject(new Error("closed")));
    const session = open();
    await settle();
    expect(session.store.getState()).toMatchObject({ phase: "failed", problem: { message: "closed" } });
    willAnswer(() => Promise.resolve(describeWith(0)));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(session.store.getState().phase).toBe("ready");
    session.close();
  });

  test("an opened recording that was closed meanwhile is told, in place of its campus, and not asked for again", async () => {
    const { open, willAnswer, tell } = setUp();
    const session = open();
    await settle();
    let asked = 0;
    const problem = { code: "log-gone", message: "no longer open", tip: "Open it again." };
    willAnswer(() => {
      asked++;
      return Promise.reject(new BridgeError({ code: "refused", message: problem.message, problem }));
    });
    tell("lost", "closed");
    tell("open");
    await settle();
    expect(session.store.getState()).toEqual({ phase: "failed", problem });
    expect(session.campus()).toBeNull();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked).toBe(1);
    session.close();
  });

  test("a bridge that comes back to the same twin keeps the campus; another twin replaces it", async () => {
    const { open, willAnswer, tell, feed } = setUp();
    const session = open();
    await settle();
    const first = session.campus();
    tell("lost", "connection closed (1006)");
    expect(feed.getState()).toMatchObject({ bridge: "lost", reason: "connection closed (1006)" });
    tell("open");
    await settle();
    expect(session.campus()).toBe(first);
    expect(feed.getState()).toMatchObject({ bridge: "open", reason: "" });
    willAnswer(() => Promise.resolve(describeWith(5)));
    tell("lost", "restart");
    tell("open");
    await settle();
    expect(session.campus()).not.toBe(first);
    session.close();
  });

  test("a feed that comes back as a demo of the same twin is a demo here too, on the same campus", async () => {
    const { open, willAnswer, tell } = setUp();
    willAnswer(() => Promise.resolve({ ...describeWith(0), demo: false }));
    const session = open();
    await settle();
    const first = session.campus();
    willAnswer(() => Promise.resolve(describeWith(0)));
    tell("lost", "restart");
    tell("open");
    await settle();
    expect(session.campus()?.description.demo).toBe(true);
    expect(session.campus()?.state).toBe(first?.state);
    session.close();
  });

  test("a silent feed counts as lost until it speaks again", async () => {
    const { open, publish, feed, clock } = setUp();
    const session = open();
    await settle();
    publish({ timeMs: clock.feedMs() });
    expect(feed.getState().bridge).toBe("open");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(feed.getState()).toMatchObject({ bridge: "lost", reason: "silent" });
    publish({ timeMs: clock.feedMs() });
    expect(feed.getState().bridge).toBe("open");
    session.close();
  });

  test("a fixed time from the command line freezes the site clock", async () => {
    const { open, willAnswer, clock } = setUp();
    willAnswer(() => Promise.resolve(describeWith(0, 42)));
    const session = open();
    await settle();
    expect(clock.nowMs()).toBe(42);
    session.close();
  });
});

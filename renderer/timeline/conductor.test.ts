import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TimelineEvent } from "#feed/contract/replay.ts";
import { createTimelineStore, noteRecorded } from "#renderer/stores/timeline.ts";
import { createConductor } from "./conductor.ts";
import { fakePlayer } from "./player.fixture.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const t0 = 1_782_000_000_000;
const range = { fromMs: t0, toMs: t0 + 3_600_000 };

const setUp = (presentMs: number | null = null, eventTimes: readonly number[] = []) => {
  const player = fakePlayer(range, presentMs);
  const timeline = createTimelineStore();
  noteRecorded(timeline, range);
  const events = eventTimes.map(
    (timeMs): TimelineEvent => ({ timeMs, code: "alarm", about: null, priority: "high", detail: {} }),
  );
  const conductor = createConductor({
    player,
    timeline,
    askEvents: async ({ fromMs, toMs, limit }) =>
      events.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs).slice(0, limit),
  });
  return { player, timeline, conductor };
};

describe("scrubbing", () => {
  test("stops what plays, has one question open, and ends where the hand let go", () => {
    const { player, conductor } = setUp();
    player.answer({ isPlaying: true, speed: 10 });
    for (const at of [1_000, 2_000, 3_000, 4_000]) conductor.scrub(t0 + at);
    expect(player.commands).toEqual([{ seekMs: t0 + 1_000, isPlaying: false }]);
    expect(conductor.aimMs).toBe(t0 + 4_000);
    expect(conductor.store.getState().isSeeking).toBe(true);
    player.answer();
    player.answer();
    expect(player.commands.at(-1)).toEqual({ seekMs: t0 + 4_000, isPlaying: false });
    expect(player.commands.length).toBe(2);
    expect(conductor.store.getState().isSeeking).toBe(false);
  });

  test("stays within the recording", () => {
    const { player, conductor } = setUp();
    conductor.scrub(t0 - 99_000);
    player.answer();
    conductor.scrub(t0 + 1_000.4);
    expect(player.commands.map(({ seekMs }) => seekMs)).toEqual([t0, t0 + 1_000]);
  });
});

describe("steps", () => {
  test("held keys add up, from where the cursor is about to be", () => {
    const { player, conductor } = setUp();
    for (let i = 0; i < 5; i++) conductor.act({ do: "step", byMs: 10_000 });
    player.answer();
    expect(player.commands.map(({ seekMs }) => seekMs! - t0)).toEqual([10_000, 50_000]);
  });

  test("leave what plays playing; out of the present they stand", () => {
    const { player, conductor } = setUp();
    player.answer({ isPlaying: true });
    conductor.act({ do: "step", byMs: 60_000 });
    expect(player.commands.at(-1)).toEqual({ seekMs: t0 + 60_000 });
    const live = setUp(range.toMs);
    live.conductor.act({ do: "step", byMs: -10_000 });
    expect(live.player.commands).toEqual([{ seekMs: range.toMs - 10_000, isPlaying: false }]);
  });

  test("Home and End are the ends of the recording", () => {
    const { player, conductor } = setUp();
    conductor.act({ do: "end" });
    player.answer();
    conductor.act({ do: "begin" });
    expect(player.commands.map(({ seekMs }) => seekMs)).toEqual([range.toMs, range.fromMs]);
  });
});

describe("shuttle", () => {
  test("L and J play, K stops", () => {
    const { player, conductor } = setUp();
    conductor.act({ do: "shuttle", way: 1 });
    player.answer();
    conductor.act({ do: "shuttle", way: 1 });
    player.answer();
    conductor.act({ do: "shuttle", way: -1 });
    player.answer();
    conductor.act({ do: "stop" });
    expect(player.commands).toEqual([
      { speed: 1, isPlaying: true },
      { speed: 2, isPlaying: true },
      { speed: -1, isPlaying: true },
      { isPlaying: false },
    ]);
  });

  test("the present cannot be passed: L does nothing there, J goes back from it", () => {
    const { player, conductor } = setUp(range.toMs);
    conductor.act({ do: "shuttle", way: 1 });
    expect(player.commands).toEqual([]);
    conductor.act({ do: "shuttle", way: -1 });
    expect(player.commands).toEqual([{ speed: -1, isPlaying: true }]);
  });

  test("a speed keeps its direction, and never leaves the present by itself", () => {
    const { player, conductor } = setUp();
    player.answer({ speed: -1, isPlaying: true });
    conductor.setSpeed(60);
    expect(player.commands.at(-1)).toEqual({ speed: -60 });
    player.answer();
    conductor.turn();
    expect(player.commands.at(-1)).toEqual({ speed: 60, isPlaying: true });
    const live = setUp(range.toMs);
    live.conductor.setSpeed(60);
    expect(live.player.state.mode).toBe("live");
  });

  test("play and pause, of the recording and of the present", () => {
    const { player, conductor } = setUp();
    conductor.toggle();
    player.answer();
    conductor.toggle();
    expect(player.commands).toEqual([{ isPlaying: true }, { isPlaying: false }]);
    const live = setUp(range.toMs);
    live.conductor.toggle();
    expect(live.player.state.mode).toBe("paused");
    live.conductor.toggle();
    expect(live.player.state.mode).toBe("live");
  });
});

describe("loop", () => {
  test("is on once both points are set, can be put off, and comes back with its points", () => {
    const { player, conductor } = setUp();
    player.answer({ cursorMs: t0 + 10_000 });
    conductor.act({ do: "in" });
    expect(player.commands).toEqual([]);
    player.answer({ cursorMs: t0 + 70_000 });
    conductor.act({ do: "out" });
    const loop = { fromMs: t0 + 10_000, toMs: t0 + 70_000 };
    expect(player.commands).toEqual([{ loop }]);
    player.answer();
    conductor.act({ do: "loop" });
    player.answer();
    conductor.act({ do: "loop" });
    expect(player.commands.slice(1)).toEqual([{ loop: null }, { loop }]);
  });

  test("an end before its beginning takes the beginning away", () => {
    const { player, conductor } = setUp();
    player.answer({ cursorMs: t0 + 50_000 });
    conductor.act({ do: "in" });
    player.answer({ cursorMs: t0 + 20_000 });
    conductor.act({ do: "out" });
    expect(conductor.store.getState()).toMatchObject({ inMs: null, outMs: t0 + 20_000 });
    expect(player.commands).toEqual([]);
  });

  test("without points is all of the recording", () => {
    const { player, conductor } = setUp();
    conductor.act({ do: "loop" });
    expect(player.commands).toEqual([{ loop: range }]);
  });
});

describe("events", () => {
  test("are gone to one by one, either way, and their end is told for a while", async () => {
    const { player, conductor } = setUp(null, [t0 + 5_000, t0 + 9_000]);
    for (const at of [5_000, 9_000]) {
      conductor.act({ do: "event", way: 1 });
      await vi.advanceTimersByTimeAsync(0);
      player.answer();
      expect(player.cursorMs).toBe(t0 + at);
    }
    conductor.act({ do: "event", way: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(conductor.store.getState()).toMatchObject({ noEvent: "after", isSearching: false });
    conductor.act({ do: "event", way: -1 });
    await vi.advanceTimersByTimeAsync(0);
    player.answer();
    expect(player.cursorMs).toBe(t0 + 5_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(conductor.store.getState().noEvent).toBeNull();
  });

  test("a recording that does not answer is told", async () => {
    const player = fakePlayer(range, null);
    const timeline = createTimelineStore();
    noteRecorded(timeline, range);
    const conductor = createConductor({
      player,
      timeline,
      askEvents: () => Promise.reject(new Error("closed")),
    });
    conductor.act({ do: "event", way: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(conductor.store.getState().noEvent).toBe("failed");
  });
});

describe("the present", () => {
  test("is gone back to by Esc, and what was wanted before is forgotten", () => {
    const { player, timeline, conductor } = setUp(range.toMs);
    conductor.scrub(t0 + 1_000);
    conductor.scrub(t0 + 2_000);
    player.answer();
    expect(timeline.getState().cursorMs).toBe(t0 + 1_000);
    conductor.act({ do: "live" });
    expect(player.state.mode).toBe("live");
    expect(timeline.getState().cursorMs).toBeNull();
    expect(conductor.store.getState().isSeeking).toBe(false);
  });

  test("is not there for a recording that was opened", () => {
    const { player, conductor } = setUp();
    conductor.act({ do: "live" });
    expect(player.state.mode).toBe("replay");
  });
});

test("a bookmark is about the moment at which it was asked for", () => {
  const { player, conductor } = setUp();
  player.answer({ cursorMs: t0 + 12_345 });
  conductor.act({ do: "mark" });
  player.answer({ cursorMs: t0 + 20_000 });
  expect(conductor.store.getState().noting).toEqual({ fromMs: t0 + 12_345, toMs: null });
});

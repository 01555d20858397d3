import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FrameStream, HostBridge } from "#feed/contract/bridge.ts";
import { encodeFrame } from "#feed/contract/frame.ts";
import { createCampusState } from "#renderer/data/campus.ts";
import { createClock } from "#renderer/data/clock.ts";
import { readPoint } from "#renderer/data/reading.ts";
import { tinyTwin } from "#renderer/data/tiny-twin.fixture.ts";
import { classIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { createLivePlayer } from "./live.ts";

const startMs = 1_800_000_000_000;
const rack = { className: "rack", row: 3 } as const;
const good = packStatus(Quality.good, Freshness.fresh, Origin.simulated);

const loadFrame = (value: number, sequence: number, timeMs: number): ArrayBuffer =>
  encodeFrame({
    key: sequence === 0,
    classIndex: classIndex("rack"),
    epoch: 7,
    sequence,
    timeMs,
    dropCount: 0,
    columns: [
      {
        metric: 0,
        count: 1,
        firstRow: rack.row,
        rows: null,
        values: Float32Array.of(value),
        sampleOffsetMs: Int32Array.of(-100),
        receivedOffsetMs: Int32Array.of(0),
        status: Uint8Array.of(good),
      },
    ],
  });

/** A bridge whose other side is this test: frames are sent by hand, credits and streams are counted. */
const createHandBridge = () => {
  const streams: { credits: number; isOpen: boolean; send: (bytes: ArrayBuffer) => void }[] = [];
  let onState: (state: "open" | "lost", reason: string) => void = () => {};
  const bridge: HostBridge = {
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    request: () => Promise.reject(new Error("not asked in this test")),
    subscribe: () => () => {},
    openStream: (_spec, onFrame): FrameStream => {
      const stream = { credits: 0, isOpen: true, send: (bytes: ArrayBuffer) => onFrame(bytes, 0) };
      streams.push(stream);
      return {
        credit: (frames) => {
          stream.credits += frames;
        },
        close: () => {
          stream.isOpen = false;
        },
      };
    },
    onState: (listener) => {
      onState = listener;
      return () => {};
    },
  };
  return { bridge, streams, tell: (state: "open" | "lost") => onState(state, "test") };
};

const setUp = () => {
  const clock = createClock(() => performance.now(), startMs);
  const campus = createCampusState(tinyTwin({ rack: 10 }), clock);
  const hand = createHandBridge();
  const monotonicMs = () => performance.now();
  const player = createLivePlayer({ bridge: hand.bridge, campus, clock, rate: 20, monotonicMs });
  const load = () => readPoint(campus, rack, "load")!;
  const send = (value: number, sequence: number) =>
    hand.streams.at(-1)!.send(loadFrame(value, sequence, clock.feedMs()));
  return { clock, campus, player, load, send, ...hand };
};

describe("live player", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("applies frames as they come and gives credit back in batches", () => {
    const { player, load, send, streams, campus } = setUp();
    const granted = streams[0]!.credits;
    for (let i = 0; i < 8; i++) send(i, i);
    expect(load()).toMatchObject({ value: 7, freshness: "fresh", origin: "simulated" });
    expect(streams[0]!.credits).toBe(granted + 8);
    expect(campus.connected).toBe(true);
    expect(player.state).toEqual({ mode: "live", flow: "flowing", replay: null });
    player.close();
    expect(streams[0]!.isOpen).toBe(false);
  });

  test("paused, everything stands: value, cursor and age; going on catches up", () => {
    const { player, load, send, streams, clock } = setUp();
    send(10, 0);
    player.pause();
    const cursorMs = player.cursorMs;
    const granted = streams[0]!.credits;
    for (let i = 1; i <= 20; i++) {
      vi.advanceTimersByTime(1000);
      send(10 + i, i);
    }
    expect(player.cursorMs).toBe(cursorMs);
    expect(clock.nowMs()).toBe(cursorMs);
    expect(load()).toMatchObject({ value: 10, freshness: "fresh" });
    expect(streams[0]!.credits).toBe(granted);
    player.play();
    expect(load().value).toBe(30);
    expect(player.cursorMs).toBe(startMs + 20_000);
    expect(streams[0]!.credits).toBeGreaterThan(granted);
    player.close();
  });

  test("a lost bridge ages what is shown to late, then stale; a key frame heals it", () => {
    const { player, load, send, tell, campus } = setUp();
    send(50, 0);
    tell("lost");
    expect(campus.connected).toBe(false);
    vi.advanceTimersByTime(10_500);
    expect(load()).toMatchObject({ value: 50, freshness: "fresh" });
    vi.advanceTimersByTime(2_000);
    expect(load().freshness).toBe("late");
    vi.advanceTimersByTime(2_500);
    expect(load()).toMatchObject({ value: 50, freshness: "stale", quality: "good" });
    tell("open");
    send(51, 0);
    expect(load()).toMatchObject({ value: 51, freshness: "fresh" });
    expect(campus.connected).toBe(true);
    player.close();
  });

  test("a new stream vouches only for what it sends: the rest is stale, even if it was fresh a moment ago", () => {
    const { player, load, send, tell } = setUp();
    send(50, 0);
    tell("lost");
    tell("open");
    expect(load()).toMatchObject({ value: 50, freshness: "stale" });
    send(50, 0);
    expect(load().freshness).toBe("fresh");
    player.close();
  });

  test("a bridge lost and found while paused leaves the picture alone until play", () => {
    const { player, load, send, tell } = setUp();
    send(50, 0);
    player.pause();
    tell("lost");
    vi.advanceTimersByTime(20_000);
    tell("open");
    expect(load()).toMatchObject({ value: 50, freshness: "fresh" });
    player.play();
    expect(load()).toMatchObject({ value: 50, freshness: "stale" });
    player.close();
  });

  test("a feed that falls silent ages too, and is asked for key frames when it speaks again", () => {
    const { player, load, send, streams, campus, clock } = setUp();
    send(50, 0);
    vi.advanceTimersByTime(15_200);
    expect(player.state.flow).toBe("silent");
    expect(campus.connected).toBe(false);
    expect(load().freshness).toBe("stale");
    player.heard(clock.feedMs());
    expect(streams).toHaveLength(2);
    expect(streams[0]!.isOpen).toBe(false);
    send(52, 0);
    expect(load()).toMatchObject({ value: 52, freshness: "fresh" });
    player.close();
  });

  test("bytes that are no frame are counted and harm nothing", () => {
    const { player, send, streams, load } = setUp();
    send(5, 0);
    streams[0]!.send(new ArrayBuffer(100));
    expect(player.counters.tornFrames).toBe(1);
    expect(load().value).toBe(5);
    player.close();
  });
});

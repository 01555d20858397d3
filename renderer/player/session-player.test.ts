import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FrameStream, HostBridge, StreamSpec } from "#feed/contract/bridge.ts";
import { BridgeError } from "#feed/contract/client.ts";
import { encodeFrame } from "#feed/contract/frame.ts";
import type { ReplayCommand, ReplayState } from "#feed/contract/replay.ts";
import { createCampusState } from "#renderer/data/campus.ts";
import { createClock } from "#renderer/data/clock.ts";
import { readPoint } from "#renderer/data/reading.ts";
import { tinyTwin } from "#renderer/data/tiny-twin.fixture.ts";
import { classIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { createSessionPlayer } from "./session-player.ts";

const startMs = 1_800_000_000_000;
const good = packStatus(Quality.good, Freshness.fresh, Origin.simulated);

const frameOf = (row: number, value: number, timeMs: number): ArrayBuffer =>
  encodeFrame({
    key: true,
    classIndex: classIndex("rack"),
    epoch: 7,
    sequence: 0,
    timeMs,
    dropCount: 0,
    columns: [
      {
        metric: 0,
        count: 1,
        firstRow: row,
        rows: null,
        values: Float32Array.of(value),
        sampleOffsetMs: Int32Array.of(-100),
        receivedOffsetMs: Int32Array.of(0),
        status: Uint8Array.of(good),
      },
    ],
  });

/** The feed's side by hand: its streams by kind, and a cursor that does as it is told; a refusal where there is nothing. */
const createHandFeed = (isRefused: boolean) => {
  const streams: { kind: StreamSpec["kind"]; isOpen: boolean; send: (bytes: ArrayBuffer) => void }[] = [];
  let state: ReplayState = {
    cursorMs: startMs - 1000,
    speed: 1,
    isPlaying: false,
    loop: null,
    asOfMs: startMs - 1000,
    gap: null,
    range: { fromMs: startMs - 600_000, toMs: startMs - 1000 },
    achievedSpeed: null,
  };
  const bridge: HostBridge = {
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    request: (async (method: string, command: ReplayCommand) => {
      if (method !== "log.control" || isRefused)
        throw new BridgeError({ code: "refused", message: "nothing is recorded here" });
      const { seekMs, isPlaying, speed } = command;
      state = {
        ...state,
        cursorMs: seekMs ?? state.cursorMs,
        isPlaying: isPlaying ?? state.isPlaying,
        speed: speed ?? state.speed,
      };
      return state;
    }) as HostBridge["request"],
    subscribe: () => () => {},
    openStream: ({ kind }, onFrame): FrameStream => {
      const stream = { kind, isOpen: true, send: (bytes: ArrayBuffer) => onFrame(bytes, 0) };
      streams.push(stream);
      return {
        credit: () => {},
        close: () => {
          stream.isOpen = false;
        },
      };
    },
    onState: () => () => {},
  };
  const open = (kind: StreamSpec["kind"]) =>
    streams.filter((stream) => stream.kind === kind && stream.isOpen);
  return { bridge, open };
};

const setUp = (has: "recording" | "both" | "present" = "both", isRefused = false) => {
  const clock = createClock(() => performance.now(), startMs);
  const campus = createCampusState(tinyTwin({ rack: 10 }), clock);
  const feed = createHandFeed(isRefused);
  const { bridge } = feed;
  const monotonicMs = () => performance.now();
  const player = createSessionPlayer({ bridge, campus, clock, rate: 20, monotonicMs, has });
  const load = (row: number) => readPoint(campus, { className: "rack", row }, "load")!;
  return { clock, campus, player, load, ...feed };
};

describe("the player of a session", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("leaves the present for the recording, and comes back: nothing of one is left in the other", async () => {
    const { player, load, open, clock } = setUp();
    open("display")[0]!.send(frameOf(1, 50, startMs));
    open("display")[0]!.send(frameOf(2, 60, startMs));
    player.seek(startMs - 300_000);
    expect(player.state.mode).toBe("replay");
    expect(open("display")).toHaveLength(0);
    // Never blank: what was shown stays until the recording has spoken, and does not pose as anybody's.
    expect(load(1)).toMatchObject({ value: 50, freshness: "stale" });
    await vi.advanceTimersByTimeAsync(0);
    open("replay")[0]!.send(frameOf(1, 20, startMs - 300_000));
    expect(load(1)).toMatchObject({ value: 20, freshness: "fresh" });
    expect(clock.readMs()).toBe(startMs - 300_000);
    expect(player.state.replay).toMatchObject({ cursorMs: startMs - 300_000, isPlaying: false });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(load(2)).toMatchObject({ value: null, freshness: "never" });

    player.live();
    expect(player.state).toMatchObject({ mode: "live", replay: null });
    expect(open("replay")).toHaveLength(0);
    expect(load(1)).toMatchObject({ value: 20, freshness: "stale" });
    open("display")[0]!.send(frameOf(2, 61, clock.feedMs()));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(load(2)).toMatchObject({ value: 61, freshness: "fresh" });
    expect(load(1)).toMatchObject({ value: null, freshness: "never" });
    expect(clock.readMs()).toBeCloseTo(clock.feedMs());
    player.close();
  });

  test("pausing the present stands at it in the recording, and going on follows behind", async () => {
    const { player } = setUp();
    player.pause();
    await vi.advanceTimersByTimeAsync(0);
    expect(player.state.replay).toMatchObject({ cursorMs: startMs, isPlaying: false });
    player.play();
    await vi.advanceTimersByTimeAsync(0);
    expect(player.state.replay).toMatchObject({ isPlaying: true });
    await vi.advanceTimersByTimeAsync(300);
    expect(player.cursorMs).toBe(player.state.replay!.range.toMs);
    player.close();
  });

  test("where nothing is recorded the present stays", async () => {
    const { player, open } = setUp("both", true);
    player.seek(startMs - 5000);
    await vi.advanceTimersByTimeAsync(0);
    expect(player.state.mode).toBe("live");
    expect(open("display")).toHaveLength(1);
    player.pause();
    await vi.advanceTimersByTimeAsync(0);
    expect(player.state.mode).toBe("paused");
    player.close();
  });

  test("a recording by itself has no present to go to; a wall has no recording to go to", async () => {
    const recording = setUp("recording");
    expect(recording.player.capabilities).toMatchObject({ live: false, seekable: true });
    recording.player.live();
    expect(recording.player.state.mode).toBe("replay");
    expect(recording.open("display")).toHaveLength(0);
    recording.player.close();
    const wall = setUp("present");
    expect(wall.player.capabilities).toMatchObject({ live: true, seekable: false });
    wall.player.seek(startMs - 5000);
    expect(wall.player.state.mode).toBe("live");
    wall.player.pause();
    await vi.advanceTimersByTimeAsync(0);
    expect(wall.player.state.mode).toBe("paused");
    wall.player.live();
    expect(wall.player.state.mode).toBe("live");
    wall.player.close();
  });
});

import { createServer } from "node:net";
import { Aedes } from "aedes";
import { expect, test, vi } from "vitest";
import { memoryPair } from "#feed/bridge/transports.ts";
import { type ConnectedBridge, connectBridge } from "#feed/contract/client.ts";
import { brokerAt } from "#feed/contract/config.ts";
import { decodeFrame } from "#feed/contract/frame.ts";
import type { ReplayState } from "#feed/contract/replay.ts";
import { withDirectory } from "#feed/log/recording.fixture.ts";
import { type Feed, startFeed } from "#feed/service.ts";
import { testSession } from "#feed/session.fixture.ts";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { classIndex, metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";

const racks = 40;
const never = Number.POSITIVE_INFINITY;
const patience = { timeout: 40_000, interval: 50 };
const power = metricIndex("rack", "power");
const path = "Rack/RackPower/plant-a/r3";

const startBroker = async () => {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const publish = (topic: string, message: object, retain = false): Promise<void> =>
    new Promise((resolve, reject) => {
      const packet = { cmd: "publish", topic, qos: 0, retain, dup: false } as const;
      aedes.publish({ ...packet, payload: JSON.stringify(message) }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  return {
    url: `mqtt://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    publish,
    stop: async () => {
      server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
    },
  };
};

const connect = (feed: Feed): ConnectedBridge =>
  connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    retryMs: () => 50,
    open: async () => {
      const [near, far] = memoryPair();
      feed.connect(far);
      return near;
    },
  });

/** Powers of the racks as a stream shows them, by row; and the time of its last frame. */
const watch = (bridge: ConnectedBridge, kind: "display" | "replay") => {
  const shown = new Map<number, number>();
  const at = { timeMs: 0 };
  const stream = bridge.openStream({ kind, classes: ["rack"] }, (bytes, offset) => {
    const frame = decodeFrame(bytes, offset);
    at.timeMs = frame.timeMs;
    if (frame.classIndex !== classIndex("rack")) return;
    for (const { metric, count, firstRow, rows, values } of frame.columns)
      if (metric === power)
        for (let i = 0; i < count; i++) shown.set(rows ? rows[i]! : firstRow + i, values[i]!);
    stream.credit(1);
  });
  stream.credit(32);
  return { shown, at, close: () => stream.close() };
};

test(
  "a live session is wound back to any second while it is recorded, and its recording shows the same by itself",
  () =>
    withDirectory(async (directory) => {
      const broker = await startBroker();
      const rack = (await smallCampus(racks)).table("rack").idOf(3);
      await broker.publish(`BMS/v1/PUB/Metadata/${path}`, { rackLocationId: rack, engUnit: "kW" }, true);
      const record = { directory, roll: { bytes: never, ms: never }, keep: { bytes: never, ageMs: never } };
      const feed = startFeed(testSession({ brokers: [brokerAt(broker.url)], racks, record }));
      const bridge = connect(feed);
      const sent: { readonly value: number; readonly atMs: number }[] = [];
      try {
        await vi.waitFor(() => expect(feed.status()?.source.state).toBe("live"), patience);
        const live = watch(bridge, "display");
        // Its answer waits for the first recorded second.
        await bridge.request("log.overview", {});
        for (const value of [7.25, 7.5, 9]) {
          // Connected is not subscribed: what comes before that is lost, as on any broker.
          await vi.waitFor(async () => {
            await broker.publish(`BMS/v1/PUB/Value/${path}`, { value, timestamp: Date.now(), quality: 1 });
            await vi.waitFor(() => expect(live.shown.get(3)).toBe(value), { timeout: 500 });
          }, patience);
          const before = feed.status()!.recording!.bytes;
          await vi.waitFor(() => expect(feed.status()!.recording!.bytes).toBeGreaterThan(before), patience);
          // The log keeps the last of each second: a moment of the next one has it, however often it was published.
          await new Promise((resolve) => setTimeout(resolve, 1600));
          // The next value follows at once, and the feed's clock may be milliseconds behind this one.
          sent.push({ value, atMs: Date.now() - 400 });
        }
        const last = sent.at(-1)!;
        await vi.waitFor(async () => {
          const { origin, isGrowing, toMs } = await bridge.request("log.overview", {});
          expect({ origin, isGrowing }).toEqual({ origin: "recording", isGrowing: true });
          expect(toMs).toBeGreaterThan(last.atMs);
        }, patience);

        const states: (ReplayState | null)[] = [];
        bridge.subscribe("replay", (state) => states.push(state));
        const replay = watch(bridge, "replay");
        for (const { value, atMs } of [sent[0]!, sent[2]!, sent[1]!]) {
          const state = await bridge.request("log.control", { seekMs: atMs, isPlaying: false });
          expect(state).toMatchObject({ cursorMs: atMs, isPlaying: false, gap: null });
          await vi.waitFor(() => expect(replay.shown.get(3)).toBe(value), patience);
          expect(replay.at.timeMs).toBe(atMs);
          const detail = await bridge.request("point.detail", { className: "rack", row: 3, metric: "power" });
          expect(detail).toMatchObject({ value, quality: "good", origin: "measured" });
        }
        expect(states.at(-1)).toMatchObject({ isPlaying: false });
        // The present went on meanwhile, and is still there.
        expect(live.shown.get(3)).toBe(9);
        replay.close();
        const detail = await bridge.request("point.detail", { className: "rack", row: 3, metric: "power" });
        expect(detail).toMatchObject({ value: 9, topic: expect.stringContaining("plant-a") });
      } finally {
        bridge.close();
        await feed.close();
        await broker.stop();
      }
      await showsItself(directory, sent);
    }),
  90_000,
);

const showsItself = async (
  directory: string,
  sent: readonly { readonly value: number; readonly atMs: number }[],
): Promise<void> => {
  const feed = startFeed(testSession({ log: [directory] }));
  const bridge = connect(feed);
  try {
    const description = await bridge.request("session.describe", {});
    expect(description).toMatchObject({ source: { kind: "log" }, demo: false });
    const twin = loadTwin(description.twin.files, description.twin.options);
    expect(twin.table("rack").count).toBe(racks);
    const replay = watch(bridge, "replay");
    for (const { value, atMs } of sent) {
      await bridge.request("log.control", { seekMs: atMs });
      await vi.waitFor(() => expect(replay.shown.get(3)).toBe(value), patience);
    }
    expect(await bridge.request("feed.status", {})).toMatchObject({
      source: { kind: "log" },
      points: { known: 1 },
      simulated: false,
    });
    await vi.waitFor(() => expect(feed.status()?.points.known).toBe(1), patience);
  } finally {
    bridge.close();
    await feed.close();
  }
};

test(
  "a session that records nothing says so; a folder without recordings ends the feed with its reason",
  () =>
    withDirectory(async (directory) => {
      const broker = await startBroker();
      const wall = startFeed(testSession({ mode: "wall", brokers: [brokerAt(broker.url)], racks }));
      const bridge = connect(wall);
      try {
        await expect(bridge.request("log.overview", {})).rejects.toMatchObject({
          code: "refused",
          problem: { code: "log-none" },
        });
      } finally {
        bridge.close();
        await wall.close();
        await broker.stop();
      }
      const feed = startFeed(testSession({ log: [directory] }));
      const reason = await new Promise<string>((resolve) => feed.onExit(resolve));
      expect(reason).toMatch(/no recording is there/);
      await feed.close();
    }),
  90_000,
);

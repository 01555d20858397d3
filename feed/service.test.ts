import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { createServer } from "node:net";
import type { Worker } from "node:worker_threads";
import { Aedes } from "aedes";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { memoryPair } from "#feed/bridge/transports.ts";
import { type ConnectedBridge, connectBridge } from "#feed/contract/client.ts";
import { brokerAt, type SessionConfig } from "#feed/contract/config.ts";
import { decodeFrame } from "#feed/contract/frame.ts";
import { testSession } from "#feed/session.fixture.ts";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { encodeBulk } from "#feed/wire/bulk.ts";
import { classIndex, metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import { type Feed, startFeed } from "./service.ts";

const racks = 1000;
const twin = await smallCampus(racks);
const rack = twin.table("rack").idOf(3);
const patience = { timeout: 20_000 };

/** Threads and processes that a feed started, newest last. */
const workers: Worker[] = [];
const children: ChildProcess[] = [];
subscribe("worker_threads", (message) => workers.push((message as { worker: Worker }).worker));
subscribe("child_process", (message) => children.push((message as { process: ChildProcess }).process));

let aedes: Aedes;
let stopBroker: () => Promise<void>;
let feed: Feed;
let bridge: ConnectedBridge;
let config: SessionConfig;

const publish = (topic: string, message: object, retain = false): Promise<void> =>
  new Promise((resolve, reject) => {
    const payload = Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message));
    aedes.publish({ cmd: "publish", topic, payload, qos: 0, retain, dup: false }, (error) =>
      error ? reject(error) : resolve(),
    );
  });

const path = `Rack/RackPower/plant-a/${rack}`;
const publishValue = (value: number): Promise<void> =>
  publish(`BMS/v1/PUB/Value/${path}`, { value, timestamp: Date.now(), quality: 1 });

beforeAll(async () => {
  aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  stopBroker = async () => {
    server.close();
    await new Promise<void>((resolve) => aedes.close(resolve));
  };
  await publish(`BMS/v1/PUB/Metadata/${path}`, { rackLocationId: rack, engUnit: "kW" }, true);
  config = testSession({ brokers: [brokerAt(`mqtt://127.0.0.1:${port}`)], racks });
  feed = startFeed(config);
  bridge = connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    retryMs: () => 50,
    open: async () => {
      const [near, far] = memoryPair();
      feed.connect(far);
      return near;
    },
  });
});

afterAll(async () => {
  bridge?.close();
  await feed?.close();
  await stopBroker?.();
});

test("a value goes from the broker through the worker into a client's frames, good and measured", async () => {
  const seen = new Map<number, number>();
  const stream = bridge.openStream({ kind: "display", classes: ["rack"] }, (bytes, offset) => {
    const frame = decodeFrame(bytes, offset);
    expect(frame).toMatchObject({ classIndex: classIndex("rack"), epoch: twin.epoch });
    for (const column of frame.columns)
      for (let i = 0; i < column.count; i++)
        if (column.metric === metricIndex("rack", "power"))
          seen.set(column.rows ? column.rows[i]! : column.firstRow + i, column.values[i]!);
    stream.credit(1);
  });
  stream.credit(8);
  await vi.waitFor(() => expect(feed.status()?.source.state).toBe("live"), patience);
  await publishValue(7.5);
  await vi.waitFor(() => expect(seen.get(3)).toBe(7.5), patience);
  await publishValue(9.25);
  await vi.waitFor(() => expect(seen.get(3)).toBe(9.25), patience);
  stream.close();
});

test("the session describes the twin that the client has to expand", async () => {
  const session = await bridge.request("session.describe", {});
  expect(session).toMatchObject({ demo: false, twin: { options: { racks } }, source: { kind: "mqtt" } });
  expect(Object.keys(session.twin.files)).toContain("twin.json");
});

test("nothing is ever put into a plant behind an outside broker", async () => {
  const order = { fault: "failed", asset: twin.table("crah").idOf(0) };
  for (const asked of [
    bridge.request("plant.inject", order),
    bridge.request("plant.clear", {}),
    bridge.request("plant.faults", {}),
  ])
    await expect(asked).rejects.toMatchObject({ code: "refused", problem: { code: "plant-outside" } });
});

test("a point tells where its value comes from", async () => {
  await publishValue(11);
  await vi.waitFor(async () => {
    const detail = await bridge.request("point.detail", { className: "rack", row: 3, metric: "power" });
    expect(detail).toMatchObject({
      value: 11,
      unit: "kW",
      topic: `BMS/v1/PUB/Value/${path}`,
      publisher: "BMS",
      wire: "dsx",
      quality: "good",
      origin: "measured",
      periodMs: 100_000,
    });
  }, patience);
});

test("a bulk point, which has no topic of its own, names the frames that carry it", async () => {
  const frame = encodeBulk({
    sequence: 1,
    layout: twin.epoch,
    timeMs: Date.now(),
    firstRow: 20,
    rowCount: 2,
    columns: [{ metric: metricIndex("rack", "power"), values: Float32Array.of(4, 5), quality: null }],
  });
  await publish("HT/v1/PUB/Bulk/plant-b/rack/0", Buffer.from(frame.buffer));
  await vi.waitFor(async () => {
    const detail = await bridge.request("point.detail", { className: "rack", row: 21, metric: "power" });
    expect(detail).toMatchObject({
      value: 5,
      topic: "HT/v1/PUB/Bulk/plant-b/rack/+",
      publisher: "plant-b",
      wire: "bulk",
    });
  }, patience);
  const unseen = await bridge.request("point.detail", { className: "rack", row: 22, metric: "power" });
  expect(unseen).toMatchObject({ value: null, topic: null, wire: null, freshness: "never" });
});

test("status arrives by subscription; with an outside broker nothing is simulated", async () => {
  const states: boolean[] = [];
  const stop = bridge.subscribe("status", (status) => states.push(status.simulated));
  await vi.waitFor(() => expect(states.length).toBeGreaterThan(1), patience);
  expect(states).not.toContain(true);
  stop();
});

test("a worker that dies is started again, and its clients come back by themselves", async () => {
  const states: string[] = [];
  bridge.onState((state) => states.push(state));
  const values: number[] = [];
  const stream = bridge.openStream({ kind: "display", classes: ["rack"] }, (bytes, offset) => {
    values.push(...decodeFrame(bytes, offset).columns.map((column) => column.values[0]!));
    stream.credit(1);
  });
  stream.credit(8);
  await publishValue(3.25);
  await vi.waitFor(() => expect(values).toContain(3.25), patience);
  await workers.at(-1)!.terminate();
  expect(feed.status()).toBeNull();
  await vi.waitFor(() => expect(states).toEqual(["open", "lost", "open"]), patience);
  await vi.waitFor(async () => {
    await publishValue(4.5);
    expect(values).toContain(4.5);
  }, patience);
  expect(workers).toHaveLength(2);
  stream.close();
});

test("without a broker the plant runs beside us, all of it simulated; killed, it comes back; closed, it ends", async () => {
  const demo = startFeed({ ...config, brokers: [] });
  const isLive = (): void => {
    expect(demo.status()).toMatchObject({ simulated: true, source: { kind: "plant", state: "live" } });
    expect(demo.status()!.points.fresh).toBeGreaterThan(racks);
    expect(demo.status()!.publishers.every(({ origin }) => origin === "simulated")).toBe(true);
  };
  await vi.waitFor(isLive, patience);
  const first = children.at(-1)!;
  first.kill("SIGKILL");
  await vi.waitFor(() => expect(demo.status()?.source.state).toBe("lost"), patience);
  await vi.waitFor(isLive, patience);
  const second = children.at(-1)!;
  expect(second.pid).not.toBe(first.pid);
  await demo.close();
  await vi.waitFor(() => expect(second.exitCode ?? second.signalCode).not.toBeNull(), patience);
}, 60_000);

test("an announced campus is laid out again by the worker after one that died, as it was edited", async () => {
  const announced = startFeed({ ...config, announced: true, racks: null });
  const client = connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    retryMs: () => 50,
    open: async () => {
      const [near, far] = memoryPair();
      announced.connect(far);
      return near;
    },
  });
  const name = { zh: "一号柜", en: "Rack one" };
  const laidOut = () =>
    vi.waitFor(async () => {
      const { twin: described } = await client.request("session.describe", {});
      const now = loadTwin(described.files, described.options);
      const ref = now.aliases.get(rack);
      expect(ref).toBeDefined();
      return { id: now.idOf(ref!), name: now.table("rack").nameOf(ref!.row) };
    }, patience);
  const { id } = await laidOut();
  await client.request("twin.edit", { edits: [{ id, name }] });
  await vi.waitFor(async () => expect((await laidOut()).name).toEqual(name), patience);
  await workers.at(-1)!.terminate();
  await vi.waitFor(() => expect(announced.status()?.announced?.isLaidOut).toBe(true), patience);
  expect(await laidOut()).toEqual({ id, name });
  client.close();
  await announced.close();
}, 60_000);

test("a twin directory that cannot be read ends the feed with the reason", async () => {
  const broken = startFeed({ ...config, twinDirectory: "/no/such/twin" });
  const reason = await new Promise<string>((resolve) => broken.onExit(resolve));
  expect(reason).toContain("/no/such/twin");
  await broken.close();
});

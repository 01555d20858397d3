import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { decodePayload, EdgeStation, type Metric, type SentMessage } from "#feed/wire/sparkplug.fixture.ts";
import { loadTwin } from "#twins/model/load.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { until } from "./support/until.ts";
import { startWireFeed, type WireFeed } from "./support/wire-feed.ts";

/** Real edge nodes with real wills at a real mosquitto, and a feed that is their host. */

const racks = 200;
const twin = loadTwin(await readTwinDirectory(null), { racks });
const rack = twin.table("rack").idOf(7);
const point = `${rack} power`;

let folder: string;
let aliases: string;
let broker: Broker;
let observer: MqttClient;
/** Every message that the broker handed on, whoever sent it. */
const seen: { topic: string; payload: Uint8Array; retained: boolean }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "horinger-sparkplug-"));
  aliases = join(folder, "aliases.csv");
  await writeFile(aliases, `externalId,assetId\nplant/n1/k07,${rack}\n`);
  broker = await startBroker();
  observer = await connectAsync(broker.url);
  observer.on("message", (topic, payload, { retain }) => seen.push({ topic, payload, retained: retain }));
  await observer.subscribeAsync("#", { qos: 1 });
});

afterAll(async () => {
  await observer?.endAsync(true);
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

const power = (value: number): Metric => ({
  name: "power",
  alias: 1,
  timestamp: Date.now(),
  type: "Float",
  value,
  properties: { engUnit: { type: "String", value: "kW" } },
});

/** An edge node as it connects: with its death as its will. */
const connectNode = async (station: EdgeStation) => {
  station.nowMs = Date.now();
  const { topic, payload } = station.nodeDeath();
  const client = await connectAsync(broker.url, {
    reconnectPeriod: 0,
    will: { topic, payload: Buffer.from(payload), qos: 1, retain: false },
  });
  const send = async ({ topic, payload }: SentMessage): Promise<void> => {
    await client.publishAsync(topic, Buffer.from(payload));
  };
  return {
    client,
    send,
    birth: async (value: number): Promise<void> => {
      station.nowMs = Date.now();
      await send(station.nodeBirth());
      await send(station.deviceBirth("k07", [power(value)]));
    },
    /** As a power cut ends it: no DISCONNECT, so the broker sends its will. */
    die: (): void => {
      client.stream.destroy();
    },
  };
};

const shows = (feed: WireFeed, want: { freshness: string; value?: number }) =>
  until(`the rack's power is ${JSON.stringify(want)}`, async () => {
    const detail = await feed.point(point);
    const isWanted =
      detail?.freshness === want.freshness && (want.value === undefined || detail.value === want.value);
    return isWanted && detail;
  });

const stateOf = (feed: WireFeed, id: string): string | undefined =>
  feed.status()?.publishers.find((publisher) => publisher.id === id)?.state;

const listening = async (wire: "auto" | "sparkplug", allowPublish = false): Promise<WireFeed> => {
  const feed = startWireFeed({
    twin,
    racks,
    aliasFiles: [aliases],
    broker: { url: broker.url, wire },
    allowPublish,
  });
  await until("the feed listens", async () => feed.status()?.source.state === "live");
  return feed;
};

test("a node is born, lives, dies by its will and is born again; nothing is published to it", async () => {
  const feed = await listening("auto");
  try {
    const station = new EdgeStation("plant", "n1", Date.now());
    const node = await connectNode(station);
    await until("the birth arrives", async () => {
      await node.birth(5);
      return (await feed.point(point))?.value === 5;
    });
    const born = await shows(feed, { freshness: "fresh", value: 5 });
    expect(born).toMatchObject({
      wire: "sparkplug",
      topic: "spBv1.0/plant/DDATA/n1/k07#power",
      publisher: "plant/n1/k07",
      periodMs: null,
      quality: "good",
    });
    await node.send(station.deviceData("k07", [{ ...power(6.5), name: null }]));
    await shows(feed, { freshness: "fresh", value: 6.5 });
    node.die();
    await shows(feed, { freshness: "stale" });
    await until("both are gone", async () =>
      ["plant/n1", "plant/n1/k07"].every((id) => stateOf(feed, id) === "gone"),
    );
    station.bdSeq++;
    const again = await connectNode(station);
    await again.birth(7);
    await shows(feed, { freshness: "fresh", value: 7 });
    await until("it lives again", async () => stateOf(feed, "plant/n1/k07") === "live");
    expect(feed.status()?.source.wires).toEqual(["sparkplug"]);
    const ours = seen.filter(({ topic }) => /NCMD|DCMD|STATE/.test(topic));
    expect(ours).toEqual([]);
    await again.client.endAsync(true);
  } finally {
    await feed.close();
  }
});

test("with --allow-publish it says that it is there, asks for a missed birth once, and leaves by its will", async () => {
  const station = new EdgeStation("plant", "n1", Date.now());
  const node = await connectNode(station);
  await node.client.subscribeAsync("spBv1.0/plant/NCMD/n1");
  let asked = 0;
  node.client.on("message", (_topic, payload) => {
    const [command] = decodePayload(payload).metrics ?? [];
    if (command?.name !== "Node Control/Rebirth" || command.value !== true) return;
    asked++;
    void node.birth(8);
  });
  await node.birth(8); // before the feed is there to hear it
  const feed = await listening("sparkplug", true);
  const stateTopic = "spBv1.0/STATE/horinger-twin";
  const stateSaid = (online: boolean) =>
    until(`STATE says ${online}`, async () => {
      const last = seen.findLast(({ topic }) => topic === stateTopic);
      return last && JSON.parse(Buffer.from(last.payload).toString()).online === online && last;
    });
  try {
    await stateSaid(true);
    await node.send(station.deviceData("k07", [{ ...power(8.5), name: null }]));
    await shows(feed, { freshness: "fresh", value: 8 });
    await node.send(station.deviceData("k07", [{ ...power(9), name: null }]));
    await shows(feed, { freshness: "fresh", value: 9 });
    expect(asked).toBe(1);
    expect(feed.status()?.faults.byCode).toEqual({ "birth-missing": 1 });
  } finally {
    await feed.close();
  }
  await stateSaid(false);
  await node.client.endAsync(true);
});

test("a broker that dies leaves every point stale at once; births after it are all that it takes", async () => {
  const feed = await listening("sparkplug");
  try {
    const station = new EdgeStation("plant", "n1", Date.now());
    const node = await connectNode(station);
    await until("the birth arrives", async () => {
      await node.birth(3);
      return (await feed.point(point))?.value === 3;
    });
    await shows(feed, { freshness: "fresh", value: 3 });
    node.client.on("error", () => {});
    await broker.kill();
    await shows(feed, { freshness: "stale", value: 3 });
    expect(stateOf(feed, "plant/n1/k07")).toBe("gone");
    await broker.restart();
    station.bdSeq++;
    const again = await connectNode(station);
    await until("the feed is back", async () => feed.status()?.source.state === "live");
    await until("the birth arrives", async () => {
      await again.birth(4);
      return (await feed.point(point))?.value === 4;
    });
    const back = await shows(feed, { freshness: "fresh", value: 4 });
    expect(back.quality).toBe("good");
    await again.client.endAsync(true);
  } finally {
    await feed.close();
  }
});

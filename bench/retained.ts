import { setTimeout as sleep } from "node:timers/promises";
import mqtt from "mqtt";
import { createCore } from "#feed/ingest/core.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import { benchConfig } from "./ingest-config.ts";
import { startMosquitto } from "./mosquitto.ts";

/** Figures of `npm run bench -- retained --json`: how much of what a stock mosquitto keeps arrives, and how fast. */
export interface RetainedFigures {
  readonly retained: number;
  /** Different metadata topics that became bound points. Goal: all. */
  readonly arrived: number;
  readonly seconds: number;
  readonly messages: number;
  readonly filters: number;
  /** What one subscription to everything brings from the same broker: why filters are split. */
  readonly singleSubscription: number;
}

const defaultCount = 400_000;
const giveUpMs = 600_000;

interface Kept {
  readonly topic: string;
  readonly payload: string;
}

/** Metadata of `count` rack points: power first, then the other rack metrics. */
const metadataOf = (twin: Twin, count: number): Kept[] => {
  const racks = twin.table("rack");
  const metrics = classSpec("rack").metrics.filter((metric) => metric.dsx);
  return Array.from({ length: count }, (_, i) => {
    const id = racks.idOf(i % racks.count);
    const metric = metrics[Math.floor(i / racks.count)]!;
    const { pointType, namespace = "BMS" } = metric.dsx!;
    return {
      topic: `${namespace}/v1/PUB/Metadata/Rack/${pointType}/bench/${id}`,
      payload: JSON.stringify({
        rackLocationId: id,
        ...(metric.kind === "state" ? {} : { engUnit: metric.unit }),
      }),
    };
  });
};

const publishAll = async (url: string, kept: readonly Kept[]): Promise<void> => {
  const publisher = await mqtt.connectAsync(url, { protocolVersion: 5 });
  for (let i = 0; i < kept.length; i++) {
    publisher.publish(kept[i]!.topic, kept[i]!.payload, { retain: true });
    // Let the socket drain: a client's own queue of 400,000 packets would be the bench.
    if (i % 2000 === 1999) await publisher.publishAsync("bench/fence", "", { qos: 1 });
  }
  await publisher.publishAsync("bench/fence", "", { qos: 1 });
  await publisher.endAsync();
};

const countSingle = async (url: string): Promise<number> => {
  const client = await mqtt.connectAsync(url, { protocolVersion: 5 });
  const topics = new Set<string>();
  client.on("message", (topic) => topics.add(topic));
  await client.subscribeAsync("#");
  for (let last = -1; last !== topics.size; await sleep(1000)) last = topics.size;
  await client.endAsync(true);
  return topics.size;
};

/** Publishes `count` retained metadata messages into a stock mosquitto and lets a feed fetch them. */
export const run = async (count = defaultCount): Promise<RetainedFigures> => {
  const broker = await startMosquitto();
  const files = await readTwinDirectory(null);
  const racks = Math.min(count, 50_000);
  const twin = loadTwin(files, { racks });
  const kept = metadataOf(twin, count);
  await publishAll(broker.url, kept);
  const singleSubscription = await countSingle(broker.url);
  let arrived = 0;
  const swept = { isDone: false, messages: 0, filters: 0 };
  const startMs = performance.now();
  const core = createCore({
    config: { ...benchConfig(broker.url), racks },
    files,
    twin,
    onStatus: ({ metadata }) => {
      arrived = metadata.mapped;
    },
    log: (line) => {
      const match = /^(\d+) kept metadata messages by (\d+) filters/.exec(line);
      if (match)
        Object.assign(swept, { isDone: true, messages: Number(match[1]), filters: Number(match[2]) });
    },
  });
  try {
    while (!swept.isDone && performance.now() - startMs < giveUpMs) await sleep(20);
    const seconds = Math.round((performance.now() - startMs) / 100) / 10;
    await sleep(600); // the next status
    const { messages, filters } = swept;
    return { retained: kept.length, arrived, seconds, messages, filters, singleSubscription };
  } finally {
    await core.close();
    await broker.stop();
  }
};

if (import.meta.main) {
  const asked = Number(process.argv.find((argument) => /^\d+$/.test(argument)));
  console.log(JSON.stringify(await run(asked || undefined)));
}

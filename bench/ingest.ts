import { type ChildProcess, fork } from "node:child_process";
import mqtt, { type MqttClient } from "mqtt";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { encodeBulk } from "#feed/wire/bulk.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { ConsumerMode, ConsumerReport } from "./ingest-consumer.ts";
import { startMosquitto } from "./mosquitto.ts";

/** Figures of `npm run bench -- ingest --json`. CPU is that of the consuming process alone, user and system. */
export interface IngestFigures {
  /** Bare MQTT.js and JSON.parse: messages a second while at most `window` are on their way. */
  readonly baselineMsgsPerSec: number;
  readonly msgsPerSec: number;
  readonly baselineCpuUsPerMsg: number;
  readonly cpuUsPerMsg: number;
  /** cpuUsPerMsg / baselineCpuUsPerMsg: median of the runs. Goal ≤1.4. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  /** Messages sent that neither consumer got. */
  readonly brokerDrops: number;
  readonly bulkPointsPerSec: number;
  /** Share of one core. Goal <0.25 at 1,000,000 points/s. */
  readonly bulkCpuShare: number;
  /** Lost bulk frames and refused values. */
  readonly drops: number;
  readonly topics: number;
  readonly messagesPerRun: number;
}

const runs = 5;
const topics = 20_000;
const messagesPerRun = 100_000;
const warmUp = 20_000;
/** Messages on their way: below the 1,000 that a stock mosquitto queues for a client before it drops. */
const window = 700;

const bulkSeconds = 8;
const bulkFramesPerSecond = 20;
const bulkRows = 6_400;

/** A consumer in its own process, and its latest report. */
class ConsumerProcess {
  readonly #child: ChildProcess;
  latest: ConsumerReport = { messages: 0, points: 0, drops: 0, mapped: 0, cpuUs: 0 };
  #wake = (): void => {};

  constructor(mode: ConsumerMode, url: string) {
    this.#child = fork(new URL("./ingest-consumer.ts", import.meta.url), [mode, url], { execArgv: [] });
    this.#child.on("message", (report: ConsumerReport) => {
      this.latest = report;
      this.#wake();
    });
  }

  /** Waits until a report satisfies the condition; false when none does for `timeoutMs`. */
  async until(condition: (report: ConsumerReport) => boolean, timeoutMs = 30_000): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    while (!condition(this.latest)) {
      if (Date.now() > deadline || this.#child.exitCode !== null) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return true;
  }

  async close(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.disconnect();
    await exited;
  }
}

interface Topic {
  readonly value: string;
  readonly metadata: string;
  readonly payload: string;
}

const topicsOf = (twin: Twin): readonly Topic[] => {
  const racks = twin.table("rack");
  return Array.from({ length: topics }, (_, i) => {
    const id = racks.idOf(i % racks.count);
    const path = `Rack/RackPower/bench/${id}`;
    return {
      value: `BMS/v1/PUB/Value/${path}`,
      metadata: `BMS/v1/PUB/Metadata/${path}`,
      payload: JSON.stringify({
        objectType: "Rack",
        pointType: "RackPower",
        engUnit: "kW",
        rackLocationId: id,
      }),
    };
  });
};

interface Progress {
  readonly publisher: MqttClient;
  readonly consumer: ConsumerProcess;
  sent: number;
}

const publishNext = (progress: Progress, all: readonly Topic[]): void => {
  const topic = all[progress.sent++ % all.length]!;
  const value = Math.round((2 + (progress.sent % 997) / 50) * 100) / 100;
  progress.publisher.publish(topic.value, JSON.stringify({ value, timestamp: Date.now(), quality: 1 }));
};

/** Publishes until something arrives: all metadata is in before the feed subscribes to values. */
const awaitSubscription = async (progress: Progress, all: readonly Topic[]): Promise<void> => {
  do publishNext(progress, all);
  while (!(await progress.consumer.until(({ points }) => points > 0, 100)));
};

/** Publishes `count` values, never more than `window` ahead of the consumer. */
const publishValues = async (progress: Progress, all: readonly Topic[], count: number): Promise<void> => {
  const { consumer } = progress;
  let base = consumer.latest.points;
  for (let i = 0; i < count; i++) {
    publishNext(progress, all);
    if (i % 50 !== 49) continue;
    const hasRoom = await consumer.until((report) => i + 1 - (report.points - base) < window, 2000);
    if (!hasRoom) base = consumer.latest.points - (i + 1); // lost at the broker; go on
  }
  await consumer.until((report) => report.points - base >= count, 2000);
};

interface RunFigures {
  readonly msgsPerSec: number;
  readonly cpuUsPerMsg: number;
  readonly lost: number;
}

const measure = async (mode: ConsumerMode, url: string, all: readonly Topic[]): Promise<RunFigures> => {
  const publisher = await mqtt.connectAsync(url, { protocolVersion: 5 });
  const consumer = new ConsumerProcess(mode, url);
  await consumer.until(({ mapped }) => mapped >= topics, 60_000);
  const progress: Progress = { publisher, consumer, sent: 0 };
  await awaitSubscription(progress, all);
  await publishValues(progress, all, warmUp);
  const before = consumer.latest;
  const startMs = performance.now();
  await publishValues(progress, all, messagesPerRun);
  const seconds = (performance.now() - startMs) / 1000;
  const taken = consumer.latest.points - before.points;
  const figures = {
    msgsPerSec: Math.round(taken / seconds),
    cpuUsPerMsg: (consumer.latest.cpuUs - before.cpuUs) / taken,
    lost: messagesPerRun - taken,
  };
  await consumer.close();
  await publisher.endAsync(true);
  return figures;
};

const publishMetadata = async (url: string, all: readonly Topic[]): Promise<void> => {
  const publisher = await mqtt.connectAsync(url, { protocolVersion: 5 });
  for (const { metadata, payload } of all) publisher.publish(metadata, payload, { retain: true });
  // QoS 1 behind the others on the same connection: when it is acknowledged, they are in.
  await publisher.publishAsync("bench/fence", "", { qos: 1 });
  await publisher.endAsync();
};

/** A value within the metric's range that changes with `n`; states take their codes. */
const plausible = ({ kind, range: [low, high] }: MetricSpec, n: number): number =>
  kind === "state" ? low + (n % (high - low + 1)) : low + ((high - low) * (n % 7)) / 10;

/** Bulk frames of all rack metrics at a fixed pace. */
const measureBulk = async (url: string, twin: Twin) => {
  const publisher = await mqtt.connectAsync(url, { protocolVersion: 5 });
  const consumer = new ConsumerProcess("feed", url);
  await consumer.until(({ mapped }) => mapped >= topics, 60_000);
  await awaitSubscription({ publisher, consumer, sent: 0 }, topicsOf(twin));
  const { metrics } = classSpec("rack");
  const parts = Math.floor(twin.table("rack").count / bulkRows);
  const total = bulkSeconds * bulkFramesPerSecond;
  const pointsPerFrame = bulkRows * metrics.length;
  const start = { ...consumer.latest };
  const startMs = performance.now();
  for (let i = 0; i < total; i++) {
    const part = i % parts;
    const frame = encodeBulk({
      sequence: Math.floor(i / parts),
      layout: twin.epoch,
      timeMs: Date.now(),
      firstRow: part * bulkRows,
      rowCount: bulkRows,
      columns: Array.from({ length: metrics.length }, (_, metric) => ({
        metric,
        values: Float32Array.from({ length: bulkRows }, (_, row) => plausible(metrics[metric]!, row + i)),
        quality: null,
      })),
    });
    await publisher.publishAsync(`HT/v1/PUB/Bulk/bench/rack/p${part}`, Buffer.from(frame.buffer));
    const dueMs = startMs + ((i + 1) * 1000) / bulkFramesPerSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
  }
  await consumer.until(({ points }) => points - start.points >= total * pointsPerFrame, 3000);
  const seconds = (performance.now() - startMs) / 1000;
  const { points, cpuUs, drops } = consumer.latest;
  await consumer.close();
  await publisher.endAsync(true);
  return {
    bulkPointsPerSec: Math.round((points - start.points) / seconds),
    bulkCpuShare: round((cpuUs - start.cpuUs) / 1e6 / seconds),
    drops: drops - start.drops + (total - Math.round((points - start.points) / pointsPerFrame)),
  };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Measures both consumers in turn, five times each, then bulk frames. Takes about a minute and a half. */
export const run = async (): Promise<IngestFigures> => {
  const broker = await startMosquitto();
  try {
    const twin = loadTwin(await readTwinDirectory(null));
    const all = topicsOf(twin);
    await publishMetadata(broker.url, all);
    const bare: RunFigures[] = [];
    const feed: RunFigures[] = [];
    for (let i = 0; i < runs; i++) {
      bare.push(await measure("bare", broker.url, all));
      feed.push(await measure("feed", broker.url, all));
    }
    const ratios = feed.map((figures, i) => round(figures.cpuUsPerMsg / bare[i]!.cpuUsPerMsg));
    return {
      baselineMsgsPerSec: median(bare.map((figures) => figures.msgsPerSec)),
      msgsPerSec: median(feed.map((figures) => figures.msgsPerSec)),
      baselineCpuUsPerMsg: round(median(bare.map((figures) => figures.cpuUsPerMsg))),
      cpuUsPerMsg: round(median(feed.map((figures) => figures.cpuUsPerMsg))),
      ratio: median(ratios),
      ratios,
      brokerDrops: [...bare, ...feed].reduce((sum, figures) => sum + figures.lost, 0),
      ...(await measureBulk(broker.url, twin)),
      topics,
      messagesPerRun,
    };
  } finally {
    await broker.stop();
  }
};

if (import.meta.main) console.log(JSON.stringify(await run()));

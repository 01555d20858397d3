import mqtt from "mqtt";
import { createCore } from "#feed/ingest/core.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { benchConfig } from "./ingest-config.ts";

/**
 * The process whose CPU time is measured, forked by `bench/ingest.ts`: either the whole feed core (tables, sweep,
 * engine, bridge), or bare MQTT.js with JSON.parse, on the same broker and messages.
 */
export type ConsumerMode = "feed" | "bare";

export interface ConsumerReport {
  /** Messages, or for bulk points, taken so far. */
  readonly messages: number;
  readonly points: number;
  readonly drops: number;
  readonly mapped: number;
  readonly cpuUs: number;
}

/** How often progress goes to the publisher, which keeps fewer messages on their way than the broker would drop. */
const reportMs = 2;

interface Consumer {
  report(): Omit<ConsumerReport, "cpuUs">;
  close(): Promise<void>;
}

const startFeed = async (url: string): Promise<Consumer> => {
  const files = await readTwinDirectory(null);
  let mapped = 0;
  const core = createCore({
    config: benchConfig(url),
    files,
    twin: loadTwin(files),
    onStatus: (status) => {
      mapped = status.metadata.mapped;
    },
    log: () => {},
  });
  return {
    report: () => ({
      messages: core.counters.messages,
      points: core.counters.points,
      drops: [...core.counters.drops.values()].reduce((sum, count) => sum + count, 0),
      mapped,
    }),
    close: () => core.close(),
  };
};

const startBare = async (url: string): Promise<Consumer> => {
  const client = await mqtt.connectAsync(url, { protocolVersion: 5 });
  let messages = 0;
  let points = 0;
  client.on("message", (_topic, payload) => {
    messages++;
    const message = JSON.parse(payload.toString()) as { value?: unknown };
    if (typeof message.value === "number") points++;
  });
  await client.subscribeAsync("#", { qos: 0, rh: 2 });
  return {
    report: () => ({ messages, points, drops: 0, mapped: Number.MAX_SAFE_INTEGER }),
    close: () => client.endAsync(true),
  };
};

const [mode, url] = process.argv.slice(2);
if (!url) throw new Error("bench/ingest.ts starts this");
const consumer = await (mode === "bare" ? startBare(url) : startFeed(url));
let last = "";
const timer = setInterval(() => {
  const report = consumer.report();
  const news = `${report.messages} ${report.mapped}`;
  if (news === last) return;
  last = news;
  const { user, system } = process.cpuUsage();
  process.send?.({ ...report, cpuUs: user + system } satisfies ConsumerReport);
}, reportMs);
process.on("disconnect", () => {
  clearInterval(timer);
  void consumer.close().then(() => process.exit(0));
});

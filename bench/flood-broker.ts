import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import mqtt from "mqtt";
import { startMosquitto } from "./mosquitto.ts";
import { eachLine, end, start } from "./outage-children.ts";
import { type Made, OutageRecord, racks, type Seen } from "./outage-measure.ts";

/** Figures of `npm run bench -- flood-broker --json [TOPICS]`: a flood of foreign topics through a real mosquitto. */
export interface FloodBrokerFigures {
  readonly topics: number;
  readonly seconds: number;
  /** Topics that the status told apart; a stock mosquitto may drop some on their way. */
  readonly unmapped: number;
  readonly faults: number;
  /** Fewest racks that were fresh at once while the flood ran, of 200 with a period of a second. */
  readonly leastFresh: number;
  /** Age at display of the oldest good value meanwhile, ms. */
  readonly oldestMs: number;
  readonly rssBeforeBytes: number;
  readonly rssAfterBytes: number;
}

const defaultTopics = 200_000;
/** Messages between two acknowledged ones: below what a stock mosquitto queues for a client before it drops. */
const window = 500;

const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;

const script = (name: string): readonly string[] => [process.execPath, join(import.meta.dirname, name)];

const flood = async (url: string, topics: number): Promise<void> => {
  const client = await mqtt.connectAsync(url, { protocolVersion: 5 });
  for (let i = 0; i < topics; i++) {
    client.publish(`plant/${i}/state`, '{"on":true}');
    if (i % window === window - 1) await client.publishAsync("plant/fence", "", { qos: 1 });
  }
  await client.publishAsync("plant/fence", "", { qos: 1 });
  await client.endAsync();
};

/** Floods a broker that the real feed reads, while 200 racks go on. */
export const run = async (topics = defaultTopics): Promise<FloodBrokerFigures> => {
  const broker = await startMosquitto();
  const plant = start([...script("outage-plant.ts"), broker.url, "once"]);
  const feed = start([...script("outage-watch.ts"), broker.url]);
  const record = new OutageRecord();
  eachLine<Made>(plant, (line) => record.made.push(line));
  eachLine<Seen>(feed, (line) => record.seen.push(line));
  try {
    while (!record.isWhole) await sleep(50);
    await sleep(3000);
    const rssBeforeBytes = rssOf(feed.pid!);
    const first = record.seen.length;
    const startMs = performance.now();
    await flood(broker.url, topics);
    const seconds = Math.round((performance.now() - startMs) / 10) / 100;
    await sleep(3000); // the statuses after it
    const meanwhile = record.seen.slice(first);
    const frames = meanwhile.filter((each) => each.t === "frame");
    const last = meanwhile.findLast((each) => each.t === "status");
    return {
      topics,
      seconds,
      unmapped: last?.unmapped ?? 0,
      faults: last?.faults ?? 0,
      leastFresh: Math.min(...frames.map(({ fresh }) => fresh)),
      oldestMs: Math.max(...frames.map(({ slowestMs }) => slowestMs)),
      rssBeforeBytes,
      rssAfterBytes: rssOf(feed.pid!),
    };
  } finally {
    await Promise.all([end(feed), end(plant)]);
    await broker.stop();
  }
};

if (import.meta.main) {
  const asked = Number(process.argv.find((argument) => /^\d+$/.test(argument)));
  const figures = await run(asked || undefined);
  console.log(JSON.stringify(figures));
  if (figures.leastFresh < racks) process.exitCode = 1;
}

import { SparkplugBed } from "#feed/ingest/sparkplug-bed.fixture.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { decodePayload, EdgeStation, type SentMessage } from "#feed/wire/sparkplug.fixture.ts";
import { SparkplugPayload } from "#feed/wire/sparkplug.ts";
import { loadTwin } from "#twins/model/load.ts";

/** CPU time of aliased NDATA of 100 metrics each, ns per metric; docs/SPARKPLUG.md, Cost. */
export interface SparkplugFigures {
  readonly metrics: number;
  /** Another implementation: payload → objects. */
  readonly referenceNs: number;
  /** Ours: payload → columns. */
  readonly decodeNs: number;
  /** Ours, through the router into the tables. */
  readonly storedNs: number;
  /** Heap allocated per metric on the whole way, bytes. */
  readonly storedBytes: number;
  /** First birth of all points, and the same again, µs of CPU per metric. */
  readonly birthUs: number;
  readonly rebirthUs: number;
}

const points = 10_000;
const perMessage = 100;
const messagesPerRun = 1000;
const runs = 5;
const startMs = Date.UTC(2026, 10, 23, 12);

const cpuNs = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
};

const median = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!);

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

const hearAll = (bed: SparkplugBed, sent: readonly SentMessage[]): void => {
  for (const each of sent) bed.hear(each);
};

export const benchSparkplug = async (): Promise<SparkplugFigures> => {
  const twin = loadTwin(await readTwinDirectory(null), { racks: points });
  const bed = new SparkplugBed(twin, startMs);
  const station = new EdgeStation("plant", "n1", startMs);
  const power = (id: string, i: number) => ({
    name: `${id}/power`,
    alias: i + 1,
    timestamp: startMs,
    type: "Float" as const,
    value: 5,
    properties: { engUnit: { type: "String" as const, value: "kW" } },
  });
  const birth = station.nodeBirth(
    Array.from({ length: points }, (_, i) => power(twin.table("rack").idOf(i), i)),
  );
  const births = [0, 1].map(() => cpuNs(() => bed.hear(birth)) / points / 1000);
  const message = (k: number): SentMessage =>
    station.nodeData(
      Array.from({ length: perMessage }, (_, j) => ({
        alias: 1 + ((k * perMessage + j) % points),
        timestamp: startMs + k,
        type: "Float" as const,
        value: 1 + (k % 100) / 100 + j / 1000,
      })),
    );
  const perRun = Array.from({ length: runs }, (_, run) =>
    Array.from({ length: messagesPerRun }, (_, i) => message(1 + run * messagesPerRun + i)),
  );
  const ofEachRun = (take: (sent: SentMessage) => void): number =>
    median(perRun.map((sent) => cpuNs(() => sent.forEach(take)) / messagesPerRun / perMessage));
  const payload = new SparkplugPayload();
  const referenceNs = ofEachRun((sent) => void decodePayload(sent.payload));
  const decodeNs = ofEachRun((sent) => void payload.decode(sent.payload));
  const heapBefore = heap();
  let heapGrown = 0;
  const storedNs = median(
    perRun.map((sent, run) => {
      const ns = cpuNs(() => hearAll(bed, sent)) / messagesPerRun / perMessage;
      if (run === 0) heapGrown = process.memoryUsage().heapUsed - heapBefore;
      return ns;
    }),
  );
  const taken = bed.context.counters.points;
  if (taken !== points * 2 + runs * messagesPerRun * perMessage - points)
    throw new Error(`${taken} values were stored`);
  return {
    metrics: runs * messagesPerRun * perMessage,
    referenceNs,
    decodeNs,
    storedNs,
    storedBytes: Math.round(heapGrown / messagesPerRun / perMessage),
    birthUs: Math.round(births[0]! * 10) / 10,
    rebirthUs: Math.round(births[1]! * 10) / 10,
  };
};

if (import.meta.main) console.log(JSON.stringify(await benchSparkplug()));

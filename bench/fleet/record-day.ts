import { createEngine } from "#feed/engine/engine.ts";
import { feedStatus } from "#feed/ingest/status.ts";
import { newsOf } from "#feed/log/news.ts";
import { Recorder } from "#feed/log/recorder.ts";
import { recordedCampus } from "#feed/log/recorder-thread.ts";
import { sweep } from "#feed/tables/sweep.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { Bed } from "#feed/wire/fuzz/bed.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { FleetDay } from "./fleet-day.ts";

const dayMs = 86_400_000;
/** Each node reports once a minute. */
const periodMs = 60_000;
const publisher = "fleet";
const kinds = [
  { root: "BMS/v1", pointType: "RackPower", engUnit: "W", of: "powerW" },
  { root: "HT/v1", pointType: "RackAirInletTemperature", engUnit: "Cel", of: "inletC" },
] as const;

const forever = Number.POSITIVE_INFINITY;
const idle = { messagesPerSec: 0, pointsPerSec: 0, bytesPerSec: 0 };

/** What went through the feed. */
export interface Recorded {
  readonly values: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/**
 * The day as a feed would have lived it, second by second on the file's clock: every reading is a message of the wire
 * through the real router into the tables; once a second the sweep, the engine and the recorder have their turn, as in
 * feed/ingest/core.ts. A blank sends nothing.
 */
export const recordDay = async (day: FleetDay, directory: string): Promise<Recorded> => {
  const files = await readTwinDirectory(null);
  const racks = day.nodes.length;
  const twin = loadTwin(files, { racks });
  const bed = new Bed(twin);
  const { context, router } = bed;
  const { store } = context;
  const engine = createEngine(store.tables);
  const never = { bytes: forever, ms: forever };
  const recorder = new Recorder({
    config: { directory, roll: never, keep: { bytes: forever, ageMs: forever } },
    product: "bench",
    log: (line) => console.error(line),
  });
  recorder.campus(recordedCampus(store.tables, JSON.stringify({ files, racks })));

  const startMs = Math.floor(day.timeMs[0]! / dayMs) * dayMs;
  bed.nowMs = startMs;
  const send = (topic: string, message: object, retained = false): void =>
    bed.send({ topic, payload: Buffer.from(JSON.stringify(message)), retained });
  send(`HT/v1/PUB/Source/${publisher}`, { id: publisher, origin: "trace", periodMs }, true);
  const table = twin.table("rack");
  for (const { root, pointType, engUnit } of kinds)
    day.nodes.forEach((node, row) => {
      const topic = `${root}/PUB/Metadata/Rack/${pointType}/${publisher}/${node}`;
      send(topic, { rackLocationId: table.idOf(row), engUnit }, true);
    });

  let values = 0;
  const sendReading = (reading: number): void => {
    for (const { root, pointType, of } of kinds) {
      const value = day[of][reading]!;
      if (Number.isNaN(value)) continue;
      const topic = `${root}/PUB/Value/Rack/${pointType}/${publisher}/${day.nodes[day.node[reading]!]!}`;
      send(topic, { value, timestamp: day.timeMs[reading]!, quality: 1 });
      values++;
    }
  };
  const source = {
    state: "live",
    address: "fleet-day",
    protocol: null,
    wires: ["dsx"],
    sinceMs: startMs,
    reconnects: 0,
    error: null,
  } as const;
  let before: ReturnType<typeof feedStatus> | null = null;
  let reading = 0;
  for (let nowMs = startMs; nowMs < startMs + dayMs; nowMs += 1000) {
    bed.nowMs = nowMs;
    while (reading < day.timeMs.length && day.timeMs[reading]! <= nowMs) sendReading(reading++);
    router.tick(nowMs);
    const counts = sweep(store, nowMs);
    engine.step(nowMs);
    const status = feedStatus({
      context,
      version: "bench",
      kind: "mqtt",
      sources: [source],
      counts,
      rates: idle,
      clients: 0,
      announced: null,
      recording: null,
    });
    recorder.note(newsOf(before, status));
    before = status;
    recorder.tick(nowMs);
    store.tables.tick++;
  }
  recorder.close();
  return { values, faults: { ...context.faults.byCode() }, bytes: recorder.status.bytes };
};

import { memoryPair } from "#feed/bridge/transports.ts";
import { connectBridge } from "#feed/contract/client.ts";
import { decodeFrame, neverOffset } from "#feed/contract/frame.ts";
import { startFeed } from "#feed/service.ts";
import { classIndex, metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, freshnessOf } from "#twins/model/quality.ts";
import { benchConfig } from "./ingest-config.ts";
import { racks, type Seen } from "./outage-measure.ts";

/**
 * The product of an outage run, a process of its own: the real feed, and a client on its bridge that sees what a window
 * sees. Prints a line for each status and for each frame in which the freshness of a point changed.
 */
const [url] = process.argv.slice(2);
if (!url) throw new Error("bench/outages.ts starts this");

const say = (seen: Seen): void => console.log(JSON.stringify(seen));
const feed = startFeed(
  { ...benchConfig(url), racks: 1000 },
  {
    log: (line) => {
      console.error(line);
      if (line.startsWith("ingest worker")) say({ t: "crash", atMs: Date.now() });
    },
    onStatus: ({ source, points, metadata, faults }) => {
      const { state, protocol, reconnects, error } = source;
      const { fresh, late, stale } = points;
      say({
        t: "status",
        atMs: Date.now(),
        state,
        protocol,
        reconnects,
        error: error && `${error.code}: ${error.detail}`,
        metadata: metadata.received,
        unmapped: metadata.unmapped,
        faults: faults.total,
        fresh,
        late,
        stale,
      });
    },
  },
);
const bridge = connectBridge({
  capabilities: { shell: "web", windows: false, fileDialogs: false },
  open: async () => {
    const [near, far] = memoryPair();
    feed.connect(far);
    return near;
  },
});

const power = metricIndex("rack", "power");
const freshness = new Uint8Array(racks);
const sampleMs = new Float64Array(racks);
let samples = 0;

const stream = bridge.openStream({ kind: "display", classes: ["rack"] }, (bytes, offset) => {
  const atMs = Date.now();
  const frame = decodeFrame(bytes, offset);
  const ages: Record<number, number[]> = {};
  let slowestMs = 0;
  for (const column of frame.classIndex === classIndex("rack") ? frame.columns : []) {
    if (column.metric !== power) continue;
    for (let i = 0; i < column.count; i++) {
      const row = column.rows ? column.rows[i]! : column.firstRow + i;
      if (row >= racks || column.sampleOffsetMs[i] === neverOffset) continue;
      const sample = frame.timeMs + column.sampleOffsetMs[i]!;
      // The offset is whole milliseconds from a frame time that is not: the same sample again differs by less than two.
      if (Math.abs(sample - sampleMs[row]!) > 2) {
        samples++;
        slowestMs = Math.max(slowestMs, atMs - sample);
      }
      sampleMs[row] = sample;
      const now = freshnessOf(column.status[i]!);
      if (now === freshness[row]) continue;
      freshness[row] = now;
      ages[now] ??= [];
      ages[now].push(atMs - sample);
    }
  }
  const counts = { fresh: 0, late: 0, stale: 0 };
  for (const each of freshness) {
    if (each === Freshness.fresh) counts.fresh++;
    else if (each === Freshness.late) counts.late++;
    else if (each === Freshness.stale) counts.stale++;
  }
  say({
    t: "frame",
    atMs,
    samples,
    slowestMs,
    ...counts,
    lateAgesMs: ages[Freshness.late] ?? [],
    staleAgesMs: ages[Freshness.stale] ?? [],
  });
  stream.credit(1);
});
stream.credit(8);
process.on("SIGTERM", () => {
  bridge.close();
  void feed.close().then(() => process.exit(0));
});

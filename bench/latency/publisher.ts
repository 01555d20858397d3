import mqtt from "mqtt";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { encodeBulk } from "#feed/wire/bulk.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";

/**
 * A plant beside the broker, a process of its own: the power of the first racks once a second by a message each, spread
 * over the second, each with the time at which it is handed to the socket; and inlet temperatures of all racks in bulk
 * frames. Prints once a second how many messages it has sent.
 */
const [url, racksText, messagesText] = process.argv.slice(2);
if (!(url && racksText && messagesText)) throw new Error("bench/latency.ts starts this");
const racks = Number(racksText);
const messages = Number(messagesText);
const batchMs = 10;
const bulkParts = 10;

const twin = loadTwin(await readTwinDirectory(null), { racks });
const table = twin.table("rack");
const client = await mqtt.connectAsync(url, { protocolVersion: 5 });
for (let row = 0; row < messages; row++) {
  const rackLocationId = table.idOf(row);
  const metadata = JSON.stringify({ rackLocationId, engUnit: "kW" });
  client.publish(`BMS/v1/PUB/Metadata/Rack/RackPower/bench/${rackLocationId}`, metadata, { retain: true });
}
await client.publishAsync("bench/fence", "", { qos: 1 });

let sent = 0;
const publish = (): void => {
  const row = sent++ % messages;
  const value = Math.round((2 + (sent % 997) / 50) * 100) / 100;
  const topic = `BMS/v1/PUB/Value/Rack/RackPower/bench/${table.idOf(row)}`;
  client.publish(topic, JSON.stringify({ value, timestamp: Date.now(), quality: 1 }));
};

const inlet = metricIndex("rack", "inletTemperature");
const rowCount = Math.floor(racks / bulkParts);
let frames = 0;
const publishBulk = (): void => {
  const part = frames % bulkParts;
  const values = Float32Array.from({ length: rowCount }, (_, row) => 20 + ((row + frames) % 50) / 10);
  const frame = encodeBulk({
    sequence: Math.floor(frames++ / bulkParts),
    layout: twin.epoch,
    timeMs: Date.now(),
    firstRow: part * rowCount,
    rowCount,
    columns: [{ metric: inlet, values, quality: null }],
  });
  client.publish(`HT/v1/PUB/Bulk/bench/rack/p${part}`, Buffer.from(frame.buffer));
};

// What is due by now, whatever the timers did: the rate is that of the clock.
const startMs = performance.now();
setInterval(() => {
  const passedS = (performance.now() - startMs) / 1000;
  while (sent < passedS * messages) publish();
  while (frames < passedS * bulkParts) publishBulk();
}, batchMs);
setInterval(() => console.log(JSON.stringify({ sent })), 1000);

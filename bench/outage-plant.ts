import mqtt from "mqtt";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { expectedPeriodMs, racks } from "./outage-measure.ts";

/**
 * The publisher of an outage run, a process of its own beside the broker: values of 200 racks twice in the period that
 * it declares. It comes back to its broker by itself, and says once a second how many values it has made.
 */
const [url, announces] = process.argv.slice(2);
if (!url) throw new Error("bench/outages.ts starts this");

const twin = await smallCampus(1000);
const ids = Array.from({ length: racks }, (_, row) => twin.table("rack").idOf(row));
const client = mqtt.connect(url, {
  reconnectPeriod: 250,
  connectTimeout: 3000,
  keepalive: 5,
  queueQoSZero: false,
});

const announce = (): void => {
  const source = { id: "outage", origin: "measured", periodMs: expectedPeriodMs, heartbeatMs: 10_000 };
  client.publish("HT/v1/PUB/Source/outage", JSON.stringify(source), { retain: true });
  for (const id of ids)
    client.publish(
      `BMS/v1/PUB/Metadata/Rack/RackPower/outage/${id}`,
      JSON.stringify({ rackLocationId: id, engUnit: "kW" }),
      { retain: true },
    );
};

let hasAnnounced = false;
client.on("connect", () => {
  if (!hasAnnounced || announces === "always") announce();
  hasAnnounced = true;
});
client.on("error", () => {});

let made = 0;
const publishRound = (): void => {
  for (const id of ids) {
    made++;
    const value = 1 + (made % 800) / 100;
    const message = JSON.stringify({ value, timestamp: Date.now(), quality: 1 });
    if (client.connected) client.publish(`BMS/v1/PUB/Value/Rack/RackPower/outage/${id}`, message);
  }
  console.log(JSON.stringify({ atMs: Date.now(), made }));
};
const beat = (): void => {
  const now = Date.now();
  const message = JSON.stringify({ value: now, timestamp: now, quality: 1 });
  if (client.connected) client.publish("BMS/v1/PUB/Value/System/HeartbeatTimestampBms/outage/x", message);
};
setInterval(publishRound, expectedPeriodMs / 2);
setInterval(beat, 10_000);

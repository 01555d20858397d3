import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { covers } from "#feed/sources/topic-filter.ts";
import { wireFilters } from "#feed/sources/wire-filters.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { type ClientLog, readBrokerLog } from "./support/broker-log.ts";
import { occupiedRacks } from "./support/campus.ts";
import { type Gate, openGate } from "./support/gate.ts";
import { type Product, startProduct } from "./support/product.ts";
import { openStation, type Station } from "./support/station.ts";
import { until } from "./support/until.ts";

/**
 * Reading only, as the broker saw it: the product as `npm start` runs it, through as many broken connections as a bad
 * week has, each with everything that a connection does: declarations, the sweep of kept metadata, values, heartbeats.
 */
const cuts = 10;
const kept = 1500;
const narrow = ["BMS/v1/PUB/+/Rack/#", "HT/v1/PUB/Source/#"];
/** All that is subscribed to without `--filters` (docs/WIRE.md §5). */
const { declarations, metadata, values, wide } = wireFilters({ wire: "auto", filters: null });
const documented = [...declarations, ...metadata, ...values, ...(wide ?? [])];

let broker: Broker;
let station: Station;
let rack: string;
let gates: readonly Gate[];
let products: readonly Product[];

beforeAll(async () => {
  broker = await startBroker({ lines: ["allow_anonymous true", "log_type all"] });
  station = await openStation(broker.url, { id: "journey", periodMs: 5000 });
  await station.declare();
  const racks = await occupiedRacks(kept);
  await Promise.all(racks.map((rack) => station.describe(rack, "power")));
  [rack = ""] = racks;
  await station.value(rack, "power", 6, { retain: true });
  gates = await Promise.all([openGate(broker.port), openGate(broker.port)]);
  const [open, narrowed] = gates.map(({ url }) => ["--mqtt", url]);
  products = await Promise.all([
    startProduct(open),
    startProduct([...narrowed!, "--filters", narrow.join(",")]),
  ]);
});

afterAll(async () => {
  for (const product of products ?? []) await product.stop();
  for (const gate of gates ?? []) await gate.close();
  await station?.close();
  await broker?.stop();
});

const clientsIn = (log: string): readonly ClientLog[] =>
  readBrokerLog(log, (id) => id.startsWith("horinger-twin-"));

/** Everything in the log that a reader has no business to do. */
const breaches = (clients: readonly ClientLog[], allowed: readonly string[]): readonly string[] =>
  clients.flatMap(({ id, packets, subscribed, published }) => [
    ...[...packets.keys()]
      .filter((packet) => !/^(CONNECT|SUBSCRIBE|UNSUBSCRIBE|PINGREQ|DISCONNECT)$/.test(packet))
      .map((packet) => `${id}: ${packet}`),
    ...published,
    ...subscribed
      .filter((filter) => !allowed.some((limit) => covers(limit, filter)))
      .map((filter) => `${id}: SUBSCRIBE ${filter}`),
  ]);

/** The widest filters come last. */
const isSettled = ({ subscribed }: ClientLog): boolean =>
  subscribed.includes("#") || subscribed.includes(narrow[0]!);

describe("the broker's log", () => {
  test(`has ${cuts} broken connections of each product, and a broker that was killed`, async () => {
    for (let cut = 1; cut <= cuts; cut++) {
      const before = clientsIn(broker.log()).length;
      await station.value(rack, "power", 5 + cut / 4);
      if (cut === cuts / 2) {
        await broker.kill();
        await broker.restart();
      } else for (const gate of gates) gate.cut();
      await until("both are back, and have subscribed to all they want", async () => {
        const clients = clientsIn(broker.log());
        return clients.length >= before + 2 && clients.slice(before).filter(isSettled).length >= 2;
      });
    }
    const clients = clientsIn(broker.log());
    expect(clients.length).toBeGreaterThan(2 * cuts);
  });

  test("has no PUBLISH of ours, and no SUBSCRIBE beyond the filters documented or given", () => {
    const clients = clientsIn(broker.log());
    const packets = clients.reduce(
      (sum, client) => sum + [...client.packets.values()].reduce((a, b) => a + b, 0),
      0,
    );
    const filters = clients.reduce((sum, { subscribed }) => sum + subscribed.length, 0);
    console.log(`${clients.length} connections, ${packets} packets, ${filters} filters subscribed to`);
    expect(breaches(clients, documented)).toEqual([]);
    const narrowed = clients.filter(({ subscribed }) => subscribed.includes(narrow[0]!));
    expect(narrowed.length).toBeGreaterThan(cuts);
    expect(breaches(narrowed, narrow)).toEqual([]);
  });

  test("would show it: one message, one filter too many", async () => {
    const guest = await connectAsync(broker.url, { clientId: "horinger-twin-counterproof" });
    await guest.publishAsync("BMS/v1/PUB/Value/Rack/RackPower/journey/x", "1");
    await guest.subscribeAsync("$SYS/#");
    await guest.endAsync();
    const found = await until("the broker wrote it down", async () => {
      const guests = readBrokerLog(broker.log(), (id) => id === "horinger-twin-counterproof");
      return guests[0]?.subscribed.length === 1 && breaches(guests, documented);
    });
    expect(found).toEqual([
      "horinger-twin-counterproof: PUBLISH",
      expect.stringContaining("Received PUBLISH"),
      "horinger-twin-counterproof: SUBSCRIBE $SYS/#",
    ]);
  });

  test("shows the one message of a product that is allowed to publish", async () => {
    const before = new Set(clientsIn(broker.log()).map(({ id }) => id));
    const starting = startProduct(["--mqtt", broker.url, "--allow-publish"]);
    const found = await until("its state is published", async () => {
      const later = clientsIn(broker.log()).filter(({ id }) => !before.has(id));
      const said = breaches(later, documented);
      return said.length > 0 && said;
    });
    await station.value(rack, "power", 9);
    products = [...products, await starting];
    expect(found).toEqual([
      expect.stringMatching(/^horinger-twin-\w+: PUBLISH$/),
      expect.stringContaining("'spBv1.0/STATE/"),
    ]);
  });
});

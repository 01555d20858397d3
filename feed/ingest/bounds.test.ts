import { beforeEach, expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { Bed } from "#feed/wire/fuzz/bed.ts";

/** What `npm run bench -- flood` measures with a million topics, here at each bound alone. */
const twin = await smallCampus(500);
const rack = twin.table("rack").idOf(3);
let bed: Bed;

beforeEach(() => {
  bed = new Bed(twin);
});

const send = (topic: string, payload: unknown): void =>
  bed.send({ topic, payload: Buffer.from(JSON.stringify(payload)), retained: false });

const faults = (): Record<string, number> => ({ ...bed.context.faults.byCode() });

test("a topic of more than 1,024 characters is of no wire: counted, and listed by its beginning", () => {
  send(`BMS/v1/PUB/Metadata/Rack/RackPower/${"x".repeat(60_000)}`, { rackLocationId: rack, engUnit: "kW" });
  expect(faults()).toEqual({ "topic-unknown": 1 });
  expect(bed.context.bindings.size).toBe(0);
  const [listed] = bed.context.unmapped.list(1, "");
  expect(listed!.topic).toHaveLength(512);
});

test("ids and reasons of any length are kept by their beginning", () => {
  const objectId = "x".repeat(3_000_000);
  send("BMS/v1/PUB/Metadata/Rack/RackPower/gw/1", { objectId, engUnit: "kW" });
  const [listed] = bed.context.unmapped.list(1, "");
  expect(listed!.reason.length).toBeLessThanOrEqual(512);
  const [record] = bed.context.faults.list(() => ({ asset: null, metric: null }), 1);
  expect(record!.example.detail.length).toBeLessThanOrEqual(512);
});

test("publishers past the limit are counted with every message of theirs", () => {
  const { publishers } = bed.context.store;
  while (publishers.of(`p${publishers.all.length}`).index !== 0);
  send("HT/v1/PUB/Source/one-more", { id: "one-more", origin: "trace" });
  const time = bed.nowMs;
  const beat = { value: time, timestamp: time, quality: 1 };
  send("BMS/v1/ANOTHER/Value/System/HeartbeatTimestampBms/x", beat);
  expect(faults()).toEqual({ bounds: 2 });
  expect(bed.context.counters.drops.get("bounds")).toBe(2);
});

test("an id longer than a status can carry is nobody's", () => {
  const id = "p".repeat(300);
  send(`HT/v1/PUB/Source/${id}`, { id, origin: "measured" });
  expect(bed.context.store.publishers.all).toHaveLength(1);
  expect(faults()).toEqual({ bounds: 1 });
});

test("far more topics than points: the rest is refused, listed and counted; those that are bound go on", () => {
  const metadata = { rackLocationId: rack, engUnit: "kW" };
  const limit =
    100_000 + 2 * bed.context.store.tables.all.reduce((sum, { status }) => sum + status.length, 0);
  for (let i = 0; i < limit + 10; i++) send(`BMS/v1/PUB/Metadata/Rack/RackPower/gw/${i}`, metadata);
  expect(bed.context.bindings.size).toBe(limit);
  expect(faults()).toEqual({ bounds: 10 });
  expect(bed.context.unmapped.total).toBe(10);
  send("BMS/v1/PUB/Value/Rack/RackPower/gw/7", { value: 5, timestamp: bed.nowMs, quality: 1 });
  expect(bed.context.counters.points).toBe(1);
}, 60_000);

test("rows of bulk layouts are bounded over all publishers; a layout that is replaced makes room", () => {
  const layout = (rows: number) => ({ layout: 7, ids: new Array<number>(rows).fill(0), metrics: ["power"] });
  for (let i = 0; i < 3; i++) send(`HT/v1/PUB/BulkLayout/b${i}/rack`, layout(1_300_000));
  expect(faults()).not.toHaveProperty("bounds");
  send("HT/v1/PUB/BulkLayout/b3/rack", layout(200_000));
  expect(faults()).toMatchObject({ bounds: 1 });
  send("HT/v1/PUB/BulkLayout/b0/rack", layout(3));
  send("HT/v1/PUB/BulkLayout/b3/rack", layout(200_000));
  expect(faults()).toMatchObject({ bounds: 1 });
});

test.each(["a/b", "+", "#", "x".repeat(129)])(
  "an integration that is no level of a topic is refused",
  (integration) => {
    send("BMS/v1/PUB/Metadata/Rack/RackPower/gw/1", { rackLocationId: rack, engUnit: "kW", integration });
    expect(faults()).toEqual({ "metadata-invalid": 1 });
    expect(bed.context.bindings.size).toBe(0);
  },
);

test("rows of a layout that are no asset here are listed, once for each layout", () => {
  const topic = "HT/v1/PUB/BulkLayout/b/rack";
  send(topic, { layout: 7, ids: [rack, "nobody", "no one"], metrics: ["power"] });
  send(topic, { layout: 7, ids: [rack, "nobody", "no one"], metrics: ["power"] });
  expect(faults()).toEqual({ "point-unmapped": 1 });
  expect(bed.context.unmapped.list(1, "")).toMatchObject([{ topic, count: 2 }]);
  send(topic, { layout: 8, ids: [rack], metrics: ["power"] });
  expect(bed.context.unmapped.total).toBe(0);
});

import { beforeEach, expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { encodeBulk } from "#feed/wire/bulk.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, freshnessOf, Origin, originOf, Quality, qualityOf } from "#twins/model/quality.ts";
import { contextOf } from "./context.fixture.ts";
import type { IntakeContext } from "./context.ts";
import { createRouter, type Router } from "./router.ts";

const twin = await smallCampus();
const now = Date.UTC(2026, 10, 23, 12);
const rack = twin.table("rack").idOf(7);
const valueTopic = `BMS/v1/PUB/Value/Rack/RackPower/bms/${rack}`;
const metadataTopic = `BMS/v1/PUB/Metadata/Rack/RackPower/bms/${rack}`;
const metadata = { rackLocationId: rack, engUnit: "kW" };

let context: IntakeContext;
let router: Router;

beforeEach(() => {
  context = contextOf(twin, () => now);
  router = createRouter(context, { isPlant: false, filler: false, wires: new Set() });
  router.metadataComplete();
});

const send = (topic: string, payload: unknown, retained = false): void => {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  router.message({ topic, payload: Buffer.from(text), retained, receivedMs: now });
};

const reading = (value: unknown, timestamp = now): unknown => ({ value, timestamp, quality: 1 });
const faults = (): Record<string, number> => ({ ...context.faults.byCode() });

const shown = (metric = "power", row = 7) => {
  const table = context.store.tables.of("rack");
  const cell = row * table.columns + metricIndex("rack", metric);
  const status = table.status[cell]!;
  return { value: table.value[cell]!, quality: qualityOf(status), origin: originOf(status), status };
};

test("metadata binds a topic to a point, and converts its unit", () => {
  send(metadataTopic, { ...metadata, engUnit: "W" });
  send(valueTopic, reading(12_500));
  expect(shown()).toMatchObject({ value: 12.5, quality: Quality.good, origin: Origin.measured });
  expect(faults()).toEqual({});
});

test("a unit that does not convert is refused and listed, and its values are not guessed", () => {
  send(metadataTopic, { ...metadata, engUnit: "kVA" });
  send(valueTopic, reading(12));
  expect(faults()).toEqual({ "unit-conflict": 1 });
  expect(context.unmapped.list(10, "rackpower")).toMatchObject([{ topic: valueTopic, count: 2 }]);
  expect(shown().value).toBeNaN();
});

test("changed metadata binds anew", () => {
  send(metadataTopic, metadata);
  send(metadataTopic, { ...metadata, engUnit: "W" });
  send(valueTopic, reading(3000));
  expect(shown().value).toBe(3);
  expect(context.bindings.size).toBe(1);
});

test("a value before its metadata is held, counted, and applied when the metadata comes", () => {
  const topic = "BMS/v1/PUB/Value/Rack/RackPower/bms/TAG-0815";
  send(topic, reading(4));
  send(topic, reading(5, now + 1));
  expect(faults()).toEqual({ "metadata-missing": 2 });
  send("BMS/v1/PUB/Metadata/Rack/RackPower/bms/TAG-0815", metadata);
  expect(shown().value).toBe(5);
});

test("without metadata a value counts only where the tag path is the asset and the unit is fixed", () => {
  send(valueTopic, reading(6));
  expect(shown().value).toBe(6);
  expect(faults()).toEqual({ "metadata-missing": 1 });
  send(`BMS/v1/PUB/Value/Rack/NoSuchPoint/bms/${rack}`, reading(1));
  send("BMS/v1/PUB/Value/PowerMeter/ActivePower/bms/site/m-grid", reading(1));
  expect(context.bindings.size).toBe(1);
});

test("values that come while kept metadata is still on its way are not a fault", () => {
  router = createRouter(context, { isPlant: false, filler: false, wires: new Set() });
  send(valueTopic, reading(6));
  expect(faults()).toEqual({});
  send(metadataTopic, metadata, true);
  router.metadataComplete();
  expect(shown().value).toBe(6);
  expect(faults()).toEqual({});
});

test.each([
  ["no JSON", '{"value": 1', "payload-malformed"],
  ["a string", { value: "7", timestamp: now, quality: 1 }, "value-type"],
  ["null", reading(null), "value-null"],
  ["NaN", `{"value":NaN,"timestamp":${now},"quality":1}`, "value-not-finite"],
  ["bad quality", { value: 7, timestamp: now + 1, quality: 0 }, "quality-bad"],
  ["1970", reading(7, 0), "time-past"],
  ["next year", reading(7, now + 365 * 864e5), "time-future"],
  ["the same again", reading(12), "duplicate"],
  ["an older one", reading(11, now - 5000), "out-of-order"],
  ["an impossible one", reading(1e12, now + 1), "value-range"],
  ["10 MB", `{"value":7,"pad":"${"x".repeat(10_000_000)}"}`, "payload-too-large"],
])("%s is counted with an example, and the value stays", (_name, payload, code) => {
  send(metadataTopic, metadata);
  send(valueTopic, reading(12));
  send(valueTopic, payload);
  expect(faults()).toEqual({ [code]: 1 });
  const [record] = context.faults.list(() => ({ asset: rack, metric: "power" }), 10);
  expect(record).toMatchObject({ code, count: 1, points: [{ topic: valueTopic, asset: rack, count: 1 }] });
  expect(record!.example.payload.length).toBeGreaterThan(0);
  expect(record!.example.payload.length).toBeLessThanOrEqual(200);
  if (code !== "quality-bad") expect(shown().value).toBe(12);
});

test("what a broker kept and hands out again is no fault", () => {
  send(metadataTopic, metadata);
  send(valueTopic, reading(12), true);
  send(valueTopic, reading(12), true);
  send(valueTopic, reading(11, now - 5), true);
  expect(faults()).toEqual({});
});

test("unknown topics are counted and listed", () => {
  send("foo/bar", "roses");
  expect(faults()).toEqual({ "topic-unknown": 1 });
  expect(context.unmapped.list(10, "foo")).toHaveLength(1);
});

test("a publisher that declares itself late takes its values with it: nothing simulated stays measured", () => {
  const topic = `BMS/v1/PUB/Value/Rack/RackPower/sim/${rack}`;
  send(topic, reading(5));
  expect(shown().origin).toBe(Origin.measured);
  send("HT/v1/PUB/Source/sim", { id: "sim", origin: "simulated", periodMs: 5000 });
  expect(shown().origin).toBe(Origin.simulated);
  send("HT/v1/PUB/Source/sim", { id: "other", origin: "measured" });
  expect(faults()).toMatchObject({ "metadata-invalid": 1 });
  send(topic, reading(6, now + 1));
  expect(shown()).toMatchObject({ value: 6, origin: Origin.simulated });
});

test("of our own plant everything is simulated before it said anything", () => {
  router = createRouter(context, { isPlant: true, filler: false, wires: new Set() });
  router.metadataComplete();
  send(`BMS/v1/PUB/Value/Rack/RackPower/ht-plant/${rack}`, reading(5));
  expect(shown().origin).toBe(Origin.simulated);
});

test("the last sample is never later than its receipt, whatever the publisher's clock says", () => {
  send(metadataTopic, metadata);
  send(valueTopic, reading(3, now - 5_000));
  expect(context.counters.lastSampleMs).toBe(now - 5_000);
  send(valueTopic, reading(4, now + 2_000));
  expect(shown().value).toBe(4);
  expect(context.counters.lastSampleMs).toBe(now);
  sendBulk(bulk({ timeMs: now + 3_000 }));
  expect(context.counters.lastSampleMs).toBe(now);
});

test("heartbeats give the skew of the publisher they belong to", () => {
  send("HT/v1/PUB/Source/plant-2", { id: "plant-2", origin: "measured", heartbeatMs: 10_000 });
  send("BMS/v1/PUB/Value/System/HeartbeatTimestampBms/plant-2/bms", reading(now - 90_000));
  expect(context.store.publishers.find("plant-2")).toMatchObject({ skewMs: -90_000, lastHeartbeatMs: now });
});

test("a heartbeat in seconds shows life, and does not push all its publisher's values into the future", () => {
  send("HT/v1/PUB/Source/plant-2", { id: "plant-2", origin: "measured", heartbeatMs: 10_000 });
  send("BMS/v1/PUB/Value/System/HeartbeatTimestampBms/plant-2/bms", reading(now / 1000));
  expect(context.store.publishers.find("plant-2")).toMatchObject({ skewMs: null, lastHeartbeatMs: now });
  expect(faults()).toEqual({ "time-past": 1 });
});

test("a kept value without a time is counted and not shown: nobody knows how old it is", () => {
  send(metadataTopic, metadata);
  send(valueTopic, { value: 12, quality: 1 }, true);
  expect(freshnessOf(shown().status)).toBe(Freshness.never);
  expect(faults()).toEqual({ "time-missing": 1 });
  send(valueTopic, { value: 12, quality: 1 });
  expect(shown()).toMatchObject({ value: 12, quality: Quality.uncertain });
});

test("publishers past the limit share a place, and say nothing for each other", () => {
  const { publishers } = context.store;
  while (publishers.of(`p${publishers.all.length}`).index !== 0);
  send("HT/v1/PUB/Source/one-more", { id: "one-more", origin: "trace", heartbeatMs: 10_000, periodMs: 1 });
  expect(publishers.all[0]).toMatchObject({ origin: Origin.measured, periodMs: null, heartbeats: false });
});

const bulk = (fields: Partial<Parameters<typeof encodeBulk>[0]> = {}): Buffer => {
  const bytes = encodeBulk({
    sequence: 1,
    layout: twin.epoch,
    timeMs: now,
    firstRow: 5,
    rowCount: 3,
    columns: [
      { metric: metricIndex("rack", "power"), values: Float32Array.of(1, 2, Number.NaN), quality: null },
    ],
    ...fields,
  });
  return Buffer.from(bytes.buffer);
};

const sendBulk = (payload: Buffer): void =>
  router.message({ topic: "HT/v1/PUB/Bulk/b/rack/p0", payload, retained: false, receivedMs: now });

test("bulk frames fill rows; NaN is a bad reading", () => {
  sendBulk(bulk());
  expect([shown("power", 5).value, shown("power", 6).value]).toEqual([1, 2]);
  expect(shown("power", 7)).toMatchObject({ quality: Quality.bad });
  expect(freshnessOf(shown("power", 5).status)).toBe(Freshness.fresh);
  expect(context.counters.points).toBe(2);
});

test("metadata that changes to something that fits nothing ends the old binding: its values are not guessed", () => {
  send(metadataTopic, metadata);
  send(valueTopic, reading(12));
  send(metadataTopic, { ...metadata, engUnit: "kVA" });
  send(valueTopic, reading(13, now + 1));
  expect(shown().value).toBe(12);
  expect(context.bindings.bound).toBe(0);
  send(metadataTopic, { ...metadata, engUnit: "W" });
  send(valueTopic, reading(14_000, now + 2));
  expect(shown().value).toBe(14);
  expect(context.bindings).toMatchObject({ bound: 1, size: 1 });
  expect(context.unmapped.total).toBe(0);
});

test("a topic that moves to another asset no longer counts as where the first one's value comes from", () => {
  send(metadataTopic, metadata);
  send(valueTopic, reading(12));
  const table = context.store.tables.of("rack");
  const cell = 7 * table.columns + metricIndex("rack", "power");
  expect(table.binding[cell]).toBe(0);
  send(metadataTopic, { ...metadata, rackLocationId: twin.table("rack").idOf(8) });
  expect(table.binding[cell]).toBe(-1);
});

test("an infinite or impossible number in a bulk frame is no number, as on every other wire", () => {
  sendBulk(bulk());
  const values = Float32Array.of(Number.POSITIVE_INFINITY, 1e9, 3);
  const columns = [{ metric: metricIndex("rack", "power"), values, quality: null }];
  sendBulk(bulk({ sequence: 2, columns }));
  expect(shown("power", 5)).toMatchObject({ value: 1, quality: Quality.bad });
  expect(shown("power", 6)).toMatchObject({ value: 2, quality: Quality.bad });
  expect(shown("power", 7)).toMatchObject({ value: 3, quality: Quality.good });
  expect(faults()).toMatchObject({ "value-range": 1 });
});

test("an old bulk frame, kept by the broker, is never fresh", () => {
  sendBulk(bulk({ timeMs: now - 3_600_000 }));
  expect(freshnessOf(shown("power", 5).status)).toBe(Freshness.stale);
});

test("a bulk layout maps the publisher's rows and metrics to ours", () => {
  const ids = [twin.table("rack").idOf(20), "nobody", twin.table("rack").idOf(3)];
  send("HT/v1/PUB/BulkLayout/b/rack", { layout: 42, ids, metrics: ["inletTemperature"] });
  const columns = [{ metric: 0, values: Float32Array.of(21, 22, 23), quality: null }];
  sendBulk(bulk({ layout: 42, firstRow: 0, columns }));
  expect(shown("inletTemperature", 20).value).toBe(21);
  expect(shown("inletTemperature", 3).value).toBe(23);
  expect(context.counters.points).toBe(2);
});

test("bulk frames that are torn, lost, late or foreign are counted", () => {
  sendBulk(bulk());
  sendBulk(bulk({ sequence: 4, timeMs: now + 1 }));
  sendBulk(bulk({ sequence: 5, timeMs: now - 1 }));
  sendBulk(bulk({ sequence: 6, layout: 99 }));
  sendBulk(bulk({ sequence: 7, firstRow: 1e6 }));
  sendBulk(bulk().subarray(0, 40));
  expect(faults()).toMatchObject({
    "sequence-gap": 1,
    "out-of-order": 1,
    "metadata-missing": 1,
    "payload-malformed": 2,
  });
  expect(context.counters.drops.get("sequence-gap")).toBe(2);
});

test("a column that the engine computes is refused", () => {
  const columns = [{ metric: 0, values: Float32Array.of(1), quality: null }];
  const payload = bulk({ firstRow: 0, rowCount: 1, columns });
  router.message({ topic: "HT/v1/PUB/Bulk/b/room/p0", payload, retained: false, receivedMs: now });
  expect(faults()).toEqual({ "derived-refused": 1 });
});

test("bulk frames go on after a clock was set back by an hour", () => {
  sendBulk(bulk());
  const timeMs = now - 3_600_000;
  const columns = [{ metric: metricIndex("rack", "power"), values: Float32Array.of(7, 8, 9), quality: null }];
  const payload = bulk({ sequence: 2, timeMs, columns });
  router.message({ topic: "HT/v1/PUB/Bulk/b/rack/p0", payload, retained: false, receivedMs: timeMs });
  expect(shown("power", 5).value).toBe(7);
  expect(faults()).not.toHaveProperty("out-of-order");
});

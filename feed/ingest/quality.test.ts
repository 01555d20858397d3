import { beforeEach, expect, test } from "vitest";
import type { PointQuality } from "#feed/contract/bridge.ts";
import { faultCodes } from "#feed/contract/status.ts";
import { Bindings } from "#feed/tables/bindings.ts";
import { smallCampus, storeOf } from "#feed/tables/campus.fixture.ts";
import { createFaults } from "#feed/tables/faults.ts";
import { harm } from "#feed/tables/harm.ts";
import { createScenarios } from "#feed/tables/scenarios.ts";
import { sweep } from "#feed/tables/sweep.ts";
import { encodeBulk } from "#feed/wire/bulk.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { createCounters, type IntakeContext } from "./context.ts";
import { joinFaults } from "./point-faults.ts";
import { listQuality } from "./quality.ts";
import { createRouter, type Router } from "./router.ts";
import { feedStatus } from "./status.ts";
import { createUnmapped } from "./unmapped.ts";

const twin = await smallCampus();
const start = Date.UTC(2026, 10, 23, 12);
const second = 1000;
const racks = twin.table("rack");
const rack = racks.idOf(7);
const valueTopic = `BMS/v1/PUB/Value/Rack/RackPower/bms/${rack}`;
const metadataTopic = `BMS/v1/PUB/Metadata/Rack/RackPower/bms/${rack}`;
const meter = twin.table("meter").idOf(0);
const meterTopic = `HT/v1/PUB/Value/PowerMeter/ActiveEnergy/bms/${meter}`;

let now: number;
let context: IntakeContext;
let router: Router;

beforeEach(() => {
  now = start;
  const clock = { nowMs: () => now, follow: () => 0 };
  context = {
    twin,
    store: storeOf(twin),
    bindings: new Bindings(),
    faults: createFaults(clock.nowMs),
    unmapped: createUnmapped(),
    clock,
    counters: createCounters(),
    scenarios: createScenarios(),
  };
  joinFaults(context);
  router = createRouter(context, { isPlant: false, filler: false, wires: new Set() });
  router.connection(true);
  router.metadataComplete();
});

const send = (topic: string, payload: unknown, retained = false): void => {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  router.message({ topic, payload: Buffer.from(text), retained, receivedMs: now });
};
const reading = (value: unknown, timestamp = now): unknown => ({ value, timestamp, quality: 1 });

/** Time passes, swept every second as in the feed. */
const wait = (seconds: number): void => {
  for (let s = 0; s < seconds; s++) {
    now += second;
    sweep(context.store, now);
  }
};

const pointOf = (asset: string, metric: string): PointQuality | undefined =>
  listQuality(context, { asset }).points.find((point) => point.metric === metric);
const countsOf = (asset = rack, metric = "power") =>
  Object.fromEntries(pointOf(asset, metric)?.faults.map(({ code, count }) => [code, count]) ?? []);

const describe = (engUnit = "kW"): void => send(metadataTopic, { rackLocationId: rack, engUnit });

test.each([
  ["payload-malformed", () => send(valueTopic, '{"value": 1')],
  ["payload-too-large", () => send(valueTopic, `{"value":7,"pad":"${"x".repeat(5_000_000)}"}`)],
  ["value-type", () => send(valueTopic, { value: "7", timestamp: now, quality: 1 })],
  ["value-not-finite", () => send(valueTopic, `{"value":NaN,"timestamp":${now},"quality":1}`)],
  ["value-null", () => send(valueTopic, reading(null))],
  ["value-range", () => send(valueTopic, reading(1e9, now + 1))],
  ["time-missing", () => send(valueTopic, { value: 8, quality: 1 })],
  ["time-past", () => send(valueTopic, reading(7, 0))],
  ["time-future", () => send(valueTopic, reading(7, now + 3_600_000))],
  ["duplicate", () => send(valueTopic, reading(12, start))],
  ["out-of-order", () => send(valueTopic, reading(11, start - 5000))],
  ["quality-bad", () => send(valueTopic, { value: 7, timestamp: now + 1, quality: 0 })],
  ["unit-conflict", () => describe("W")],
  ["unit-conflict", () => describe("kVA")],
  [
    "gap",
    () => {
      wait(151);
      send(valueTopic, reading(13));
    },
  ],
] as const)("%s is counted for its point, and for no other", (code, misbehave) => {
  describe();
  send(valueTopic, reading(12, start));
  expect(countsOf()).toEqual({});
  misbehave();
  expect(countsOf()).toEqual({ [code]: 1 });
  const list = listQuality(context, {});
  expect(list).toMatchObject({ total: 1, faultsPerMinute: 1, beyond: 0 });
  expect(list.points).toMatchObject([{ asset: rack, className: "rack", row: 7, metric: "power" }]);
  expect(context.faults.byCode()).toEqual({ [code]: 1 });
});

test("a register's wrap and reset are counted for its point, and tell from where to where", () => {
  send(`HT/v1/PUB/Metadata/PowerMeter/ActiveEnergy/bms/${meter}`, { objectId: meter, engUnit: "kWh" });
  const isNet = twin.idOf({ className: "meter", row: 0 }).includes("grid");
  for (const value of [999_995, 3, 1]) {
    send(meterTopic, reading(value));
    wait(10);
  }
  expect(countsOf(meter, "energy")).toEqual(isNet ? {} : { "counter-wrap": 1, "counter-reset": 1 });
  if (!isNet) expect(context.faults.list(() => ({ asset: null, metric: null }), 9)).toHaveLength(2);
});

test("a sensor that stands still is counted as frozen, once", () => {
  const topic = `HT/v1/PUB/Value/Rack/RackAirInletTemperature/bms/${rack}`;
  send(`HT/v1/PUB/Metadata/Rack/RackAirInletTemperature/bms/${rack}`, {
    rackLocationId: rack,
    engUnit: "Cel",
  });
  for (let s = 0; s < 4200; s += 60) {
    send(topic, reading(21.3726));
    wait(60);
  }
  expect(countsOf(rack, "inletTemperature")).toEqual({ frozen: 1 });
  expect(context.faults.byCode()).toEqual({ frozen: 1 });
});

test("what a broker kept counts as nothing: no value received, no fault, no clock", () => {
  describe();
  send(valueTopic, reading(12, start - 3_600_000), true);
  send(valueTopic, reading(12, start - 3_600_000), true);
  expect(pointOf(rack, "power")).toMatchObject({ faults: [], received: 0, expected: 0 });
  send(valueTopic, reading(13));
  expect(pointOf(rack, "power")).toMatchObject({ faults: [], received: 1, expected: 1 });
  expect(context.store.ledger.skew.of(context.store.publishers.of("BMS").index)).toBe(0);
});

let sequence = 0;
const sendBulk = (values: readonly number[], fields: object = {}): void => {
  const columns = [
    { metric: metricIndex("rack", "power"), values: Float32Array.from(values), quality: null, ...fields },
  ];
  const frame = { sequence: sequence++, layout: twin.epoch, timeMs: now, firstRow: 5, rowCount: 3, columns };
  const payload = Buffer.from(encodeBulk({ ...frame, ...fields }).buffer);
  router.message({ topic: "HT/v1/PUB/Bulk/b/rack/p0", payload, retained: false, receivedMs: now });
};
const bulkCounts = () => [5, 6, 7].map((row) => countsOf(racks.idOf(row)));

test("every value of a bulk frame is counted for its own point", () => {
  sendBulk([1, 2, 3]);
  expect(bulkCounts()).toEqual([{}, {}, {}]);
  sendBulk([1, 4, 3]);
  expect(bulkCounts()).toEqual([{ duplicate: 1 }, {}, { duplicate: 1 }]);
  now += second;
  sendBulk([Number.NaN, 1e9, 3]);
  expect(bulkCounts()).toEqual([{ duplicate: 1, "value-null": 1 }, { "value-range": 1 }, { duplicate: 1 }]);
  sendBulk([1, 2, 3], { timeMs: now - 5000 });
  expect(bulkCounts()[2]).toEqual({ duplicate: 1, "out-of-order": 1 });
  wait(40);
  sendBulk([1, 2, 4]);
  const [fifth, , seventh] = bulkCounts();
  expect(fifth).toMatchObject({ gap: 1 });
  expect(seventh).toEqual({ duplicate: 1, "out-of-order": 1, gap: 1 });
  expect(pointOf(racks.idOf(7), "power")).toMatchObject({ received: 4, expected: 7, publisher: "b" });
  now += second;
  sendBulk([1, 2, 5], { quality: Uint8Array.of(3, 1, 3) });
  expect(bulkCounts()[1]).toMatchObject({ "quality-bad": 1 });
});

test("the worst comes first: a frozen sensor before ten duplicates, one long gap before a short one", () => {
  const { ledger } = context.store;
  const at = (row: number) => ({ table: context.store.tables.of("rack"), cell: row * 8 });
  for (let i = 0; i < 10; i++) ledger.count(at(1), "duplicate", now);
  ledger.count(at(2), "frozen", now);
  ledger.rows.addGap(ledger.pointOf(at(3)), now, { lengthMs: 60_000, missing: 5 });
  ledger.rows.addGap(ledger.pointOf(at(4)), now, { lengthMs: 600_000, missing: 59 });
  const { points, total } = listQuality(context, { limit: 3 });
  expect(points.map(({ row }) => row)).toEqual([2, 4, 3]);
  expect(points.map(({ score }) => score)).toEqual([100, 64, 10]);
  expect(total).toBe(4);
  expect(listQuality(context, { text: "frozen" })).toMatchObject({ total: 1, points: [{ row: 2 }] });
  expect(listQuality(context, { text: racks.idOf(3) }).points.map(({ row }) => row)).toContain(3);
});

test("a point that is silent is listed before it comes back, and the whole says how much has come", () => {
  describe();
  for (let i = 0; i < 4; i++) {
    send(valueTopic, reading(12 + i));
    wait(100);
  }
  wait(200);
  const list = listQuality(context, {});
  expect(list).toMatchObject({ total: 1, silent: 1, whole: { received: 4, expected: 7 } });
  expect(list.classes).toEqual([{ className: "rack", received: 4, expected: 7 }]);
  expect(list.points[0]).toMatchObject({
    asset: rack,
    faults: [{ code: "gap", count: 1 }],
    silentSinceMs: start + 300 * second,
    longestGapMs: 300 * second,
    received: 4,
    expected: 7,
  });
});

test("a lost broker makes no gaps; its publisher's clock is estimated where no heartbeat tells", () => {
  describe();
  send(valueTopic, reading(12, now - 90_000));
  router.connection(false);
  wait(600);
  expect(listQuality(context, {})).toMatchObject({ total: 0, silent: 0 });
  router.connection(true);
  router.metadataComplete();
  wait(20);
  send(valueTopic, reading(13, now - 90_000));
  expect(listQuality(context, {})).toMatchObject({ total: 0, whole: { received: 2, expected: 2 } });
  const source = {
    state: "live",
    address: "a",
    protocol: "5.0",
    wires: [],
    sinceMs: 0,
    reconnects: 0,
  } as const;
  const status = feedStatus({
    context,
    version: "test",
    kind: "mqtt",
    sources: [{ ...source, error: null }],
    counts: { known: 0, fresh: 0, late: 0, stale: 0, bad: 0, simulated: false, trace: false },
    rates: { messagesPerSec: 0, pointsPerSec: 0, bytesPerSec: 0 },
    clients: 0,
    announced: null,
    recording: null,
  });
  expect(status.publishers).toMatchObject([
    { id: "BMS", skewMs: -90_000, skewEstimated: true, received: 2, expected: 2 },
  ]);
});

test("every code has a weight", () => {
  expect(faultCodes.filter((code) => !(harm[code] >= 0))).toEqual([]);
});

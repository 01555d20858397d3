import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { contextOf } from "#feed/ingest/context.fixture.ts";
import { createRouter } from "#feed/ingest/router.ts";
import { sweep } from "#feed/tables/sweep.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import type { BulkFrame } from "#feed/wire/bulk.ts";
import { decodeBulk } from "#feed/wire/bulk.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import { Freshness, freshnessOf, Quality, qualityOf } from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import type { Outlet } from "./outlet.ts";
import type { PlantRun } from "./run.ts";
import { runPlant } from "./run.ts";
import { cycleTicks, type PlantWire } from "./schedule.ts";

const twin = loadTwin(await readTwinDirectory(null), { racks: 3_000 });
const startMs = Date.UTC(2026, 6, 1, 4);
/** Building of the first rack. */
const building = twin.find(twin.table("rack").idOf(0).split("/").slice(0, 2).join("/"))!.row;
const own = twin.table("building").idOf(building);
const racksOf = twin.rangeBelow({ className: "building", row: building }, "rack")!;
const power = metricIndex("rack", "power");

/** Whether a topic is of the building or of what is in it. */
const isOwn = (topic: string): boolean => `${topic}/`.includes(`/ht-test/${own}/`);

interface Reading {
  readonly value: number | null;
  readonly timestamp: number;
  readonly quality: number;
}

let run: PlantRun;
/** What was sent last on each topic since it was emptied. */
const sent = new Map<string, string | Uint8Array>();

const start = async (wire: PlantWire, hear: (...message: Parameters<Outlet["send"]>) => void = () => {}) => {
  const retain = async (topic: string, payload: string): Promise<void> => hear(topic, payload);
  const send: Outlet["send"] = (topic, payload) => {
    sent.set(topic, payload);
    hear(topic, payload);
  };
  run = await runPlant({ send, retain, retainConfirmed: retain, backlogBytes: 0 }, twin, {
    publisherId: "ht-test",
    seed: 3,
    timeMs: startMs,
    speed: 1,
    wire,
    dsxRacks: 0,
    metadataOnly: false,
  });
};

/** One cycle of values, from nothing. */
const cycle = (): void => {
  vi.advanceTimersByTime(1000);
  sent.clear();
  vi.advanceTimersByTime(1000 * cycleTicks);
};

const readings = (): readonly (readonly [string, Reading])[] =>
  [...sent]
    .filter(([topic]) => topic.includes("/Value/") && !topic.includes("/System/"))
    .map(([topic, payload]) => [topic, JSON.parse(String(payload)) as Reading]);

const bulkTopics = (): readonly string[] =>
  [...sent.keys()].filter((topic) => topic.includes("/Bulk/")).sort();

const frames = (className: string): readonly BulkFrame[] =>
  [...sent]
    .filter(([topic]) => topic.includes(`/Bulk/ht-test/${className}/`))
    .map(([, payload]) => decodeBulk(payload as Uint8Array));

/** Quality and value of a rack's power in the frames sent, or undefined. */
const rack = (row: number): { quality: number; value: number } | undefined => {
  for (const { firstRow, rowCount, columns } of frames("rack")) {
    const column = columns.find(({ metric }) => metric === power);
    const i = row - firstRow;
    if (column && i >= 0 && i < rowCount)
      return { quality: column.quality?.[i] ?? Quality.good, value: column.values[i]! };
  }
  return undefined;
};

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
  sent.clear();
});
afterEach(() => {
  run.stop();
  vi.useRealTimers();
});

describe("a gateway that is lost", () => {
  test("sends nothing of its building, point by point, and everything again when it is back", async () => {
    await start("dsx");
    cycle();
    const before = readings().length;
    const ofBuilding = readings().filter(([topic]) => isOwn(topic)).length;
    expect(ofBuilding).toBeGreaterThan(1000);
    const lost = run.plant.conditions.of("building").gatewayLost;
    lost[building] = 1;
    cycle();
    expect(readings().filter(([topic]) => isOwn(topic))).toEqual([]);
    expect(readings().length).toBe(before - ofBuilding);
    lost[building] = 0;
    cycle();
    expect(readings().length).toBe(before);
  });

  test("leaves its rows out of bulk frames as points that are not there, and skips frames of nothing else", async () => {
    await start("bulk");
    cycle();
    const all = bulkTopics();
    const points = run.counts.points;
    expect(rack(racksOf[0])?.quality).toBe(Quality.good);
    run.plant.conditions.of("building").gatewayLost[building] = 0.2;
    cycle();
    for (const row of [racksOf[0], racksOf[1] - 1])
      expect(rack(row)?.quality ?? Quality.unknown).toBe(Quality.unknown);
    const other = racksOf[1] < twin.table("rack").count ? racksOf[1] : racksOf[0] - 1;
    expect(rack(other)?.quality).toBe(Quality.good);
    const meter = twin.rangeBelow({ className: "building", row: building }, "meter")![0];
    for (const frame of frames("meter"))
      for (const { quality } of frame.columns) expect(quality![meter - frame.firstRow]).toBe(0);
    expect(run.counts.points - points).toBeLessThan(points);
    run.plant.conditions.of("building").gatewayLost.fill(1);
    cycle();
    expect(frames("rack")).toEqual([]);
    expect(frames("pvTable").length).toBeGreaterThan(0);
    run.plant.conditions.of("building").gatewayLost.fill(0);
    cycle();
    expect(bulkTopics()).toEqual(all);
    expect(rack(racksOf[0])?.quality).toBe(Quality.good);
  });
});

test("what a silent gateway showed last stays, good, and ages; a lost sensor's is bad; back, both are fresh", async () => {
  const context = contextOf(twin, Date.now);
  const router = createRouter(context, { isPlant: true, filler: false, wires: new Set() });
  router.metadataComplete();
  await start("mixed", (topic, payload) =>
    router.message({ topic, payload: Buffer.from(payload), retained: false, receivedMs: Date.now() }),
  );
  const { conditions, instruments } = run.plant;
  const points: readonly AssetRef[] = [
    twin.find(`${own}/m-main`)!, // by itself
    { className: "rack", row: racksOf[0] + 1 }, // in a frame
  ];
  const after = (seconds: number) => {
    vi.advanceTimersByTime(1000 * seconds);
    sweep(context.store, Date.now());
    return points.map(({ className, row }) => {
      const table = context.store.tables.of(className);
      const cell = row * table.columns + metricIndex(className, "power");
      const status = table.status[cell]!;
      return { value: table.value[cell]!, quality: qualityOf(status), freshness: freshnessOf(status) };
    });
  };
  const good = { quality: Quality.good, freshness: Freshness.fresh };
  const before = after(6);
  for (const point of before) expect(point).toMatchObject(good);
  conditions.of("building").gatewayLost[building] = 1;
  expect(after(20)).toMatchObject(before.map(({ quality }) => ({ quality, freshness: Freshness.stale })));
  conditions.of("building").gatewayLost[building] = 0;
  for (const point of points) instruments.disturb({ ...point, metric: "power" }, "sensorLost", 1);
  const lost = after(6);
  for (const [i, point] of lost.entries())
    expect(point).toMatchObject({ quality: Quality.bad, value: before[i]!.value });
  for (const point of points) instruments.disturb({ ...point, metric: "power" }, "sensorLost", 0);
  for (const point of after(6)) expect(point).toMatchObject(good);
});

test("a lost sensor says so on both wires: null with quality 0, or no number", async () => {
  const meter = twin.find(`${own}/m-main`)!;
  await start("mixed");
  const { disturb } = run.plant.instruments;
  expect(disturb({ ...meter, metric: "power" }, "sensorLost", 1)).toBe(true);
  expect(disturb({ className: "rack", row: racksOf[0], metric: "power" }, "sensorLost", 1)).toBe(true);
  cycle();
  const payload = readings().find(([topic]) => topic.endsWith(`/ActivePower/ht-test/${own}/m-main`))![1];
  expect(payload).toMatchObject({ value: null, quality: 0 });
  expect(rack(racksOf[0])).toEqual({ quality: Quality.good, value: Number.NaN });
  expect(rack(racksOf[0] + 1)!.value).not.toBeNaN();
});

test("values carry their gateway's time: near the publisher's, off by as much as its clock is", async () => {
  await start("dsx");
  run.plant.conditions.of("building").clockSkew[building] = 60;
  cycle();
  const { skewMs } = run.plant.instruments.gateways;
  expect(Math.abs(skewMs[building]! - 60_000)).toBeLessThanOrEqual(200);
  // Sent within the cycle that has just ended.
  const aheadMs = ({ timestamp }: Reading): number => timestamp - Date.now();
  const isNow = (ms: number): boolean => ms <= 200 && ms >= -200 - 1000 * cycleTicks;
  const all = readings();
  expect(all.filter(([topic, each]) => isOwn(topic) !== isNow(aheadMs(each) - 60_000))).toEqual([]);
  expect(all.filter(([topic, each]) => isOwn(topic) === isNow(aheadMs(each)))).toEqual([]);
});

test("a frame carries a gateway's time only where all its rows are that gateway's", async () => {
  await start("bulk");
  const { clockSkew } = run.plant.conditions.of("building");
  clockSkew.fill(-60);
  cycle();
  for (const [className, expected] of [
    ["meter", false],
    ["pvTable", false],
    ["cdu", true],
  ] as const) {
    expect(frames(className).length).toBeGreaterThan(0);
    for (const { timeMs } of frames(className))
      expect([className, Date.now() - timeMs > 50_000]).toEqual([className, expected]);
  }
});

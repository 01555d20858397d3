import { expect, test, vi } from "vitest";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { decodeBulk } from "#feed/wire/bulk.ts";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { createPlant } from "#twins/physics/plant.ts";
import type { Outlet } from "./outlet.ts";
import { isOwnTopic } from "./publisher.ts";
import type { PlantRunOptions } from "./run.ts";
import { runPlant } from "./run.ts";
import type { PlantWire } from "./schedule.ts";
import { createSchedule, cycleTicks } from "./schedule.ts";

const twin = loadTwin(await readTwinDirectory(null), { racks: 3_000 });

interface Sent {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retained: boolean;
}

/** An outlet that keeps what it is given. */
const recorder = (): { outlet: Outlet; sent: Sent[] } => {
  const sent: Sent[] = [];
  const retain = async (topic: string, payload: string): Promise<void> => {
    sent.push({ topic, payload, retained: true });
  };
  const outlet: Outlet = {
    send: (topic, payload) => {
      sent.push({ topic, payload, retained: false });
    },
    retain,
    retainConfirmed: retain,
    backlogBytes: 0,
  };
  return { outlet, sent };
};

const options: PlantRunOptions = {
  publisherId: "ht-test",
  seed: 3,
  timeMs: Date.UTC(2026, 6, 1, 4),
  speed: 1,
  wire: "mixed",
  dsxRacks: 5,
  metadataOnly: false,
};

test("the Source message comes first, is retained and says simulated; values come after all metadata", async () => {
  const { outlet, sent } = recorder();
  (await runPlant(outlet, twin, options)).stop();
  const [source] = sent;
  expect(source).toMatchObject({ topic: "HT/v1/PUB/Source/ht-test", retained: true });
  const declared = JSON.parse(String(source!.payload)) as Record<string, unknown>;
  expect(declared).toMatchObject({ id: "ht-test", origin: "simulated", heartbeatMs: 10_000 });
  const metadata = sent.filter(({ topic }) => topic.includes("/Metadata/"));
  expect(declared["metadataCount"]).toBe(metadata.length);
  expect(metadata.every(({ retained }) => retained)).toBe(true);
  const lastMetadata = sent.findLastIndex(({ topic }) => topic.includes("/Metadata/"));
  const firstValue = sent.findIndex(({ topic }) => /\/(Bulk|Value\/Rack)\//.test(topic));
  expect(firstValue).toBeGreaterThan(lastMetadata);
});

test("every topic is its own, and no two points share one", async () => {
  const { outlet, sent } = recorder();
  (await runPlant(outlet, twin, { ...options, wire: "dsx" })).stop();
  expect(sent.filter(({ topic }) => !isOwnTopic(topic, "ht-test"))).toEqual([]);
  const metadata = sent.filter(({ topic }) => topic.includes("/Metadata/")).map(({ topic }) => topic);
  expect(new Set(metadata).size).toBe(metadata.length);
});

test("metadata names the asset by the id the twin has", async () => {
  const { outlet, sent } = recorder();
  (await runPlant(outlet, twin, { ...options, metadataOnly: true })).stop();
  const metadata = sent.filter(({ topic }) => topic.includes("/Metadata/") && !topic.includes("/System/"));
  expect(metadata.length).toBeGreaterThan(200);
  for (const { payload } of metadata) {
    const { rackLocationId, objectId } = JSON.parse(String(payload)) as {
      rackLocationId?: string;
      objectId?: string;
    };
    expect(twin.find(rackLocationId ?? objectId ?? "")).toBeDefined();
  }
  expect(sent.some(({ topic }) => topic.includes("/Bulk/") || topic.includes("/Value/Rack/"))).toBe(false);
});

/** Every point of every class that a wire carries, as class/row/metric. */
const pointsOn = (wire: PlantWire): readonly string[] => {
  const plant = createPlant(twin, { seed: 1, startMs: 0 });
  const { parts, points } = createSchedule(twin, plant.columns, { wire, dsxRacks: 0 });
  const all = points.map(({ className, row, metric }) => `${className}/${row}/${metric}`);
  for (const { className, firstRow, rowCount, columns } of parts)
    for (const { metric, quality } of columns)
      for (let i = 0; i < rowCount; i++)
        if (quality === null || quality[i] !== 0) all.push(`${className}/${firstRow + i}/${metric}`);
  return all.sort();
};

test("each wire carries every point once, and all three the same", () => {
  const mixed = pointsOn("mixed");
  expect(new Set(mixed).size).toBe(mixed.length);
  expect(pointsOn("dsx")).toEqual(mixed);
  expect(pointsOn("bulk")).toEqual(mixed);
});

test("transformers inside of buildings are built like these, and publish", () => {
  const published = new Set(pointsOn("bulk").map((text) => text.split("/").slice(0, 2).join("/")));
  const inBuildings = Array.from({ length: twin.table("transformer").count }, (_, row) => row).filter(
    (row) => twin.parentOf({ className: "transformer", row })?.className !== "zone",
  );
  expect(inBuildings.length).toBeGreaterThan(10);
  expect(inBuildings.filter((row) => !published.has(`transformer/${row}`))).toEqual([]);
});

test("nothing is published that the engine derives or that is not there", () => {
  const points = pointsOn("bulk").map((text) => text.split("/"));
  const occupied = twin.table("rack").attribute("occupied")!;
  const liquid = twin.table("rack").attribute("liquid")!;
  const load = String(metricIndex("rack", "load"));
  const flow = String(metricIndex("rack", "liquidFlow"));
  for (const [className, row, metric] of points) {
    expect(classSpec(className as ClassName).metrics[Number(metric)]!.derived ?? false).toBe(false);
    if (className === "rack" && metric === load) expect(occupied[Number(row)]).toBe(1);
    if (className === "rack" && metric === flow) expect(liquid[Number(row)]).toBe(1);
  }
  expect(points.some(([className]) => className === "site" || className === "room")).toBe(false);
  const telemetered = twin.table("building").attribute("telemetered")!;
  const ofBuildings = points.filter(([className]) => className === "building");
  expect(ofBuildings.every(([, row]) => telemetered[Number(row)]! > 0)).toBe(true);
  expect(new Set(ofBuildings.map(([, , metric]) => metric))).toEqual(
    new Set([String(metricIndex("building", "coolingMode"))]),
  );
});

test("a cycle sends every part, evenly, and liquid-cooled racks every second", () => {
  const plant = createPlant(twin, { seed: 1, startMs: 0 });
  const { parts } = createSchedule(twin, plant.columns, { wire: "bulk", dsxRacks: 0 });
  for (const part of parts) expect(part.phase).toBeLessThan(part.every);
  expect(new Set(parts.filter(({ every }) => every === cycleTicks).map(({ phase }) => phase)).size).toBe(
    cycleTicks,
  );
  expect(parts.filter(({ every }) => every === 1).map(({ className }) => className)).toEqual(["rack"]);
});

test("a bulk frame carries the plant's own numbers, energy in 64 bits", async () => {
  const { outlet, sent } = recorder();
  const run = await runPlant(outlet, twin, options);
  run.stop();
  const frame = (topic: string) =>
    decodeBulk(sent.find((message) => message.topic === topic)!.payload as Uint8Array);
  const racks = frame("HT/v1/PUB/Bulk/ht-test/rack/0");
  expect(racks.layout).toBe(twin.epoch);
  const power = racks.columns.find(({ metric }) => metric === metricIndex("rack", "power"))!;
  const own = run.plant.columns.get("rack")![metricIndex("rack", "power")]!;
  expect(power.values).toEqual(own.subarray(racks.firstRow, racks.firstRow + racks.rowCount));
  const energy = frame("HT/v1/PUB/Bulk/ht-test/meter/0").columns.find(
    ({ metric }) => metric === metricIndex("meter", "energy"),
  )!;
  expect(energy.values).toBeInstanceOf(Float64Array);
});

test("the plant goes on when the clock is set back", async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 6, 1, 4) });
  try {
    const { outlet } = recorder();
    const run = await runPlant(outlet, twin, { ...options, timeMs: null });
    vi.advanceTimersByTime(2000);
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(1000);
    const beforeMs = run.plant.timeMs;
    vi.advanceTimersByTime(2000);
    run.stop();
    expect(run.plant.timeMs - beforeMs).toBe(2000);
  } finally {
    vi.useRealTimers();
  }
});

test("at a speed of 0 the moment is held: every value but those of counters is sent again as it was", async () => {
  vi.useFakeTimers();
  try {
    const { outlet, sent } = recorder();
    const run = await runPlant(outlet, twin, { ...options, speed: 0 });
    const bulk = (from: number): Map<string, readonly unknown[]> =>
      new Map(
        sent.slice(from).flatMap(({ topic, payload }) => {
          if (!topic.includes("/Bulk/") || typeof payload === "string") return [];
          const { firstRow, columns } = decodeBulk(payload);
          return [
            [
              `${topic} ${firstRow}`,
              columns.filter(({ values }) => values instanceof Float32Array).map(({ values }) => [...values]),
            ] as const,
          ];
        }),
      );
    await vi.advanceTimersByTimeAsync(cycleTicks * 1000);
    const first = bulk(0);
    const until = sent.length;
    await vi.advanceTimersByTimeAsync(cycleTicks * 1000 * 3);
    const later = bulk(until);
    run.stop();
    expect(later.size).toBeGreaterThan(0);
    for (const [topic, values] of later) expect(values, topic).toEqual(first.get(topic));
    expect(run.plant.timeMs).toBe(options.timeMs);
  } finally {
    vi.useRealTimers();
  }
});

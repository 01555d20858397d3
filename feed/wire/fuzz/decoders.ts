import { type BulkColumn, decodeBulk, encodeBulk } from "#feed/wire/bulk.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Quality } from "#twins/model/quality.ts";
import type { Twin } from "#twins/model/twin.ts";
import { scenarioTopic } from "#twins/scenario/scenario.ts";
import type { FuzzDecoder } from "./decoder.ts";
import { jsonTemplates } from "./json-corpus.ts";
import type { FuzzMessage } from "./mutant.ts";
import { sparkplugPayloads } from "./sparkplug-corpus.ts";

const message = (topic: string, payload: unknown, retained = false): FuzzMessage => ({
  topic,
  payload: Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload)),
  retained,
});

/** Racks that the corpora speak of; the last rows of the campus are nobody's business. */
const rackIds = (twin: Twin): readonly string[] =>
  Array.from({ length: 6 }, (_, row) => twin.table("rack").idOf(row));

const racks = (twin: Twin, each: (id: string, index: number) => readonly FuzzMessage[]) =>
  rackIds(twin).flatMap(each);

const metadataOf = (id: string, index: number): FuzzMessage[] => [
  message(
    `BMS/v1/PUB/Metadata/Rack/RackPower/gw/${id}`,
    { objectType: "Rack", pointType: "RackPower", rackLocationId: id, engUnit: index % 2 ? "W" : "kW" },
    true,
  ),
  message(
    `HT/v1/PUB/Metadata/Rack/RackAirInletTemperature/gw/${id}`,
    {
      objectId: id,
      engUnit: "degC",
      processArea: ["RackInlet"],
      isSetpoint: false,
      phase: null,
      integration: null,
    },
    true,
  ),
];

const dsxValue: FuzzDecoder = {
  name: "DSX value",
  seed: 1,
  corpus: (twin, nowMs) => [
    ...racks(twin, metadataOf),
    ...racks(twin, (id, i) => [
      message(`BMS/v1/PUB/Value/Rack/RackPower/gw/${id}`, {
        value: 3.25 + i,
        timestamp: nowMs - 500,
        quality: 1,
      }),
      message(`HT/v1/PUB/Value/Rack/RackAirInletTemperature/gw/${id}`, {
        quality: i % 3,
        timestamp: nowMs,
        value: i % 4 === 3 ? null : 21.5,
      }),
    ]),
  ],
};

const dsxMetadata: FuzzDecoder = {
  name: "DSX metadata",
  seed: 2,
  corpus: (twin) => [
    ...racks(twin, metadataOf),
    message(
      "BMS/v1/PUB/Metadata/PowerMeter/ActivePower/gw/m-1",
      { objectId: "site/m-grid", engUnit: "MW" },
      true,
    ),
    message(
      "BMS/v1/PUB/Metadata/Rack/RackPower/gw/other",
      {
        associateId: twin.table("rack").idOf(4),
        engUnit: "kW",
        integration: "DCIM",
        phase: "L1",
        isSetpoint: true,
      },
      true,
    ),
  ],
};

const source: FuzzDecoder = {
  name: "HT Source",
  seed: 3,
  corpus: (twin) => [
    ...["gw", "p-1", "p-2"].map((id, i) =>
      message(
        `HT/v1/PUB/Source/${id}`,
        {
          id,
          origin: ["measured", "simulated", "trace"][i],
          name: { zh: "站", en: "Station" },
          periodMs: 5000 * i || undefined,
          heartbeatMs: 10_000,
          metadataCount: 12,
        },
        true,
      ),
    ),
    ...racks(twin, metadataOf),
  ],
};

const scenario: FuzzDecoder = {
  name: "HT Scenario",
  seed: 9,
  corpus: (_twin, nowMs) => [
    message("HT/v1/PUB/Source/p-1", { id: "p-1", origin: "simulated", name: { zh: "站", en: "Station" } }),
    ...[0, 600].map((elapsedS) =>
      message(scenarioTopic("p-1"), {
        id: "tower-freeze",
        title: { zh: "冷却塔结冰", en: "Tower freeze" },
        summary: { zh: "−28 °C", en: "−28 °C" },
        source: { what: { zh: "某地", en: "Somewhere" }, publisher: "A paper", date: "2024-01", grade: "C" },
        startMs: nowMs - 1000 * elapsedS,
        timeMs: nowMs,
        durationS: 3600,
        speed: 10,
        events: [0, 600].map((atS) => ({ atS, kind: "public", say: { zh: "开始", en: "It begins" } })),
        views: [{ atS: 0 }, { atS: 900, asset: "a/b01", metric: "load", xray: true }],
      }),
    ),
  ],
  // A kept one is taken as what was played, and one whose publisher is unknown yet waits for it.
  isQuiet: ({ topic, retained }) => retained || topic !== scenarioTopic("p-1"),
};

const heartbeat: FuzzDecoder = {
  name: "heartbeat",
  seed: 4,
  corpus: (_twin, nowMs) => [
    ...["gw", "p-1"].flatMap((id) => [
      message(`HT/v1/PUB/Source/${id}`, { id, origin: "measured", heartbeatMs: 10_000 }, true),
      message(`BMS/v1/PUB/Value/System/HeartbeatTimestampBms/${id}/bms`, {
        value: nowMs - 40,
        timestamp: nowMs,
        quality: 1,
      }),
    ]),
    message("BMS/v1/DCIM/Value/System/HeartbeatTimestampIntegration/x/y", {
      value: nowMs / 1000,
      timestamp: nowMs,
      quality: 1,
    }),
  ],
  isQuiet: ({ retained }) => retained,
};

const bulkFrame = (twin: Twin, nowMs: number, layout: number): FuzzMessage[] => {
  const power = metricIndex("rack", "power");
  const inlet = metricIndex("rack", "inletTemperature");
  return [1, 2, 3].map((sequence) =>
    message(
      `HT/v1/PUB/Bulk/b/rack/p${sequence % 2}`,
      Buffer.from(
        encodeBulk({
          sequence,
          layout,
          timeMs: nowMs - 4 + sequence,
          firstRow: layout === twin.epoch ? sequence * 7 : 0,
          rowCount: 3,
          columns: [
            {
              metric: layout === twin.epoch ? power : 0,
              values: Float32Array.of(1, 2, Number.NaN),
              quality: null,
            },
            {
              metric: layout === twin.epoch ? inlet : 1,
              values: Float64Array.of(20, 21.25, 22),
              quality: Uint8Array.of(Quality.good, Quality.unknown, Quality.uncertain),
            },
          ],
        }).buffer,
      ),
    ),
  );
};

const isFrame = ({ payload }: FuzzMessage): boolean => {
  try {
    return decodeBulk(payload).rowCount >= 0;
  } catch {
    return false;
  }
};

/** A frame without rows, columns or points: nothing in it can be wrong or right. */
const isEmptyFrame = ({ payload }: FuzzMessage): boolean => {
  try {
    const { rowCount, columns } = decodeBulk(payload);
    const isPointless = (column: BulkColumn) => column.quality?.every((each) => (each & 3) === 0) ?? false;
    return rowCount === 0 || columns.every(isPointless);
  } catch {
    return false;
  }
};

const bulk: FuzzDecoder = {
  name: "bulk frame",
  seed: 5,
  corpus: (twin, nowMs) => bulkFrame(twin, nowMs, twin.epoch),
  isQuiet: isEmptyFrame,
};

const ownLayout = 42;

const bulkLayout: FuzzDecoder = {
  name: "bulk layout",
  seed: 6,
  corpus: (twin, nowMs) => [
    message(
      "HT/v1/PUB/BulkLayout/b/rack",
      {
        layout: ownLayout,
        ids: [...rackIds(twin).slice(0, 3), "nobody"],
        metrics: ["power", "inletTemperature"],
      },
      true,
    ),
    ...bulkFrame(twin, nowMs, ownLayout),
  ],
  // What rows a frame fills is up to the last layout; whether it can be read at all is not.
  isQuiet: (sent) => sent.topic.includes("/BulkLayout/") || isFrame(sent),
};

/** Every decoder that a broker's bytes reach. */
export const fuzzDecoders: readonly FuzzDecoder[] = [
  dsxValue,
  dsxMetadata,
  source,
  scenario,
  heartbeat,
  bulk,
  bulkLayout,
  jsonTemplates,
  sparkplugPayloads,
];

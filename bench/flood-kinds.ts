import { encodeBulk } from "#feed/wire/bulk.ts";
import type { FuzzDecoder } from "#feed/wire/fuzz/decoder.ts";
import type { FuzzMessage } from "#feed/wire/fuzz/mutant.ts";
import type { Twin } from "#twins/model/twin.ts";

/** One kind of flood: an endless publisher of topics that were never seen before. */
export interface FloodKind {
  readonly name: string;
  /** Messages instead of a million, where one is large. */
  readonly messages?: number;
  /** True to flood while the broker is still handing out what it kept. */
  readonly isEarly?: boolean;
  /** Beside those that every router has. */
  readonly intakes?: FuzzDecoder["intakes"];
  /** Message number `i`: of a topic, node or name that no earlier one had. */
  message(i: number, around: { readonly twin: Twin; readonly nowMs: number }): FuzzMessage;
}

const text = (topic: string, payload: unknown, retained = false): FuzzMessage => ({
  topic,
  payload: Buffer.from(JSON.stringify(payload)),
  retained,
});

const reading = (nowMs: number) => ({ value: 5, timestamp: nowMs, quality: 1 });

const rackOf = (twin: Twin, i: number): string => twin.table("rack").idOf(i % twin.table("rack").count);

/** A topic near the 65,535 bytes that MQTT allows. */
const longTail = "long/".repeat(13_000);

const bulkBytes = Buffer.from(
  encodeBulk({
    sequence: 1,
    layout: 77,
    timeMs: Date.UTC(2026, 10, 23, 12),
    firstRow: 0,
    rowCount: 1,
    columns: [{ metric: 0, values: Float32Array.of(1), quality: null }],
  }).buffer,
);

const bigLayout = JSON.stringify({ layout: 1, ids: new Array(1_000_000).fill(0), metrics: ["power"] });

export const floodKinds: readonly FloodKind[] = [
  { name: "topics of no known wire", message: (i) => text(`plant/${i}/state`, { on: true }) },
  {
    name: "topics of 65,000 characters",
    messages: 50_000,
    message: (i) => text(`plant/${i}/${longTail}`, 1),
  },
  {
    name: "DSX values without metadata",
    message: (i, { nowMs }) => text(`BMS/v1/PUB/Value/Rack/RackPower/gw/TAG-${i}`, reading(nowMs)),
  },
  {
    name: "DSX values before the kept metadata",
    isEarly: true,
    message: (i, { nowMs }) => text(`BMS/v1/PUB/Value/Rack/RackPower/gw/TAG-${i}`, reading(nowMs)),
  },
  {
    name: "DSX values of 16 KiB before their metadata",
    messages: 100_000,
    message: (i, { nowMs }) =>
      text(`BMS/v1/PUB/Value/Rack/RackPower/gw/TAG-${i}`, { ...reading(nowMs), pad: "x".repeat(16_384) }),
  },
  {
    name: "DSX metadata of unknown assets",
    message: (i) =>
      text(
        `BMS/v1/PUB/Metadata/Rack/RackPower/gw/TAG-${i}`,
        { rackLocationId: `K-${i}`, engUnit: "kW" },
        true,
      ),
  },
  {
    name: "DSX metadata of unknown assets with ids of 100 kB",
    messages: 20_000,
    message: (i) =>
      text(`BMS/v1/PUB/Metadata/Rack/RackPower/gw/TAG-${i}`, {
        objectId: `${i}`.padEnd(100_000, "x"),
        engUnit: "kW",
      }),
  },
  {
    name: "DSX metadata, a million topics for the same racks",
    message: (i, { twin }) =>
      text(
        `BMS/v1/PUB/Metadata/Rack/RackPower/gw/TAG-${i}`,
        { rackLocationId: rackOf(twin, i), engUnit: "kW" },
        true,
      ),
  },
  {
    name: "DSX metadata that names a new integration each time",
    message: (i, { twin }) =>
      text("BMS/v1/PUB/Metadata/Rack/RackPower/gw/TAG", {
        rackLocationId: rackOf(twin, i),
        engUnit: "kW",
        integration: `X${i}`,
      }),
  },
  {
    name: "publishers that declare themselves",
    message: (i) =>
      text(`HT/v1/PUB/Source/p-${i}`, { id: `p-${i}`, origin: "measured", heartbeatMs: 10_000 }, true),
  },
  {
    name: "publishers that only beat",
    message: (i, { nowMs }) =>
      text(`BMS/v1/INT-${i}/Value/System/HeartbeatTimestampBms/x`, { ...reading(nowMs), value: nowMs }),
  },
  {
    name: "bulk topics of unknown layout",
    message: (i) => ({ topic: `HT/v1/PUB/Bulk/b-${i}/rack/p0`, payload: bulkBytes, retained: false }),
  },
  {
    name: "bulk layouts",
    message: (i) =>
      text(`HT/v1/PUB/BulkLayout/b-${i}/rack`, { layout: i, ids: ["a", "b"], metrics: ["power"] }, true),
  },
  {
    name: "bulk layouts of a million rows",
    messages: 400,
    message: (i) => ({
      topic: `HT/v1/PUB/BulkLayout/b-${i}/rack`,
      payload: Buffer.from(bigLayout),
      retained: true,
    }),
  },
];

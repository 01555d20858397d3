import sparkplug from "sparkplug-payload";
import { createSparkplugIntake } from "#feed/ingest/sparkplug-intake.ts";
import { SparkplugPayload } from "#feed/wire/sparkplug.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { FuzzDecoder } from "./decoder.ts";
import type { FuzzMessage } from "./mutant.ts";

const codec = sparkplug.get("spBv1.0");
if (!codec) throw new Error("sparkplug-payload speaks spBv1.0");
type Payload = Parameters<typeof codec.encodePayload>[0];
type Metric = NonNullable<Payload["metrics"]>[number];

const message = (topic: string, payload: Payload): FuzzMessage => ({
  topic: `spBv1.0/${topic}`,
  payload: Buffer.from(codec.encodePayload(payload)),
  retained: false,
});

const racksOf = (twin: Twin): readonly string[] =>
  Array.from({ length: 4 }, (_, row) => twin.table("rack").idOf(row));

/** Metrics of every kind, those that have no number among them. */
const oddMetrics = (nowMs: number): Metric[] => [
  { name: "Properties/firmware", type: "String", value: "1.2", alias: 90 },
  { name: "Properties/since", type: "DateTime", value: nowMs, alias: 91 },
  { name: "Properties/raw", type: "Bytes", value: Uint8Array.of(1, 2, 3), alias: 92 },
  {
    name: "Properties/table",
    type: "DataSet",
    alias: 93,
    value: { numOfColumns: 2, types: ["Int32", "String"], columns: ["a", "b"], rows: [[1, "x"]] },
  },
  {
    name: "Properties/rack",
    type: "Template",
    alias: 94,
    value: { isDefinition: true, metrics: [{ name: "power", type: "Float", value: 1 }], parameters: [] },
  },
];

const birthMetrics = (twin: Twin, nowMs: number): Metric[] => [
  { name: "bdSeq", type: "UInt64", value: 3 },
  { name: "Node Control/Rebirth", type: "Boolean", value: false },
  ...racksOf(twin).flatMap((id, i): Metric[] => [
    {
      name: `${id}/power`,
      type: "Float",
      value: 3.5 + i,
      alias: i * 2,
      timestamp: nowMs - 10,
      properties: { engUnit: { type: "String", value: "kW" }, Quality: { type: "Int32", value: 192 } },
    },
    {
      name: `${id}/inletTemperature`,
      type: i % 2 ? "Double" : "Int32",
      value: 22,
      alias: i * 2 + 1,
      timestamp: nowMs - 10,
      properties: { engUnit: { type: "String", value: "degC" } },
    },
  ]),
  ...oddMetrics(nowMs),
];

const corpus = (twin: Twin, nowMs: number): readonly FuzzMessage[] => {
  const bdSeq: Metric = { name: "bdSeq", type: "UInt64", value: 3 };
  const [first, second] = racksOf(twin);
  const device: Metric = {
    name: `${twin.table("rack").idOf(5)}/power`,
    type: "Double",
    value: 4.5,
    alias: 300,
    properties: { engUnit: { type: "String", value: "W" } },
  };
  return [
    message("g/NDEATH/n", { metrics: [bdSeq] }),
    message("g/NBIRTH/n", { timestamp: nowMs, seq: 0, metrics: birthMetrics(twin, nowMs) }),
    message("g/DBIRTH/n/d", { timestamp: nowMs, seq: 1, metrics: [device] }),
    message("g/NDATA/n", {
      timestamp: nowMs,
      seq: 2,
      metrics: [
        { alias: 0, type: "Float", value: 4.25, timestamp: nowMs },
        { alias: 3, type: "Double", value: 23.5, timestamp: nowMs },
        { name: `${second}/power`, type: "Float", value: 5, isHistorical: true, timestamp: nowMs - 60_000 },
        { name: `${first}/inletTemperature`, type: "Int32", value: null, isNull: true },
      ],
    }),
    message("g/DDATA/n/d", {
      timestamp: nowMs,
      seq: 3,
      metrics: [{ alias: 300, type: "Double", value: 5000 }],
    }),
    message("g/DDEATH/n/d", { timestamp: nowMs, seq: 4 }),
    message("g/DBIRTH/n/d", { timestamp: nowMs, seq: 5, metrics: [device] }),
  ];
};

/** Deaths, commands to others, and payloads without a metric: nothing that a value could be lost of. */
const isQuiet = ({ topic, payload }: FuzzMessage): boolean => {
  if (/^spBv1\.0\/(STATE|[^/]*\/(NDEATH|DDEATH|NCMD|DCMD))(\/|$)/.test(topic)) return true;
  const decoded = new SparkplugPayload();
  return decoded.decode(payload) === null && decoded.count === 0;
};

/** Sparkplug B: sessions, aliases, and metrics of every type. */
export const sparkplugPayloads: FuzzDecoder = {
  name: "Sparkplug B",
  seed: 8,
  corpus,
  intakes: (context, traits) => [createSparkplugIntake(context, traits)],
  isQuiet,
};

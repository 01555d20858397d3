import sparkplug from "sparkplug-payload";
import type { FuzzDecoder } from "#feed/wire/fuzz/decoder.ts";
import { jsonTemplates } from "#feed/wire/fuzz/json-corpus.ts";
import { sparkplugPayloads } from "#feed/wire/fuzz/sparkplug-corpus.ts";
import type { FloodKind } from "./flood-kinds.ts";

const codec = sparkplug.get("spBv1.0")!;
type Metric = NonNullable<Parameters<typeof codec.encodePayload>[0]["metrics"]>[number];

const born = (nowMs: number, metrics: readonly Metric[]): Buffer =>
  Buffer.from(codec.encodePayload({ timestamp: nowMs, seq: 0, metrics: [...metrics] }));

const power = (name: string, alias: number): Metric => ({
  name,
  alias,
  type: "Float",
  value: 1,
  properties: { engUnit: { type: "String", value: "kW" } },
});

const metricsPerBirth = 1000;

const withIntakes = ({ intakes }: FuzzDecoder, kinds: readonly FloodKind[]): readonly FloodKind[] =>
  kinds.map((kind) => (intakes ? { ...kind, intakes } : kind));

const sparkplugKinds: readonly FloodKind[] = withIntakes(sparkplugPayloads, [
  {
    name: "Sparkplug nodes that are born",
    message: (i, { nowMs }) => ({
      topic: `spBv1.0/g/NBIRTH/n-${i}`,
      payload: born(nowMs, [power("K/power", 1)]),
      retained: false,
    }),
  },
  {
    name: "Sparkplug devices of one node",
    message: (i, { nowMs }) => ({
      topic: i % 1000 === 0 ? "spBv1.0/g/NBIRTH/n" : `spBv1.0/g/DBIRTH/n/d-${i}`,
      payload: born(nowMs, [power("K/power", 1)]),
      retained: false,
    }),
  },
  {
    name: "Sparkplug data of nodes that were never born",
    message: (i, { nowMs }) => ({
      topic: `spBv1.0/g/NDATA/n-${i}`,
      payload: born(nowMs, [{ alias: i, type: "Float", value: 1 } as Metric]),
      retained: false,
    }),
  },
  {
    name: "Sparkplug metrics and aliases, a thousand a birth, a node each",
    messages: 16_000,
    message: (i, { nowMs }) => ({
      topic: `spBv1.0/g/NBIRTH/n-${i}`,
      payload: born(
        nowMs,
        Array.from({ length: metricsPerBirth }, (_, k) =>
          power(`K-${i}-${k}/power`, i * metricsPerBirth + k),
        ),
      ),
      retained: false,
    }),
  },
  {
    name: "Sparkplug metrics of known racks under new names, one node",
    messages: 1000,
    message: (i, { twin, nowMs }) => ({
      topic: "spBv1.0/g/NBIRTH/n",
      payload: born(
        nowMs,
        Array.from({ length: metricsPerBirth }, (_, k) =>
          power(`x${i}/${twin.table("rack").idOf(k)}/power`, k),
        ),
      ),
      retained: false,
    }),
  },
]);

const json = (topic: string, payload: unknown) => ({
  topic,
  payload: Buffer.from(JSON.stringify(payload)),
  retained: false,
});

const jsonKinds: readonly FloodKind[] = withIntakes(jsonTemplates, [
  {
    name: "JSON topics of a template, unknown assets",
    message: (i, { nowMs }) =>
      json(`plant/r1/rack/${i}`, {
        id: `K-${i}`,
        at: new Date(nowMs).toISOString(),
        q: "ok",
        power: { kw: 5 },
      }),
  },
  {
    name: "JSON topics of a template, a million for the same racks",
    message: (i, { twin, nowMs }) =>
      json(`plant/r1/rack/${i}`, {
        id: twin.table("rack").idOf(1000 + (i % 1000)),
        at: new Date(nowMs).toISOString(),
        q: "ok",
        power: { kw: 5 },
      }),
  },
  {
    name: "JSON rooms, each a publisher of its own",
    message: (i, { twin, nowMs }) =>
      json(`plant/r-${i}/rack/1`, {
        id: twin.table("rack").idOf(1000 + (i % 1000)),
        at: new Date(nowMs).toISOString(),
        q: "ok",
        power: { kw: 5 },
      }),
  },
]);

/** Floods of the wires that the router has intakes for. */
export const wireFloods: readonly FloodKind[] = [...sparkplugKinds, ...jsonKinds];

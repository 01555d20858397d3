import { createJsonIntake } from "#feed/ingest/json-intake.ts";
import { readMapping } from "#feed/wire/json/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { FuzzDecoder } from "./decoder.ts";
import type { FuzzMessage } from "./mutant.ts";

/** Every feature that a mapping has: captures, elements, signals by word, alarms, times, units, states, sums. */
const mapping = {
  mapping: 1,
  templates: [
    {
      name: "object",
      topic: "plant/{room}/rack/#",
      asset: "{$.id}",
      publisher: "{room}",
      periodS: 60,
      time: { path: "$.at", format: "iso", zone: "+08:00" },
      quality: { path: "$.q", good: ["ok", 192], uncertain: [64] },
      values: [
        { path: "$.power.kw", metric: "power", unit: "kW", noReading: [-9999, "N/A"] },
        {
          path: "$.inlet",
          metric: "inletTemperature",
          unit: "$.unit",
          scale: 0.1,
          offset: -10,
          optional: true,
        },
      ],
    },
    {
      name: "gpus",
      topic: "gpu/{host}",
      each: "$.gpus[*]",
      asset: "{$.host}",
      time: { path: "$.ts", format: "ns" },
      values: [{ path: "@.w", metric: "power", unit: "W", reduce: { by: "sum", of: 2 } }],
    },
    {
      name: "northbound",
      topic: "north/+/data",
      each: "$.data[*]",
      asset: "{@.device}",
      when: { "@.kind": ["measure", "state"] },
      time: { path: "$.sent", format: "s" },
      signal: "{@.signal}",
      path: "@.value",
      signals: { P: { metric: "power", unit: "kW" }, T1: { metric: "inletTemperature", unit: "degC" } },
    },
  ],
};

const message = (topic: string, payload: unknown): FuzzMessage => ({
  topic,
  payload: Buffer.from(JSON.stringify(payload)),
  retained: false,
});

/** Templates of JSON: objects, elements of a list, sums, signals named by a word. */
export const jsonTemplates: FuzzDecoder = {
  name: "JSON templates",
  seed: 7,
  corpus: (twin: Twin, nowMs) =>
    Array.from({ length: 6 }, (_, row) => twin.table("rack").idOf(row)).flatMap((id, row) => [
      message(`plant/r1/rack/${row}`, {
        id,
        at: new Date(nowMs - row).toISOString(),
        q: row % 3 ? "ok" : 64,
        power: { kw: row % 4 ? 3.5 + row : "N/A" },
        inlet: 312 + row,
        unit: "degC",
      }),
      message(`gpu/h${row}`, { host: id, ts: `${nowMs}000000`, gpus: [{ w: 400 }, { w: 395.5 }] }),
      message("north/7/data", {
        sent: Math.trunc(nowMs / 1000),
        data: [
          { device: id, kind: "measure", signal: "P", value: "4.25" },
          { device: id, kind: "measure", signal: "T1", value: 22 },
          { device: "nobody", kind: "state", signal: "T2", value: null },
        ],
      }),
    ]),
  intakes: (context, traits) => {
    const read = readMapping("fuzz.json", JSON.stringify(mapping));
    if (!read.ok) throw new Error(read.error.map(({ message: why }) => why).join("; "));
    return [createJsonIntake(context, traits, read.value)];
  },
};

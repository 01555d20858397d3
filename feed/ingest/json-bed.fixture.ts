import type { PointParams } from "#feed/contract/bridge.ts";
import { Bindings } from "#feed/tables/bindings.ts";
import { storeOf } from "#feed/tables/campus.fixture.ts";
import { createFaults } from "#feed/tables/faults.ts";
import { createScenarios } from "#feed/tables/scenarios.ts";
import { mappingWords, readMapping } from "#feed/wire/json/load.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { freshnessNames, freshnessOf, qualityNames, qualityOf } from "#twins/model/quality.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createCounters, type IntakeContext } from "./context.ts";
import { createJsonIntake } from "./json-intake.ts";
import { joinFaults } from "./point-faults.ts";
import { createRouter } from "./router.ts";
import { createUnmapped } from "./unmapped.ts";

export const bedNowMs = Date.UTC(2026, 10, 23, 12);

/** A feed's decoding side over one twin and one mapping, at a fixed time. */
export const jsonBed = (twin: Twin, mapping: string) => {
  const read = readMapping("mapping.jsonc", mapping);
  if (!read.ok) throw new Error(mappingWords(read.error));
  const context: IntakeContext = {
    twin,
    store: storeOf(twin),
    bindings: new Bindings(),
    faults: createFaults(() => bedNowMs),
    unmapped: createUnmapped(),
    clock: { nowMs: () => bedNowMs, follow: () => 0 },
    counters: createCounters(),
    scenarios: createScenarios(),
  };
  joinFaults(context);
  const traits = { isPlant: false, filler: false, wires: new Set<never>() };
  const router = createRouter(context, traits, [createJsonIntake(context, traits, read.value)]);
  const cellOf = ({ className, row, metric }: PointParams) => {
    const table = context.store.tables.of(className);
    return { table, cell: row * table.columns + metricIndex(className, metric) };
  };
  return {
    context,
    send: (topic: string, payload: unknown, more: { retained?: boolean; receivedMs?: number } = {}): void => {
      const bytes =
        payload instanceof Uint8Array || typeof payload === "string" ? payload : JSON.stringify(payload);
      router.message({ topic, payload: Buffer.from(bytes), retained: false, receivedMs: bedNowMs, ...more });
    },
    faults: (): Record<string, number> => ({ ...context.faults.byCode() }),
    /** Topics and places listed as unmapped, with why. */
    unmapped: (): Record<string, string> =>
      Object.fromEntries(context.unmapped.list(1000, "").map(({ topic, reason }) => [topic, reason])),
    /** Of `asset metric`: value, quality and freshness. */
    shown: (point: string) => {
      const [asset = "", metric = ""] = point.split(" ");
      const { table, cell } = cellOf({ ...twin.find(asset)!, metric });
      const status = table.status[cell]!;
      return {
        value: table.value[cell]!,
        quality: qualityNames[qualityOf(status)]!,
        freshness: freshnessNames[freshnessOf(status)]!,
        sampleMs: table.sampleTimeMs[cell]!,
      };
    },
  };
};

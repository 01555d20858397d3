import { Bindings } from "#feed/tables/bindings.ts";
import { storeOf } from "#feed/tables/campus.fixture.ts";
import { createFaults } from "#feed/tables/faults.ts";
import { createScenarios } from "#feed/tables/scenarios.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createCounters, type IntakeContext } from "./context.ts";
import { createUnmapped } from "./unmapped.ts";

/** What decoders share, over empty tables and a clock that stands where the test says. */
export const contextOf = (twin: Twin, nowMs: () => number): IntakeContext => ({
  twin,
  store: storeOf(twin),
  bindings: new Bindings(),
  faults: createFaults(nowMs),
  unmapped: createUnmapped(),
  clock: { nowMs, follow: () => 0 },
  counters: createCounters(),
  scenarios: createScenarios(),
});

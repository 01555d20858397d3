import { BridgeServer } from "#feed/bridge/server.ts";
import type { SessionConfig } from "#feed/contract/config.ts";
import type { ScenarioShown } from "#feed/contract/scenario.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { createEngine, type Engine } from "#feed/engine/engine.ts";
import type { AskPlant } from "#feed/plant/asks.ts";
import { Bindings } from "#feed/tables/bindings.ts";
import { createTables } from "#feed/tables/class-table.ts";
import { createClock } from "#feed/tables/clock.ts";
import { createFaults } from "#feed/tables/faults.ts";
import { createHistory, type HistoryRing } from "#feed/tables/history.ts";
import { Ledger } from "#feed/tables/ledger.ts";
import { createPublishers } from "#feed/tables/publishers.ts";
import { createScenarios } from "#feed/tables/scenarios.ts";
import type { Twin, TwinFiles } from "#twins/model/twin.ts";
import { createCounters, type IntakeContext } from "./context.ts";
import { createHandlers, type TwinEditor } from "./handlers.ts";
import { joinFaults } from "./point-faults.ts";
import { createUnmapped } from "./unmapped.ts";

/** What outlives a twin: who publishes, what was wrong, what came in. Rows and topics are bound to one expansion. */
export type LastingContext = Pick<IntakeContext, "clock" | "faults" | "counters" | "scenarios"> &
  Pick<IntakeContext["store"], "publishers">;

export const createLasting = (onScenario: (shown: ScenarioShown | null) => void): LastingContext => {
  const clock = createClock();
  return {
    clock,
    faults: createFaults(clock.nowMs),
    counters: createCounters(),
    publishers: createPublishers(),
    scenarios: createScenarios(onScenario),
  };
};

/** Everything that stands on one expansion of a twin; an announced campus that grows gets another. */
export interface FeedCampus {
  readonly context: IntakeContext;
  readonly history: HistoryRing;
  readonly engine: Engine;
  readonly bridge: BridgeServer;
}

export interface FeedCampusInputs {
  readonly config: SessionConfig;
  readonly twin: Twin;
  readonly files: TwinFiles;
  readonly lasting: LastingContext;
  readonly editor: TwinEditor | null;
  readonly askPlant: AskPlant | null;
  readonly status: () => FeedStatus;
  readonly log: (line: string) => void;
}

export const createFeedCampus = (inputs: FeedCampusInputs): FeedCampus => {
  const { config, twin, files, lasting, editor, status, askPlant, log } = inputs;
  const { clock, faults, counters, scenarios, publishers } = lasting;
  const tables = createTables(twin);
  const context: IntakeContext = {
    twin,
    clock,
    faults,
    counters,
    scenarios,
    store: { tables, publishers, ledger: new Ledger(tables) },
    bindings: new Bindings(),
    unmapped: createUnmapped(),
  };
  joinFaults(context);
  const history = createHistory(tables);
  const engine = createEngine(tables);
  const bridge = new BridgeServer({
    tables,
    handlers: createHandlers({ config, files, context, history, engine, editor, status, askPlant }),
    nowMs: clock.nowMs,
    dropCount: () => [...counters.drops.values()].reduce((sum, count) => sum + count, 0),
    log,
  });
  bridge.publish("scenario", scenarios.shown);
  return { context, history, engine, bridge };
};

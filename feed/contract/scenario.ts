import type { ScenarioState } from "#twins/scenario/scenario.ts";

/** The scenario that a simulated or recorded plant says it plays (docs/WIRE.md, Scenario). Never a measured plant's. */
export interface ScenarioShown {
  /** Its publisher, with the broker where there are several. */
  readonly publisher: string;
  readonly origin: "simulated" | "trace";
  readonly state: ScenarioState;
  /** When `state` came, on the feed's clock, ms UTC: plant time now is `state.timeMs` and what has passed since, times speed. */
  readonly receivedMs: number;
}

import { ok } from "#twins/model/result.ts";
import type { Faults } from "#twins/physics/faults/faults.ts";
import type { PlantAnswer, PlantAsk } from "./asks.ts";

/** What people ask of our own simulated plant (a scenario is played by whoever starts it, supervisor.ts): a scenario's orders and theirs are kept together, and either may repair both. */
export const answerAsk = (faults: Faults, ask: PlantAsk): PlantAnswer => {
  if (ask.t === "clear") faults.clear(ask.clearance);
  const injected = ask.t === "inject" ? faults.inject(ask.order) : null;
  return injected && !injected.ok ? injected : ok(faults.inForce());
};

import type { ScenarioShown } from "#feed/contract/scenario.ts";

/** Plants that say at the same time what they play; more are not told apart from noise. */
const roomFor = 16;

/** The scenarios played on the brokers that are read. */
export interface Scenarios {
  /** The one shown: of several the first that came, until it ends. */
  readonly shown: ScenarioShown | null;
  /** False when there is no room for another plant's. */
  put(scenario: ScenarioShown): boolean;
  /** True when there was one. */
  remove(publisher: string): boolean;
}

/** @param onChange called when `shown` became another, or was said again. */
export const createScenarios = (onChange: (shown: ScenarioShown | null) => void = () => {}): Scenarios => {
  const byPublisher = new Map<string, ScenarioShown>();
  const first = (): ScenarioShown | null => byPublisher.values().next().value ?? null;
  const noting = <T>(change: () => T): T => {
    const before = first();
    const result = change();
    if (first() !== before) onChange(first());
    return result;
  };
  return {
    get shown() {
      return first();
    },
    put: (scenario) =>
      noting(() => {
        if (byPublisher.size >= roomFor && !byPublisher.has(scenario.publisher)) return false;
        byPublisher.set(scenario.publisher, scenario);
        return true;
      }),
    remove: (publisher) => noting(() => byPublisher.delete(publisher)),
  };
};

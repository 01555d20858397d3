import type { PlantProblem } from "#feed/contract/plant.ts";
import { err, type Result } from "#twins/model/result.ts";
import type { FaultClearance, FaultInForce, FaultOrder } from "#twins/physics/faults/order.ts";

/** What people ask of our own plant; each is answered with the faults in force afterwards. */
export type PlantAsk =
  | { readonly t: "faults" }
  | { readonly t: "inject"; readonly order: FaultOrder }
  /** One fault, all of an asset, or all that there are. */
  | { readonly t: "clear"; readonly clearance: Partial<FaultClearance> }
  /** A built-in scenario from its beginning, in a plant that is started for it; null: the plant's usual life again. */
  | { readonly t: "play"; readonly scenario: string | null };

export type PlantAnswer = Result<readonly FaultInForce[], PlantProblem>;

/** As it travels between threads and processes. */
export interface NumberedAsk {
  readonly id: number;
  readonly ask: PlantAsk;
}
export interface NumberedAnswer {
  readonly id: number;
  readonly answer: PlantAnswer;
}

/** Who can put something to the plant. */
export type AskPlant = (ask: PlantAsk) => Promise<PlantAnswer>;

/** Questions on their way to another thread or process. */
export interface Asks {
  readonly ask: AskPlant;
  answered(message: NumberedAnswer): void;
  /** Nobody is there any more who could answer. */
  lost(): void;
}

const answerMs = 5000;

export const plantStarting: PlantProblem = {
  code: "plant-starting",
  message: "the simulated plant does not run yet",
  tip: "Wait until values come, and try again.",
};
export const scenarioUnknown = (name: string): PlantProblem => ({
  code: "scenario-unknown",
  message: `there is no scenario ${JSON.stringify(name.slice(0, 64))} among the built-in ones`,
  tip: "Take one of twins/horinger/scenarios, or start the product with --scenario FILE.",
});
const plantSilent: PlantProblem = {
  code: "plant-silent",
  message: `the simulated plant did not answer within ${answerMs / 1000} s`,
  tip: "Look at the values whether it was done; try again.",
};

/** @param send false when there is nobody to send to */
export const createAsks = (send: (message: NumberedAsk) => boolean): Asks => {
  const waiting = new Map<number, (answer: PlantAnswer) => void>();
  let nextId = 1;
  const settle = (id: number, answer: PlantAnswer): void => {
    const resolve = waiting.get(id);
    waiting.delete(id);
    resolve?.(answer);
  };
  return {
    ask: (ask) => {
      const id = nextId++;
      const { promise, resolve } = Promise.withResolvers<PlantAnswer>();
      const timer = setTimeout(() => settle(id, err(plantSilent)), answerMs);
      waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      if (!send({ id, ask })) settle(id, err(plantStarting));
      return promise;
    },
    answered: ({ id, answer }) => settle(id, answer),
    lost: () => {
      for (const id of waiting.keys()) settle(id, err(plantStarting));
    },
  };
};

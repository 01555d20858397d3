import type { Problem } from "#twins/model/result.ts";

/** A fault that our own simulated plant has now. */
export interface FaultInForce {
  /** Of the catalogue (twins/physics/faults). */
  readonly fault: string;
  /** Path id of the asset. */
  readonly asset: string;
  /** Above 0, at most 1. */
  readonly severity: number;
  /** Plant time at which it is repaired by itself, ms UTC; null: when somebody clears it. */
  readonly untilMs: number | null;
}

/** Why a fault was not put into the plant or taken out of it. Texts and tips: renderer/i18n/plant-problems.ts. */
export const plantProblemCodes = [
  "plant-outside", // the session reads an outside broker: nothing is ever put into a plant that may be real
  "plant-starting", // our own plant does not run yet, or is being started again
  "plant-silent", // it did not answer
  "fault-asset-unknown",
  "fault-unknown", // there is no such fault, or not at an asset of this class
] as const;
export type PlantProblemCode = (typeof plantProblemCodes)[number];

/** A refusal with a code of the list; the English sentence and tip are for logs. */
export interface PlantProblem extends Problem {
  readonly code: PlantProblemCode;
}

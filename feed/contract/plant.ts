import type { Problem } from "#twins/model/result.ts";
import { faultProblemCodes } from "#twins/physics/faults/order.ts";

/** Why a fault was not put into the plant or taken out of it, or a scenario not played. Texts and tips: renderer/i18n/plant-problems.ts. */
export const plantProblemCodes = [
  "plant-outside", // the session reads an outside broker: nothing is ever put into a plant that may be real
  "plant-starting", // our own plant does not run yet, or is being started again
  "plant-silent", // it did not answer
  "scenario-unknown", // no built-in scenario has that name
  ...faultProblemCodes,
] as const;
export type PlantProblemCode = (typeof plantProblemCodes)[number];

/** A refusal with a code of the list; the English sentence and tip are for logs. */
export interface PlantProblem extends Problem {
  readonly code: PlantProblemCode;
}

import type { Problem } from "#twins/model/result.ts";

/** Why an edit of an announced campus, or its saving, was refused. Texts and tips: renderer/i18n/edit-problems.ts. */
export const editProblemCodes = [
  "edit-not-announced", // a twin directory says what there is
  "edit-asset-unknown",
  "edit-fixed", // an asset without a place of its own
  "edit-name-empty",
  "edit-overlap", // something else stands there
  "edit-asset-lost", // it would find no place there
  "save-nowhere", // no directory was given
  "save-nothing", // nothing is laid out yet
  "save-foreign", // the directory holds something that is not ours
  "save-failed", // the file system says no
] as const;
export type EditProblemCode = (typeof editProblemCodes)[number];

/** A refusal with a code of the list; the English sentence and tip are for logs. */
export interface EditProblem extends Problem {
  readonly code: EditProblemCode;
}

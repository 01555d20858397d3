import type { TwinEdit } from "#feed/contract/bridge.ts";
import type { EditProblem } from "#feed/contract/edit.ts";
import type { AnnouncedEdit } from "#twins/announced/announced.ts";
import type { Problem } from "#twins/model/result.ts";
import type { Twin } from "#twins/model/twin.ts";
import { standsOn } from "./overlap.ts";

/** What a person changed of an announced campus, by asset id; a later change of the same field replaces it. */
export const mergeEdits = (
  before: readonly AnnouncedEdit[],
  changes: readonly TwinEdit[],
): readonly AnnouncedEdit[] => {
  const byId = new Map(before.map((edit) => [edit.id, edit]));
  for (const change of changes) byId.set(change.id, { ...byId.get(change.id), ...change });
  return [...byId.values()];
};

/** Assets that an edit may not change: the whole, and what has no place of its own. */
const fixedClasses = new Set(["site", "meter", "system"]);

/** Says what is wrong with the edits themselves, before anything is laid out. */
export const refuseEdits = (twin: Twin, changes: readonly TwinEdit[]): EditProblem | null => {
  for (const { id, name, at, yawDeg } of changes) {
    const ref = twin.find(id);
    if (!ref)
      return {
        code: "edit-asset-unknown",
        message: `no asset ${id}`,
        tip: "The campus was laid out anew: choose the asset again.",
        asset: id,
      };
    const isMove = at !== undefined || yawDeg !== undefined;
    if (isMove && fixedClasses.has(ref.className))
      return {
        code: "edit-fixed",
        message: `a ${ref.className} has no place of its own`,
        tip: "Move the room or building it belongs to.",
        asset: id,
      };
    if (name && (name.zh.trim() === "" || name.en.trim() === ""))
      return {
        code: "edit-name-empty",
        message: "a name is empty",
        tip: "Give both names; they may be the same.",
        asset: id,
      };
  }
  return null;
};

const keyOf = ({ code, asset, file, message }: Problem): string =>
  [code, asset ?? file ?? "", message].join("\n");

/** The first asset that was moved onto another one's ground. What stood there before may stay. */
const overlapOf = (before: Twin, after: Twin, changes: readonly TwinEdit[]): EditProblem | null => {
  for (const { id, at, yawDeg } of changes) {
    const [from, to] = [before.find(id), after.find(id)];
    if (!from || !to || (at === undefined && yawDeg === undefined)) continue;
    const known = standsOn(before, from);
    const other = [...standsOn(after, to)].find((each) => !known.has(each));
    if (other !== undefined)
      return {
        code: "edit-overlap",
        message: `${id} would stand on ${other}`,
        tip: "Move it to free ground, or move the other first.",
        asset: other,
      };
  }
  return null;
};

/** Says why an edited twin is not to be used: it has a problem that was not there before, or lost an edited asset. */
export const refuseEdited = (before: Twin, after: Twin, changes: readonly TwinEdit[]): Problem | null => {
  const known = new Set(before.problems.map(keyOf));
  const problem = after.problems.find((each) => !known.has(keyOf(each))) ?? overlapOf(before, after, changes);
  const lost = changes.find(({ id }) => after.find(id) === undefined);
  if (problem || !lost) return problem;
  const refusal: EditProblem = {
    code: "edit-asset-lost",
    message: `${lost.id} would have no place`,
    tip: "Move it to where nothing else stands.",
    asset: lost.id,
  };
  return refusal;
};

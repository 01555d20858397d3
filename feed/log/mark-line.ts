import type { Mark } from "#feed/contract/replay.ts";

/** One line of a journal of marks (docs/LOG-FORMAT.md §9). */
export type MarkLine =
  | { readonly add: Mark }
  | { readonly change: { readonly id: string; readonly text: string }; readonly atMs: number }
  | { readonly remove: { readonly id: string }; readonly atMs: number };

/** A note, not a report. */
const mostText = 4000;

/** What lines come to, in the order of the marks' times. A line about a mark that is not there says nothing. */
export const foldMarks = (lines: readonly MarkLine[]): readonly Mark[] => {
  const marks = new Map<string, Mark>();
  for (const line of lines) {
    if ("add" in line) marks.set(line.add.id, line.add);
    else if ("remove" in line) marks.delete(line.remove.id);
    else {
      const mark = marks.get(line.change.id);
      if (mark) marks.set(mark.id, { ...mark, text: line.change.text });
    }
  }
  return [...marks.values()].sort((a, b) => a.fromMs - b.fromMs || a.madeMs - b.madeMs);
};

/** What a line says; null when it says nothing that is a line of ours. */
export const parseMarkLine = (text: string): MarkLine | null => {
  try {
    const line = JSON.parse(text) as unknown;
    return isSound(line) ? line : null;
  } catch {
    return null;
  }
};

/** Fields of `value` are as a line has them. */
export const isSound = (value: unknown): value is MarkLine => {
  if (!isObject(value)) return false;
  const { add, change, remove, atMs } = value;
  if (add !== undefined) return isMark(add);
  if (!Number.isFinite(atMs)) return false;
  if (change !== undefined) return isObject(change) && isId(change["id"]) && isText(change["text"]);
  return isObject(remove) && isId(remove["id"]);
};

const isMark = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  const { id, fromMs, toMs, text, madeMs } = value;
  const isRange = toMs === null || (Number.isFinite(toMs) && (toMs as number) >= (fromMs as number));
  return isId(id) && Number.isFinite(fromMs) && isRange && isText(text) && Number.isFinite(madeMs);
};

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;

const isId = (value: unknown): boolean =>
  typeof value === "string" && value.length > 0 && value.length <= 100;

const isText = (value: unknown): boolean => typeof value === "string" && value.length <= mostText;

import type { ClassName } from "#twins/model/metric.ts";

/** One level of an id: the plant's word for it, and the id up to and with that word. */
export interface Level {
  readonly word: string;
  readonly prefix: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const typeWord = /^\p{L}+$/u;
const number = /^\d+\p{L}?$/u;

/** Words between separators; a bare word and the number behind it are one: `ROW-3-RACK-12` has two levels, not four. */
const words = (text: string): readonly Level[] => {
  const levels: Level[] = [];
  for (const { 0: word, index } of text.matchAll(/[^-_.]+/g)) {
    const prefix = text.slice(0, index + word.length);
    const last = levels.at(-1);
    if (last && typeWord.test(last.word) && number.test(word)) {
      const start = last.prefix.length - last.word.length;
      levels[levels.length - 1] = { word: prefix.slice(start), prefix };
    } else levels.push({ word, prefix });
  }
  return levels;
};

const hasDigit = /\d/;

/**
 * Takes an id apart by the separators that are evidently there. Where there is a `/`, nothing else parts levels, but
 * for a last one such as `R03-K12`, each part of which has a number. An id without structure is one level.
 */
export const levelsOf = (id: string): readonly Level[] => {
  if (uuid.test(id)) return [{ word: id, prefix: id }];
  const levels: Level[] = [];
  let isPath = false;
  for (const { 0: word, index } of id.matchAll(/[^/]+/g)) {
    isPath ||= index + word.length < id.length;
    levels.push({ word, prefix: id.slice(0, index + word.length) });
  }
  const last = levels.pop();
  if (last === undefined) return [{ word: id, prefix: id }];
  const inner = words(last.word);
  if (inner.length < 2 || (isPath && !inner.every(({ word }) => hasDigit.test(word))))
    return [...levels, last];
  const before = last.prefix.slice(0, last.prefix.length - last.word.length);
  return [...levels, ...inner.map(({ word, prefix }) => ({ word, prefix: before + prefix }))];
};

/** Longest row: a level with more racks in one place is a room. */
const longestRow = 48;

/** Levels above a rack that an id can announce, innermost first. */
export const placeClasses = [
  "row",
  "room",
  "floor",
  "building",
  "zone",
] as const satisfies readonly ClassName[];
export type PlaceClass = (typeof placeClasses)[number];

const roomWord = /^(room|rm|hall|dh|机房)/i;
const floorWord = /^(f|fl|floor|level)[-_ ]?\d+$|层$/i;

/** Racks whose ids have as many levels, taken together. */
export interface Shape {
  /** The words of each level above the racks, outermost first. */
  readonly columns: readonly ReadonlySet<string>[];
  /** Most racks in one place of the innermost level. */
  readonly fullest: number;
  /** What the innermost level is unless it is too full: a Sparkplug node is a room, not a row. */
  readonly innermost: "row" | "room";
}

/**
 * Which class each level above the racks is, outermost first; undefined for levels that are part of the zone's name.
 * Levels are counted from the rack outwards: row, room, building, zone. A level whose places hold more racks than a row
 * can is a room; one that calls itself room or floor is that.
 */
export const classesOfLevels = ({
  columns,
  fullest,
  innermost,
}: Shape): readonly (PlaceClass | undefined)[] => {
  const all = (column: ReadonlySet<string>, pattern: RegExp): boolean =>
    [...column].every((word) => pattern.test(word));
  const classes: (PlaceClass | undefined)[] = [];
  let next: PlaceClass | undefined = innermost;
  for (const column of [...columns].reverse()) {
    if (next === "row" && (fullest > longestRow || all(column, roomWord))) next = "room";
    else if (next === "building" && classes.at(-1) === "room" && all(column, floorWord)) next = "floor";
    classes.push(next);
    next = outwards(next);
  }
  return classes.reverse();
};

const outwards = (place: PlaceClass | undefined): PlaceClass | undefined => {
  if (place === "row") return "room";
  if (place === "room" || place === "floor") return "building";
  return place === "building" ? "zone" : undefined;
};

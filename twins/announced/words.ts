import type { ClassName } from "#twins/model/metric.ts";
import type { LocalText } from "#twins/model/twin.ts";

const digits = /^\d+$/;
const runs = /\d+|\D+/g;

/** Order of people: `K2` before `K10`, and the same on every machine, whatever its language. */
export const naturally = (a: string, b: string): number => {
  const left = a.match(runs) ?? [];
  const right = b.match(runs) ?? [];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const [x, y] = [left[i]!, right[i]!];
    const byNumber = digits.test(x) && digits.test(y) ? Number(x) - Number(y) : 0;
    if (byNumber !== 0) return byNumber;
    if (x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
};

/** FNV-1a in base 36: tells names apart that would read alike, the same for every order of arrival. */
const shortHash = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36).padStart(6, "0").slice(-6);
};

/** Longest segment of an id (docs/TWIN-DIRECTORY.md, Ids). */
const longest = 32;
const hashed = longest - 7;

/** How the segment of a class begins where the plant's word does not begin with a letter. */
const prefixes: Readonly<Partial<Record<ClassName, string>>> = {
  zone: "z",
  building: "b",
  floor: "f",
  room: "r",
  row: "row",
  rack: "k",
  chiller: "ch",
  coolingTower: "ct",
  pump: "p",
  generator: "gen",
  transformer: "tx",
  meter: "m",
};

/**
 * The plant's word as a segment of an id: lower case letters, digits and `-`, beginning with a letter. What cannot be
 * kept of it (other scripts, length) leaves a short hash of the whole word, so that different words stay different.
 */
export const segmentOf = (word: string, className: ClassName): string => {
  const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const kept = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const whole = /^[a-z]/.test(kept) ? kept : (prefixes[className] ?? className.toLowerCase()) + kept;
  const isLossy = /[^\0-\x7f]/.test(plain) || whole.length > longest;
  return isLossy ? `${whole.slice(0, hashed)}-${shortHash(word)}` : whole;
};

/** The segment, or with a hash of `source` behind it when a sibling has it already. */
export const uniqueSegment = (segment: string, source: string, taken: Set<string>): string => {
  let free = segment;
  for (let salt = source; taken.has(free); salt += "+")
    free = `${segment.slice(0, hashed)}-${shortHash(salt)}`;
  taken.add(free);
  return free;
};

/** Longest name, characters: more does not fit a label; the alias has it all. */
const longestName = 40;

/** A name in the plant's own words, the same in both languages, on one line. */
export const sameText = (word: string): LocalText => {
  const line = word.replace(/[\p{C}\s]+/gu, " ").trim();
  const letters = [...line];
  const name = letters.length > longestName ? `${letters.slice(0, longestName - 1).join("")}…` : line;
  return { zh: name, en: name };
};

/** What levels are called that nobody announced: laid out by rule, and named so. */
export const inventedNames = {
  zone: { zh: "片区(布局示意)", en: "Zone (illustrative layout)" },
  building: { zh: "机楼(布局示意)", en: "Building (illustrative layout)" },
  floor: { zh: "楼层(示意)", en: "Floor (illustrative)" },
  room: { zh: "机房(布局示意)", en: "Room (illustrative layout)" },
  row: { zh: "列(示意)", en: "Row (illustrative)" },
} as const satisfies Partial<Record<ClassName, LocalText>>;

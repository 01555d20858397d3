import type { ClassName } from "./metric.ts";
import { classNames } from "./metric.ts";
import { pinyinInitials } from "./pinyin.ts";
import type { AssetRef, LocalText, Twin } from "./twin.ts";

export interface Found {
  readonly ref: AssetRef;
  readonly id: string;
  readonly name: LocalText;
  /** 0…1; 1 is the asset itself, named exactly. */
  readonly score: number;
}

/** Finds assets by id, part or end of an id, number aloud (“row 3 rack 5”), alias, name or pinyin initials; best first. */
export type Search = (text: string, limit?: number) => readonly Found[];

/**
 * Classes without names of their own, too many to index: found by path and number.
 * Every other class together stays under about 40,000 rows at 400,000 racks.
 */
const byPathOnly: readonly ClassName[] = ["row", "rack"];

/** Assets that share a name but for their number: 机楼 1, 机楼 2, … */
interface NameGroup {
  readonly className: ClassName;
  readonly zh: string;
  readonly en: string;
  readonly initials: string;
  readonly rows: number[];
  /** Number at the end of each row's name; 0 for none. */
  readonly numbers: number[];
}

const trailingNumber = /\s*(\d+)$/;
const normalise = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

const groupNames = (twin: Twin): readonly NameGroup[] => {
  const groups = new Map<string, NameGroup>();
  for (const [className, table] of twin.tables) {
    if (byPathOnly.includes(className)) continue;
    for (let row = 0; row < table.count; row++) {
      const name = table.nameOf(row);
      const zh = name.zh.replace(trailingNumber, "");
      const key = `${className} ${zh}`;
      let group = groups.get(key);
      if (group === undefined) {
        const en = normalise(name.en).replace(trailingNumber, "");
        group = { className, zh: normalise(zh), en, initials: pinyinInitials(zh), rows: [], numbers: [] };
        groups.set(key, group);
      }
      group.rows.push(row);
      group.numbers.push(Number(trailingNumber.exec(name.zh)?.[1] ?? 0));
    }
  }
  return [...groups.values()];
};

/** How well a text names a group; 0 for not at all. */
const likeness = (group: NameGroup, text: string): number => {
  if (text === "") return 0;
  if (group.zh === text || group.en === text) return 0.9;
  if (group.initials === text) return 0.85;
  if (group.zh.startsWith(text) || group.en.startsWith(text)) return 0.8;
  if (text.length > 1 && group.initials.startsWith(text)) return 0.7;
  if (group.zh.includes(text) || group.en.includes(text)) return 0.6;
  return text.length > 1 && group.initials.includes(text) ? 0.4 : 0;
};

/** Best matches so far, one per asset, and how to make results of them. */
class Hits {
  readonly #twin: Twin;
  readonly #scores = new Map<string, { readonly ref: AssetRef; readonly score: number }>();

  constructor(twin: Twin) {
    this.#twin = twin;
  }

  get count(): number {
    return this.#scores.size;
  }

  add(ref: AssetRef, score: number): void {
    const key = `${ref.className} ${ref.row}`;
    if ((this.#scores.get(key)?.score ?? 0) < score) this.#scores.set(key, { ref, score });
  }

  best(limit: number): readonly Found[] {
    const rank = (ref: AssetRef): number => classNames.indexOf(ref.className);
    return [...this.#scores.values()]
      .sort((a, b) => b.score - a.score || rank(a.ref) - rank(b.ref) || a.ref.row - b.ref.row)
      .slice(0, limit)
      .map(({ ref, score }) => ({
        ref,
        id: this.#twin.idOf(ref),
        name: this.#twin.table(ref.className).nameOf(ref.row),
        score,
      }));
  }
}

/** What rows, racks and the places above them are called aloud, and how their ids begin. */
const spoken: readonly (readonly [words: RegExp, id: string])[] = [
  [/(?:楼层|floor)\s*(\d+)/g, "/f$1"],
  [/(?:机房|room)\s*(\d+)/g, "/r$1"],
  [/(?:列|row)\s*(\d+)/g, "/row$1"],
  [/(?:机柜|rack)\s*(\d+)/g, "/k$1"],
];

const asPath = (text: string): string => text.replace(/[\s/>›]+/g, "/").replace(/^\/|\/$/g, "");

/** Paths that a text may mean, the most literal first: as it stands, `row03k05` taken apart, `row3/k5` with two digits. */
const pathsOf = (text: string): ReadonlySet<string> => {
  const named = spoken.reduce((rest, [words, id]) => rest.replace(words, id), text);
  const apart = asPath(named.replace(/(\d)(?=[a-z]+\d)/g, "$1/"));
  const padded = apart.replace(/([a-z])(\d)(?=\/|$)/g, (whole, letter: string, digit: string, at: number) =>
    /(^|\/)[fr]$/.test(apart.slice(0, at + 1)) ? whole : `${letter}0${digit}`,
  );
  return new Set([asPath(text), apart, padded]);
};

/** Exact ids; ids without their zone; the children of a path whose last segment is not complete; ends of ids. */
const searchPaths = (twin: Twin, { text, limit }: { text: string; limit: number }, hits: Hits): void => {
  for (const path of pathsOf(text)) {
    searchPath(twin, path, hits);
    searchEnds(twin, { path, limit }, hits);
    if (hits.count > 0) return;
  }
};

const searchPath = (twin: Twin, path: string, hits: Hits): void => {
  const zones = twin.table("zone");
  const starts = ["", ...Array.from({ length: zones.count }, (_, row) => `${zones.idOf(row)}/`)];
  for (const start of starts) {
    const found = twin.find(start + path);
    if (found) hits.add(found, start === "" ? 1 : 0.88);
    const cut = (start + path).lastIndexOf("/");
    const parent = cut > 0 ? twin.find((start + path).slice(0, cut)) : undefined;
    if (parent) addChildren(twin, { parent, prefix: start + path, score: start === "" ? 0.95 : 0.75 }, hits);
  }
};

/** A path of numbered things only: `k05`, `row03/k05`, `f1/r2`. */
const numbered = /^[a-z]+\d+(\/[a-z]+\d+)*$/;

/** Whatever an id ends with: one look-up per place that could hold it, so that racks need no index. */
const searchEnds = (twin: Twin, { path, limit }: { path: string; limit: number }, hits: Hits): void => {
  if (!numbered.test(path)) return;
  const holders: readonly ClassName[] = /^k\d/.test(path) ? ["row"] : ["building", "floor", "room"];
  let taken = 0;
  for (const className of holders) {
    const table = twin.table(className);
    for (let row = 0; row < table.count && taken < limit; row++) {
      const found = twin.find(`${table.idOf(row)}/${path}`);
      if (!found) continue;
      hits.add(found, 0.8);
      taken++;
    }
  }
};

const addChildren = (
  twin: Twin,
  { parent, prefix, score }: { parent: AssetRef; prefix: string; score: number },
  hits: Hits,
): void => {
  const parentClass = classNames.indexOf(parent.className);
  for (const className of classNames) {
    const [start, end] = twin.rangeBelow(parent, className) ?? [0, 0];
    const table = twin.table(className);
    for (let row = start; row < end; row++)
      if (table.parentClass[row] === parentClass && table.parentRow[row] === parent.row)
        if (table.idOf(row).startsWith(prefix)) hits.add({ className, row }, score);
  }
};

const searchNames = (
  groups: readonly NameGroup[],
  { text, limit }: { text: string; limit: number },
  hits: Hits,
): void => {
  const number = Number(trailingNumber.exec(text)?.[1] ?? Number.NaN);
  const words = text.replace(trailingNumber, "");
  for (const group of groups) {
    const whole = likeness(group, text);
    const numbered = Number.isNaN(number) ? 0 : likeness(group, words);
    if (whole === 0 && numbered === 0) continue;
    let taken = 0;
    for (let i = 0; i < group.rows.length && taken < limit; i++) {
      const score = Math.max(whole, numbered > 0 && group.numbers[i] === number ? numbered + 0.05 : 0);
      if (score === 0) continue;
      hits.add({ className: group.className, row: group.rows[i]! }, score);
      taken++;
    }
  }
};

/** Prepares a search over a twin; nothing is kept per rack. */
export const createSearch = (twin: Twin): Search => {
  const groups = groupNames(twin);
  const aliases = [...twin.aliases].map(([external, ref]) => ({ external: normalise(external), ref }));
  return (input, limit = 20) => {
    const text = normalise(input);
    if (text === "" || limit <= 0) return [];
    const hits = new Hits(twin);
    searchPaths(twin, { text, limit }, hits);
    let taken = 0;
    for (const { external, ref } of aliases) {
      if (taken >= limit) break;
      if (!external.startsWith(text)) continue;
      hits.add(ref, external === text ? 1 : 0.77);
      taken++;
    }
    searchNames(groups, { text, limit }, hits);
    return hits.best(limit);
  };
};

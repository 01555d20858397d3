import type { Twin } from "#twins/model/twin.ts";
import { type Element, measuredAsset } from "./elements.ts";

/** How messages name their asset, as found: names of theirs that are assets or aliases of this twin. */
export interface AssetGuess {
  /** As `asset` in a mapping. */
  readonly words: string;
  /** Text behind the name within its level: `{level2}-front`. */
  readonly suffix: { readonly level: number; readonly text: string } | null;
  readonly nameOf: (element: Element) => string | null;
  /** Different names seen, and how many of them are assets here. */
  readonly names: number;
  readonly resolved: number;
}

/** Names tried together, and elements they are tried on. */
const sourceLimit = 14;
const trialLimit = 60;
const nameLimit = 120;

/** A part of a name: a level of the topic or a text of the message. */
interface Source {
  readonly words: string;
  readonly of: (element: Element) => string | null;
}

const sourcesOf = (elements: readonly Element[]): readonly Source[] => {
  const levels = elements[0]!.sample.levels.map(
    (_, i): Source => ({ words: `{level${i + 1}}`, of: ({ sample }) => sample.levels[i] ?? null }),
  );
  const paths = [...elements[0]!.leaves].flatMap(([path, value]) =>
    typeof value === "string" && value !== "" && value.length <= nameLimit && !/[{}]/.test(path)
      ? [path]
      : [],
  );
  const texts = paths.map((path): Source => {
    const of = ({ leaves }: Element): string | null => {
      const value = leaves.get(path);
      return typeof value === "string" ? value : null;
    };
    return { words: `{${path}}`, of };
  });
  return [...levels, ...texts];
};

const joined = (sources: readonly Source[], between: string): Source => ({
  words: sources.map(({ words }) => words).join(between),
  of: (element) => {
    const parts = sources.map(({ of }) => of(element));
    return parts.includes(null) ? null : parts.join(between);
  },
});

/** One, then two, then three parts: the shortest way to a name that is one here. */
function* combinations(sources: readonly Source[]): Generator<readonly Source[]> {
  yield sources;
  const few = sources.slice(0, sourceLimit);
  const pairs = few.flatMap((a) => few.filter((b) => b !== a).map((b) => joined([a, b], "/")));
  yield pairs;
  yield few.flatMap((a) =>
    few.flatMap((b) => few.flatMap((c) => (a === b || b === c || a === c ? [] : [joined([a, b, c], "/")]))),
  );
}

const judged = (twin: Twin, elements: readonly Element[], source: Source): AssetGuess => {
  const names = new Set(elements.flatMap((element) => source.of(element) ?? []));
  const resolved = [...names].filter((name) => measuredAsset(twin, name)).length;
  return { words: source.words, suffix: null, nameOf: source.of, names: names.size, resolved };
};

/** Elements whose level holds a name and more behind it, by what stands behind. */
const bySuffix = (
  twin: Twin,
  elements: readonly Element[],
): ReadonlyMap<string, { readonly level: number; readonly elements: Element[] }> => {
  const found = new Map<string, { level: number; elements: Element[] }>();
  for (const element of elements)
    for (const [level, text] of element.sample.levels.entries()) {
      const at = [...text.matchAll(/[-_.]/g)]
        .map(({ index }) => index)
        .reverse()
        .find((cut) => measuredAsset(twin, text.slice(0, cut)));
      if (at === undefined) continue;
      const group = found.get(`${level}${text.slice(at)}`) ?? { level, elements: [] };
      group.elements.push(element);
      found.set(`${level}${text.slice(at)}`, group);
    }
  return found;
};

export interface AssetGroup {
  readonly asset: AssetGuess | null;
  readonly elements: readonly Element[];
}

/** Finds how elements name their assets; several groups where their topics do it with different endings. */
export const findAsset = (twin: Twin, elements: readonly Element[]): readonly AssetGroup[] => {
  if (elements.length === 0) return [];
  const trial = elements.slice(0, trialLimit);
  for (const sources of combinations(sourcesOf(elements))) {
    const [best] = sources
      .map((source) => judged(twin, trial, source))
      .filter(({ resolved }) => resolved > 0)
      .sort((a, b) => b.resolved - a.resolved || a.names - b.names);
    if (!best || best.resolved < best.names / 2) continue;
    const nameOf = best.nameOf;
    return [{ asset: judged(twin, elements, { words: best.words, of: nameOf }), elements }];
  }
  const endings = [...bySuffix(twin, elements)].map(([key, { level, elements: group }]): AssetGroup => {
    const text = key.slice(`${level}`.length);
    const source: Source = {
      words: `{level${level + 1}}`,
      of: ({ sample }) => sample.levels[level]?.slice(0, -text.length) ?? null,
    };
    return { asset: { ...judged(twin, group, source), suffix: { level, text } }, elements: group };
  });
  const placed = new Set(endings.flatMap(({ elements: group }) => group));
  const rest = elements.filter((element) => !placed.has(element));
  return rest.length === 0 ? endings : [...endings, { asset: null, elements: rest }];
};

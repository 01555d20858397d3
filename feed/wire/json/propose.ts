import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type Element, elementsOf, measuredAsset } from "./elements.ts";
import type { Kind, Sample } from "./observe.ts";
import { type AssetGuess, findAsset } from "./propose-asset.ts";
import { type Field, fieldsOf, type SignalShape, signalShapeOf } from "./propose-fields.ts";
import { findTime, type TimeGuess } from "./propose-time.ts";

/** What a mapping may say of one kind of messages: certain where a name says so, a remark where none does. */
export interface Draft {
  readonly topic: string;
  readonly each: string | null;
  readonly when: Readonly<Record<string, string>>;
  readonly asset: AssetGuess | null;
  readonly time: TimeGuess | null;
  readonly signal: SignalShape | null;
  readonly fields: readonly Field[];
  readonly messages: number;
  readonly example: string;
}

/** Leaves that tell kinds of elements apart: Telegraf's measurement, a message type. */
const discriminators = ["@.name", "@.measurement", "@.type"];

const groupedBy = <T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

/** Elements of one kind by the word that tells them apart, where they have one. */
const separate = (
  elements: readonly Element[],
): readonly (readonly [Draft["when"], readonly Element[]])[] => {
  const path = discriminators.find((leaf) =>
    elements.every(({ leaves }) => typeof leaves.get(leaf) === "string"),
  );
  if (path === undefined) return [[{}, elements]];
  return [...groupedBy(elements, ({ leaves }) => String(leaves.get(path)))].map(([word, group]) => [
    { [path]: word },
    group,
  ]);
};

const classesOf = (twin: Twin, names: Iterable<string>): ReadonlySet<ClassName> =>
  new Set([...names].flatMap((name) => measuredAsset(twin, name)?.className ?? []));

/** Levels that vary, and those that name the asset, are captured; the others stand as they are. */
const topicOf = (samples: readonly Sample[], asset: AssetGuess | null): string => {
  const [{ levels }] = samples as readonly [Sample, ...Sample[]];
  return levels
    .map((level, i) => {
      const name = `level${i + 1}`;
      const isCaptured =
        asset?.words.includes(`{${name}}`) || samples.some((each) => each.levels[i] !== level);
      if (asset?.suffix?.level === i) return `{${name}}${asset.suffix.text}`;
      return isCaptured || /[{}]/.test(level) ? `{${name}}` : level;
    })
    .join("/");
};

/** Drafts of templates for one kind of messages. */
export const draftsOf = (twin: Twin, kind: Kind): readonly Draft[] => {
  const all = elementsOf(kind);
  const signal = kind.each === null ? null : signalShapeOf(all);
  const parts = signal ? [[{}, all] as const] : separate(all);
  return parts.flatMap(([when, part]) =>
    findAsset(twin, part).map(({ asset, elements }): Draft => {
      const samples = [...new Set(elements.map(({ sample }) => sample))];
      const time = findTime(elements);
      const named = (element: Element): string => asset?.nameOf(element) ?? "";
      return {
        topic: topicOf(samples, asset),
        each: kind.each,
        when,
        asset,
        time,
        signal,
        fields: fieldsOf(elements, {
          signal,
          timePath: time?.path ?? null,
          classesAt: (at) => classesOf(twin, new Set(at.map(named))),
          nameOf: named,
        }),
        messages: kind.messages,
        example: samples[0]!.topic,
      };
    }),
  );
};

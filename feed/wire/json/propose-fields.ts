import { conversionBetween } from "#feed/wire/units.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { Element } from "./elements.ts";
import { metricByName, metricsLike, type NamedMetric } from "./metric-names.ts";
import type { Leaf } from "./observe.ts";

/** Elements that are one value each, named by a word of theirs. */
export interface SignalShape {
  readonly name: string;
  readonly value: string;
  /** Leaf | undefined with the unit of each. */
  readonly unit: string | null;
}

/** A value that messages have, and what it is where its name says so. */
export interface Field {
  /** Path, or the signal's word. */
  readonly label: string;
  readonly metric: NamedMetric | null;
  /** Metrics it might be. */
  readonly like: readonly string[];
  /** Smallest and largest number seen, or the words. */
  readonly seen: string;
  /** Elements of one asset with this value in one message: more than one need a reduction. */
  readonly perAsset: number;
}

const nameLeaf = /(name|signal|point|metric|tag|key|信号|测点|名称|指标|参数)[^.]*$/i;
const valueLeaf = /^@\.(value|val|v|值|数值|测量值|状态|state|status)$/i;
const unitLeaf = /^@\.(unit|units|u|单位|engUnit)$/i;
const wordsShown = 6;

/** Finds the name, value and unit of elements that are one value each. */
export const signalShapeOf = (elements: readonly Element[]): SignalShape | null => {
  const paths = [...(elements[0]?.leaves.keys() ?? [])].filter((path) => path.startsWith("@"));
  const value = paths.find((path) => valueLeaf.test(path));
  const names = paths.filter(
    (path) => path !== value && nameLeaf.test(path) && typeof elements[0]!.leaves.get(path) === "string",
  );
  const name = names.find((path) => new Set(elements.map(({ leaves }) => leaves.get(path))).size > 1);
  if (value === undefined || name === undefined) return null;
  return { name, value, unit: paths.find((path) => unitLeaf.test(path)) ?? null };
};

interface Context {
  readonly signal: SignalShape | null;
  readonly timePath: string | null;
  readonly classesAt: (elements: readonly Element[]) => ReadonlySet<ClassName>;
  readonly nameOf: (element: Element) => string;
}

const isNumeric = (value: Leaf | undefined): boolean =>
  typeof value === "number" ||
  (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)));

const seenIn = (values: readonly (Leaf | undefined)[]): string => {
  const numbers = values.filter(isNumeric).map(Number);
  if (numbers.length === values.length && numbers.length > 0)
    return `${Math.min(...numbers)} … ${Math.max(...numbers)}`;
  const words = [...new Set(values.map((value) => JSON.stringify(value)))];
  return words.slice(0, wordsShown).join(", ") + (words.length > wordsShown ? ", …" : "");
};

const mostPerAsset = (elements: readonly Element[], nameOf: Context["nameOf"]): number => {
  const counts = new Map<string, number>();
  const numberOf = new Map(elements.map(({ sample }, i) => [sample, i]));
  for (const element of elements) {
    const key = `${numberOf.get(element.sample)} ${nameOf(element)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
};

const lastName = (path: string): string =>
  /\["((?:[^"\\]|\\.)*)"\]$|\.([^.[\]]+)$/
    .exec(path)
    ?.slice(1)
    .find((name) => name !== undefined) ?? path;

/** The unit that all these elements state, where it fits the metric. */
const withUnit = (
  found: NamedMetric | null,
  elements: readonly Element[],
  path: string | null,
): NamedMetric | null => {
  if (!found || found.unit !== null || path === null) return found;
  const converts = ({ leaves }: Element): boolean => {
    const unit = leaves.get(path);
    return typeof unit === "string" && conversionBetween(unit, found.metricUnit) !== null;
  };
  return elements.every(converts) ? { ...found, unit: path } : found;
};

const fieldOf = (
  label: string,
  at: { readonly elements: readonly Element[]; readonly path: string; readonly name: string },
  { classesAt, nameOf, signal }: Context,
): Field => {
  const { elements, path, name } = at;
  const classes = classesAt(elements);
  const named = metricByName(name, classes);
  const values = elements.map(({ leaves }) => leaves.get(path));
  const isNumber = named?.kind === "state" || values.every(isNumeric);
  return {
    label,
    metric: isNumber ? withUnit(named, elements, signal?.unit ?? null) : null,
    like: metricsLike(name, classes),
    seen: seenIn(values),
    perAsset: mostPerAsset(elements, nameOf),
  };
};

/** Values of the elements: numbers, and for signals words too. */
export const fieldsOf = (elements: readonly Element[], context: Context): readonly Field[] => {
  const { signal, timePath } = context;
  if (signal) {
    const names = [...new Set(elements.flatMap(({ leaves }) => leaves.get(signal.name) ?? []))].map(String);
    return names.map((name) => {
      const own = elements.filter(({ leaves }) => leaves.get(signal.name) === name);
      return fieldOf(name, { elements: own, path: signal.value, name }, context);
    });
  }
  const paths = [...new Set(elements.flatMap(({ leaves }) => [...leaves.keys()]))];
  return paths.flatMap((path) => {
    const own = elements.filter(({ leaves }) => leaves.has(path));
    const values = own.map(({ leaves }) => leaves.get(path));
    const isSwitch = values.every((value) => typeof value === "boolean");
    const isValue = path !== timePath && (isSwitch || values.every(isNumeric));
    return isValue ? [fieldOf(path, { elements: own, path, name: lastName(path) }, context)] : [];
  });
};

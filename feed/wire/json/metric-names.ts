import { conversionBetween } from "#feed/wire/units.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName, MetricSpec } from "#twins/model/metric.ts";

/** Units as they stand in names of fields, longest first: `power_watts`, `energy_kwh`, `inlet_temp_celsius`. */
const unitWords: readonly (readonly [word: string, unit: string])[] = [
  ["kilowatthours", "kWh"],
  ["kilowatts", "kW"],
  ["megawatts", "MW"],
  ["fahrenheit", "degF"],
  ["celsius", "Cel"],
  ["percent", "%"],
  ["watts", "W"],
  ["kwh", "kWh"],
  ["mwh", "MWh"],
  ["lpm", "L/min"],
  ["rpm", "RPM"],
  ["pct", "%"],
  ["kw", "kW"],
];

/** Words that say nothing of what is measured. */
const fillers = ["reading", "value", "current", "instant"];

const bare = (text: string): string => text.toLowerCase().replace(/[\s_\-./()（）]+/g, "");

/** What the words of a field's name say: the quantity, bare, and the unit where one stands in it. */
const readName = (field: string): { readonly name: string; readonly unit: string | null } => {
  let name = bare(field);
  for (const filler of fillers)
    if (name.endsWith(filler) && name !== filler) name = name.slice(0, -filler.length);
  for (const [word, unit] of unitWords)
    if (name.endsWith(word) && name !== word) return { name: name.slice(0, -word.length), unit };
  return { name, unit: null };
};

const namesOf = (metric: MetricSpec): readonly string[] =>
  [metric.id, metric.name.en, metric.name.zh, metric.dsx?.pointType ?? metric.id].map(bare);

/** The metric that a field is by its very name, in all classes it was seen at; null when no name says so. */
export interface NamedMetric {
  readonly metric: string;
  readonly kind: MetricSpec["kind"];
  readonly states: MetricSpec["states"];
  /** Of the catalogue. */
  readonly metricUnit: string;
  /** Null: the name has none, and the metric needs one. */
  readonly unit: string | null;
}

export const metricByName = (field: string, classes: ReadonlySet<ClassName>): NamedMetric | null => {
  const { name, unit } = readName(field);
  const found = [...classes].map((className) =>
    classSpec(className).metrics.find((metric) => !metric.derived && namesOf(metric).includes(name)),
  );
  const [first] = found;
  if (!first || found.some((metric) => metric?.id !== first.id)) return null;
  if (unit !== null && !conversionBetween(unit, first.unit)) return null;
  const isUnitless = first.unit === "1" || first.kind === "state";
  return {
    metric: first.id,
    kind: first.kind,
    states: first.states,
    metricUnit: first.unit,
    unit: isUnitless ? "1" : unit,
  };
};

/** Metrics that a field might be, for a person to choose from: same unit, or a part of the name. */
export const metricsLike = (field: string, classes: ReadonlySet<ClassName>): readonly string[] => {
  const { name } = readName(field);
  const isLike = (metric: MetricSpec): boolean =>
    namesOf(metric).some((other) => other.includes(name) || name.includes(other));
  const ids = [...classes].flatMap((className) =>
    classSpec(className)
      .metrics.filter((metric) => !metric.derived && isLike(metric))
      .map(({ id }) => id),
  );
  return [...new Set(ids)];
};

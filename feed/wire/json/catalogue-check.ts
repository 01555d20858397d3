import { conversionBetween } from "#feed/wire/units.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import { classNames, type MetricSpec } from "#twins/model/metric.ts";
import type { MeaningDocument } from "./schema.ts";

/** Metrics of this id, one per class that has it. */
const metricsNamed = (id: string): readonly MetricSpec[] =>
  classNames.flatMap((name) => classSpec(name).metrics.filter((metric) => metric.id === id));

/** A state or a ratio needs no unit. */
const isUnitless = ({ unit, kind }: MetricSpec): boolean => unit === "1" || kind === "state";

/**
 * What is wrong with a value's meaning whatever asset it is of. Which class it is of shows only when a message comes;
 * a metric or unit that fits no class at all is a mistake in the file.
 */
export const meaningProblems = ({ metric, unit, states, reduce }: MeaningDocument): readonly string[] => {
  const all = metricsNamed(metric);
  const taken = all.filter(({ derived }) => !derived);
  if (all.length === 0)
    return [`no class has a metric ${JSON.stringify(metric)} (docs/JSON-WIRE.md, Metrics)`];
  if (taken.length === 0) return [`${metric} is computed here: nothing on the wire can set it`];
  const problems: string[] = [];
  if (states) problems.push(...stateProblems(metric, taken, states));
  else if (unit === undefined && !taken.some(isUnitless))
    problems.push(`${metric} needs a unit: "unit": "${taken[0]!.unit}", or what the wire has`);
  else if (
    unit !== undefined &&
    !/^[$@^]/.test(unit) &&
    !taken.some((each) => conversionBetween(unit, each.unit))
  )
    problems.push(`unit ${JSON.stringify(unit)} does not convert to ${taken[0]!.unit} of ${metric}`);
  if (states && unit !== undefined) problems.push("states have no unit");
  if (states && reduce) problems.push("states have no sum, mean or maximum");
  return problems;
};

const stateProblems = (
  id: string,
  metrics: readonly MetricSpec[],
  states: Readonly<Record<string, number>>,
): readonly string[] => {
  const codes = new Set(metrics.flatMap((metric) => metric.states?.map(({ code }) => code) ?? []));
  if (codes.size === 0) return [`${id} is no state: it has no codes`];
  return Object.entries(states)
    .filter(([, code]) => !codes.has(code))
    .map(
      ([word, code]) => `${JSON.stringify(word)}: ${id} has no state ${code}, only ${[...codes].join(", ")}`,
    );
};

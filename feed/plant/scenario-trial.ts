import { classSpec } from "#twins/model/catalogue.ts";
import type { Twin } from "#twins/model/twin.ts";
import { visitPlantBalances } from "#twins/physics/balances.ts";
import { createFaults } from "#twins/physics/faults/faults.ts";
import type { Plant } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { createCourse, startOf } from "#twins/scenario/course.ts";
import { type Figure, figureOf } from "#twins/scenario/figures.ts";
import type { Expectation, Scenario } from "#twins/scenario/scenario.ts";

/**
 * Plays a scenario from its first second to its last on a plant without a wire, and says everything that is wrong: orders
 * refused, views of nothing, expectations that do not come true, and at every step balances that do not close, flows that
 * run backwards and values that are no numbers.
 */

/** Length of a step where nobody asks for another, s. */
const usualStepS = 10;
/** In = out + stored within this part of the flow. */
const balanceTolerance = 1e-6;
/** Times are sums of steps, s. */
const sameS = 1e-3;

export interface TrialOptions {
  readonly seed?: number;
  readonly stepS?: number;
  /** Called before the first step and after each. */
  readonly watch?: (plant: Plant, elapsedS: number) => void;
}

/** Failures of one kind and place are one line: its first moment, how often, and the worst of it. */
interface Fault {
  readonly firstS: number;
  readonly text: string;
  readonly limit: string;
  count: number;
  worst: number;
}

class Findings {
  readonly #faults = new Map<string, Fault>();

  note(
    key: string,
    atS: number,
    { text, worst, limit }: { text: string; worst: number; limit: string },
  ): void {
    const fault = this.#faults.get(key);
    if (!fault) this.#faults.set(key, { firstS: atS, text, limit, count: 1, worst });
    else {
      fault.count++;
      if (!(worst <= fault.worst)) fault.worst = worst;
    }
  }

  lines(): readonly string[] {
    return [...this.#faults.values()].map(
      ({ firstS, text, limit, count, worst }) =>
        `from ${firstS} s on ${text} (${limit}; ${count} times, worst ${worst.toPrecision(3)})`,
    );
  }
}

/** A column with what its values may be. */
interface Watched {
  readonly name: string;
  readonly idOf: (row: number) => string;
  readonly values: ArrayLike<number>;
  readonly lowest: number;
}

/** What cannot be negative by its unit and range: everything but temperatures and flows that go both ways. */
const watchedColumns = (twin: Twin, plant: Plant): readonly Watched[] =>
  [...plant.truth].flatMap(([className, columns]) =>
    columns.flatMap((values, index) => {
      const metric = classSpec(className).metrics[index]!;
      if (!values) return [];
      const isOneWay = metric.unit !== "Cel" && metric.range[0] >= 0;
      return {
        name: `${className}.${metric.id}`,
        idOf: (row: number) => twin.table(className).idOf(row),
        values,
        lowest: isOneWay ? 0 : Number.NEGATIVE_INFINITY,
      };
    }),
  );

const checkValues = (columns: readonly Watched[], findings: Findings, atS: number): void => {
  for (const { name, idOf, values, lowest } of columns)
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (value >= lowest && value < Number.POSITIVE_INFINITY) continue;
      const isNumber = Number.isFinite(value);
      const text = `${name} of ${idOf(row)} is ${value}`;
      findings.note(`${name} ${isNumber}`, atS, {
        text,
        worst: -value,
        limit: isNumber ? "it cannot be negative" : "no number",
      });
    }
};

const checkBalances = (plant: Plant, findings: Findings, atS: number): void =>
  visitPlantBalances(plant, (what, row, { inKw, outKw, storedKw }) => {
    const error = Math.abs(inKw - outKw - storedKw) / Math.max(1, Math.abs(inKw), Math.abs(outKw));
    if (error <= balanceTolerance) return;
    const text = `${what} ${row} does not close: ${inKw} kW in, ${outKw} kW out, ${storedKw} kW stored`;
    findings.note(`${what} ${row}`, atS, { text, worst: error, limit: `at most ${balanceTolerance}` });
  });

const holds = (seen: number, { is, value, tolerance = 0 }: Expectation): boolean => {
  if (is === "<") return seen < value;
  return is === ">" ? seen > value : Math.abs(seen - value) <= tolerance;
};

interface Awaited {
  readonly expectation: Expectation;
  readonly read: Figure;
}

const awaited = (twin: Twin, plant: Plant, scenario: Scenario, failures: string[]): readonly Awaited[] =>
  scenario.expectations
    .flatMap((expectation) => {
      const figure = figureOf(twin, plant, expectation);
      if (figure.ok) return { expectation, read: figure.value };
      const { message, tip } = figure.error;
      failures.push(`expectation at ${expectation.atS} s: ${message}. ${tip}`);
      return [];
    })
    .sort((a, b) => a.expectation.atS - b.expectation.atS);

const lateOf = ({ events, views, expectations, durationS }: Scenario): readonly string[] =>
  (
    [
      ["event", events],
      ["view", views],
      ["expectation", expectations],
    ] as const
  ).flatMap(([what, list]) =>
    list
      .filter(({ atS }) => atS > durationS)
      .map(({ atS }) => `${what} at ${atS} s: the scenario ends at ${durationS} s`),
  );

/** @returns everything that is wrong, in words; empty for a sound scenario. */
export const tryScenario = (
  scenario: Scenario,
  twin: Twin,
  options: TrialOptions = {},
): readonly string[] => {
  const { seed = 1, stepS = usualStepS, watch } = options;
  const failures: string[] = [...lateOf(scenario)];
  const findings = new Findings();
  const startMs = startOf(scenario, twin);
  const shifts = { startMs, shifts: scenario.weather };
  const plant = createPlant(twin, { seed, startMs, shifts });
  const course = createCourse(scenario, plant, { startMs, faults: createFaults(twin, plant) });
  for (const { atS, asset } of scenario.views)
    if (asset !== undefined && !twin.find(asset)) failures.push(`view at ${atS} s: no asset "${asset}"`);
  const expected = awaited(twin, plant, scenario, failures);
  const columns = watchedColumns(twin, plant);

  let next = 0;
  const elapsed = (): number => (plant.timeMs - startMs) / 1000;
  const look = (): void => {
    const atS = elapsed();
    for (; next < expected.length && expected[next]!.expectation.atS <= atS + sameS; next++) {
      const { expectation, read } = expected[next]!;
      const { asset, metric, is, value, tolerance, because } = expectation;
      const seen = read();
      const limit = `${is} ${value}${tolerance === undefined ? "" : ` ± ${tolerance}`}`;
      if (!holds(seen, expectation))
        failures.push(
          `expectation at ${expectation.atS} s: ${asset} ${metric} is ${seen}, not ${limit}: ${because.en}`,
        );
    }
    checkBalances(plant, findings, atS);
    checkValues(columns, findings, atS);
    watch?.(plant, atS);
  };
  look();
  while (scenario.durationS - elapsed() > sameS) {
    const untilNext = next < expected.length ? expected[next]!.expectation.atS - elapsed() : stepS;
    course.step(Math.min(stepS, untilNext, scenario.durationS - elapsed()));
    look();
  }
  failures.push(...course.refused.map(({ message, tip }) => `order refused: ${message}. ${tip}`));
  return [...failures, ...findings.lines()];
};

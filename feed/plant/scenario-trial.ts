import type { Twin } from "#twins/model/twin.ts";
import { createFaults } from "#twins/physics/faults/faults.ts";
import type { Plant } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { createCourse, startOf } from "#twins/scenario/course.ts";
import { type Figure, figureOf } from "#twins/scenario/figures.ts";
import type { Expectation, Scenario } from "#twins/scenario/scenario.ts";
import { createSoundness } from "#twins/scenario/soundness.ts";

/**
 * Plays a scenario from its first second to its last on a plant without a wire, and says everything that is wrong: orders
 * refused, views of nothing, expectations that do not come true, and at every step balances that do not close, flows that
 * run backwards and values that are no numbers.
 */

/** Length of a step where nobody asks for another, s. */
const usualStepS = 10;
/** Times are sums of steps, s. */
const sameS = 1e-3;

export interface TrialOptions {
  readonly seed?: number;
  readonly stepS?: number;
  /** Called before the first step and after each. */
  readonly watch?: (plant: Plant, elapsedS: number) => void;
}

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
  const startMs = startOf(scenario, twin);
  const shifts = { startMs, shifts: scenario.weather };
  const plant = createPlant(twin, { seed, startMs, shifts, readsInstruments: false });
  const course = createCourse(scenario, plant, { startMs, faults: createFaults(twin, plant) });
  for (const { atS, asset } of scenario.views)
    if (asset !== undefined && !twin.find(asset)) failures.push(`view at ${atS} s: no asset "${asset}"`);
  const expected = awaited(twin, plant, scenario, failures);
  const soundness = createSoundness(twin, plant);

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
    soundness.look(atS);
    watch?.(plant, atS);
  };
  look();
  while (scenario.durationS - elapsed() > sameS) {
    const untilNext = next < expected.length ? expected[next]!.expectation.atS - elapsed() : stepS;
    course.step(Math.min(stepS, untilNext, scenario.durationS - elapsed()));
    look();
  }
  failures.push(...course.refused.map(({ message, tip }) => `order refused: ${message}. ${tip}`));
  return [...failures, ...soundness.lines()];
};

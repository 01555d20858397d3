import { ok, type Problem, type Result } from "#twins/model/result.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { Plant } from "#twins/physics/plant.ts";
import type { FaultClearance, FaultOrder, JobOrder, Scenario } from "./scenario.ts";

/** What a course does to the plant beside stepping it. */
export interface CourseHands {
  inject(order: FaultOrder): Result<unknown>;
  clear(clearance: FaultClearance): Result<unknown>;
}

/** A scenario on its way through a plant. */
export interface Course {
  readonly scenario: Scenario;
  readonly startMs: number;
  /** Moves the plant on; events happen at their own times, however long the step. */
  step(seconds: number, meteredSeconds?: number): void;
  /** Events that could not be played, in words. */
  readonly refused: readonly Problem[];
}

/** Start of a scenario, ms UTC: its text is the site's clock. NaN for a text that is no time. */
export const startOf = ({ start }: Pick<Scenario, "start">, { site }: Pick<Twin, "site">): number =>
  Date.parse(`${start}Z`) - site.utcOffsetMin * 60_000;

/** Longest step that a plant makes in parts (plant.ts). */
const longestStepS = 600;

/** A time within this of an event is its time: plant time is a sum of steps, ms. */
const sameMs = 0.5;

export const createCourse = (
  scenario: Scenario,
  plant: Pick<Plant, "step" | "timeMs" | "dispatch">,
  { startMs, hands }: { readonly startMs: number; readonly hands: CourseHands },
): Course => {
  const { events } = scenario;
  const refused: Problem[] = [];
  let next = 0;

  const note = (result: Result<unknown>): void => {
    if (!result.ok) refused.push(result.error);
  };
  const migrate = ({ from, to, ...job }: JobOrder): Result<unknown> =>
    plant.dispatch.migrate({
      ...job,
      fromCentre: from,
      toBuilding: to,
      checkpointTb: 0, // the order counts it among its data
      startMs: plant.timeMs,
    });
  const play = ({ faults = [], clear = [], job }: Scenario["events"][number]): void => {
    for (const clearance of clear) note(hands.clear(clearance));
    for (const order of faults) note(hands.inject(order));
    note(job ? migrate(job) : ok(null));
  };
  const playDue = (): void => {
    while (next < events.length && startMs + events[next]!.atS * 1000 <= plant.timeMs + sameMs)
      play(events[next++]!);
  };
  playDue();
  return {
    scenario,
    startMs,
    refused,
    step: (seconds, meteredSeconds = seconds) => {
      const share = seconds > 0 ? meteredSeconds / seconds : 0;
      const endMs = plant.timeMs + seconds * 1000;
      for (let leftS = seconds; leftS > sameMs / 1000; leftS = (endMs - plant.timeMs) / 1000) {
        const event = events[next];
        const untilEventS = event
          ? (startMs + event.atS * 1000 - plant.timeMs) / 1000
          : Number.POSITIVE_INFINITY;
        const partS = Math.min(leftS, longestStepS, untilEventS);
        plant.step(partS, partS * share);
        playDue();
      }
    },
  };
};

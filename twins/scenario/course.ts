import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { Faults } from "#twins/physics/faults/faults.ts";
import type { FaultClearance } from "#twins/physics/faults/order.ts";
import type { Plant } from "#twins/physics/plant.ts";
import type { JobOrder, Scenario, ScenarioEvent } from "./scenario.ts";

/** A scenario on its way through a plant. */
export interface Course {
  readonly scenario: Scenario;
  readonly startMs: number;
  /** Moves the plant on; events happen, faults grow and pass at their own times, however long the step. */
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
  plant: Pick<Plant, "timeMs" | "dispatch">,
  {
    startMs,
    faults,
  }: { readonly startMs: number; readonly faults: Pick<Faults, "inject" | "clear" | "step"> },
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
  const clear = (clearance: FaultClearance): Result<unknown> =>
    faults.clear(clearance) > 0
      ? ok(null)
      : err({
          code: "fault-not-in-force",
          message: `nothing to clear: ${JSON.stringify(clearance)} is not in force`,
          tip: "A fault with forS passes by itself.",
        });
  const play = ({ faults: orders = [], clear: repairs = [], job, pin }: ScenarioEvent): void => {
    for (const clearance of repairs) note(clear(clearance));
    for (const order of orders) note(faults.inject(order));
    note(job ? migrate(job) : ok(null));
    note(pin ? plant.dispatch.pin(pin) : ok(null));
  };
  const playDue = (): void => {
    while (next < events.length && startMs + events[next]!.atS * 1000 <= plant.timeMs + sameMs)
      play(events[next++]!);
  };
  /** Time of the next event, ms UTC. */
  const nextMs = (): number => {
    const event = events[next];
    return event ? startMs + event.atS * 1000 : Number.POSITIVE_INFINITY;
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
        const partS = Math.min(leftS, longestStepS, (nextMs() - plant.timeMs) / 1000);
        faults.step(partS, partS * share);
        playDue();
      }
    },
  };
};

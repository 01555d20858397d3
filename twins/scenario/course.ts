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
  /** Moves the plant on; events happen, and faults pass, at their own times, however long the step. */
  step(seconds: number, meteredSeconds?: number): void;
  /** Events that could not be played, in words. */
  readonly refused: readonly Problem[];
}

/** Start of a scenario, ms UTC: its text is the site's clock. NaN for a text that is no time. */
export const startOf = ({ start }: Pick<Scenario, "start">, { site }: Pick<Twin, "site">): number =>
  Date.parse(`${start}Z`) - site.utcOffsetMin * 60_000;

/** Longest step that a plant makes in parts (plant.ts). */
const longestStepS = 600;

/** A fault that passes by itself, ms UTC. */
interface Passing extends Required<FaultClearance> {
  readonly untilMs: number;
}

/** A time within this of an event is its time: plant time is a sum of steps, ms. */
const sameMs = 0.5;

export const createCourse = (
  scenario: Scenario,
  plant: Pick<Plant, "step" | "timeMs" | "dispatch">,
  { startMs, hands }: { readonly startMs: number; readonly hands: CourseHands },
): Course => {
  const { events } = scenario;
  const refused: Problem[] = [];
  /** Faults that were ordered for a time only, and when that is over. */
  const passing: Passing[] = [];
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
  const clear = (clearance: FaultClearance): void => {
    const { asset, fault } = clearance;
    for (let i = passing.length - 1; i >= 0; i--)
      if (passing[i]!.asset === asset && (fault ?? passing[i]!.fault) === passing[i]!.fault)
        passing.splice(i, 1);
    note(hands.clear(clearance));
  };
  const inject = (order: FaultOrder): void => {
    const { asset, fault, forS } = order;
    const known = passing.findIndex((each) => each.asset === asset && each.fault === fault);
    if (known >= 0) passing.splice(known, 1);
    if (forS !== undefined) passing.push({ asset, fault, untilMs: plant.timeMs + forS * 1000 });
    note(hands.inject(order));
  };
  const play = ({ faults = [], clear: repairs = [], job, pin }: Scenario["events"][number]): void => {
    for (const clearance of repairs) clear(clearance);
    for (const order of faults) inject(order);
    note(job ? migrate(job) : ok(null));
    note(pin ? plant.dispatch.pin(pin) : ok(null));
  };
  const playDue = (): void => {
    for (const { asset, fault } of passing.filter(({ untilMs }) => untilMs <= plant.timeMs + sameMs))
      clear({ asset, fault });
    while (next < events.length && startMs + events[next]!.atS * 1000 <= plant.timeMs + sameMs)
      play(events[next++]!);
  };
  /** Time of what comes next, ms UTC. */
  const nextMs = (): number => {
    const event = events[next];
    const eventMs = event ? startMs + event.atS * 1000 : Number.POSITIVE_INFINITY;
    return passing.reduce((first, { untilMs }) => Math.min(first, untilMs), eventMs);
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
        plant.step(partS, partS * share);
        playDue();
      }
    },
  };
};

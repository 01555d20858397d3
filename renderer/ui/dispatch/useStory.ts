import { useMemo } from "react";
import type { SampledPoint } from "#renderer/data/sampler.ts";
import { useKpi, usePoint } from "#renderer/stores/points.ts";
import { useDrill } from "#renderer/ui/drill.ts";
import { whileCurrent } from "#renderer/ui/look.ts";
import { useServices } from "#renderer/ui/services.tsx";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import type { JobOrder, ScenarioState } from "#twins/scenario/scenario.ts";
import { type StoryStep, stepNow } from "./story.ts";

/** A job from another centre that the scenario brings, and where telemetry says it is. */
export interface Story {
  readonly job: JobOrder;
  /** When it is ordered, seconds of the scenario's course. */
  readonly orderedAtS: number;
  readonly hasCome: boolean;
  /** Null before the order, and while nothing usable is known. */
  readonly step: StoryStep | null;
  readonly from: AssetRef | null;
  /** The room whose racks take it in, as the scenario's views show it; else the building. */
  readonly to: AssetRef | null;
  readonly moved: SampledPoint | undefined;
  readonly rate: SampledPoint | undefined;
  readonly load: SampledPoint | undefined;
  readonly power: SampledPoint | undefined;
}

const destinationOf = (twin: Twin, { views }: ScenarioState, { to }: JobOrder): AssetRef | null => {
  for (const { asset } of views) {
    if (!asset?.startsWith(`${to}/`)) continue;
    const ref = twin.find(asset);
    if (ref?.className === "room") return ref;
  }
  return twin.find(to) ?? null;
};

/** The scenario's order that came last, or that will come first. */
const orderOf = ({ events }: ScenarioState, elapsedS: number) =>
  events.findLast(({ atS, job }) => job && atS <= elapsedS) ?? events.find(({ job }) => job);

const known = (point: SampledPoint | undefined): number | null => whileCurrent(point)?.value ?? null;

/** Null where no scenario with a job from elsewhere is played. */
export const useStory = (): Story | null => {
  const { twin } = useServices();
  const drill = useDrill();
  const state = drill?.shown.state;
  const elapsedS = drill?.moment.elapsedS ?? 0;
  const event = state && orderOf(state, elapsedS);
  const job = event?.job;
  const from = useMemo(() => (job && twin.find(job.from)) ?? null, [twin, job]);
  const to = useMemo(() => (state && job ? destinationOf(twin, state, job) : null), [twin, state, job]);
  const moved = usePoint(from, "stagedData");
  const rate = usePoint(from, "transferRate");
  const load = useKpi("load", to);
  const power = useKpi("itPower", to);
  if (!event || !job || drill.moment.isSilent) return null;
  const sinceOrderS = elapsedS - event.atS;
  const seen = { sinceOrderS, movedTb: known(moved), gbitPerS: known(rate), loadPercent: known(load) };
  const hasCome = sinceOrderS >= 0;
  return {
    job,
    orderedAtS: event.atS,
    hasCome,
    step: stepNow(job, seen),
    from,
    to,
    moved,
    rate,
    load,
    power,
  };
};

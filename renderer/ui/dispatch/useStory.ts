import { useCallback, useEffect, useMemo, useState } from "react";
import type { SampledPoint } from "#renderer/data/sampler.ts";
import { type CampusState, cellOf } from "#renderer/data/state.ts";
import { useKpi, usePoint, useSample } from "#renderer/stores/points.ts";
import { useDrill } from "#renderer/ui/drill.ts";
import { whileCurrent } from "#renderer/ui/look.ts";
import { sameAsset, useServices } from "#renderer/ui/services.tsx";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
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

/** Racks that wait for a job draw hardly anything: below this load, %. */
const waitsBelow = 10;
const rackLoad = metricIndex("rack", "load");

/** The room of a building with the most racks that wait; null where fewer than a third of what the job needs do. */
export const waitingRoom = (campus: CampusState, building: AssetRef, racks: number): AssetRef | null => {
  const { twin } = campus;
  const rooms = twin.rangeBelow(building, "room");
  const state = campus.of("rack");
  let best: AssetRef | null = null;
  let most = racks / 3;
  for (let row = rooms?.[0] ?? 0; row < (rooms?.[1] ?? 0); row++) {
    const range = twin.rangeBelow({ className: "room", row }, "rack");
    let waiting = 0;
    for (let rack = range?.[0] ?? 0; rack < (range?.[1] ?? 0); rack++) {
      const cell = cellOf(state, rack, rackLoad);
      if (isUsable(state.status[cell]!) && state.value[cell]! < waitsBelow) waiting++;
    }
    if (waiting <= most) continue;
    most = waiting;
    best = { className: "room", row };
  }
  return best;
};

/**
 * The room that takes the job in, as its racks' loads tell while they wait; what was found is kept while they run.
 * Before anything is known it is the one that the scenario's views show.
 */
const useDestination = (job: JobOrder | undefined, isWaiting: boolean, guess: AssetRef | null) => {
  const { twin } = useServices();
  const building = useMemo(() => (job && twin.find(job.to)) ?? null, [twin, job]);
  const racks = job?.racks ?? 0;
  const read = useCallback(
    (campus: CampusState): AssetRef | null =>
      building && isWaiting ? waitingRoom(campus, building, racks) : null,
    [building, isWaiting, racks],
  );
  const seen = useSample(read, sameAsset);
  const [kept, setKept] = useState<AssetRef | null>(null);
  useEffect(() => {
    if (seen) setKept(seen);
  }, [seen]);
  return seen ?? kept ?? guess;
};

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
  const guess = useMemo(() => (state && job ? destinationOf(twin, state, job) : null), [twin, state, job]);
  const [isWaiting, setWaiting] = useState(true);
  const to = useDestination(job, isWaiting, guess);
  const moved = usePoint(from, "stagedData");
  const rate = usePoint(from, "transferRate");
  const load = useKpi("load", to);
  const power = useKpi("itPower", to);
  const sinceOrderS = event ? elapsedS - event.atS : -1;
  const seen = { sinceOrderS, movedTb: known(moved), gbitPerS: known(rate), loadPercent: known(load) };
  const step = job ? stepNow(job, seen) : null;
  useEffect(() => setWaiting(step === "reserve" || step === "stage" || step === "load"), [step]);
  if (!event || !job || drill.moment.isSilent) return null;
  return {
    job,
    orderedAtS: event.atS,
    hasCome: sinceOrderS >= 0,
    step,
    from,
    to,
    moved,
    rate,
    load,
    power,
  };
};

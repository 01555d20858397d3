import type { ScenarioShown } from "#feed/contract/scenario.ts";

/** A plant says every ten seconds what it plays: after three times that without a word nobody knows where it is. */
export const silentMs = 30_000;

/** Where a scenario stands at one moment. */
export interface DrillMoment {
  /** The plant's own time, ms UTC. Stands while the plant is silent. */
  readonly plantMs: number;
  /** Seconds from the start, 0 … duration. */
  readonly elapsedS: number;
  /** Indexes of the last event and view that have come; −1 before the first. */
  readonly event: number;
  readonly view: number;
  readonly hasEnded: boolean;
  /** The plant said nothing for so long that its time is not known any more. */
  readonly isSilent: boolean;
}

/** Index of the last of a list by time that has come. */
const lastCome = (list: readonly { readonly atS: number }[], elapsedS: number): number =>
  list.findLastIndex(({ atS }) => atS <= elapsedS);

/** The plant's time at `readMs` of the feed's clock, ms UTC: from when it last said it, by its speed. */
export const plantTimeAt = ({ state, receivedMs }: ScenarioShown, readMs: number): number =>
  state.timeMs + Math.min(readMs - receivedMs, silentMs) * state.speed;

/**
 * Where the scenario is.
 * @param readMs time shown, ms on the feed's clock: the paused cursor, or now
 */
export const drillMoment = (shown: ScenarioShown, readMs: number): DrillMoment => {
  const { startMs, durationS, events, views } = shown.state;
  const plantMs = plantTimeAt(shown, readMs);
  const sinceS = Math.max(0, (plantMs - startMs) / 1000);
  const elapsedS = Math.min(durationS, sinceS);
  return {
    plantMs,
    elapsedS,
    event: lastCome(events, elapsedS),
    view: lastCome(views, elapsedS),
    hasEnded: sinceS >= durationS,
    isSilent: readMs - shown.receivedMs > silentMs,
  };
};

import { useCallback, useSyncExternalStore } from "react";
import type { ScenarioShown } from "#feed/contract/scenario.ts";
import type { DrillMoment } from "#renderer/data/drill.ts";
import type { ScenarioEvent } from "#twins/scenario/scenario.ts";
import { useGuide, useServices } from "./services.tsx";

/** The scenario that is played, as it stands this second. */
export interface Drill {
  readonly shown: ScenarioShown;
  readonly moment: DrillMoment;
  /** The last event that has come, and the next one. */
  readonly event: Pick<ScenarioEvent, "atS" | "kind" | "say"> | undefined;
  readonly next: Pick<ScenarioEvent, "atS" | "kind" | "say"> | undefined;
}

/** Four looks a second, and a new picture only when a second of the plant has passed or its state changed. */
const lookMs = 250;

const subscribe = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, lookMs);
  return () => clearInterval(timer);
};

/** Null while none is played. */
export const useDrill = (): Drill | null => {
  const { guide } = useServices();
  const shown = useGuide((state) => state.shown);
  const read = useCallback((): string => {
    const moment = guide.moment();
    return moment ? `${Math.floor(moment.plantMs / 1000)} ${moment.isSilent} ${moment.event}` : "";
  }, [guide]);
  useSyncExternalStore(subscribe, read);
  const moment = guide.moment();
  if (!shown || !moment) return null;
  const { events } = shown.state;
  return { shown, moment, event: events[moment.event], next: events[moment.event + 1] };
};

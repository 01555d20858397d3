import type { Guide } from "#renderer/stores/guide.ts";
import type { ScenarioState } from "#twins/scenario/scenario.ts";
import type { EventNow, ScenarioNow } from "./api.ts";

const eventOf = ({ events }: ScenarioState, index: number): EventNow | null => {
  const event = events[index];
  return event ? { index, atS: event.atS, kind: event.kind, ...event.say } : null;
};

/** The scenario as it stands now, in one plain object. */
export const readScenario = (guide: Guide): ScenarioNow | null => {
  const { shown, isFollowing, led } = guide.store.getState();
  const moment = guide.moment();
  if (!shown || !moment) return null;
  const { publisher, origin, state } = shown;
  return {
    id: state.id,
    title: state.title,
    publisher,
    origin,
    source: state.source,
    startMs: state.startMs,
    plantTimeMs: moment.plantMs,
    elapsedS: moment.elapsedS,
    durationS: state.durationS,
    speed: state.speed,
    hasEnded: moment.hasEnded,
    isSilent: moment.isSilent,
    events: state.events.length,
    views: state.views.length,
    event: eventOf(state, moment.event),
    next: eventOf(state, moment.event + 1),
    view: moment.view,
    led,
    isFollowing,
  };
};

import { createStore } from "zustand/vanilla";
import type { HostBridge } from "#feed/contract/bridge.ts";
import type { ScenarioShown } from "#feed/contract/scenario.ts";
import type { SiteClock } from "#renderer/data/clock.ts";
import { type DrillMoment, drillMoment, plantTimeAt } from "#renderer/data/drill.ts";
import { heatmapIds, heatmaps } from "#renderer/data/heatmaps.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import type { ScenarioView } from "#twins/scenario/scenario.ts";
import type { ViewState, ViewStore } from "./view.ts";

/** The scenario that is played, and who holds the camera. Slow facts only. */
export interface GuideState {
  readonly shown: ScenarioShown | null;
  /** The camera goes where the scenario's views say. */
  readonly isFollowing: boolean;
  /** The view that the camera was last led to; null when it was led to none, or somebody took it elsewhere. */
  readonly led: number | null;
}

const createGuideStore = () =>
  createStore<GuideState>(() => ({ shown: null, isFollowing: false, led: null }));

/** Leads the camera through a scenario, until a hand takes it. */
export interface Guide {
  readonly store: ReturnType<typeof createGuideStore>;
  /** Where the scenario stands at the time shown; null while none is played. */
  moment(): DrillMoment | null;
  /** Turns following on or off; on goes to the present view at once. */
  follow(isFollowing: boolean): void;
  /** Goes to the view after the one shown, first after last, and lets the scenario go on without the camera. */
  next(): void;
  /** A hand or a script has moved the camera. */
  release(): void;
  /** Leads the camera at once, if a view is due. */
  catchUp(): void;
  /** A new picture stands and looks at the whole campus: whoever is followed leads it again. */
  startAgain(): void;
  close(): void;
}

export interface GuideOptions {
  readonly bridge: Pick<HostBridge, "subscribe">;
  readonly view: ViewStore;
  readonly clock: SiteClock;
  /** The campus shown, if any. */
  readonly twin: () => Twin | null;
}

/** How often the guide looks whether the next view is due, ms. */
const lookMs = 250;
/** How long a led flight takes on a wall, where nobody waits for it, ms (UX §8). */
const wallFlightMs = 2400;

const heatmapOf = (metric: string | undefined): Pick<ViewState, "heatmap"> | null => {
  const heatmap = heatmapIds.find((id) => id === metric || heatmaps[id].rack.metric === metric);
  return heatmap === undefined ? null : { heatmap };
};

/** Where a view looks: an asset that this campus does not have leaves the camera where it is. */
const placeOf = (twin: Twin, { asset }: ScenarioView): AssetRef | "home" | null =>
  asset === undefined ? "home" : (twin.find(asset) ?? null);

export const createGuide = ({ bridge, view, clock, twin }: GuideOptions): Guide => {
  const store = createGuideStore();
  /** Flight that the guide asked for: any other is somebody's own. */
  let ownFlight = view.getState().flight?.id ?? 0;

  const moment = (): DrillMoment | null => {
    const { shown } = store.getState();
    return shown && drillMoment(shown, clock.readMs());
  };

  const lead = (index: number): void => {
    const campus = twin();
    const to = store.getState().shown?.state.views[index];
    if (!campus || !to) return;
    store.setState({ led: index });
    const place = placeOf(campus, to);
    view.setState((now) => {
      const settings = { ...heatmapOf(to.metric), xray: to.xray ?? false };
      if (place === null) return settings;
      ownFlight = (now.flight?.id ?? 0) + 1;
      const ms = now.mode === "wall" ? wallFlightMs : undefined;
      const flight = { id: ownFlight, to: place, ...(ms !== undefined && { ms }) };
      return { ...settings, flight, selected: place === "home" ? null : place };
    });
  };

  const catchUp = (): void => {
    const { isFollowing, led } = store.getState();
    const now = moment();
    if (isFollowing && now && now.view >= 0 && now.view !== led) lead(now.view);
  };

  const release = (): void => store.setState({ isFollowing: false, led: null });

  const take = (shown: ScenarioShown | null): void => {
    const before = store.getState().shown?.state;
    const isSame = before?.id === shown?.state.id && before?.startMs === shown?.state.startMs;
    store.setState({ shown, ...(!isSame && { led: null }) });
    clock.play(shown && ((readMs) => plantTimeAt(shown, readMs)));
    catchUp();
  };

  const stops = [
    bridge.subscribe("scenario", take),
    view.subscribe((now, before) => {
      if (now.mode !== before.mode) store.setState({ isFollowing: now.mode !== "desk" });
      if (now.flight !== before.flight && now.flight?.id !== ownFlight) release();
    }),
  ];
  const timer = setInterval(catchUp, lookMs);

  return {
    store,
    moment,
    follow: (isFollowing) => {
      store.setState({ isFollowing, ...(isFollowing && { led: null }) });
      catchUp();
    },
    next: () => {
      const { shown, led } = store.getState();
      const count = shown?.state.views.length ?? 0;
      if (count === 0) return;
      const next = ((led ?? moment()?.view ?? -1) + 1) % count;
      store.setState({ isFollowing: false });
      lead(next);
    },
    release,
    catchUp,
    startAgain: () => {
      store.setState({ led: null });
      catchUp();
    },
    close: () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    },
  };
};

import { createContext, type ReactNode, use } from "react";
import { useStore } from "zustand";
import type { HostBridge, SessionDescription } from "#feed/contract/bridge.ts";
import type { CampusState } from "#renderer/data/state.ts";
import type { Player } from "#renderer/player/player.ts";
import type { FeedFacts, FeedStore } from "#renderer/stores/feed.ts";
import type { Guide, GuideState } from "#renderer/stores/guide.ts";
import type { TimelineStore } from "#renderer/stores/timeline.ts";
import type { Trends, TrendsStore } from "#renderer/stores/trends.ts";
import type { ViewState, ViewStore } from "#renderer/stores/view.ts";
import type { Search } from "#twins/model/search.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** Orientation of the camera, for the north arrow and the scale bar. */
export interface ViewGauge {
  /** Compass heading of "up" on screen, degrees clockwise from north. */
  readonly headingDeg: number;
  /** Ground metres under one CSS pixel at the camera's target. */
  readonly metresPerPixel: number;
  /** Where the camera stands and what it turns around, metres east, north and up of the site's origin. */
  readonly eye: readonly [east: number, north: number, up: number];
  readonly target: readonly [east: number, north: number];
}

/** Where a camera stands and what it looks at: east, north and up of the site origin, m. */
export interface Viewpoint {
  readonly eye: readonly [east: number, north: number, up: number];
  readonly target: readonly [east: number, north: number, up: number];
}

/** Everything the panels and the wall need; App makes it once per session and provides it. */
export interface PanelServices {
  readonly twin: Twin;
  readonly campus: CampusState;
  readonly bridge: Pick<HostBridge, "request">;
  readonly view: ViewStore;
  readonly feed: FeedStore;
  readonly guide: Guide;
  /** Moves the one cursor that scene, panels and charts show. */
  readonly player: Player;
  /** The stretch of time that timeline and charts show. */
  readonly timeline: TimelineStore;
  /** The points that charts draw. */
  readonly trends: TrendsStore;
  readonly session: SessionDescription;
  /** Finds assets by id, name, alias and pinyin initials. */
  readonly search: Search;
  /** The time that ages of values count from, ms UTC: the paused cursor, else the feed's clock (SiteClock.readMs). */
  readonly readMs: () => number;
  /** The feed's clock, ms UTC, also while paused: how long an outage lasts (SiteClock.feedMs). */
  readonly feedMs: () => number;
  /** Absent until the scene stands. */
  readonly gauge?: () => ViewGauge | null;
  /** Where the camera is, to come back to; null while it never left its first place. Absent where there is no scene. */
  readonly viewpoint?: () => Viewpoint | null;
  /** Puts the camera there at once. */
  readonly look?: (from: Viewpoint) => void;
  /** What the scene shows now; absent where there is no scene. */
  readonly picture?: () => Promise<ImageBitmap>;
  /** Puts the demo back to its first state; demo mode only. */
  readonly resetDemo?: () => void;
}

const Services = createContext<PanelServices | null>(null);

/** Provides the services to panels and wall. */
export const ServicesProvider = (props: { services: PanelServices; children: ReactNode }) => (
  <Services value={props.services}>{props.children}</Services>
);

/** The services of the session; panels only live below a `ServicesProvider`. */
export const useServices = (): PanelServices => {
  const services = use(Services);
  if (!services) throw new Error("a panel was rendered outside ServicesProvider");
  return services;
};

/** One slow fact of the view store. */
export const useView = <T,>(select: (state: ViewState) => T): T => useStore(useServices().view, select);

/** One fact about the trend charts. */
export const useTrends = <T,>(select: (state: Trends) => T): T => useStore(useServices().trends, select);

/** One slow fact about the feed. */
export const useFeed = <T,>(select: (facts: FeedFacts) => T): T => useStore(useServices().feed, select);

/** One slow fact about the scenario that is played. */
export const useGuide = <T,>(select: (state: GuideState) => T): T =>
  useStore(useServices().guide.store, select);

/** True when two references name the same asset, or both none. */
export const sameAsset = (a: AssetRef | null | undefined, b: AssetRef | null | undefined): boolean =>
  a === b || (!!a && !!b && a.className === b.className && a.row === b.row);

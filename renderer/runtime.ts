import type { HostBridge } from "#feed/contract/bridge.ts";
import type { DesktopShell } from "#feed/contract/shell.ts";
import type { TwinApi } from "#renderer/automation/api.ts";
import { createTwinApi } from "#renderer/automation/install.ts";
import { createClock, type SiteClock } from "#renderer/data/clock.ts";
import { openHost } from "#renderer/host/host.ts";
import type { Language } from "#renderer/i18n/translate.ts";
import type { SceneHandle, Viewpoint } from "#renderer/scene/handle.ts";
import { createFeedStore, type FeedStore } from "#renderer/stores/feed.ts";
import { createGuide, type Guide } from "#renderer/stores/guide.ts";
import { createNavigation, type Navigation } from "#renderer/stores/navigation.ts";
import { openSession, type Session } from "#renderer/stores/session.ts";
import { createTimelineStore, type TimelineStore } from "#renderer/stores/timeline.ts";
import { createTrendsStore, type TrendsStore } from "#renderer/stores/trends.ts";
import { followTwin, type Shift } from "#renderer/stores/twinChange.ts";
import { createViewStore, type ViewStore } from "#renderer/stores/view.ts";

declare global {
  interface Window {
    /** Automation surface: docs/AUTOMATION.md. */
    twin: TwinApi;
    /** Given by the desktop's preload; not there in a browser. */
    readonly horinger?: DesktopShell;
  }
}

/** Where the scene's handle is put once its canvas stands, and taken from by everybody else. */
export interface SceneSlot {
  current: SceneHandle | null;
  /** The canvas stands; `ready` follows with the first picture. */
  stands(handle: SceneHandle): void;
  /** The campus was laid out anew: the next canvas looks at the same place, which is now this far from where it was. */
  shift(by: Shift): void;
  /** No picture can be drawn here; everything else goes on. */
  fails(reason: string): void;
}

/** Everything that lives as long as the window, made once, before React. */
export interface Runtime {
  readonly bridge: HostBridge;
  readonly clock: SiteClock;
  readonly view: ViewStore;
  readonly feed: FeedStore;
  readonly session: Session;
  readonly navigation: Navigation;
  readonly guide: Guide;
  readonly timeline: TimelineStore;
  readonly trends: TrendsStore;
  readonly scene: SceneSlot;
}

/** Frames a second asked of the feed: enough for sensors, and half of what a screen draws. */
const displayRate = 20;
/** How often the desktop shell hears that this page lives. */
const heartbeatMs = 1_000;

const browserLanguage = (): Language => (navigator.language.startsWith("zh") ? "zh" : "en");

const shifted = ({ eye, target }: Viewpoint, { east, north }: Shift): Viewpoint => ({
  eye: [eye[0] + east, eye[1] + north, eye[2]],
  target: [target[0] + east, target[1] + north, target[2]],
});

const createSceneSlot = (guide: Guide) => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Whoever awaits `twin.ready` hears of a failure; when nobody does, it is shown on the page all the same.
  promise.catch(() => {});
  let moved: Shift = { east: 0, north: 0 };
  const slot: SceneSlot = {
    current: null,
    shift: (by) => {
      moved = by;
    },
    stands: (handle) => {
      const seen = slot.current?.viewpoint();
      if (seen) handle.look(shifted(seen, moved));
      moved = { east: 0, north: 0 };
      slot.current = handle;
      handle.onHand(guide.release);
      guide.startAgain();
      void handle.shown().then(resolve);
    },
    fails: (reason) => {
      slot.current = null;
      reject(new Error(reason));
    },
  };
  return { slot, ready: promise };
};

/** The person's settings follow the command line when the session opens, and are theirs from then on. */
const followCommandLine = ({ session, view }: Pick<Runtime, "session" | "view">): void => {
  const stop = session.store.subscribe((state) => {
    if (state.phase !== "ready") return;
    const { language, mode } = state.campus.description;
    view.setState({ language, mode });
    stop();
  });
};

/** Tells the desktop shell every second that this page lives, and of a graphics context that was lost. */
const beatFor = (shell: DesktopShell, { session, scene }: Runtime): void => {
  let contextsLost = 0;
  setInterval(() => {
    const drawn = scene.current?.stats();
    shell.heartbeat({
      frames: drawn?.frames ?? 0,
      lastDataMs: session.campus()?.player.counters.lastTimeMs ?? 0,
      hidden: document.hidden,
    });
    const lost = drawn?.contextsLost ?? 0;
    if (lost > contextsLost) shell.contextLost();
    contextsLost = lost;
  }, heartbeatMs);
};

/** Opens the session of this window and puts `window.twin` there, at once: its `ready` tells the rest. */
export const startRuntime = (): Runtime => {
  const monotonicMs = () => performance.now();
  const clock = createClock(monotonicMs, Date.now());
  const view = createViewStore({ language: browserLanguage() });
  const feed = createFeedStore(clock.feedMs);
  const shell = window.horinger;
  const bridge = openHost(shell);
  const painted = () => new Promise<void>((resolve) => setTimeout(resolve, 30));
  const session = openSession({ bridge, clock, feed, monotonicMs, rate: displayRate, painted });
  const guide = createGuide({ bridge, view, clock, twin: () => session.campus()?.twin ?? null });
  const { slot, ready } = createSceneSlot(guide);
  const navigation = createNavigation(view);
  const trends = createTrendsStore();
  followTwin({ session: session.store, view, navigation, trends, onShift: slot.shift });
  const runtime: Runtime = {
    bridge,
    clock,
    view,
    feed,
    session,
    navigation,
    guide,
    timeline: createTimelineStore(),
    trends,
    scene: slot,
  };
  followCommandLine(runtime);
  window.twin = createTwinApi({ session, view, feed, clock, guide, scene: () => slot.current, ready });
  if (shell) beatFor(shell, runtime);
  return runtime;
};

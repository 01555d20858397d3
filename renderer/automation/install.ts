import type { SiteClock } from "#renderer/data/clock.ts";
import { legendColor } from "#renderer/data/colormap.ts";
import { type HeatmapId, heatmapIds } from "#renderer/data/heatmaps.ts";
import { readPoint } from "#renderer/data/reading.ts";
import { scaleInForce } from "#renderer/data/scales.ts";
import type { SceneHandle } from "#renderer/scene/handle.ts";
import { cameraIds, isCameraId } from "#renderer/stores/cameras.ts";
import type { FeedStore } from "#renderer/stores/feed.ts";
import type { Guide } from "#renderer/stores/guide.ts";
import type { Session } from "#renderer/stores/session.ts";
import type { ViewStore } from "#renderer/stores/view.ts";
import { zoomIn } from "#renderer/stores/zoom.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import type { FoundAsset, PlayerApi, PointValue, TwinApi, TwinStats, ViewApi } from "./api.ts";
import { readKpi } from "./kpi.ts";
import { readScenario } from "./scenario.ts";

/** What `window.twin` speaks for. `scene` is null until the canvas stands. */
export interface AutomationPorts {
  readonly session: Session;
  readonly view: ViewStore;
  readonly feed: FeedStore;
  readonly clock: SiteClock;
  readonly guide: Guide;
  readonly scene: () => SceneHandle | null;
  /** Resolves when the first frame was drawn; rejects when this browser can draw none. */
  readonly ready: Promise<void>;
}

const findLimit = 50;

const isHeatmap = (metric: string): metric is HeatmapId => heatmapIds.some((id) => id === metric);

/** An expected mistake of the caller: told by name, with what would have been right. */
const refuse = (message: string): never => {
  throw new RangeError(`window.twin: ${message}`);
};

const createPlayerApi = ({ session, clock }: AutomationPorts): PlayerApi => {
  const player = () => session.campus()?.player;
  const seekable = (what: string) =>
    player()?.capabilities.seekable ? player()! : refuse(`${what}: a live session cannot be sought`);
  return {
    get state() {
      const { mode, replay } = player()?.state ?? { mode: "live", replay: null };
      if (mode !== "replay") return mode;
      return replay?.isPlaying ? "playing" : "paused";
    },
    get replay() {
      return player()?.state.replay ?? null;
    },
    get cursorMs() {
      return player()?.cursorMs ?? clock.readMs();
    },
    play: () => player()?.play(),
    pause: () => player()?.pause(),
    live: () => player()?.live(),
    seek: (timeMs) => seekable("seek").seek(timeMs),
    setSpeed: (speed) => seekable("setSpeed").control({ speed }),
  };
};

/** A flight that never lands would hold whoever waits for it. */
const longestFlightMs = 60_000;

const createViewApi = ({ session, view, guide, scene }: AutomationPorts): ViewApi => {
  const refOf = (assetId: string): AssetRef =>
    session.campus()?.twin.find(assetId) ?? refuse(`no asset "${assetId}" in this twin`);
  const sceneNow = (): SceneHandle => scene() ?? refuse("the scene does not stand yet; await twin.ready");
  const setHeatmap = (metric: string): void => {
    if (!isHeatmap(metric)) refuse(`no heat map "${metric}"; there are ${heatmapIds.join(", ")}`);
    else view.setState({ heatmap: metric });
  };
  return {
    get scene() {
      return view.getState().level;
    },
    flyTo: async (assetId, ms) => {
      const ref = refOf(assetId);
      if (ms !== undefined && !(ms >= 0 && ms <= longestFlightMs))
        return refuse(`no flight takes ${ms} ms; give 0 to ${longestFlightMs}`);
      guide.release();
      view.setState({ selected: ref });
      await (ms === undefined ? sceneNow().flyTo(ref) : sceneNow().flyTo(ref, ms));
    },
    stand: async (camera) => {
      if (!isCameraId(camera)) return refuse(`no camera "${camera}"; there are ${cameraIds.join(", ")}`);
      guide.release();
      view.setState({ selected: null });
      await sceneNow().flyTo(camera, 0);
    },
    look: (eye, target) => {
      guide.release();
      sceneNow().look({ eye, target });
    },
    picture: (step) => {
      if (step !== undefined) view.setState({ pictureChosen: step });
      return view.getState().pictureChosen;
    },
    panels: (shown) => {
      if (shown !== undefined) view.setState({ panels: shown });
      return view.getState().panels;
    },
    heatmap: (metric) => {
      if (metric !== undefined) setHeatmap(metric);
      return view.getState().heatmap;
    },
    pick: (x, y) => {
      const ref = sceneNow().pick(x, y);
      return ref ? session.campus()!.twin.idOf(ref) : null;
    },
    drawnAt: async (points) => {
      const { twin } = session.campus() ?? refuse("no twin yet");
      const drawn = await sceneNow().drawnAt(points);
      return drawn.map((ref) => (ref === null || ref === "edge" ? ref : twin.idOf(ref)));
    },
    screenOf: (assetId) => sceneNow().screenOf(refOf(assetId)),
    colorOf: async (assetId) => sceneNow().colorOf(refOf(assetId)),
    zoom: (isOn) => {
      const campus = session.campus();
      if (isOn === false) view.setState({ zoom: null });
      else if (isOn && campus) zoomIn(view, campus.state);
      return view.getState().zoom?.range ?? null;
    },
    legendColor: (value) => {
      const { heatmap, zoom } = view.getState();
      return legendColor(scaleInForce(heatmap, zoom), value);
    },
    xray: (isOn) => {
      if (isOn !== undefined) view.setState({ xray: isOn });
      return view.getState().xray;
    },
    walk: (isOn) => {
      if (isOn !== undefined) view.setState({ walks: isOn });
      return view.getState().walks;
    },
    energy: (isOn) => {
      if (isOn !== undefined) view.setState({ energy: isOn });
      return view.getState().energy;
    },
    follow: (isFollowing) => {
      if (isFollowing !== undefined) guide.follow(isFollowing);
      return guide.store.getState().isFollowing;
    },
    select: (assetId) => view.setState({ selected: assetId === null ? null : refOf(assetId) }),
  };
};

const find = (session: Session, text: string, limit: number): readonly FoundAsset[] =>
  (session.campus()?.search(text, limit) ?? []).map(({ ref, id, name }) => ({
    id,
    className: ref.className,
    ...name,
  }));

const readValue = (session: Session, assetId: string, metric: string): PointValue | undefined => {
  const campus = session.campus();
  const ref = campus?.twin.find(assetId);
  const reading = campus && ref ? readPoint(campus.state, ref, metric) : undefined;
  if (!reading) return undefined;
  const { value, unit, quality, freshness, origin, sampleTimeMs, receivedTimeMs } = reading;
  return { value, unit, quality, freshness, origin, sampleTimeMs, receivedTimeMs };
};

const readStats = ({ session, feed, scene }: AutomationPorts): TwinStats => {
  const campus = session.campus();
  const counters = campus?.player.counters;
  const drawn = scene()?.stats();
  const { status } = feed.getState();
  let rows = 0;
  if (campus) for (const table of campus.twin.tables.values()) rows += table.count;
  return {
    draws: drawn?.draws ?? 0,
    triangles: drawn?.triangles ?? 0,
    instances: drawn?.instances ?? 0,
    uploadBytes: drawn?.uploadBytes ?? 0,
    jsMs: drawn?.jsMs ?? 0,
    frames: drawn?.frames ?? 0,
    contextsLost: drawn?.contextsLost ?? 0,
    quality: drawn?.quality ?? null,
    answers: drawn?.answers ?? 0,
    answerMs: drawn?.answerMs ?? null,
    rows,
    framesReceived: counters?.frames ?? 0,
    drops: (status?.drops.total ?? 0) + (counters?.sequenceGaps ?? 0) + (counters?.refusedFrames ?? 0),
    coverage: status?.coverage ?? null,
  };
};

/** Makes `window.twin`; the caller puts it there. Every member is described in docs/AUTOMATION.md. */
export const createTwinApi = (ports: AutomationPorts): TwinApi => {
  const { session, feed, clock, scene } = ports;
  return {
    apiVersion: 1,
    ready: ports.ready,
    settled: async () => {
      await ports.ready;
      ports.guide.catchUp();
      await scene()!.settled();
    },
    freeze: (timeMs) => {
      clock.freeze(timeMs);
      scene()?.invalidate();
    },
    find: (text, limit = findLimit) => find(session, text, limit),
    value: (assetId, metric) => readValue(session, assetId, metric),
    kpi: (name, scopeId) => readKpi(session.campus(), name, scopeId),
    alarms: () => [],
    sources: () => feed.getState().status,
    scenario: () => readScenario(ports.guide),
    player: createPlayerApi(ports),
    view: createViewApi(ports),
    stats: () => readStats(ports),
  };
};

import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { ScenarioShown } from "#feed/contract/scenario.ts";
import { createClock, type SiteClock } from "#renderer/data/clock.ts";
import { tinyTwin } from "#renderer/data/tiny-twin.fixture.ts";
import { createGuide, type Guide } from "./guide.ts";
import { createViewStore, flyTo, type ViewStore } from "./view.ts";

const twin = tinyTwin({ site: 1, room: 2, rack: 4 });
const line = { zh: "演练", en: "Drill" };
const startMs = 1_700_000_000_000;
const feedStartMs = 1_800_000_000_000;

const drill = (change: Partial<ScenarioShown["state"]> = {}): ScenarioShown => ({
  publisher: "ht-plant",
  origin: "simulated",
  receivedMs: feedStartMs,
  state: {
    id: "airlock",
    title: line,
    summary: line,
    source: null,
    startMs,
    timeMs: startMs,
    durationS: 600,
    speed: 10,
    events: [],
    views: [
      { atS: 10, asset: "rack/1", metric: "power", xray: true },
      { atS: 300, asset: "room/1", metric: "inletTemperature" },
      { atS: 400 },
    ],
    ...change,
  },
});

let nowMs: number;
let clock: SiteClock;
let view: ViewStore;
let guide: Guide;
let play: (shown: ScenarioShown | null) => void;

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = 0;
  clock = createClock(() => nowMs, feedStartMs);
  view = createViewStore();
  guide = createGuide({
    bridge: {
      subscribe: (_topic, listener) => {
        play = listener as typeof play;
        return () => {};
      },
    },
    view,
    clock,
    twin: () => twin,
  });
  onTestFinished(() => {
    guide.close();
    vi.useRealTimers();
  });
});

const pass = (ms: number): void => {
  nowMs += ms;
  vi.advanceTimersByTime(250);
};
const rack = { className: "rack", row: 1 } as const;

test("the camera follows the views as they come: asset, heat map, x-ray", () => {
  play(drill());
  guide.follow(true);
  expect(view.getState().flight).toBeNull();
  pass(1000);
  expect(view.getState()).toMatchObject({
    heatmap: "power",
    xray: true,
    selected: rack,
    flight: { to: rack },
  });
  const { id } = view.getState().flight!;
  pass(1000);
  expect(view.getState().flight!.id).toBe(id);
  pass(30_000);
  expect(view.getState()).toMatchObject({
    heatmap: "inletTemperature",
    xray: false,
    selected: { className: "room", row: 1 },
  });
  play({ ...drill({ timeMs: startMs + 400_000 }), receivedMs: clock.feedMs() });
  expect(view.getState()).toMatchObject({ selected: null, flight: { to: "home" } });
});

test("on a wall and in a demo it follows from the start, at a desk when asked; on a wall it takes its time", () => {
  view.setState({ mode: "wall" });
  expect(guide.store.getState().isFollowing).toBe(true);
  play(drill({ timeMs: startMs + 20_000 }));
  expect(view.getState().flight).toMatchObject({ to: rack, ms: 2400 });
  view.setState({ mode: "desk" });
  expect(guide.store.getState().isFollowing).toBe(false);
});

test("whoever takes the camera keeps it: a hand, the tree, a key", () => {
  play(drill());
  guide.follow(true);
  pass(2000);
  guide.release();
  play({ ...drill({ timeMs: startMs + 400_000 }), receivedMs: clock.feedMs() });
  expect(guide.store.getState()).toMatchObject({ isFollowing: false, led: null });
  expect(view.getState().selected).toEqual(rack);

  guide.follow(true);
  expect(view.getState().flight).toMatchObject({ to: "home" });
  flyTo(view, rack);
  expect(guide.store.getState().isFollowing).toBe(false);
});

test("selecting moves no camera, so it goes on following", () => {
  play(drill());
  guide.follow(true);
  pass(2000);
  view.setState({ selected: { className: "rack", row: 3 } });
  expect(guide.store.getState().isFollowing).toBe(true);
});

test("next looks at the view after this one, the first after the last, and lets the scenario go on", () => {
  play(drill());
  pass(2000);
  guide.next();
  expect(view.getState().selected).toEqual({ className: "room", row: 1 });
  guide.next();
  guide.next();
  expect(guide.store.getState()).toMatchObject({ led: 0, isFollowing: false });
  expect(view.getState().selected).toEqual(rack);
});

test("an asset that this campus does not have leaves the camera where it is", () => {
  play(drill({ views: [{ atS: 0, asset: "z/nowhere", metric: "power" }] }));
  guide.follow(true);
  expect(view.getState()).toMatchObject({ heatmap: "power", flight: null });
});

test("a heat map that there is not leaves the one shown", () => {
  play(drill({ views: [{ atS: 0, metric: "humidity" }] }));
  guide.follow(true);
  expect(view.getState().heatmap).toBe("load");
});

test("the campus is shown at the plant's time while a scenario is played, and at ours afterwards", () => {
  play(drill());
  pass(3000);
  expect(clock.nowMs()).toBe(startMs + 30_000);
  play(null);
  expect(clock.nowMs()).toBe(feedStartMs + 3000);
});

test("a scenario that starts again leads again; one that is only said again does not", () => {
  play(drill({ timeMs: startMs + 20_000 }));
  guide.follow(true);
  const { id } = view.getState().flight!;
  play(drill({ timeMs: startMs + 30_000 }));
  expect(view.getState().flight!.id).toBe(id);
  play(drill({ startMs: startMs + 1000, timeMs: startMs + 21_000 }));
  expect(view.getState().flight!.id).toBe(id + 1);
});

import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { ScenarioShown } from "#feed/contract/scenario.ts";
import { createCounters } from "#renderer/data/apply.ts";
import { createCampusState, type WritableCampus } from "#renderer/data/campus.ts";
import { createClock, type SiteClock } from "#renderer/data/clock.ts";
import { cellOf } from "#renderer/data/state.ts";
import { tinyTwin } from "#renderer/data/tiny-twin.fixture.ts";
import type { SceneHandle } from "#renderer/scene/handle.ts";
import { createFeedStore } from "#renderer/stores/feed.ts";
import { createGuide } from "#renderer/stores/guide.ts";
import type { Campus, Session } from "#renderer/stores/session.ts";
import { createViewStore, type ViewStore } from "#renderer/stores/view.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import type { TwinApi } from "./api.ts";
import { createTwinApi } from "./install.ts";

const startMs = 1_800_000_000_000;

interface Bench {
  readonly api: TwinApi;
  readonly view: ViewStore;
  readonly clock: SiteClock;
  readonly campus: WritableCampus;
  /** The feed says what is played. */
  readonly play: (shown: ScenarioShown | null) => void;
  readonly scene: { -readonly [K in keyof SceneHandle]: SceneHandle[K] };
  put(className: ClassName, metric: string, value: number, status: number): void;
}

const setUp = (): Bench => {
  const clock = createClock(() => 0, startMs);
  const campus = createCampusState(tinyTwin({ site: 1, room: 2, rack: 4 }), clock);
  const view = createViewStore();
  const scene = {
    shown: () => Promise.resolve(),
    settled: () => Promise.resolve(),
    flyTo: vi.fn(() => Promise.resolve()),
    onHand: () => {},
    pick: () => ({ className: "rack", row: 2 }) as const,
    drawnAt: () => Promise.resolve([]),
    screenOf: () => null,
    picture: () => Promise.reject(new Error("no picture in this test")),
    colorOf: () => Promise.resolve(null),
    viewpoint: () => null,
    look: () => {},
    gauge: () => ({ headingDeg: 0, metresPerPixel: 1, eye: [0, 0, 1] as const, target: [0, 0] as const }),
    stats: () => ({
      draws: 12,
      triangles: 9,
      instances: 4,
      uploadBytes: 16,
      jsMs: 1,
      frames: 3,
      contextsLost: 0,
      quality: "software" as const,
      answers: 2,
      answerMs: 90,
    }),
    invalidate: vi.fn(),
  };
  const player = {
    capabilities: { live: true, seekable: false, baseline: false },
    state: { mode: "live", flow: "flowing" },
    cursorMs: startMs,
    counters: { ...createCounters(), frames: 5, sequenceGaps: 2 },
  } as Campus["player"];
  const rack = { className: "rack", row: 2 } as const;
  const search: Campus["search"] = (_text, limit) =>
    [{ ref: rack, id: "rack/2", name: { zh: "机柜 2", en: "Rack 2" }, score: 1 }].slice(0, limit);
  const session = {
    campus: () => ({ twin: campus.twin, state: campus, player, search }),
  } as unknown as Session;
  const feed = createFeedStore(clock.feedMs);
  let play: (shown: ScenarioShown | null) => void = () => {};
  const subscribe = (_topic: string, listener: typeof play) => {
    play = listener;
    return () => {};
  };
  const bridge = { subscribe } as Parameters<typeof createGuide>[0]["bridge"];
  const guide = createGuide({ bridge, view, clock, twin: () => campus.twin });
  onTestFinished(() => guide.close());
  const ready = Promise.resolve();
  const api = createTwinApi({ session, view, feed, clock, guide, scene: () => scene, ready });
  return {
    api,
    play: (shown) => play(shown),
    view,
    clock,
    campus,
    scene,
    put: (className, metric, value, status) => {
      const state = campus.of(className);
      const cell = cellOf(state, 1 % state.rows, metricIndex(className, metric));
      state.value[cell] = value;
      state.status[cell] = status;
      state.sampleTimeMs[cell] = startMs - 700;
      state.receivedTimeMs[cell] = startMs - 500;
    },
  };
};

let bench: Bench;
beforeEach(() => {
  bench = setUp();
});

describe("value", () => {
  test("of a point never seen is null, never, and unknown", () => {
    expect(bench.api.value("rack/1", "load")).toEqual({
      value: null,
      unit: "%",
      quality: "unknown",
      freshness: "never",
      origin: "measured",
      sampleTimeMs: null,
      receivedTimeMs: null,
    });
  });

  test("of a good point says where it comes from and when", () => {
    bench.put("rack", "load", 42, packStatus(Quality.good, Freshness.fresh, Origin.simulated));
    expect(bench.api.value("rack/1", "load")).toEqual({
      value: 42,
      unit: "%",
      quality: "good",
      freshness: "fresh",
      origin: "simulated",
      sampleTimeMs: startMs - 700,
      receivedTimeMs: startMs - 500,
    });
  });

  test("of a bad point is null, whatever the table holds", () => {
    bench.put("rack", "load", 42, packStatus(Quality.bad, Freshness.fresh, Origin.measured));
    expect(bench.api.value("rack/1", "load")).toMatchObject({ value: null, quality: "bad" });
  });

  test("of a stale point stays, and says stale", () => {
    bench.put("rack", "load", 42, packStatus(Quality.good, Freshness.stale, Origin.measured));
    expect(bench.api.value("rack/1", "load")).toMatchObject({ value: 42, freshness: "stale" });
  });

  test("of an unknown asset or metric is undefined", () => {
    expect(bench.api.value("rack/99", "load")).toBeUndefined();
    expect(bench.api.value("rack/1", "pue15m")).toBeUndefined();
  });
});

describe("kpi", () => {
  const good = packStatus(Quality.good, Freshness.fresh, Origin.simulated);

  test("carries window, coverage, origin and provenance", () => {
    bench.put("room", "pue15m", 1.21, good);
    bench.put("room", "coverage", 75, good);
    const kpi = bench.api.kpi("pue15m", "room/1");
    expect(kpi).toMatchObject({
      value: 1.21,
      unit: "1",
      window: "15 min",
      coverage: 0.75,
      origin: "simulated",
    });
    expect(kpi?.provenance).toContain("ISO/IEC 30134-2:2016");
  });

  test("that is stale is no key figure of now", () => {
    bench.put("room", "powerRatio", 1.2, packStatus(Quality.good, Freshness.stale, Origin.derived));
    expect(bench.api.kpi("powerRatio", "room/1")).toMatchObject({ value: null, freshness: "stale" });
  });

  test("exists only where the feed's engine computes it", () => {
    expect(bench.api.kpi("pue15m", "rack/1")).toBeUndefined();
    expect(bench.api.kpi("load", "rack/1")).toBeUndefined();
    expect(bench.api.kpi("pue24h", "site/0")).toMatchObject({ window: "24 h", coverage: 0 });
  });
});

describe("view", () => {
  test("asks and sets the heat map, and refuses one that there is not", () => {
    expect(bench.api.view.heatmap()).toBe("load");
    expect(bench.api.view.heatmap("pue")).toBe("pue");
    expect(bench.view.getState().heatmap).toBe("pue");
    expect(() => bench.api.view.heatmap("humidity")).toThrow(/load, power, inletTemperature, pue/);
  });

  test("flies and selects by id; an unknown id is refused by name", async () => {
    await bench.api.view.flyTo("rack/3");
    expect(bench.scene.flyTo).toHaveBeenCalledWith({ className: "rack", row: 3 });
    expect(bench.view.getState().selected).toEqual({ className: "rack", row: 3 });
    bench.api.view.select(null);
    expect(bench.view.getState().selected).toBeNull();
    await expect(bench.api.view.flyTo("rack/x9")).rejects.toThrow(/rack\/x9/);
    for (const ms of [Number.POSITIVE_INFINITY, Number.NaN, -1])
      await expect(bench.api.view.flyTo("rack/3", ms)).rejects.toThrow(`no flight takes ${ms} ms`);
    expect(bench.scene.flyTo).toHaveBeenCalledTimes(1);
    await bench.api.view.flyTo("rack/3", 2000);
    expect(bench.scene.flyTo).toHaveBeenLastCalledWith({ className: "rack", row: 3 }, 2000);
  });

  test("picks to an id", () => {
    expect(bench.api.view.pick(10, 20)).toBe("rack/2");
  });
});

test("freeze fixes the site clock and asks for a new picture; null lets it run", () => {
  bench.api.freeze(5);
  expect(bench.campus.nowMs()).toBe(5);
  expect(bench.scene.invalidate).toHaveBeenCalled();
  bench.api.freeze(null);
  expect(bench.campus.nowMs()).toBe(startMs);
});

test("a live player refuses to seek, and says why", () => {
  expect(() => bench.api.player.seek(0)).toThrow(/live session/);
  expect(() => bench.api.player.setSpeed(2)).toThrow(/live session/);
  expect(bench.api.player.state).toBe("live");
});

test("find answers with ids and names, as many as asked", () => {
  expect(bench.api.find("2")).toEqual([{ id: "rack/2", className: "rack", zh: "机柜 2", en: "Rack 2" }]);
  expect(bench.api.find("2", 0)).toEqual([]);
});

test("stats add what the renderer itself missed to the feed's drops", () => {
  expect(bench.api.stats()).toMatchObject({
    draws: 12,
    rows: 7,
    framesReceived: 5,
    drops: 2,
    coverage: null,
  });
});

const line = { zh: "演练", en: "Drill" };
const drill: ScenarioShown = {
  publisher: "ht-plant",
  origin: "simulated",
  receivedMs: startMs,
  state: {
    id: "airlock",
    title: line,
    summary: line,
    source: null,
    startMs: 1_700_000_000_000,
    timeMs: 1_700_000_090_000,
    durationS: 600,
    speed: 10,
    events: [0, 60, 120].map((atS) => ({ atS, kind: "simulated", say: line })),
    views: [{ atS: 0, asset: "rack/1", metric: "power", xray: true }, { atS: 300 }],
  },
};

describe("scenario", () => {
  test("is null while none is played, and as it stands now while one is", () => {
    expect(bench.api.scenario()).toBeNull();
    bench.play(drill);
    expect(bench.api.scenario()).toMatchObject({
      id: "airlock",
      plantTimeMs: 1_700_000_090_000,
      elapsedS: 90,
      event: { index: 1, atS: 60, zh: "演练" },
      next: { index: 2, atS: 120 },
      view: 0,
      led: null,
      isFollowing: false,
      isSilent: false,
    });
    bench.play(null);
    expect(bench.api.scenario()).toBeNull();
  });

  test("settled leads the camera first, so that a picture is of the view that is due", async () => {
    bench.play(drill);
    expect(bench.api.view.follow(true)).toBe(true);
    await bench.api.settled();
    expect(bench.view.getState()).toMatchObject({
      heatmap: "power",
      xray: true,
      selected: { className: "rack", row: 1 },
      flight: { to: { className: "rack", row: 1 } },
    });
    expect(bench.api.scenario()).toMatchObject({ led: 0, isFollowing: true });
  });

  test("a script that flies elsewhere takes the camera", async () => {
    bench.play(drill);
    bench.api.view.follow(true);
    await bench.api.view.flyTo("rack/3");
    expect(bench.api.scenario()).toMatchObject({ led: null, isFollowing: false });
  });
});

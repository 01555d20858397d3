import { type PerspectiveCamera, Texture, Vector3 } from "three";
import { expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { createClock } from "#renderer/data/clock.ts";
import { cellOf } from "#renderer/data/state.ts";
import { translator } from "#renderer/i18n/translate.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { openUniforms } from "#renderer/scene/campus/opening.ts";
import { cameraAt } from "#renderer/scene/campus/scene.fixture.ts";
import { Sky } from "#renderer/scene/campus/sky.ts";
import { homePose } from "#renderer/scene/poses.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { factScreens } from "#twins/model/twin.ts";
import type { ScreenContent } from "./content.ts";
import { countBeyond, nocContent } from "./noc.ts";
import { portalRows, screenBox, screenPose } from "./places.ts";
import { publishedContent } from "./published.ts";
import { Screens } from "./screens.ts";

const twin = campusTwin(1000);
const layout = layoutOf(twin);
const hero = twin.find("a/hero")!;
const nowMs = Date.UTC(2026, 6, 1, 4);

const clock = createClock(() => 0, nowMs);
clock.freeze(nowMs);
const stateOf = () => createCampusState(twin, clock);

const good = packStatus(Quality.good, Freshness.fresh, Origin.simulated);
const bad = packStatus(Quality.bad, Freshness.fresh, Origin.simulated);

/** Puts one value into a state. */
const put = (
  state: ReturnType<typeof stateOf>,
  [id, metric]: readonly [string, string],
  value: number,
  status = good,
): void => {
  const ref = twin.find(id)!;
  const table = state.of(ref.className);
  const cell = cellOf(table, ref.row, metricIndex(ref.className, metric));
  table.value[cell] = value;
  table.status[cell] = status;
  table.receivedTimeMs[cell] = nowMs;
};

const cduIds = (): readonly string[] => {
  const [start, end] = twin.rangeBelow(hero, "cdu")!;
  return Array.from({ length: end - start }, (_, i) => twin.table("cdu").idOf(start + i));
};

it("says what the panels say: digits, unit and mark of the same point; nothing for what was never told", () => {
  const state = stateOf();
  put(state, ["a/hero", "itPower"], 12_650.4);
  const { tiles } = nocContent(state, hero, { language: "en" });
  expect(tiles.find(({ label }) => label === "Hall IT power")).toMatchObject({
    value: "12.65",
    unit: "MW",
    look: "good",
    marks: ["simulated"],
  });
  expect(tiles[0]).toMatchObject({ value: "—", look: "none", marks: [translator("en")("value.none")] });
});

it("shows four figures from afar, of the campus and of the hall in turn; an instant ratio only by its own name", () => {
  const state = stateOf();
  const far = (): readonly string[] =>
    nocContent(state, hero, { language: "en", isFar: true }).tiles.map(({ label }) => label);
  const seen = [0, 20_000].map((after) => {
    clock.freeze(nowMs + after);
    return far();
  });
  clock.freeze(nowMs);
  expect(seen.map((labels) => labels.length)).toEqual([4, 4]);
  expect(seen.flat().sort()).toEqual(
    nocContent(state, hero, { language: "en" })
      .tiles.map(({ label }) => (label === "Site PUE, 15 min" ? "Site power ratio, instant" : label))
      .sort(),
  );
});

it("takes the mean of the coolant of units that can be trusted, and says how many those are", () => {
  const state = stateOf();
  const ids = cduIds();
  for (const id of ids) put(state, [id, "supplyTemperature"], 99, bad);
  for (const id of ids) put(state, [id, "returnTemperature"], 44);
  put(state, [ids[0]!, "supplyTemperature"], 34);
  put(state, [ids[1]!, "supplyTemperature"], 36);
  const tile = nocContent(state, hero, { language: "zh" }).tiles.find(({ unit }) => unit === "°C")!;
  expect(tile.value).toBe("35.0 → 44.0");
  expect(tile.marks).toEqual([`${ids.length} 台 CDU 中 2 台`, "仿真"]);
});

it("counts points past a limit once, by their worst limit, and none that cannot be trusted", () => {
  const state = stateOf();
  const [start] = twin.rangeBelow(hero, "rack")!;
  const rack = (row: number): string => twin.table("rack").idOf(start + row);
  put(state, [rack(0), "inletTemperature"], 36);
  put(state, [rack(1), "inletTemperature"], 28);
  put(state, [rack(2), "inletTemperature"], 40, bad);
  expect(countBeyond(state, hero)).toEqual([1, 0, 0, 1]);
});

it("shows published figures as they were printed, and no time that runs", () => {
  const exchange = publishedContent(twin, "exchange", "zh")!;
  expect(exchange.tiles.map(({ value, unit }) => `${value}${unit}`)).toEqual([
    "超 513款",
    "15个",
    "382家",
    "51笔",
    "5860.27万元",
  ]);
  expect(exchange.when).toBe("2025年春,文章未署日期");
  const brain = publishedContent(twin, "cityBrain", "en")!;
  expect(brain.tiles.map(({ value }) => value)).toEqual(["349", "109"]);
  for (const { look, marks } of [...exchange.tiles, ...brain.tiles])
    expect([look, marks.length]).toEqual([null, 1]);
});

it("stands nowhere in a twin without the facts", () => {
  const bare = layoutOf({ ...twin, facts: [] });
  for (const screen of factScreens) expect(screenBox(bare, screen)).toBeNull();
  expect(publishedContent({ ...twin, facts: [] }, "exchange", "zh")).toBeNull();
});

it("leaves points of the compute network and places of the campus out of the city portals", () => {
  const ids = portalRows(layout).map((row) => twin.table("portal").idOf(row));
  expect(ids).toHaveLength(12);
  expect(ids.every((id) => id.startsWith("g/"))).toBe(true);
});

it("paints only what is near, seen from the front, and changed, at most once a second", () => {
  const state = stateOf();
  put(state, ["a/hero", "load"], 50);
  const screens = new Screens(layout, state, { sky: new Sky(twin.site).uniforms, open: openUniforms() });
  const painted: ScreenContent[] = [];
  const surface = {
    texture: new Texture(),
    paint: (c: ScreenContent) => void painted.push(c),
    dispose: () => {},
  };
  const before = cameraAt(screenPose(layout, "noc")!);
  const home = cameraAt(homePose(layout));
  let lastMs = 0;
  const frame = (camera: PerspectiveCamera, atMs: number): void => {
    screens.frame({ camera, passedMs: atMs - lastMs });
    lastMs = atMs;
  };
  frame(before, 0);
  expect(painted).toHaveLength(0); // nothing to paint on yet
  screens.speak("zh", () => surface);
  frame(home, 10);
  expect(painted).toHaveLength(0);
  frame(before, 20);
  expect(painted.map(({ title }) => title)).toEqual(["智算中心 · 监控大屏"]);
  put(state, ["a/hero", "load"], 60);
  frame(before, 900);
  expect(painted).toHaveLength(1);
  frame(before, 1100);
  frame(before, 2200);
  expect(painted).toHaveLength(2);
  const box = screenBox(layout, "noc")!;
  const behind = screenPose(layout, "noc")!;
  const eye = new Vector3(box.x * 2 - behind.eye.x, behind.eye.y, box.z * 2 - behind.eye.z);
  put(state, ["a/hero", "load"], 70);
  frame(cameraAt({ eye, target: behind.target }), 4000);
  expect(painted).toHaveLength(2);
  screens.speak("en", () => surface);
  frame(before, 4100);
  expect(painted.at(-1)?.language).toBe("en");
});

it("keeps names clear of a lit screen, and of none that is far", () => {
  const screens = new Screens(layout, stateOf(), { sky: new Sky(twin.site).uniforms, open: openUniforms() });
  const boxes = new Float32Array(16);
  const picture = { widthPx: 1600, heightPx: 900 };
  expect(screens.cover({ camera: cameraAt(homePose(layout)), ...picture }, boxes, 0)).toBe(0);
  expect(screens.cover({ camera: cameraAt(screenPose(layout, "noc")!), ...picture }, boxes, 1)).toBe(2);
  const [left, top, right, bottom] = boxes.subarray(4);
  expect([left! > 0, top! > 0, right! < 1600, bottom! < 900]).toEqual([true, true, true, true]);
  expect((right! - left!) / 1600).toBeGreaterThan(0.55);
});

it("lights the ground by night and only while it shines", () => {
  const sky = new Sky(twin.site);
  const screens = new Screens(layout, stateOf(), { sky: sky.uniforms, open: openUniforms() });
  const surface = { texture: new Texture(), paint: () => {}, dispose: () => {} };
  screens.speak("zh", () => surface);
  const glow = screens.root.getObjectByName("screenGlow")!;
  const lit = (night: number, pose: Parameters<typeof cameraAt>[0]): boolean => {
    sky.uniforms.uNight.value = night;
    screens.frame({ camera: cameraAt(pose), passedMs: 5000 });
    return glow.visible;
  };
  const before = screenPose(layout, "noc")!;
  expect([lit(1, before), lit(0, before), lit(1, homePose(layout))]).toEqual([true, false, false]);
});

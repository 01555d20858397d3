import { beforeEach, describe, expect, it } from "vitest";
import { createCampusState, type WritableCampus } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { createClock } from "#renderer/data/clock.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Quality } from "#twins/model/quality.ts";
import { createViewStore, type ViewState, type ViewStore } from "./view.ts";
import { toggleZoom, zoomIn } from "./zoom.ts";

const fresh = Quality.good | (Freshness.fresh << 2);
const stale = Quality.good | (Freshness.stale << 2);
const room = { className: "room", row: 0 } as const;

const twin = campusTwin(400);
const [first] = twin.rangeBelow(room, "rack")!;

let campus: WritableCampus;
let view: ViewStore;

const put = (values: readonly number[], status = fresh): void => {
  const cells = campus.of("rack");
  values.forEach((value, i) => {
    const cell = (first + i) * cells.columns + metricIndex("rack", "inletTemperature");
    cells.value[cell] = value;
    cells.status[cell] = status;
  });
};

const range = () => view.getState().zoom?.range;

beforeEach(() => {
  campus = createCampusState(
    twin,
    createClock(() => 0, 1),
  );
  view = createViewStore({ heatmap: "inletTemperature", level: "room", inside: room });
  put([24.2, 25, 26, 26.4]);
});

describe("a zoomed range", () => {
  it("goes round the values of what is looked at, and is held while they move", () => {
    zoomIn(view, campus);
    expect(view.getState().zoom).toEqual({ scale: "inletTemperature", of: "room/0", range: [24, 26.5] });
    put([20, 21, 30, 31]);
    view.setState({
      hovered: room,
      selected: room,
      level: "rack",
      xray: true,
      panels: "few",
      language: "en",
    });
    expect(range()).toEqual([24, 26.5]);
    zoomIn(view, campus);
    expect(range()).toEqual([20, 32]);
  });

  it("counts on usable values only", () => {
    put([24.2, 25, 26, 26.4], stale);
    zoomIn(view, campus);
    expect(range()).toBeUndefined();
  });

  it("goes back by the same control", () => {
    toggleZoom(view, campus);
    expect(range()).toEqual([24, 26.5]);
    toggleZoom(view, campus);
    expect(range()).toBeUndefined();
  });

  it.each<[string, Partial<ViewState>]>([
    ["another heat map", { heatmap: "power" }],
    ["another room", { inside: { className: "room", row: 1 } }],
    ["its building", { inside: { className: "building", row: 0 } }],
    ["outside", { inside: null, level: "campus" }],
    ["the solar field", { inside: null, level: "campus", subject: "solar" }],
    ["the region", { level: "region" }],
  ])("goes back to the fixed one with %s, before anybody else hears of it", (_what, change) => {
    zoomIn(view, campus);
    expect(range()).toEqual([24, 26.5]);
    const heard: (ViewState["zoom"] | undefined)[] = [];
    view.subscribe((state) => heard.push(state.zoom));
    view.setState(change);
    expect(range()).toBeUndefined();
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.every((zoom) => zoom === null)).toBe(true);
  });

  it("is not there where no scale leads: ribbons, the region, batteries", () => {
    for (const where of [
      { energy: true, level: "campus", inside: null },
      { level: "region", inside: null },
      { level: "campus", inside: null, subject: "storage" },
    ] as const) {
      view.setState({ energy: false, ...where });
      zoomIn(view, campus);
      expect(range()).toBeUndefined();
    }
  });
});

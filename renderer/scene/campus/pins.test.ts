import { Vector3 } from "three";
import { beforeEach, describe, expect, test } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { heatmaps } from "#renderer/data/heatmaps.ts";
import { cellOf } from "#renderer/data/state.ts";
import { poseFor } from "#renderer/scene/cameras.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import type { LabelPainter } from "./labels.ts";
import { boxOf, layoutOf } from "./layout.ts";
import type { Focus } from "./lod.ts";
import { Pins } from "./pins.ts";
import { cameraAt } from "./scene.fixture.ts";

const twin = campusTwin();
const layout = layoutOf(twin);
const rackIn = (row: number, rack: number): number =>
  twin.find(`a/hero/f1/r1/row0${row}/k${String(rack).padStart(2, "0")}`)!.row;
const room = twin.find("a/hero/f1/r1")!.row;
const [first, end] = twin.rangeBelow({ className: "room", row: room }, "rack")!;
const power = metricIndex("rack", "power");
const fresh = packStatus(Quality.good, Freshness.fresh, Origin.simulated);
const stale = packStatus(Quality.good, Freshness.stale, Origin.simulated);

/** As the product looks at rack 21 of the first row: across the second row, of which what is in the way is left out. */
const pose = poseFor(
  layout,
  { className: "rack", row: rackIn(1, 21) },
  { fovDeg: 38, aspect: 16 / 9, isCrowded: false },
);
const camera = cameraAt(pose);
const view = { camera, widthPx: 1920, heightPx: 1080, passedMs: 0 };
const inRoom: Focus = { level: "rack", building: 0, room, racks: true };
const about = { focus: inRoom, subject: "halls" } as const;
const [second] = twin.rangeBelow({ className: "row", row: twin.find("a/hero/f1/r1/row02")!.row }, "rack")!;
const isDrawn = (_: unknown, row: number): boolean => row < second;

let painted: readonly string[] = [];
const paint: LabelPainter = (texts) => {
  painted = texts.filter((text) => text.includes("in view"));
  const cells = new Float32Array(texts.length * 4).fill(1);
  return { width: 1, height: 1, coverage: new Uint8Array(1), cells, scale: 1 };
};

const state = createCampusState(twin, { nowMs: () => 0 } as Parameters<typeof createCampusState>[1]);
const put = (row: number, value: number, status = fresh): void => {
  const racks = state.of("rack");
  racks.value[cellOf(racks, row, power)] = value;
  racks.status[cellOf(racks, row, power)] = status;
};

const pinsFor = (shown: ConstructorParameters<typeof Pins>[0]): Pins => {
  const pins = new Pins(shown);
  pins.speak({ layout, state, language: "en", heatmap: heatmaps.power, zoom: null }, paint);
  return pins;
};

beforeEach(() => {
  painted = [];
  for (let row = first; row < end; row++) put(row, 10);
});

describe("pins of the highest and the lowest", () => {
  test("stand at racks in view, by what is usable, and not at those left out or behind others", () => {
    put(rackIn(1, 21), 4);
    put(rackIn(1, 17), 18);
    put(rackIn(1, 19), 2, stale);
    put(rackIn(2, 21), 1);
    put(rackIn(3, 21), 20);
    const pins = pinsFor({ isDrawn });
    expect(pins.find(view, about, true)).toBe(true);
    expect(painted).toHaveLength(2);
    expect(painted[0]).toMatch(/[Hh]ighest.*17/);
    expect(painted[1]).toMatch(/[Ll]owest.*21/);
  });

  test("stand at a rack that the picture's edge cuts, at what is seen of it", () => {
    const turned = cameraAt(pose);
    const asideOf = (row: number, part: number): number => {
      const { x, y, z, yaw, width, height, depth } = boxOf(twin.table("rack"), row);
      const face = (Math.sign(pose.eye.z - z) * depth) / 2;
      const at = new Vector3(x + Math.cos(yaw) * width * part, y + height / 2, z + face);
      return Math.abs(at.project(turned).x);
    };
    let rack = -1;
    for (let step = 0; rack < 0 && step < 200; step++) {
      turned.rotateY(0.004);
      turned.updateMatrixWorld();
      for (let row = first; row < second && rack < 0; row++)
        if (asideOf(row, 0) > 1 && [0.46, -0.46].some((part) => asideOf(row, part) < 0.94)) rack = row;
    }
    expect(rack).toBeGreaterThanOrEqual(0);
    put(rack, 20);
    const pins = pinsFor({ isDrawn });
    pins.find({ ...view, camera: turned }, about, true);
    const name = twin.table("rack").nameOf(rack).en;
    expect(painted[0]).toContain(name);
  });

  test("stand at the rack beside the eye, of which the picture shows one strip", () => {
    put(rackIn(1, 2), 20);
    const within = poseFor(layout, "room", { fovDeg: 38, aspect: 16 / 9, isCrowded: false });
    const pins = pinsFor({ isDrawn: () => true });
    pins.find({ ...view, camera: cameraAt(within) }, about, true);
    expect(painted[0]).toContain(twin.table("rack").nameOf(rackIn(1, 2)).en);
  });

  test("are gone with the room, at once, and come back with it", () => {
    put(rackIn(1, 21), 4);
    const pins = pinsFor({ isDrawn });
    pins.find(view, about, true);
    expect(pins.labels.mesh.visible).toBe(true);
    const outside = { focus: { ...inRoom, level: "campus", racks: false }, subject: "wind" } as const;
    expect(pins.find(view, outside, false)).toBe(true);
    expect(pins.labels.mesh.visible).toBe(false);
    expect(pins.find(view, about, false)).toBe(true);
    expect(pins.labels.mesh.visible).toBe(true);
  });

  test("are looked for again when the camera has come to rest, and not while it moves", () => {
    put(rackIn(1, 21), 4);
    const pins = pinsFor({ isDrawn });
    pins.find(view, about, true);
    put(rackIn(1, 21), 10);
    put(rackIn(1, 18), 3);
    expect(pins.find(view, about, false)).toBe(false);
    pins.declutter(camera, { x: 1920, y: 1080 });
    expect(pins.find(view, about, false)).toBe(false);
    expect(pins.find(view, about, false)).toBe(true);
    expect(painted[1]).toMatch(/Lowest.*18/);
  });

  test("tell nothing where all are alike", () => {
    const pins = pinsFor({ isDrawn });
    pins.find(view, about, true);
    expect(pins.labels.mesh.visible).toBe(false);
  });
});

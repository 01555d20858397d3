import type { BufferAttribute, Mesh } from "three";
import { expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { homePose } from "#renderer/scene/poses.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { CampusRenderer } from "./campusRenderer.ts";
import type { LabelPainter } from "./labels.ts";
import { cameraAt } from "./scene.fixture.ts";

const timeMs = Date.parse("2026-07-15T11:48:00Z");

const wide: LabelPainter = (texts) => ({
  width: 64,
  height: 18,
  coverage: new Uint8Array(64 * 18),
  cells: Float32Array.from(texts.flatMap((text) => [0, 0, 13 * text.length, 18])),
  scale: 1,
});

it("values of names are those of the picture, where one comes every ten seconds and eases by a blink", () => {
  const clock = { nowMs: () => timeMs } as Parameters<typeof createCampusState>[1];
  const state = createCampusState(campusTwin(), clock);
  const campus = new CampusRenderer(state, 2048);
  campus.still = true;
  campus.name("zh", wide);
  const pose = homePose(campus.layout);
  const view = { camera: cameraAt(pose), target: pose.target, widthPx: 1920, heightPx: 1080, nowMs: timeMs };
  const swatches = (): number => {
    let written = 0;
    campus.root.traverseVisible((object) => {
      const swatch = (object as Mesh).geometry?.getAttribute("iSwatch") as BufferAttribute | undefined;
      written += swatch?.version ?? 0;
    });
    return written;
  };
  const halls = state.of("building");
  const load = metricIndex("building", "load");
  const tell = (value: number): void => {
    for (let row = 0; row < halls.rows; row++) {
      halls.value[row * halls.columns + load] = value;
      halls.status[row * halls.columns + load] = packStatus(Quality.good, Freshness.fresh, Origin.measured);
    }
  };
  tell(40);
  for (let i = 0; i < 3; i++) campus.frame({ ...view, deltaMs: 500, passedMs: 500 });
  for (const value of [50, 60, 70]) {
    const before = swatches();
    tell(value);
    campus.frame({ ...view, deltaMs: 50, passedMs: 10_000 });
    expect(swatches()).toBeGreaterThan(before);
  }
  const before = swatches();
  tell(80);
  campus.frame({ ...view, deltaMs: 50, passedMs: 50 });
  expect(swatches()).toBe(before);
});

import type { PerspectiveCamera } from "three";
import { beforeEach, describe, expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { poseFor } from "#renderer/scene/cameras.ts";
import { CampusRenderer } from "#renderer/scene/campus/campusRenderer.ts";
import type { LabelPainter } from "#renderer/scene/campus/labels.ts";
import { cameraAt } from "#renderer/scene/campus/scene.fixture.ts";
import { homePose, type Pose, poseOf, regionPose } from "#renderer/scene/poses.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import type { Region } from "./region.ts";

const timeMs = Date.parse("2026-09-09T11:10:00Z");
const twin = campusTwin(0);
let state: CampusState;
let campus: CampusRenderer;
let region: Region;
let written: string[] = [];

/** Cells without ink; keeps what was asked for. */
const paint: LabelPainter = (texts) => {
  written = [...texts];
  return {
    width: 64,
    height: 18,
    coverage: new Uint8Array(64 * 18),
    cells: Float32Array.from(texts.flatMap(() => [0, 0, 60, 18])),
    scale: 1,
  };
};

const lookFrom = (pose: Pose): PerspectiveCamera => {
  const camera = cameraAt(pose);
  camera.far = 500_000;
  camera.updateProjectionMatrix();
  for (let i = 0; i < 3; i++)
    campus.frame({
      camera,
      target: pose.target,
      widthPx: 1920,
      heightPx: 1080,
      deltaMs: 1000,
      passedMs: 1000,
      nowMs: timeMs,
    });
  return camera;
};

const put = (id: string, metric: string, value: number, freshness: Freshness = Freshness.fresh): void => {
  const { row } = twin.find(id)!;
  const centres = state.of("centre");
  const cell = row * centres.columns + metricIndex("centre", metric);
  centres.value[cell] = value;
  centres.status[cell] = packStatus(Quality.good, freshness, Origin.simulated);
};

beforeEach(() => {
  const clock = { nowMs: () => timeMs } as Parameters<typeof createCampusState>[1];
  state = createCampusState(twin, clock);
  campus = new CampusRenderer(state, 2048);
  region = campus.region!;
  region.speak({ language: "en", labelPx: 13, paint: () => paint });
});

describe("the region", () => {
  it("comes by itself when the eye goes far away, covers the campus, and goes again", () => {
    lookFrom(homePose(campus.layout));
    expect([campus.lod.focus.level, region.root.visible]).toEqual(["campus", false]);
    lookFrom(regionPose(region.diagram));
    expect([campus.lod.focus.level, region.root.visible, region.isWhole]).toEqual(["region", true, true]);
    expect(campus.root.children[0]!.visible).toBe(false);
    lookFrom(homePose(campus.layout));
    expect([campus.lod.focus.level, region.root.visible]).toEqual(["campus", false]);
    expect(campus.root.children[0]!.visible).toBe(true);
  });

  it("shows every centre and hub in its own view, and finds it under the pointer", () => {
    const camera = lookFrom(regionPose(region.diagram));
    const { home, centres, hubs } = region.diagram;
    const refs = [
      ...[home, ...centres].map(({ row }) => ({ className: "centre", row }) as const),
      ...hubs.map(({ row }) => ({ className: "portal", row }) as const),
    ];
    expect(refs).toHaveLength(6 + 4);
    for (const ref of refs) {
      const at = campus.visibleCentre(ref, camera, camera.position.clone()).project(camera);
      expect([Math.abs(at.x) < 0.9, Math.abs(at.y) < 0.9]).toEqual([true, true]);
      expect(campus.pick(at.x, at.y, camera)).toEqual(ref);
    }
    expect(poseOf(campus.layout, twin.find("net")!, 38)).toEqual(regionPose(region.diagram));
  });

  it.each([
    { aspect: 16 / 9, isCrowded: false, side: 0.9, top: 0.62 },
    { aspect: 16 / 9, isCrowded: true, side: 0.62, top: 0.5 },
    { aspect: 16 / 3, isCrowded: false, side: 0.4, top: 0.6 },
  ])("keeps its points in the clear part of a picture: %o", ({ aspect, isCrowded, side, top }) => {
    const pose = poseFor(campus.layout, "region", { fovDeg: 38, aspect, isCrowded });
    const camera = cameraAt(pose);
    Object.assign(camera, { aspect, far: 500_000 });
    camera.updateProjectionMatrix();
    const { home, centres, hubs } = region.diagram;
    for (const { x, z } of [home, ...centres, ...hubs]) {
      const at = camera.position.clone().set(x, 0, z).project(camera);
      expect(Math.abs(at.x)).toBeLessThan(side);
      expect(at.y).toBeLessThan(top);
      expect(at.y).toBeGreaterThan(-0.78);
    }
  });

  it("writes what is usable and nothing else", () => {
    put("net/beijing", "idleCompute", 973);
    put("net/beijing", "jobs", 88);
    put("net/beijing", "latency", 4.71);
    put("net/wuhu", "idleCompute", 1200, Freshness.stale);
    lookFrom(regionPose(region.diagram));
    expect(written).toContain("Beijing\nidle 973 P · jobs 88");
    expect(written).toContain("two-hour circle\nround trip 4.7 ms");
    expect(written.find((text) => text.startsWith("Wuhu"))).toBe("Wuhu · Yangtze Delta hub\nidle — · jobs —");
  });

  it("names every place that has room", () => {
    lookFrom(regionPose(region.diagram));
    const labels = region.root.children.at(-1) as unknown as {
      geometry: { getAttribute(name: string): { array: Float32Array } };
    };
    const shown = [...labels.geometry.getAttribute("iShown").array];
    expect(shown.filter((each) => each === 1).length).toBeGreaterThan(10);
  });

  it("never names a coordinate", () => {
    lookFrom(regionPose(region.diagram));
    for (const text of written) expect(text).not.toMatch(/°|\d+\.\d{3}|[NSEW]\b/);
  });
});

import { Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { homePose, poseOf } from "#renderer/scene/poses.ts";
import { type AnnouncedPoint, announceTwin } from "#twins/announced/announced.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import { CampusRenderer } from "./campusRenderer.ts";
import { KitShapes } from "./kitShape.ts";
import { layoutOf } from "./layout.ts";
import { BoxRay } from "./rayBox.ts";
import { cameraAt } from "./scene.fixture.ts";
import { plotsOf } from "./site.ts";
import { enclosedZones, yardPlant } from "./yard.ts";
import { YardGrid } from "./yardGrid.ts";

const point = (externalId: string, className: AnnouncedPoint["className"]): AnnouncedPoint => ({
  externalId,
  className,
  metric: null,
  rackLocationId: className === "rack" ? externalId : null,
  serves: [],
  associates: [],
  name: null,
});

const announced = (buildings: number): Twin =>
  loadTwin(
    announceTwin(
      [
        ...Array.from({ length: buildings * 40 }, (_, i) =>
          point(`B${1 + Math.floor(i / 40)}-R1-W1-K${i % 40}`, "rack"),
        ),
        point("B1-CDU7", "cdu"),
        point("somewhere", "ups"),
        point("B1-R1-UPS", "ups"),
      ],
      [],
    ),
  );

describe("an announced campus", () => {
  it.each([1, 3, 12])("of %i buildings is whole in the overview", (buildings) => {
    const layout = layoutOf(announced(buildings));
    const camera = cameraAt(homePose(layout));
    for (const { west, east, north, south } of plotsOf(layout))
      for (const corner of [
        new Vector3(west, 0, north),
        new Vector3(east, 0, north),
        new Vector3(west, 0, south),
        new Vector3(east, 0, south),
      ]) {
        corner.project(camera);
        expect(Math.abs(corner.x)).toBeLessThan(0.9);
        expect(Math.abs(corner.y)).toBeLessThan(0.9);
        expect(corner.z).toBeLessThan(1);
      }
  });

  it("is fenced where its zone ends", () => {
    const twin = announced(2);
    const [width, depth] = twin.table("zone").size;
    const plots = plotsOf(layoutOf(twin));
    expect(plots).toHaveLength(1);
    expect(plots[0]!.east - plots[0]!.west).toBeCloseTo(width!, 3);
    expect(plots[0]!.south - plots[0]!.north).toBeCloseTo(depth!, 3);
  });

  it("shows what stands in no room in yards, and finds it there", () => {
    const twin = announced(2);
    const { ofZones, ofBuildings } = yardPlant(twin);
    const ids = [...[...ofZones.values()].flat(), ...ofBuildings].map((ref) => twin.idOf(ref));
    expect(ids.sort()).toEqual(["campus/b1/cdu7", "campus/somewhere"]);
    const clock = { nowMs: () => 0 } as Parameters<typeof createCampusState>[1];
    const grid = new YardGrid(new KitShapes(new CampusRenderer(createCampusState(twin, clock), 256).root));
    for (const id of ids) {
      const { eye, target } = poseOf(layoutOf(twin), twin.find(id)!, 38);
      const ray = new BoxRay();
      const towards = target.clone().sub(eye).normalize();
      Object.assign(ray, { ox: eye.x, oy: eye.y, oz: eye.z, dx: towards.x, dy: towards.y, dz: towards.z });
      expect(twin.idOf(grid.pick(ray, 1_000, () => false)!.ref)).toBe(id);
    }
  });

  it("without anything is open ground", () => {
    const layout = layoutOf(loadTwin(announceTwin([], [])));
    const { eye, target } = homePose(layout);
    expect(
      [...eye.toArray(), ...target.toArray(), layout.centre.x, layout.radius].every(Number.isFinite),
    ).toBe(true);
  });
});

describe("the built-in campus", () => {
  it("has no zone that says its bounds, and its yards stay as they were", () => {
    const twin = campusTwin(2_000);
    expect(enclosedZones(twin).size).toBe(0);
    expect(yardPlant(twin)).toEqual({ ofZones: new Map(), ofBuildings: [] });
  });
});

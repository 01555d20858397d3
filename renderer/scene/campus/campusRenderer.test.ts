import fc from "fast-check";
import { type PerspectiveCamera, Vector3 } from "three";
import { beforeAll, describe, expect, it } from "vitest";
import { homePose, type Pose, poseOf } from "#renderer/scene/poses.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import type { CampusRenderer } from "./campusRenderer.ts";
import type { FrameView } from "./frameView.ts";
import { cameraAt, lookUntilStill, stillCampus } from "./scene.fixture.ts";

const timeMs = Date.parse("2026-07-15T11:48:00Z");
let campus: CampusRenderer;

beforeAll(() => {
  campus = stillCampus(timeMs);
});

const lookFrom = (pose: Pose): PerspectiveCamera => lookUntilStill(campus, pose, timeMs);

const viewOf = (camera: PerspectiveCamera, { target }: Pose): FrameView => ({
  camera,
  target,
  widthPx: 1920,
  heightPx: 1080,
  deltaMs: 16,
  passedMs: 16,
  nowMs: timeMs,
});

const pickAtCentreOf = (ref: AssetRef, camera: PerspectiveCamera): AssetRef | null => {
  const at = campus.visibleCentre(ref, camera, new Vector3()).project(camera);
  return campus.pick(at.x, at.y, camera);
};

const see = (ref: AssetRef): PerspectiveCamera => {
  campus.mark(ref, null);
  return lookFrom(poseOf(campus.layout, ref, 38));
};

describe("levels of detail", () => {
  it("follows the camera from the campus to a rack and back", () => {
    const { twin } = campus.layout;
    const room = twin.parentOf(twin.parentOf({ className: "rack", row: 900 })!)!;
    lookFrom(homePose(campus.layout));
    expect(campus.lod.focus).toMatchObject({ level: "campus", building: -1, racks: false });
    see({ className: "building", row: 1 });
    expect(campus.lod.focus).toMatchObject({ level: "building", building: 1, room: -1 });
    see(room);
    expect(campus.lod.focus).toMatchObject({ level: "room", building: 1, room: room.row, racks: true });
    see({ className: "rack", row: 900 });
    expect(campus.lod.focus.level).toBe("rack");
    lookFrom(homePose(campus.layout));
    expect(campus.lod.focus).toMatchObject({ level: "campus", building: -1, racks: false });
  });

  it("holds a level a little longer than it takes to enter it", () => {
    const { eye, target } = poseOf(campus.layout, { className: "building", row: 1 }, 38);
    const levelAt = (times: number): string => {
      lookFrom({ target, eye: eye.clone().sub(target).multiplyScalar(times).add(target) });
      return campus.lod.focus.level;
    };
    lookFrom(homePose(campus.layout));
    expect(levelAt(1.75)).toBe("campus");
    expect(levelAt(1)).toBe("building");
    expect(levelAt(1.75)).toBe("building");
    expect(levelAt(2.3)).toBe("campus");
  });
});

describe("picking", () => {
  it("finds any rack at its visible centre once flown to", () => {
    const racks = campus.layout.twin.table("rack").count;
    fc.assert(
      fc.property(fc.nat(racks - 1), (row) => {
        const ref: AssetRef = { className: "rack", row };
        expect(pickAtCentreOf(ref, see(ref))).toEqual(ref);
      }),
      { numRuns: 60 },
    );
  });

  it("finds any standing building from its own view, closed or open", () => {
    lookFrom(homePose(campus.layout));
    for (const building of campus.layout.buildings.filter((b) => b.stage !== 0)) {
      const ref: AssetRef = { className: "building", row: building.row };
      const above = new Vector3(building.x, building.height + 900, building.z + 400);
      const camera = lookFrom({ eye: above, target: new Vector3(building.x, 0, building.z + 200) });
      expect(campus.lod.focus.level).toBe("campus");
      expect(pickAtCentreOf(ref, camera)).toEqual(ref);
    }
  });

  it("sees rooms, not shells, through X-ray", () => {
    campus.setXray(true);
    const room: AssetRef = { className: "room", row: 5 };
    const box = campus.layout.buildings[campus.layout.buildingOfRoom[5]!]!;
    const camera = lookFrom({
      eye: new Vector3(box.x, 700, box.z + 150),
      target: new Vector3(box.x + 120, 0, box.z - 60),
    });
    expect(campus.lod.focus.level).toBe("campus");
    expect(pickAtCentreOf(room, camera)?.className).toBe("room");
    campus.setXray(false);
    lookFrom(homePose(campus.layout));
    expect(pickAtCentreOf(room, camera)?.className).toBe("building");
  });

  it("finds outdoor plant: a turbine, a PV table, a battery container", () => {
    for (const className of ["windTurbine", "pvTable", "battery", "coolingTower", "generator"] as const)
      for (const row of [0, campus.layout.twin.table(className).count - 1]) {
        const ref: AssetRef = { className, row };
        const camera = see(ref);
        // Not what the camera looks at: of a turbine that is the middle of mast and blades, where only sky is behind.
        const { pose, size } = campus.layout.twin.table(className);
        const [x, y, z] = pose.subarray(row * 4);
        const box = new Vector3(x, z! + size[row * 3 + 2]! / 2, -y!).project(camera);
        expect(campus.pick(box.x, box.y, camera)).toEqual(ref);
      }
  });

  it("finds indoor plant in its room, and not through closed shells", () => {
    for (const className of ["crah", "cdu", "ups"] as const) {
      const { count } = campus.layout.twin.table(className);
      expect(count).toBeGreaterThan(0);
      for (const row of [0, Math.floor(count / 2), count - 1]) {
        const ref: AssetRef = { className, row };
        const camera = see(ref);
        expect(pickAtCentreOf(ref, camera)).toEqual(ref);
        lookFrom(homePose(campus.layout));
        expect(pickAtCentreOf(ref, camera)?.className).not.toBe(className);
      }
    }
  });

  it("finds nothing in the sky", () => {
    const camera = lookFrom(homePose(campus.layout));
    expect(campus.pick(0, 0.99, camera)).toBeNull();
  });
});

describe("frames", () => {
  it("uploads what is dirty within its budget, and is idle afterwards", () => {
    const pose = homePose(campus.layout);
    const camera = cameraAt(pose);
    const view = viewOf(camera, pose);
    let spent = 0;
    for (let i = 0; i < 100 && (campus.easing || campus.pending); i++) {
      campus.frame(view);
      expect(campus.uploadBytes).toBeLessThanOrEqual(256 * 1024);
      spent += campus.uploadBytes;
    }
    expect(campus.easing || campus.pending).toBe(false);
    campus.frame(view);
    expect(campus.uploadBytes).toBe(0);
    expect(spent).toBeGreaterThanOrEqual(0);
  });

  it("switches the heat map without uploading anything", () => {
    const pose = homePose(campus.layout);
    const camera = lookFrom(pose);
    for (const heatmap of ["power", "pue", "inletTemperature", "load"] as const) {
      campus.setHeatmap(heatmap, null);
      campus.frame(viewOf(camera, pose));
      expect(campus.uploadBytes).toBe(0);
      expect(campus.easing || campus.pending).toBe(false);
    }
  });
});

import { type InstancedBufferGeometry, type Mesh, Vector3 } from "three";
import { beforeAll, describe, expect, it } from "vitest";
import { towers } from "#renderer/scene/plant/cooling.ts";
import { homePose, type Pose, poseOf } from "#renderer/scene/poses.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import type { CampusRenderer } from "./campusRenderer.ts";
import { bodiesOf, kitsOf } from "./kitShape.ts";
import { boxOf } from "./layout.ts";
import { isCutAway } from "./opening.ts";
import { cameraAt, lookUntilStill, stillCampus } from "./scene.fixture.ts";
import { within } from "./site.ts";
import { standsFor } from "./stands.ts";

const timeMs = Date.parse("2026-07-15T11:48:00Z");
let campus: CampusRenderer;

beforeAll(() => {
  campus = stillCampus(timeMs);
});

const look = (pose: Pose): void => void lookUntilStill(campus, pose, timeMs);

/** What a ray from one point to another meets, whatever the camera that the scene was last drawn for. */
const meets = (eye: Vector3, target: Vector3): AssetRef | null =>
  campus.pick(0, 0, cameraAt({ eye, target }));

const find = (id: string): AssetRef => campus.layout.twin.find(id)!;

/** A point in an asset's own axes: east, up and south of the middle of its foot, m. */
const pointOn = (id: string, at: readonly [number, number, number]): Vector3 => {
  const { className, row } = find(id);
  const { x, y, z } = within(boxOf(campus.layout.twin.table(className), row), at, [0, 0, 0]);
  return new Vector3(x, y, z);
};

/** Classes that are met by rules of their own: volumes, slabs, rows of racks, plant in rooms. */
const ruled: ReadonlySet<ClassName> = new Set(["building", "floor", "room", "row", "rack"]);

describe("what is drawn and what is met", () => {
  it("are the same kits in the same boxes, for all plant outdoors, and nothing beside it stands for nothing", () => {
    look(homePose(campus.layout));
    const found: string[] = [];
    const classes = new Set<ClassName>();
    campus.root.traverse((object) => {
      const of = standsFor(object);
      const geometry = (object as Mesh).geometry as InstancedBufferGeometry | undefined;
      if (!of || !geometry?.isInstancedBufferGeometry || geometry.instanceCount === Infinity) return;
      const all = Array.from({ length: geometry.instanceCount }, (_, i) => of(i));
      const plant = all.filter((ref) => ref !== null && !ruled.has(ref.className));
      // Indoors the picker holds the kits itself.
      if (plant.length === 0 || plant.every((ref) => campus.layout.twin.parentOf(ref!)?.className === "room"))
        return;
      for (const ref of plant) classes.add(ref!.className);
      const members = kitsOf(object)?.flatMap((drawn) => drawn.members) ?? [];
      const pose = geometry.getAttribute("iPose");
      const told = all.map((ref, i) => {
        const box = members[i] ?? bodiesOf(object)?.[i];
        const y = members[i]?.y ?? bodiesOf(object)?.[i]?.box.y ?? Number.NaN;
        const isSame = box?.asset?.row === ref?.row && box?.asset?.className === ref?.className;
        // Portals are one instance in metres of the world.
        return ref !== null && isSame && (ref.className === "portal" || Math.abs(y - pose.getY(i)) < 1e-3);
      });
      if (!told.every(Boolean)) found.push(`${object.name} ${plant[0]!.className} ${told.indexOf(false)}`);
    });
    expect(found).toEqual([]);
    expect([...classes]).toEqual(
      expect.arrayContaining(["coolingTower", "battery", "generator", "pvTable", "windTurbine"]),
    );
  });

  it("meets the gauge on the roof of a container", () => {
    look(homePose(campus.layout));
    const { height, depth } = boxOf(campus.layout.twin.table("battery"), find("i/bat50").row);
    const aim = pointOn("i/bat50", [0, height + 0.3, 0]);
    expect(meets(pointOn("i/bat50", [6, height + 0.3, 0]), aim)).toEqual(find("i/bat50"));
    // Over its end, and over what is beside it, there is no gauge.
    const past = pointOn("i/bat50", [0, height + 0.3, depth / 2]);
    expect(meets(pointOn("i/bat50", [6, height + 0.3, depth / 2]), past)).not.toEqual(find("i/bat50"));
  });

  it("looks through the plume over a tower", () => {
    look(homePose(campus.layout));
    const above = pointOn("a/b01/ct02", [0, 9, 0]);
    expect(meets(above.clone().add(new Vector3(40, 6, 0)), above)?.className).not.toBe("coolingTower");
  });

  it("meets the foot of a tower over the parapet, not the hall below it", () => {
    look(homePose(campus.layout));
    // Towers stand on the deck, a parapet's height below the building's own.
    const foot = pointOn("a/b01/ct02", [0, -0.6, 2.9]);
    expect(meets(foot.clone().add(new Vector3(0, 4, 4)), foot)).toEqual(find("a/b01/ct02"));
    const deck = pointOn("a/b01/ct02", [0, -1, 5]);
    expect(meets(deck.clone().add(new Vector3(0, 6, 0.1)), deck)).toEqual(find("a/b01"));
  });

  it("meets a tower through the glass of the hall that carries it", () => {
    look(poseOf(campus.layout, find("a/hero"), 38));
    expect(campus.lod.focus).toMatchObject({ level: "building" });
    // Level with the parapet: its glass comes first.
    const tower = pointOn("a/hero/ct06", [0, -0.25, 0]);
    const { depth } = campus.layout.buildings[find("a/hero").row]!;
    const outside = pointOn("a/hero/ct06", [0, -0.25, depth]);
    expect(meets(outside, tower)).toEqual(find("a/hero/ct06"));
  });

  it("draws and meets no tower where its roof is cut away, at the top storey too", () => {
    const { twin } = campus.layout;
    let seen = 0;
    for (const { asset, on = -1, ...drawn } of towers(campus.layout).members) {
      const rooms = twin.rangeBelow({ className: "building", row: on }, "room");
      if (!rooms) continue;
      const room = boxOf(twin.table("room"), rooms[1] - 1);
      // What its vertex shader asks (plant/plantMaterial.ts).
      expect(isCutAway(drawn.y, room.y + room.height)).toBe(true);
      if (++seen % 8 !== 1) continue;
      look(poseOf(campus.layout, { className: "room", row: rooms[1] - 1 }, 38));
      expect(campus.lod.focus).toMatchObject({ building: on, room: rooms[1] - 1 });
      const at = new Vector3(drawn.x, drawn.y + 1, drawn.z);
      expect(meets(at.clone().add(new Vector3(0, 30, 0.1)), at)).not.toEqual(asset);
    }
    expect(seen).toBeGreaterThan(16);
  });

  it("meets tower, nacelle and blades of a turbine, and nothing between the blades", () => {
    look(homePose(campus.layout));
    const { height, width } = boxOf(campus.layout.twin.table("windTurbine"), find("i/wt01").row);
    expect(width).toBeGreaterThan(0);
    const north = (at: readonly [number, number, number]): AssetRef | null => {
      const aim = pointOn("i/wt01", at);
      return meets(aim.clone().add(new Vector3(0, 0, -300)), aim);
    };
    const turbine = find("i/wt01");
    expect(north([0, height / 2, 0])).toEqual(turbine);
    expect(north([0, height + 1, 0])).toEqual(turbine);
    // Halfway out on a circle around the hub, three blades are met and most of the disc is not.
    const rotor = campus.layout.twin.table("windTurbine").attribute("rotorM")?.[turbine.row] ?? height * 1.4;
    const circle = Array.from({ length: 360 }, (_, i) => {
      const a = (i * Math.PI) / 180;
      const ref = north([Math.cos(a) * rotor * 0.25, height + Math.sin(a) * rotor * 0.25, 0]);
      return ref?.className === "windTurbine" && ref.row === turbine.row;
    });
    const starts = circle.filter((isMet, i) => isMet && !circle.at(i - 1)).length;
    // The tower stands below the hub and may hide a blade, or be met beside it.
    expect(starts).toBeGreaterThanOrEqual(3);
    expect(starts).toBeLessThanOrEqual(4);
    expect(circle.filter(Boolean).length).toBeLessThan(90);
  });

  it("has units that stand for their hall where the twin lists none", () => {
    look(homePose(campus.layout));
    const hall = find("d/s04");
    const { height, depth } = campus.layout.buildings[hall.row]!;
    const met = new Set<string>();
    // Beside the south wall, along it: nothing but units stands there.
    for (let up = 0.5; up < height; up += 0.5) {
      const aim = pointOn("d/s04", [0, up, depth / 2 + 1.4]);
      const ref = meets(pointOn("d/s04", [60, up, depth / 2 + 1.4]), aim);
      met.add(ref ? campus.layout.twin.idOf(ref) : "nothing");
    }
    expect(met).toContain("d/s04");
  });
});

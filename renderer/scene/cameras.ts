import { Vector3 } from "three";
import type { CameraId } from "#renderer/stores/cameras.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { type AssetRef, coolingSystems, Stage } from "#twins/model/twin.ts";
import { type Box, type BuildingRecord, boxOf, groundOfBoxes, type Layout } from "./campus/layout.ts";
import { planOf, type RoomPlan } from "./inside/plan.ts";
import {
  clearOfPanels,
  flatterIfWide,
  homePose,
  type Pose,
  poseOf,
  regionPose,
  wideAspect,
} from "./poses.ts";
import { diagramOf } from "./region/diagram.ts";
import { portalsPose, screenPose } from "./screens/places.ts";

/** East, up and south of an anchor, m. */
type Offset = readonly [east: number, up: number, south: number];

const from = (anchor: { readonly x: number; readonly z: number }, eye: Offset, target: Offset): Pose => ({
  eye: new Vector3(anchor.x + eye[0], eye[1], anchor.z + eye[2]),
  target: new Vector3(anchor.x + target[0], target[1], anchor.z + target[2]),
});

/** The hall that the campus is shown by: the liquid-cooled one, else the one with the most racks. */
const heroOf = ({ twin, buildings }: Layout): BuildingRecord | null => {
  const cooling = twin.table("building").attribute("cooling");
  const liquid = coolingSystems.indexOf("closedTowerLiquid");
  const built = buildings.filter((b) => b.stage === Stage.built && b.racks[1] > b.racks[0]);
  const racks = (b: BuildingRecord): number => b.racks[1] - b.racks[0];
  const most = built.reduce<BuildingRecord | null>(
    (best, b) => (!best || racks(b) > racks(best) ? b : best),
    null,
  );
  return built.find((b) => cooling?.[b.row] === liquid) ?? most;
};

/** Ground that all assets of a class stand on; null when there are none. */
const fieldOf = ({ twin }: Layout, className: ClassName): Box | null => {
  const table = twin.table(className);
  return groundOfBoxes(Array.from({ length: table.count }, (_, row) => boxOf(table, row)));
};

/** In a cold aisle, at its end and nearer to one row: the other row's fronts open towards the eye. */
const aislePose = ({ box, aisles }: RoomPlan): Pose | null => {
  const aisle = aisles.findLast(({ isCold }) => isCold);
  if (!aisle || aisle.length < 9) return null;
  const at = (along: number, up: number, across: number): Vector3 => {
    const [x, z] = [aisle.x + along, aisle.z + across];
    const [c, s] = [Math.cos(box.yaw), Math.sin(box.yaw)];
    return new Vector3(box.x + x * c - z * s, box.y + up, box.z + x * s + z * c);
  };
  const end = -aisle.length / 2;
  return { eye: at(end + 0.16, 1.5, aisle.width * 0.15), target: at(end + 11.56, 1.18, -aisle.width * 0.8) };
};

type Stand = (layout: Layout, fovDeg: number) => Pose | null;

const ofHero =
  (pose: (hero: BuildingRecord, layout: Layout, fovDeg: number) => Pose): Stand =>
  (layout, fovDeg) => {
    const hero = heroOf(layout);
    return hero && pose(hero, layout, fovDeg);
  };

const ofField =
  (className: ClassName, pose: (field: Box) => Pose): Stand =>
  (layout) => {
    const field = fieldOf(layout, className);
    return field && pose(field);
  };

const stands: Readonly<Record<CameraId, Stand>> = {
  home: homePose,
  region: ({ twin, centre }) => {
    const diagram = diagramOf(twin, centre);
    return diagram && regionPose(diagram);
  },
  // From the south-west: two halls that tell their load, both whole, forecourt and car park before them, the plain behind.
  campus: ofHero((hero) => from(hero, [-150, 44, 250], [30, 0, 80])),
  // Before the glass front, clear of the avenue's crowns: the evening sky and the mountains stand behind it.
  front: ofHero((hero) => from(hero, [140, 34, 94], [-91, 7, -30])),
  // The same two halls from lower down and nearer: what stands close by keeps its colour in a storm.
  approach: ofHero((hero) => from(hero, [-141, 29, 246], [34, 2, 84])),
  // Along the avenue, two halls whole: a low sun throws their shadows across the picture.
  rows: ofHero((hero) => from(hero, [238, 40, 207], [-67, 0, 31])),
  // From the north-east: the wall of live figures before the hall, lit halls behind it, the turbines out of the picture.
  street: ofHero((hero) => from(hero, [78, 20, -112], [-61, 4, 32])),
  // From the south-east: the evening sky stands behind the glass.
  hall: ofHero((hero) => from(hero, [93, 29, 66], [5, 8, 0])),
  room: ofHero(
    ({ row, rooms }, layout, fovDeg) =>
      aislePose(planOf(layout.twin, rooms[0], row)) ??
      poseOf(layout, { className: "room", row: rooms[0] }, fovDeg),
  ),
  rack: ofHero(({ rooms }, layout, fovDeg) => {
    // In the first row, near its end: the row runs away behind it.
    const rows = layout.twin.rangeBelow({ className: "room", row: rooms[0] }, "row");
    const racks = layout.twin.rangeBelow({ className: "row", row: rows?.[0] ?? 0 }, "rack") ?? [0, 1];
    return poseOf(layout, { className: "rack", row: Math.min(racks[0] + 19, racks[1] - 1) }, fovDeg);
  }),
  // Over the tables from the south-east: in the afternoon their glass carries the sun.
  solar: ofField("pvTable", ({ x, z, width, depth }) =>
    from({ x, z }, [width * 0.2, 12, depth * 0.5 - 62], [width * 0.2 - 330, -8, depth * 0.5 - 232]),
  ),
  // From beside the track that leads in, low over the grass: the nearest turbine whole in the middle, rows running away to both sides.
  wind: ofField("windTurbine", ({ x, z, width, depth }) =>
    from(
      { x, z },
      [-width * 0.5 - 359, 5, -depth * 0.5 - 390],
      [-width * 0.5 + 366, 122, -depth * 0.5 + 298],
    ),
  ),
  storage: ofField("battery", ({ x, z, width, depth }) =>
    from({ x, z }, [-width * 0.5 - 30, 26, depth * 0.5 + 55], [0, 1, 0]),
  ),
  // From the west-north-west, across the busbar: uses open like a fan before it and sources stand behind, all ends and the whole
  // wind inset clear of the panel with the same flows to the right, under a low sun from the right.
  energy: (layout) => from(layout.centre, [-4150, 2010, -450], [-405, 39, 1143]),
  yard: ofField("substation", ({ x, z }) => from({ x, z }, [-90, 40, 110], [0, 5, 0])),
  noc: (layout) => screenPose(layout, "noc"),
  exchange: (layout) => screenPose(layout, "exchange"),
  cityBrain: (layout) => screenPose(layout, "cityBrain"),
  portals: portalsPose,
};

/** The same from nearer by where the picture is much wider than high: what stands apart then fills its width. */
const wideStands: Readonly<Partial<Record<CameraId, Stand>>> = {
  energy: (layout) => from(layout.centre, [-3480, 1150, -760], [-194, 7, 493]),
};

/** What a picture is seen through. */
interface Lens {
  readonly fovDeg: number;
  /** Width of the picture by its height. */
  readonly aspect: number;
  /** Panels stand around the picture. */
  readonly isCrowded: boolean;
}

/** Where to stand for a saved camera, or to see an asset. */
export const poseFor = (
  layout: Layout,
  to: AssetRef | CameraId,
  { fovDeg, aspect, isCrowded }: Lens,
): Pose => {
  const standAt = (id: CameraId): Stand => (aspect >= wideAspect && wideStands[id]) || stands[id];
  const plain =
    typeof to === "string" ? (standAt(to)(layout, fovDeg) ?? homePose(layout)) : poseOf(layout, to, fovDeg);
  if (diagramOf(layout.twin, layout.centre) === null) return plain;
  return isCrowded ? clearOfPanels(plain) : flatterIfWide(plain, aspect);
};

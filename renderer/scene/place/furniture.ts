import { type BufferGeometry, Group, type Mesh } from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import { chance, metric, scaled } from "#renderer/scene/campus/scatter.ts";
import { sceneryMaterial } from "#renderer/scene/campus/scenery.ts";
import { within } from "#renderer/scene/campus/site.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { Stage } from "#twins/model/twin.ts";
import * as kits from "./furnitureKits.ts";
import type { Lot } from "./lots.ts";
import { everywhere, merged } from "./merge.ts";
import { lampsOf, onRoad, type Road, type Roads } from "./roads.ts";
import { hedge, Site, siteKits } from "./siteKits.ts";
import { cars, hedges, smallThings, yardThings } from "./siteThings.ts";

/** Fences around plots, open where the public road comes in and where a neighbour's building stands in their way. */
const fences = (layout: Layout, { plots, gates, roads }: Roads): Placed[] => {
  const panelM = 12;
  const isFree = (x: number, z: number): boolean =>
    layout.buildings.every(
      (b) => Math.abs(x - b.x) > b.width / 2 + panelM && Math.abs(z - b.z) > b.depth / 2 + panelM,
    ) ||
    layout.buildings.every((b) => Math.abs(x - b.x) > b.width / 2 + 8 || Math.abs(z - b.z) > b.depth / 2 + 8);
  const isGate = (x: number, z: number): boolean =>
    gates.some((gate) => Math.abs(gate.x - x) < 11 && Math.abs(gate.z - z) < 3) ||
    roads.some((r) => {
      const [along, across] = onRoad(r, x, z);
      return r.class !== "drive" && Math.abs(along) < r.length / 2 && Math.abs(across) < r.width / 2 + 5;
    });
  const run = (from: readonly [number, number], to: readonly [number, number]): Placed[] => {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const count = Math.max(1, Math.round(length / panelM));
    const yaw = Math.atan2(to[1] - from[1], to[0] - from[0]);
    return Array.from({ length: count }, (_, i): Placed => {
      const t = (i + 0.5) / count;
      const [x, z] = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
      return { x, y: -0.3, z, yaw, width: length / count, height: 2.3, depth: 0.16, extra: scaled(0) };
    }).filter(({ x, z }) => isFree(x, z) && !isGate(x, z));
  };
  return plots.flatMap(({ west, east, north, south }) => [
    ...run([west, north], [east, north]),
    ...run([west, south], [east, south]),
    ...run([west, north], [west, south]),
    ...run([east, north], [east, south]),
  ]);
};

/** Lamps along roads, on the verge, arm over the carriageway. */
const lamps = (roads: readonly Road[]): Placed[] =>
  roads.flatMap((road) =>
    lampsOf(road).map((at): Placed => {
      const aside = road.lampAside;
      const [x, z] = road.along === "x" ? [road.x + at, road.z + aside] : [road.x + aside, road.z + at];
      // The arm reaches north of a pole as built.
      const yaw = road.along === "x" ? (aside > 0 ? 0 : Math.PI) : aside > 0 ? -Math.PI / 2 : Math.PI / 2;
      return { x, y: -0.2, z, yaw, width: 1, height: 9, depth: 4, extra: metric(0) };
    }),
  );

/** Where the light of a lamp hangs, m. */
export const lampHead = { up: 8.65, out: 1.35 } as const;

const cranes = (layout: Layout): Placed[] =>
  layout.buildings
    .filter((b) => b.stage === Stage.construction)
    .map((b) => ({
      ...within(b, [b.width * 0.3, 0, -b.depth / 2 - 6], [50, 44, 50]),
      yaw: chance(b.row) * 6.28,
      extra: metric(0),
    }));

/** What stands along roads and on plots, invented from positions of buildings: one draw per archetype. */
export class Furniture {
  readonly root = new Group();
  /** Boxes that throw a shadow. */
  readonly casters: Placed[] = [];
  /** Road lamps, for their light by night. */
  readonly lamps: readonly Placed[];
  /** Lower lamps of yards, car parks and gardens. */
  readonly posts: readonly Placed[];
  readonly hedges: readonly Placed[];

  constructor(
    layout: Layout,
    roads: Roads & { readonly lots: readonly Lot[] },
    { sky, open }: { readonly sky: SkyUniforms; readonly open: OpenUniforms },
  ) {
    const material = sceneryMaterial(sky, open);
    const draw = (kit: BufferGeometry, boxes: readonly Placed[]): Mesh => {
      const mesh = instancesOf(kit, boxes, material);
      this.root.add(mesh);
      return mesh;
    };
    this.lamps = lamps(roads.roads);
    const { lots } = roads;
    const parked = cars(layout, lots);
    const yards = yardThings(layout, roads, lots);
    const green = hedges(layout, lots);
    this.hedges = green;
    const lifting = cranes(layout);
    draw(kits.lightPole(), this.lamps);
    draw(kits.car(), parked);
    draw(kits.fence(), fences(layout, roads));
    draw(kits.crane(), lifting);
    draw(hedge(), green);
    const along = smallThings(layout, lots);
    this.posts = along.filter(({ kit }) => kit === Site.post);
    const things = draw(merged(siteKits(), [...yards, ...along]), [everywhere]);
    things.frustumCulled = false;
    this.casters.push(...parked, ...green, ...yards);
    for (const crane of lifting) this.casters.push({ ...crane, width: 1.8, depth: 1.8 });
    for (const pole of this.lamps) this.casters.push({ ...pole, width: 0.2, depth: 0.2 });
  }
}

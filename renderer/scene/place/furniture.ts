import { type BufferGeometry, Group, type Mesh } from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import { chance, metric, scaled } from "#renderer/scene/campus/scatter.ts";
import { sceneryMaterial } from "#renderer/scene/campus/scenery.ts";
import { plotsOf, within } from "#renderer/scene/campus/site.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { Stage } from "#twins/model/twin.ts";
import * as kits from "./furnitureKits.ts";

const trees = (layout: Layout): Placed[] => {
  const found: Placed[] = [];
  const plant = (x: number, z: number): void => {
    const seed = chance(x, z);
    if (seed < 0.12) return;
    const height = 5.5 + seed * 4.5;
    const spread = height * (0.5 + 0.3 * chance(z, x));
    const jitter = (chance(x * 3, z) - 0.5) * 2.4;
    found.push({
      x: x + jitter,
      y: -0.2,
      z: z + jitter,
      yaw: seed * 6,
      width: spread,
      height,
      depth: spread,
      extra: scaled(seed),
    });
  };
  for (const plot of plotsOf(layout)) {
    for (let x = plot.west + 16; x < plot.east - 10; x += 13) {
      plant(x, plot.north + 3);
      plant(x, plot.south - 3);
    }
    for (let z = plot.north + 16; z < plot.south - 10; z += 13) {
      plant(plot.west + 3, z);
      plant(plot.east - 3, z);
    }
  }
  return found;
};

const fences = (layout: Layout): Placed[] =>
  plotsOf(layout).flatMap((plot): Placed[] => {
    const [x, z] = [(plot.west + plot.east) / 2, (plot.north + plot.south) / 2];
    const side = (px: number, pz: number, length: number, yaw: number): Placed => ({
      x: px,
      y: -0.2,
      z: pz,
      yaw,
      width: length,
      height: 2.3,
      depth: 0.16,
      extra: scaled(0),
    });
    return [
      side(x, plot.north, plot.east - plot.west, 0),
      side(x, plot.south, plot.east - plot.west, 0),
      side(plot.west, z, plot.south - plot.north, Math.PI / 2),
      side(plot.east, z, plot.south - plot.north, Math.PI / 2),
    ];
  });

const poles = (layout: Layout): Placed[] =>
  plotsOf(layout).flatMap((plot) => {
    const found: Placed[] = [];
    for (let x = plot.west + 30; x < plot.east - 20; x += 46) {
      found.push({ x, y: 0, z: plot.north + 18, yaw: 0, width: 1, height: 9, depth: 4, extra: metric(0) });
      found.push({
        x,
        y: 0,
        z: plot.south - 18,
        yaw: Math.PI,
        width: 1,
        height: 9,
        depth: 4,
        extra: metric(0),
      });
    }
    return found;
  });

const cars = (layout: Layout): Placed[] =>
  layout.buildings.flatMap((b): Placed[] => {
    if (b.stage !== Stage.built) return [];
    const bays = Math.floor((b.width * 0.34) / 2.6);
    return Array.from({ length: bays }, (_, i) => i)
      .filter((i) => chance(b.row, i) > 0.55)
      .map((i) => ({
        ...within(b, [b.width * 0.18 + (i - (bays - 1) / 2) * 2.6, 0.02, b.depth / 2 + 10], [1.8, 1.4, 4.4]),
        extra: metric(chance(b.row, i)),
      }));
  });

const cranes = (layout: Layout): Placed[] =>
  layout.buildings
    .filter((b) => b.stage === Stage.construction)
    .map((b) => ({
      ...within(b, [b.width * 0.3, 0, -b.depth / 2 - 6], [50, 44, 50]),
      yaw: chance(b.row) * 6.28,
      extra: metric(0),
    }));

/** Planting and site furniture, invented from positions of buildings: one draw per archetype. */
export class Furniture {
  readonly root = new Group();
  /** Boxes that throw a shadow. */
  readonly casters: Placed[] = [];

  constructor(layout: Layout, sky: SkyUniforms, open: OpenUniforms) {
    const material = sceneryMaterial(sky, open);
    const draw = (kit: BufferGeometry, boxes: readonly Placed[]): Mesh => {
      const mesh = instancesOf(kit, boxes, material);
      this.root.add(mesh);
      return mesh;
    };
    const [standing, parked] = [trees(layout), cars(layout)];
    draw(kits.tree(), standing);
    draw(kits.lightPole(), poles(layout));
    draw(kits.car(), parked);
    draw(kits.fence(), fences(layout));
    draw(kits.crane(), cranes(layout));
    this.casters.push(...standing, ...parked);
  }
}

import type { Mesh } from "three";
import { Vector3 } from "three";
import { expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { Sky, type SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { lotsOf } from "./lots.ts";
import { leavesOfHedges, treesOf } from "./planting.ts";
import { onRoad, roadsOf } from "./roads.ts";
import { TreeKind, Trees } from "./trees.ts";
import { treeTexture } from "./treeTexture.ts";

const layout = layoutOf(campusTwin(10));
const roads = roadsOf(layout);
const lots = lotsOf(layout, roads);
const trees = treesOf(layout, { roads, lots, displays: [] });

it("trees stand on no carriageway and in no building", () => {
  expect(trees.length).toBeGreaterThan(2000);
  const isBlocked = ({ x, z }: (typeof trees)[number]): boolean =>
    layout.buildings.some((b) => Math.abs(x - b.x) < b.width / 2 && Math.abs(z - b.z) < b.depth / 2) ||
    roads.roads.some((road) => {
      const [along, across] = onRoad(road, x, z);
      return Math.abs(along) < road.length / 2 && Math.abs(across) < road.width / 2;
    });
  expect(trees.filter((tree) => tree.extra![0] !== TreeKind.belt && isBlocked(tree))).toEqual([]);
});

it("belts keep away from the campus, and the same place grows the same trees", () => {
  const belts = trees.filter(({ extra }) => extra![0] === TreeKind.belt);
  expect(belts.length).toBeGreaterThan(300);
  for (const { x, z } of belts)
    expect(Math.hypot(x - layout.centre.x, z - layout.centre.z)).toBeGreaterThan(layout.radius + 200);
  expect(treesOf(layout, { roads, lots, displays: [] })).toEqual(trees);
});

it("a tree knows the nearest lamp that can light it, and no other", () => {
  const at = (x: number, z: number) => ({ x, y: 0, z, yaw: 0, width: 4, height: 9, depth: 4 });
  const two = [100, 400].map((x) => ({ ...at(x, 50), extra: [TreeKind.round, 0, 0, 0.5] as const }));
  const { root } = new Trees(two, {
    lamps: [at(118, 50), at(104, 44), at(430, 50)],
    sky: new Sky(layout.twin.site).uniforms as unknown as SkyUniforms,
    leaves: treeTexture(),
  });
  const lamp = (root.children[0] as Mesh).geometry.getAttribute("iExtra");
  expect([lamp.getY(0), lamp.getZ(0)]).toEqual([4, -6]);
  expect([lamp.getY(1), lamp.getZ(1)]).toEqual([0, 0]);
});

it("shoots stand along their hedge and not beside it", () => {
  const hedge = { x: 10, y: -0.15, z: 20, yaw: 0, width: 25, height: 0.84, depth: 1 };
  const shoots = leavesOfHedges([hedge]);
  expect(shoots).toHaveLength(20);
  for (const { x, z } of shoots) {
    expect(Math.abs(x - hedge.x)).toBeLessThan(hedge.width / 2);
    expect(z).toBe(hedge.z);
  }
});

it("leaves are drawn only where the eye is near: some beside a road, none from high above", () => {
  const standing = new Trees(trees, {
    lamps: [],
    sky: new Sky(layout.twin.site).uniforms as unknown as SkyUniforms,
    leaves: treeTexture(),
  });
  const near = standing.root.children[1] as Mesh;
  const tree = trees.find(({ extra }) => extra![0] === TreeKind.poplar)!;
  standing.look(new Vector3(tree.x, 12, tree.z));
  expect(near.visible).toBe(true);
  standing.look(new Vector3(tree.x + 900, 800, tree.z));
  expect(near.visible).toBe(false);
});

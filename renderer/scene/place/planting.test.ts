import type { Mesh } from "three";
import { Vector3 } from "three";
import { expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { Sky, type SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { lotsOf } from "./lots.ts";
import { treesOf } from "./planting.ts";
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

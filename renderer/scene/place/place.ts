import { Group, type IUniform, type Points, Vector3, type WebGLRenderer } from "three";
import type { Air } from "#renderer/scene/campus/air.ts";
import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Box, Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import { within } from "#renderer/scene/campus/site.ts";
import type { Sky } from "#renderer/scene/campus/sky.ts";
import { pastureOf } from "#renderer/scene/energy/yard.ts";
import { screenBox } from "#renderer/scene/screens/places.ts";
import { factScreens } from "#twins/model/twin.ts";
import { Fall } from "./fall.ts";
import { Furniture, lampHead } from "./furniture.ts";
import { lampGlow, stars } from "./glow.ts";
import { pavings, plains } from "./ground.ts";
import { lotsOf } from "./lots.ts";
import { Meadow } from "./meadow.ts";
import { groundPieces } from "./paving.ts";
import { leavesOfHedges, treesOf } from "./planting.ts";
import { roadsOf } from "./roads.ts";
import { postHeadM } from "./siteKits.ts";
import { TreeKind, Trees } from "./trees.ts";
import { treeTexture } from "./treeTexture.ts";

/** The place itself: sky, plain, roads, trees, what stands along them, lights of the night and what falls. */
export class Place {
  readonly root = new Group();
  /** Boxes that throw a shadow. */
  readonly casters: readonly Placed[];
  /** Trees that throw one. */
  readonly crowns: readonly Placed[];
  readonly #sky: Sky;
  readonly #trees: Trees;
  /** What grows out of clipped hedges: left out where the processor draws. */
  readonly #hedges: Trees;
  readonly #lamps: Points;
  readonly #stars: Points;
  readonly #fall: Fall;
  readonly #meadow: Meadow;

  constructor(layout: Layout, sky: Sky, open: OpenUniforms) {
    this.#sky = sky;
    const uniforms = sky.uniforms as Record<string, IUniform>;
    const roads = roadsOf(layout);
    const displays = readingGround(layout);
    const lots = lotsOf(layout, roads, displays);
    const campus = { value: new Vector3(layout.centre.x, layout.centre.z, layout.radius) };
    const furniture = new Furniture(layout, { ...roads, lots }, { sky: uniforms, open });
    const trees = treesOf(layout, { roads, lots, displays });
    const shining = [...furniture.lamps, ...furniture.posts];
    const leaves = treeTexture();
    this.#trees = new Trees(trees, { lamps: shining, sky: uniforms, leaves });
    this.#hedges = new Trees(leavesOfHedges(furniture.hedges), { lamps: shining, sky: uniforms, leaves });
    this.#hedges.root.userData["fullOnly"] = true;
    this.#lamps = lampGlow(headsOf(furniture), uniforms);
    this.#stars = stars(uniforms);
    this.#fall = new Fall(uniforms);
    const plain = plains(uniforms, { campus, pasture: { value: pastureOf(layout) } });
    const paved = pavings(uniforms, groundPieces(layout, roads, lots));
    this.#meadow = new Meadow(uniforms, [paved, plain]);
    // What stands far out along the roads would stretch the shadow map over all of the plain.
    const isInside = ({ x, z }: Placed): boolean =>
      Math.hypot(x - layout.centre.x, z - layout.centre.z) < layout.radius + 120;
    this.casters = furniture.casters.filter(isInside);
    this.crowns = trees.filter((tree) => tree.extra![0]! < TreeKind.belt && isInside(tree));
    this.root.add(
      sky.dome,
      this.#stars,
      plain,
      paved,
      this.#meadow.mesh,
      furniture.root,
      this.#trees.root,
      this.#hedges.root,
      this.#lamps,
      this.#fall.drops,
      this.#fall.sheets,
    );
  }

  /** True while rain, snow or dust moves. */
  get isFalling(): boolean {
    return this.#fall.isFalling;
  }

  /** Shows what the hour and the weather have; once a frame. */
  frame(view: { readonly nowMs: number }, air: Air): void {
    this.#fall.frame(view, air);
    const night = this.#sky.uniforms.uNight.value;
    this.#lamps.visible = night > 0.3;
    this.#stars.visible = night > 0.9;
  }

  /** Draws what the picture needs first. */
  prepare(gl: WebGLRenderer, eye: Vector3): void {
    this.#meadow.prepare(gl, eye);
  }

  dispose(): void {
    this.#meadow.dispose();
  }

  /** The eye has moved. */
  look(eye: Vector3): void {
    this.#trees.look(eye);
    // Left out where the processor draws.
    if (this.#hedges.root.visible) this.#hedges.look(eye);
  }
}

/** Middle of the ground from which each screen outdoors is read: no tree may stand there. */
const readingGround = (layout: Layout): Box[] =>
  factScreens.flatMap((id) => {
    const box = screenBox(layout, id);
    return box ? [within(box, [0, 0, 40], [0, 0, 0])] : [];
  });

/** Where light hangs, x, y, z for each lamp. */
const headsOf = ({ lamps, posts }: Furniture): Float32Array => {
  const heads = new Float32Array((lamps.length + posts.length) * 3);
  lamps.forEach(({ x, y, z, yaw }, i) => {
    heads.set([x + Math.sin(yaw) * lampHead.out, y + lampHead.up, z - Math.cos(yaw) * lampHead.out], i * 3);
  });
  posts.forEach(({ x, y, z }, i) => {
    heads.set([x, y + postHeadM, z], (lamps.length + i) * 3);
  });
  return heads;
};

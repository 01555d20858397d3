import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Group,
  type InstancedBufferAttribute,
  type InstancedBufferGeometry,
  type IUniform,
  type Mesh,
  ShaderMaterial,
  type Texture,
  type Vector3,
} from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import { chance } from "#renderer/scene/campus/scatter.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { cardVertex, leafVertex, nearM, treeFragment } from "./trees.glsl.ts";

/**
 * iExtra.x of a tree; y and z: how far east and south the nearest lamp stands, m, 0 and 0 for none; w: its seed. A belt is a row of poplars far out, as one card; shrubs and
 * tufts are always cards.
 */
export const TreeKind = { poplar: 0, round: 1, pine: 2, belt: 3, shrub: 4, tuft: 5 } as const;

/** As many trees as that at most are leaves and trunk. */
const nearMost = 900;
/** The near ones are chosen anew when the eye has moved so far, m. */
const chooseM = 20;
const cardsOfTree = 42;
/** A lamp further from a trunk than this does not light it, m. */
const lampReachM = 26;

/** An upright card: x −½…½, y 0…1. Its shader turns it to the eye. */
const cardGeometry = (): BufferGeometry => {
  const geometry = new BufferGeometry();
  const corners = new Float32Array([-0.5, 0, 0, 0.5, 0, 0, 0.5, 1, 0, -0.5, 1, 0]);
  geometry.setAttribute("position", new BufferAttribute(corners, 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  return geometry;
};

/**
 * Cards all over a ball, for the shader to pull into a crown, and a trunk. position = place in the ball or on the
 * trunk's skin; aCard = corner of the card (−1…1, −1…1), its tilt, and 1 for the trunk.
 */
const leafGeometry = (): BufferGeometry => {
  const position: number[] = [];
  const card: number[] = [];
  const index: number[] = [];
  for (let i = 0; i < cardsOfTree; i++) {
    const at = position.length / 3;
    // Even over the ball by the golden angle, more outside than inside.
    const up = 1 - (2 * (i + 0.5)) / cardsOfTree;
    const turn = i * 2.399963;
    const r = 0.62 + 0.38 * chance(i, 9);
    const flat = Math.sqrt(1 - up * up) * r;
    for (const [u, v] of [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const) {
      position.push(Math.cos(turn) * flat, up * r, Math.sin(turn) * flat);
      card.push(u, v, chance(i, 4) * 6.28, 0);
    }
    index.push(at, at + 1, at + 2, at, at + 2, at + 3);
  }
  const sides = 5;
  const trunk = position.length / 3;
  for (let i = 0; i <= sides; i++)
    for (const level of [0, 1]) {
      const angle = (i / sides) * Math.PI * 2;
      position.push(Math.cos(angle), level, Math.sin(angle));
      card.push(0, 0, 0, 1);
    }
  for (let i = 0; i < sides; i++) {
    const at = trunk + i * 2;
    index.push(at, at + 2, at + 3, at, at + 3, at + 1);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setAttribute("aCard", new BufferAttribute(new Float32Array(card), 4));
  geometry.setIndex(index);
  return geometry;
};

const material = (uniforms: Record<string, IUniform>, vertexShader: string): ShaderMaterial =>
  new ShaderMaterial({
    uniforms,
    vertexShader,
    fragmentShader: treeFragment,
    side: DoubleSide,
    alphaToCoverage: true,
  });

/** Tells each tree where its nearest lamp stands; one too far off does not light it. */
const lit = (trees: readonly Placed[], lamps: readonly Placed[]): readonly Placed[] => {
  const cells = Map.groupBy(lamps, ({ x, z }) => cellAt(x, z));
  return trees.map((tree) => {
    let best: Placed | null = null;
    let least: number = lampReachM;
    for (const dx of [-lampReachM, 0, lampReachM])
      for (const dz of [-lampReachM, 0, lampReachM])
        for (const lamp of cells.get(cellAt(tree.x + dx, tree.z + dz)) ?? []) {
          const away = Math.hypot(lamp.x - tree.x, lamp.z - tree.z);
          if (away < least) [best, least] = [lamp, away];
        }
    const [kind, , , seed] = tree.extra!;
    return best ? { ...tree, extra: [kind!, best.x - tree.x, best.z - tree.z, seed!] as const } : tree;
  });
};

const cellAt = (x: number, z: number): string =>
  `${Math.floor(x / lampReachM)} ${Math.floor(z / lampReachM)}`;

/** All trees: those around the eye with leaves and trunk, the others as cards. Two draws. */
export class Trees {
  readonly root = new Group();
  readonly #near: Mesh<InstancedBufferGeometry>;
  readonly #uNearOn: IUniform<number> = { value: 0 };
  /** x and z of every tree that can be near. Row-major, trees × 2. */
  readonly #places: Float32Array;
  readonly #standing: readonly Placed[];
  /** Where the eye was when near trees were chosen, x and z. */
  readonly #chosenAt = new Float64Array(2).fill(Number.NaN);

  /** @param lamps what shines by night @param leaves the painted tiles of all trees */
  constructor(
    planted: readonly Placed[],
    {
      lamps,
      sky,
      leaves,
    }: { readonly lamps: readonly Placed[]; readonly sky: SkyUniforms; readonly leaves: Texture },
  ) {
    const trees = lit(planted, lamps);
    const uniforms = { ...sky, uTrees: { value: leaves }, uNearOn: this.#uNearOn } as Record<
      string,
      IUniform
    >;
    const far = instancesOf(cardGeometry(), trees, material(uniforms, cardVertex));
    this.#standing = trees.filter(({ extra }) => extra![0]! < TreeKind.belt || extra![0] === TreeKind.shrub);
    this.#places = Float32Array.from(this.#standing.flatMap(({ x, z }) => [x, z]));
    const room = this.#standing.slice(0, Math.min(nearMost, this.#standing.length));
    this.#near = instancesOf(leafGeometry(), room, material(uniforms, leafVertex));
    this.#near.frustumCulled = false;
    this.#near.visible = false;
    this.root.add(far, this.#near);
  }

  /** Chooses the trees that are near, when the eye has moved far enough to tell. */
  look(eye: Vector3): void {
    const at = this.#chosenAt;
    if (Math.abs(eye.x - at[0]!) < chooseM && Math.abs(eye.z - at[1]!) < chooseM) return;
    at[0] = eye.x;
    at[1] = eye.z;
    const { geometry } = this.#near;
    const pose = geometry.getAttribute("iPose") as InstancedBufferAttribute;
    const size = geometry.getAttribute("iSize") as InstancedBufferAttribute;
    const extra = geometry.getAttribute("iExtra") as InstancedBufferAttribute;
    const room = pose.count;
    const reach = nearM + chooseM * 1.5;
    let count = 0;
    if (eye.y < reach)
      for (let i = 0; i < this.#standing.length && count < room; i++) {
        const dx = this.#places[i * 2]! - eye.x;
        const dz = this.#places[i * 2 + 1]! - eye.z;
        if (dx * dx + dz * dz > reach * reach) continue;
        const { x, y, z, yaw, width, height, depth, extra: e } = this.#standing[i]!;
        pose.setXYZW(count, x, y, z, yaw);
        size.setXYZ(count, width, height, depth);
        extra.setXYZW(count, e![0], e![1]!, e![2]!, e![3]!);
        count++;
      }
    if (count === 0 && !this.#near.visible) return;
    geometry.instanceCount = count;
    this.#near.visible = count > 0;
    // Without room for all of them the rest must stay as cards.
    this.#uNearOn.value = count > 0 && count < room ? 1 : 0;
    if (this.#uNearOn.value === 0) this.#near.visible = false;
    pose.needsUpdate = true;
    size.needsUpdate = true;
    extra.needsUpdate = true;
  }
}

import {
  Box3,
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  type Matrix4,
  Sphere,
  Vector3,
} from "three";
import type { Box } from "./layout.ts";

/** A tree as a spindle of six sides: enough for its shadow. */
const spindle = (): BufferGeometry => {
  const rings = [
    [0.08, 0.16],
    [0.42, 0.42],
    [0.28, 0.78],
  ] as const;
  const sides = 6;
  const position = [0, 0, 0, 0, 1, 0];
  const index: number[] = [];
  for (const [radius, y] of rings)
    for (let i = 0; i < sides; i++) {
      const angle = (i / sides) * Math.PI * 2;
      position.push(Math.cos(angle) * radius, y, Math.sin(angle) * radius);
    }
  for (let i = 0; i < sides; i++) {
    const j = (i + 1) % sides;
    index.push(0, 2 + i, 2 + j, 1, 2 + 2 * sides + j, 2 + 2 * sides + i);
    for (let ring = 0; ring < 2; ring++) {
      const [a, b] = [2 + ring * sides, 2 + (ring + 1) * sides];
      index.push(a + i, b + i, b + j, a + i, b + j, a + j);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setIndex(index);
  return geometry;
};

interface Kit {
  readonly position: ArrayLike<number>;
  readonly index: ArrayLike<number>;
}

const kitOf = (geometry: BufferGeometry): Kit => ({
  position: geometry.getAttribute("position").array,
  index: geometry.index!.array,
});

const verticesOf = ({ position }: Kit): number => position.length / 3;

/** The kit's vertices where this box stands, in world metres. */
const put = ({ position }: Kit, box: Box, { to, at }: { readonly to: Float32Array; at: number }): void => {
  const [c, s] = [Math.cos(box.yaw), Math.sin(box.yaw)];
  let next = at * 3;
  for (let i = 0; i < position.length; i += 3) {
    const x = position[i]! * box.width;
    const z = position[i + 2]! * box.depth;
    to[next++] = box.x + x * c - z * s;
    to[next++] = box.y + position[i + 1]! * box.height;
    to[next++] = box.z + x * s + z * c;
  }
};

/**
 * All that throws shadows, boxes and spindles, with vertices of their own in one mesh: SwiftShader draws each instance as
 * a draw of its own, which took it half a second for 24,500 of them, each time that the eye went elsewhere.
 */
export class Casters {
  readonly geometry = new BufferGeometry();
  /** Holds all boxes; the map of the whole campus is of this. Trees stand further out and go without. */
  readonly bounds = new Sphere();
  readonly #kits: readonly (readonly [kit: Kit, count: number])[];
  /** Middle (x, y, z) of each caster and how far it reaches from there, m. */
  readonly #spheres: Float32Array;
  readonly #index: BufferAttribute;
  readonly #at = new Vector3();

  constructor(boxes: readonly Box[], crowns: readonly Box[]) {
    const box = kitOf(new BoxGeometry(1, 1, 1).translate(0, 0.5, 0));
    const lists = [
      [box, boxes],
      [kitOf(spindle()), crowns],
    ] as const;
    this.#kits = lists.map(([kit, list]) => [kit, list.length]);
    const vertices = lists.reduce((sum, [kit, list]) => sum + verticesOf(kit) * list.length, 0);
    const corners = lists.reduce((sum, [kit, list]) => sum + kit.index.length * list.length, 0);
    const position = new Float32Array(vertices * 3);
    this.#spheres = new Float32Array((boxes.length + crowns.length) * 4);
    let [caster, at] = [0, 0];
    for (const [kit, list] of lists)
      for (const one of list) {
        put(kit, one, { to: position, at });
        at += verticesOf(kit);
        const radius = Math.hypot(one.width, one.height, one.depth) / 2;
        this.#spheres.set([one.x, one.y + one.height / 2, one.z, radius], caster++ * 4);
      }
    const ofBoxes = position.subarray(0, verticesOf(box) * boxes.length * 3);
    new Box3().setFromArray(ofBoxes).getBoundingSphere(this.bounds);
    this.#index = new BufferAttribute(new Uint32Array(corners), 1).setUsage(DynamicDrawUsage);
    this.geometry.setAttribute("position", new BufferAttribute(position, 3));
    this.geometry.setIndex(this.#index);
  }

  /**
   * Has only those drawn whose shadow can fall into a square across the light.
   * @param toLight from world to the light's own axes, the square's middle being their origin
   * @param reachM half of the square's side @returns how many
   */
  within(toLight: Matrix4, reachM: number): number {
    const index = this.#index.array;
    const spheres = this.#spheres;
    let [caster, first, to, found] = [0, 0, 0, 0];
    for (const [kit, count] of this.#kits) {
      const vertices = verticesOf(kit);
      for (let i = 0; i < count; i++, caster++, first += vertices) {
        const at = this.#at.fromArray(spheres, caster * 4).applyMatrix4(toLight);
        const most = reachM + spheres[caster * 4 + 3]!;
        if (Math.abs(at.x) > most || Math.abs(at.y) > most) continue;
        found++;
        for (let k = 0; k < kit.index.length; k++) index[to++] = first + kit.index[k]!;
      }
    }
    this.#index.clearUpdateRanges();
    this.#index.addUpdateRange(0, to);
    this.#index.needsUpdate = true;
    this.geometry.setDrawRange(0, to);
    return found;
  }

  dispose(): void {
    this.geometry.dispose();
  }
}

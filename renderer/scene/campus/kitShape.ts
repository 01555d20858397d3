import type { BufferGeometry, Mesh, Object3D } from "three";
import type { AssetRef } from "#twins/model/twin.ts";
import type { Placed } from "./instances.ts";
import type { Box } from "./layout.ts";
import type { BoxRay } from "./rayBox.ts";

interface Sphere {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
}

/**
 * The triangles of a kit that fills its instance's box (position × size, turned, at its pose), met by a ray as the
 * picture shows them: from their front side only.
 */
export class KitShape {
  readonly #corners: Float32Array;
  /** Lowest and highest corner of the kit, of its box. Row-major, 2 × 3. */
  readonly #bounds = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  /** The ray in the kit's own axes and lengths: origin, direction. */
  readonly #ray = new Float64Array(6);

  constructor(kit: BufferGeometry) {
    const { array } = (kit.index ? kit.toNonIndexed() : kit).getAttribute("position");
    this.#corners = array as Float32Array;
    for (let i = 0; i < this.#corners.length; i++) {
      const axis = i % 3;
      this.#bounds[axis] = Math.min(this.#bounds[axis]!, this.#corners[i]!);
      this.#bounds[axis + 3] = Math.max(this.#bounds[axis + 3]!, this.#corners[i]!);
    }
  }

  /** A sphere that holds the kit in this box, and how far from its pose it reaches on the ground, m. */
  around({ x, y, z, width, height, depth }: Box): Sphere & { readonly reach: number } {
    const [west, low, north, east, high, south] = this.#bounds as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const reach = Math.hypot(Math.max(-west, east) * width, Math.max(-north, south) * depth);
    return {
      ...{ x, y: y + ((low + high) / 2) * height, z },
      radius: Math.hypot(reach, ((high - low) / 2) * height),
      reach,
    };
  }

  /**
   * Distance to the kit in this box, in lengths of the ray's direction; Infinity when it is missed.
   * @param top height above which it is cut away, m
   */
  distance(ray: BoxRay, { x, y, z, yaw, width, height, depth }: Box, top = Infinity): number {
    const c = Math.cos(yaw);
    const s = Math.sin(yaw);
    const own = this.#ray;
    const px = ray.ox - x;
    const pz = ray.oz - z;
    own[0] = (px * c + pz * s) / width;
    own[1] = (ray.oy - y) / height;
    own[2] = (pz * c - px * s) / depth;
    own[3] = (ray.dx * c + ray.dz * s) / width;
    own[4] = ray.dy / height;
    own[5] = (ray.dz * c - ray.dx * s) / depth;
    if (!this.#meetsBounds()) return Infinity;
    let best = Infinity;
    for (let at = 0; at < this.#corners.length; at += 9) {
      const found = this.#triangle(at);
      if (found < best && ray.oy + ray.dy * found <= top) best = found;
    }
    return best;
  }

  #meetsBounds(): boolean {
    let near = 0;
    let far = Infinity;
    for (let axis = 0; axis < 3; axis++) {
      const origin = this.#ray[axis]!;
      const direction = this.#ray[axis + 3]!;
      const low = this.#bounds[axis]!;
      const high = this.#bounds[axis + 3]!;
      if (Math.abs(direction) < 1e-12) {
        if (origin < low || origin > high) return false;
        continue;
      }
      const a = (low - origin) / direction;
      const b = (high - origin) / direction;
      near = Math.max(near, Math.min(a, b));
      far = Math.min(far, Math.max(a, b));
    }
    return near <= far;
  }

  /** Möller and Trumbore, Fast, Minimum Storage Ray/Triangle Intersection (1997), with back faces left out. */
  #triangle(at: number): number {
    const p = this.#corners;
    const ray = this.#ray;
    const dx = ray[3]!;
    const dy = ray[4]!;
    const dz = ray[5]!;
    const ax = p[at]!;
    const ay = p[at + 1]!;
    const az = p[at + 2]!;
    const ux = p[at + 3]! - ax;
    const uy = p[at + 4]! - ay;
    const uz = p[at + 5]! - az;
    const vx = p[at + 6]! - ax;
    const vy = p[at + 7]! - ay;
    const vz = p[at + 8]! - az;
    const hx = dy * vz - dz * vy;
    const hy = dz * vx - dx * vz;
    const hz = dx * vy - dy * vx;
    const det = ux * hx + uy * hy + uz * hz;
    if (det <= 1e-15) return Infinity;
    const tx = ray[0]! - ax;
    const ty = ray[1]! - ay;
    const tz = ray[2]! - az;
    const u = tx * hx + ty * hy + tz * hz;
    if (u < 0 || u > det) return Infinity;
    const qx = ty * uz - tz * uy;
    const qy = tz * ux - tx * uz;
    const qz = tx * uy - ty * ux;
    const v = dx * qx + dy * qy + dz * qz;
    if (v < 0 || u + v > det) return Infinity;
    const t = (vx * qx + vy * qy + vz * qz) / det;
    return t > 0 ? t : Infinity;
  }
}

const key = "kits";
const bodyKey = "bodies";

/** Something drawn as a plain kit, with what takes it away (plant/crowd.ts). */
type Kitted = Placed & { readonly kit?: number; readonly on?: number; readonly isSkin?: boolean };

interface Kits {
  readonly kits: readonly BufferGeometry[];
  readonly members: readonly Kitted[];
  /** False while they are not drawn; absent: always. */
  readonly isShown?: () => boolean;
}

/** One kit that stands for an asset, or for a part of it. */
export interface Piece {
  readonly asset: AssetRef;
  readonly shape: KitShape;
  readonly box: Kitted;
  readonly isShown: (() => boolean) | undefined;
}

/** Says that a mesh draws plain kits, each in its member's box: what a ray meets is then known to the triangle. */
export const letBeKits = (mesh: Object3D, ...drawn: readonly Kits[]): void => {
  mesh.userData[key] = drawn;
};

/** What is drawn in a way of its own, and says by itself where a ray meets it. */
export interface Body {
  readonly asset: AssetRef;
  /** Holds all of it. */
  readonly box: Box;
  readonly distance: (ray: BoxRay) => number;
}

/** Says where a ray meets what a mesh draws by a shader of its own. */
export const letBeBodies = (mesh: Object3D, bodies: readonly Body[]): void => {
  mesh.userData[bodyKey] = bodies;
};

/** What was said by `letBeBodies`; undefined for what is drawn in another way. */
export const bodiesOf = (mesh: Object3D): readonly Body[] | undefined =>
  mesh.userData[bodyKey] as readonly Body[] | undefined;

/** Everything below an object that says how a ray meets it. */
export class KitShapes {
  readonly pieces: Piece[] = [];
  readonly bodies: Body[] = [];

  constructor(root: Object3D) {
    root.traverse((object) => {
      for (const drawn of kitsOf(object) ?? []) this.#take(drawn);
      this.bodies.push(...(bodiesOf(object) ?? []));
    });
  }

  #take({ kits, members, isShown }: Kits): void {
    const shapes = kits.map((kit) => new KitShape(kit));
    for (const box of members)
      if (box.asset) this.pieces.push({ asset: box.asset, shape: shapes[box.kit ?? 0]!, box, isShown });
  }
}

/** What was said by `letBeKits`; undefined for what is drawn in another way. */
export const kitsOf = (mesh: Object3D): readonly Kits[] | undefined =>
  (mesh as Mesh).userData[key] as readonly Kits[] | undefined;

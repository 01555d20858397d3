import type { AssetRef } from "#twins/model/twin.ts";
import type { KitShapes, Piece } from "./kitShape.ts";
import type { BoxRay } from "./rayBox.ts";

const cellM = 64;

export interface Hit {
  readonly ref: AssetRef;
  readonly distance: number;
}

/** One body that a ray can meet: an asset, or a part of it that is drawn apart. */
interface Standing {
  readonly ref: AssetRef;
  /** How it is drawn, where it is a kit: that tells what takes it away. */
  readonly piece: Piece | undefined;
  /** Sphere that holds all of it, m. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
  readonly distance: (ray: BoxRay) => number;
}

/**
 * What is drawn outdoors by ground cell, so that a pick looks only at what its ray passes over. What is not drawn is not
 * there: bodies come from the meshes themselves, never from the twin's boxes.
 */
export class YardGrid {
  readonly #cells = new Map<number, Standing[]>();
  #low = { x: Infinity, z: Infinity };
  #high = { x: -Infinity, z: -Infinity };
  /** Nothing stands higher, m. */
  #ceiling = 0;

  constructor({ pieces, bodies }: KitShapes) {
    for (const piece of pieces) {
      const { asset: ref, shape, box } = piece;
      const { reach, ...sphere } = shape.around(box);
      this.#add({ ref, piece, distance: (ray) => shape.distance(ray, box), ...sphere }, reach);
    }
    for (const { asset: ref, box, distance } of bodies) {
      const { x, y, z, width, height, depth } = box;
      // Slopes stand a little above their box.
      const radius = Math.hypot(width, depth, height) * 0.75 + 1;
      const standing = { ref, piece: undefined, distance, x, y: y + height / 2, z, radius };
      this.#add(standing, Math.hypot(width, depth) / 2);
    }
  }

  /** Nearest outdoor asset nearer than `limit` that is not hidden, or null. */
  pick(ray: BoxRay, limit: number, isHidden: (piece: Piece) => boolean): Hit | null {
    const [start, end] = this.#span(ray, limit);
    let ref: AssetRef | null = null;
    let best = limit;
    const step = cellM / 2 / Math.max(Math.hypot(ray.dx, ray.dz), 1e-6);
    let last = Number.NaN;
    for (let t = start; t <= end + step && best > t - step * 2; t += step) {
      const key = this.#key(ray.ox + ray.dx * t, ray.oz + ray.dz * t);
      if (key === last) continue;
      last = key;
      const cell = this.#cells.get(key);
      if (!cell) continue;
      for (let i = 0; i < cell.length; i++) {
        const candidate = cell[i]!;
        if (!ray.mayMeet(candidate.x, candidate.y, candidate.z, candidate.radius)) continue;
        const distance = candidate.distance(ray);
        if (distance < best && !(candidate.piece && isHidden(candidate.piece))) {
          best = distance;
          ref = candidate.ref;
        }
      }
    }
    return ref && { ref, distance: best };
  }

  #key(x: number, z: number): number {
    return Math.floor(x / cellM) * 65_536 + Math.floor(z / cellM);
  }

  /** Enters the asset in every cell it may be met in, its own and those its half diagonal reaches. */
  #add(standing: Standing, reach: number): void {
    const { x, y, z, radius } = standing;
    this.#ceiling = Math.max(this.#ceiling, y + radius);
    const margin = reach + cellM / 2;
    for (let cx = Math.floor((x - margin) / cellM); cx <= Math.floor((x + margin) / cellM); cx++)
      for (let cz = Math.floor((z - margin) / cellM); cz <= Math.floor((z + margin) / cellM); cz++) {
        const key = cx * 65_536 + cz;
        const cell = this.#cells.get(key);
        if (cell) cell.push(standing);
        else this.#cells.set(key, [standing]);
      }
    this.#low = { x: Math.min(this.#low.x, x - reach), z: Math.min(this.#low.z, z - reach) };
    this.#high = { x: Math.max(this.#high.x, x + reach), z: Math.max(this.#high.z, z + reach) };
  }

  /** Part of the ray above the yards and under the ceiling; empty when it misses them. */
  #span(ray: BoxRay, limit: number): readonly [number, number] {
    let near = 0;
    let far = Math.min(limit, 20_000);
    const clip = (origin: number, direction: number, [low, high]: readonly [number, number]): void => {
      if (Math.abs(direction) < 1e-12) {
        if (origin < low || origin > high) far = -1;
        return;
      }
      const a = (low - origin) / direction;
      const b = (high - origin) / direction;
      near = Math.max(near, Math.min(a, b));
      far = Math.min(far, Math.max(a, b));
    };
    clip(ray.oy, ray.dy, [-1, this.#ceiling]);
    clip(ray.ox, ray.dx, [this.#low.x, this.#high.x]);
    clip(ray.oz, ray.dz, [this.#low.z, this.#high.z]);
    return near <= far ? [near, far] : [0, -Infinity];
  }
}

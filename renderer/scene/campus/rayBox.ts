import type { AssetTable } from "#twins/model/twin.ts";
import type { Box } from "./layout.ts";

const epsilon = 1e-12;

/**
 * One ray in world axes, tested against boxes that stand upright. Distances are in lengths of its direction.
 * Holds its own scratch numbers: a pick tests thousands of boxes and must not allocate for each.
 */
export class BoxRay {
  ox = 0;
  oy = 0;
  oz = 0;
  dx = 0;
  dy = 0;
  dz = 1;
  #near = 0;
  #far = 0;

  /** Distance to a box, 0 from inside it, Infinity when it is missed. */
  box(box: Box): number {
    this.#near = 0;
    this.#far = Infinity;
    this.#clip(this.oy - box.y, this.dy, box.height);
    if (this.#near > this.#far) return Infinity;
    const c = Math.cos(box.yaw);
    const s = Math.sin(box.yaw);
    const px = this.ox - box.x;
    const pz = this.oz - box.z;
    this.#clip(px * c + pz * s + box.width / 2, this.dx * c + this.dz * s, box.width);
    this.#clip(pz * c - px * s + box.depth / 2, this.dz * c - this.dx * s, box.depth);
    return this.#near <= this.#far ? this.#near : Infinity;
  }

  /** The same for a row of an asset table, drawn narrower by `gap`. */
  asset({ pose, size }: AssetTable, row: number, gap = 0): number {
    const p = row * 4;
    const e = row * 3;
    const width = size[e]! - gap;
    const depth = size[e + 1]!;
    this.#near = 0;
    this.#far = Infinity;
    this.#clip(this.oy - pose[p + 2]!, this.dy, size[e + 2]!);
    if (this.#near > this.#far) return Infinity;
    const yaw = (pose[p + 3]! * Math.PI) / 180;
    const c = Math.cos(yaw);
    const s = Math.sin(yaw);
    const px = this.ox - pose[p]!;
    const pz = this.oz + pose[p + 1]!;
    this.#clip(px * c + pz * s + width / 2, this.dx * c + this.dz * s, width);
    this.#clip(pz * c - px * s + depth / 2, this.dz * c - this.dx * s, depth);
    return this.#near <= this.#far ? this.#near : Infinity;
  }

  /** False when the ray certainly misses everything within a radius of a point; cheap, no angles. Direction of length 1. */
  mayMeet(x: number, y: number, z: number, radius: number): boolean {
    const px = x - this.ox;
    const py = y - this.oy;
    const pz = z - this.oz;
    const along = px * this.dx + py * this.dy + pz * this.dz;
    const square = px * px + py * py + pz * pz;
    const reach = radius * radius;
    return square <= reach || (along > 0 && square - along * along <= reach);
  }

  /** Distance to a plane over a box's footprint that falls towards its own south, from `low` on. `rise`: per metre. */
  slope(box: Box, low: number, rise: number): number {
    const c = Math.cos(box.yaw);
    const s = Math.sin(box.yaw);
    const px = this.ox - box.x;
    const pz = this.oz - box.z;
    const z = pz * c - px * s;
    const dz = this.dz * c - this.dx * s;
    const fall = this.dy + dz * rise;
    if (Math.abs(fall) < epsilon) return Infinity;
    const t = (box.y + low + (box.depth / 2 - z) * rise - this.oy) / fall;
    if (t <= 0 || Math.abs(z + dz * t) > box.depth / 2) return Infinity;
    return Math.abs(px * c + pz * s + (this.dx * c + this.dz * s) * t) <= box.width / 2 ? t : Infinity;
  }

  /** Narrows near and far to the part between 0 and `extent` along one axis. */
  #clip(origin: number, direction: number, extent: number): void {
    if (Math.abs(direction) < epsilon) {
      if (origin < 0 || origin > extent) this.#far = -1;
      return;
    }
    const a = -origin / direction;
    const b = (extent - origin) / direction;
    this.#near = Math.max(this.#near, Math.min(a, b));
    this.#far = Math.min(this.#far, Math.max(a, b));
  }
}

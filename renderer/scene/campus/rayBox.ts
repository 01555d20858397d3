import type { AssetTable } from "#twins/model/twin.ts";
import type { Box } from "./layout.ts";

/** A ray in world axes; the direction need not be unit, hit distances are in its lengths. */
export interface Ray {
  readonly ox: number;
  readonly oy: number;
  readonly oz: number;
  readonly dx: number;
  readonly dy: number;
  readonly dz: number;
}

/** Distance to the near side of a slab pair, or NaN when the ray misses; `near` and `far` narrow as axes are added. */
const slabs = (ray: Ray, x: number, z: number, [yaw, width, depth]: readonly [number, number, number]) => {
  const c = Math.cos(yaw);
  const s = Math.sin(yaw);
  const px = ray.ox - x;
  const pz = ray.oz - z;
  return {
    ox: px * c + pz * s,
    oz: pz * c - px * s,
    dx: ray.dx * c + ray.dz * s,
    dz: ray.dz * c - ray.dx * s,
    hw: width / 2,
    hd: depth / 2,
  };
};

const epsilon = 1e-12;

/** Distance along the ray to a box, 0 from inside it, Infinity when it misses. */
export const rayBox = (ray: Ray, box: Box): number => {
  const local = slabs(ray, box.x, box.z, [box.yaw, box.width, box.depth]);
  let near = 0;
  let far = Infinity;
  const axes = [
    [local.ox, local.dx, -local.hw, local.hw],
    [ray.oy - box.y, ray.dy, 0, box.height],
    [local.oz, local.dz, -local.hd, local.hd],
  ] as const;
  for (const [origin, direction, low, high] of axes) {
    if (Math.abs(direction) < epsilon) {
      if (origin < low || origin > high) return Infinity;
      continue;
    }
    const a = (low - origin) / direction;
    const b = (high - origin) / direction;
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
    if (near > far) return Infinity;
  }
  return near;
};

/** The same for a row of an asset table. */
export const rayAsset = (ray: Ray, table: AssetTable, row: number): number => {
  const { pose, size } = table;
  return rayBox(ray, {
    x: pose[row * 4]!,
    y: pose[row * 4 + 2]!,
    z: -pose[row * 4 + 1]!,
    yaw: (pose[row * 4 + 3]! * Math.PI) / 180,
    width: size[row * 3]!,
    height: size[row * 3 + 2]!,
    depth: size[row * 3 + 1]!,
  });
};

import type { Vector3 } from "three";
import { Stage } from "#twins/model/twin.ts";
import type { Hides } from "./labels.ts";
import type { Layout } from "./layout.ts";

/** Numbers kept of each building that stands: centre, cosine and sine of its yaw, half sizes, top, row. */
const kept = 8;

/** Whether a building that stands stands between an eye and a place. Its own building hides nothing. */
export const hiddenBy = ({ buildings }: Layout): Hides => {
  const standing = buildings.filter((b) => b.stage === Stage.built);
  const boxes = new Float64Array(standing.length * kept);
  standing.forEach((b, i) => {
    const half = [b.width / 2 - 1, b.depth / 2 - 1] as const;
    boxes.set([b.x, b.z, Math.cos(b.yaw), Math.sin(b.yaw), ...half, b.y + b.height - 1, b.row], i * kept);
  });
  return (eye, at, building) => {
    for (let i = 0; i < boxes.length; i += kept)
      if (boxes[i + 7] !== building && meets(boxes, i, eye, at)) return true;
    return false;
  };
};

/** Whether the line from an eye to a place runs through a box; slabs, in the box's own axes. */
function meets(boxes: Float64Array, i: number, eye: Vector3, at: Vector3): boolean {
  const c = boxes[i + 2]!;
  const s = boxes[i + 3]!;
  const ex = eye.x - boxes[i]!;
  const ez = eye.z - boxes[i + 1]!;
  const x = ex * c + ez * s;
  const z = ez * c - ex * s;
  const dx = (at.x - eye.x) * c + (at.z - eye.z) * s;
  const dz = (at.z - eye.z) * c - (at.x - eye.x) * s;
  const dy = at.y - eye.y;
  const tx = boxes[i + 4]! / Math.max(1e-9, Math.abs(dx));
  const tz = boxes[i + 5]! / Math.max(1e-9, Math.abs(dz));
  const mx = -x / (dx || 1e-9);
  const mz = -z / (dz || 1e-9);
  let enter = Math.max(0, mx - tx, mz - tz);
  let leave = Math.min(1, mx + tx, mz + tz);
  // Below its top: the line is there before or after it crosses that height.
  const cross = (boxes[i + 6]! - eye.y) / (dy || 1e-9);
  if (dy > 0) leave = Math.min(leave, cross);
  else enter = Math.max(enter, cross);
  return enter < leave;
}

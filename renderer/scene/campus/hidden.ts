import type { Vector3 } from "three";
import { Stage } from "#twins/model/twin.ts";
import type { Hides } from "./labels.ts";
import type { Layout } from "./layout.ts";

/** Plant and parapets rise so far above a roof: what is seen close above one seems to stand on it, m. */
const roofPlantM = 4;

/** Whether a building that stands stands between an eye and a place. Its own building hides nothing. */
export const hiddenBy = ({ buildings }: Layout): Hides => {
  const standing = buildings.filter((b) => b.stage === Stage.built);
  const boxes = standing.map((b) => {
    const [wide, deep] = [b.width / 2 - 1, b.depth / 2 - 1];
    return Float64Array.of(
      b.x,
      b.z,
      Math.cos(b.yaw),
      Math.sin(b.yaw),
      wide,
      deep,
      b.y + b.height + roofPlantM,
    );
  });
  return (eye, at, building) => {
    for (let i = 0; i < boxes.length; i++)
      if (standing[i]!.row !== building && meets(boxes[i]!, eye, at)) return true;
    return false;
  };
};

/**
 * Whether the line from an eye to a place runs through a box; slabs, in the box's own axes.
 * @param box x and z of its centre, cosine and sine of its yaw, half sizes, top
 */
function meets(box: Float64Array, eye: Vector3, at: Vector3): boolean {
  const c = box[2]!;
  const s = box[3]!;
  const ex = eye.x - box[0]!;
  const ez = eye.z - box[1]!;
  const x = ex * c + ez * s;
  const z = ez * c - ex * s;
  const dx = (at.x - eye.x) * c + (at.z - eye.z) * s;
  const dz = (at.z - eye.z) * c - (at.x - eye.x) * s;
  const dy = at.y - eye.y;
  const tx = box[4]! / Math.max(1e-9, Math.abs(dx));
  const tz = box[5]! / Math.max(1e-9, Math.abs(dz));
  const mx = -x / (dx || 1e-9);
  const mz = -z / (dz || 1e-9);
  let enter = Math.max(0, mx - tx, mz - tz);
  let leave = Math.min(1, mx + tx, mz + tz);
  // Below its top: the line is there before or after it crosses that height.
  const cross = (box[6]! - eye.y) / (dy || 1e-9);
  if (dy > 0) leave = Math.min(leave, cross);
  else enter = Math.max(enter, cross);
  return enter < leave;
}

import type { Vector3 } from "three";
import type { Box } from "./layout.ts";

/** Centre of the data face (top, front or back) of a rack that shows the most of itself to the eye. */
export const nearestFace = (box: Box, eye: Vector3, into: Vector3): Vector3 => {
  const middle = box.y + box.height / 2;
  const forward = { x: Math.sin(box.yaw), z: -Math.cos(box.yaw) };
  const ahead = (eye.x - box.x) * forward.x + (eye.z - box.z) * forward.z;
  const side = Math.sign(ahead);
  const top = (eye.y - box.y - box.height) * box.width * box.depth;
  const front = (Math.abs(ahead) - box.depth / 2) * box.width * box.height;
  if (top >= front) return into.set(box.x, box.y + box.height, box.z);
  const reach = (side * box.depth) / 2;
  return into.set(box.x + forward.x * reach, middle, box.z + forward.z * reach);
};

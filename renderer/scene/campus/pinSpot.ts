import { type Camera, Vector3 } from "three";
import { lowEdgeM } from "#renderer/scene/energy/pvTables.ts";
import type { Placed } from "./instances.ts";
import type { Box } from "./layout.ts";
import { nearestFace } from "./rackSpot.ts";

/** What pins are searched among. */
export type Pinned = "rack" | "pvTable";

/** Part of the picture, from its middle, in which a thing counts as seen. */
const within = 0.96;
/** Across a rack's face, in parts of its width: its middle, or the edge that carries its colour. */
const across = [0, 0.46, -0.46] as const;
const projected = new Vector3();

/** Where a pin of a thing stands, for this eye. */
const spotOf = (className: Pinned, box: Box, eye: Vector3, into: Vector3): Vector3 => {
  if (className === "rack") return nearestFace(box, eye, into);
  const tilt = (box as Placed).extra?.[0] ?? 0.66;
  const south = -box.depth / 2;
  return into.set(
    box.x - south * Math.sin(box.yaw),
    box.y + lowEdgeM + box.depth * Math.tan(tilt),
    box.z + south * Math.cos(box.yaw),
  );
};

/**
 * Where a pin stands in this picture. Of a rack that the picture's edge cuts, the edge of it that is seen.
 * @param at that place in the picture, both axes −1…1 @returns false where nothing of it is in the picture
 */
export const spotInView = (
  className: Pinned,
  box: Box,
  camera: Camera,
  { into, at = projected }: { readonly into: Vector3; readonly at?: Vector3 },
): boolean => {
  const places = className === "rack" ? across.length : 1;
  for (let k = 0; k < places; k++) {
    spotOf(className, box, camera.position, into);
    into.x += Math.cos(box.yaw) * box.width * across[k]!;
    into.z += Math.sin(box.yaw) * box.width * across[k]!;
    // Of a rack beside the eye the middle lies below the picture: what is level with the eye is seen.
    if (k > 0 && into.y < box.y + box.height)
      into.y = box.y + Math.min(0.9, Math.max(0.1, (camera.position.y - box.y) / box.height)) * box.height;
    at.copy(into).project(camera);
    if (at.z < 1 && Math.abs(at.x) <= within && Math.abs(at.y) <= within) return true;
  }
  return false;
};

/** Width of a thing as it is seen aslant, times its distance from the eye, m². */
export const wideOf = (className: Pinned, box: Box, eye: Vector3): number => {
  const [dx, dy, dz] = [eye.x - box.x, eye.y - box.y, eye.z - box.z];
  const ahead = dx * Math.sin(box.yaw) - dz * Math.cos(box.yaw);
  return box.width * (className === "rack" ? Math.max(Math.abs(ahead), dy * 0.7) : Math.hypot(dx, dy, dz));
};

import type { PerspectiveCamera, Vector3 } from "three";
import type { SceneGauge } from "./handle.ts";

/** Where up is on screen, and how much ground a pixel covers at what the camera looks at. */
export const gaugeOf = (
  { position, fov }: PerspectiveCamera,
  target: Vector3,
  heightPx: number,
): SceneGauge => ({
  headingDeg: ((Math.atan2(target.x - position.x, position.z - target.z) * 180) / Math.PI + 360) % 360,
  eye: [position.x, -position.z, position.y],
  target: [target.x, -target.z],
  metresPerPixel: (2 * Math.tan((fov * Math.PI) / 360) * position.distanceTo(target)) / heightPx,
});

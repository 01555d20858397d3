import type { PerspectiveCamera, Vector3 } from "three";

/** What a frame tells the campus. */
export interface FrameView {
  readonly camera: PerspectiveCamera;
  /** Point the camera turns around. */
  readonly target: Vector3;
  /** Size of the picture, CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** What eases goes on by so much, ms: never a leap, however long ago the last frame was. */
  readonly deltaMs: number;
  /** Since the last frame, ms: what is looked at a few times a second is due by this. */
  readonly passedMs: number;
  readonly nowMs: number;
}

/** Sine of the angle that one looks down by. */
export const elevationOf = (eye: Vector3, target: Vector3): number =>
  (eye.y - target.y) / Math.sqrt(eye.distanceToSquared(target));

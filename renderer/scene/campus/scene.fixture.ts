import { PerspectiveCamera, Vector3 } from "three";
import type { Pose } from "#renderer/scene/poses.ts";

/** A camera put at a pose, its matrices up to date. */
export const cameraAt = ({ eye, target }: Pose): PerspectiveCamera => {
  const camera = new PerspectiveCamera(38, 16 / 9, 1, 30_000);
  camera.position.copy(eye);
  camera.lookAt(new Vector3().copy(target));
  camera.updateMatrixWorld();
  return camera;
};

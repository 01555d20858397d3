import { PerspectiveCamera, Vector3 } from "three";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import type { Pose } from "#renderer/scene/poses.ts";
import { CampusRenderer } from "./campusRenderer.ts";

/** A camera put at a pose, its matrices up to date. */
export const cameraAt = ({ eye, target }: Pose): PerspectiveCamera => {
  const camera = new PerspectiveCamera(38, 16 / 9, 1, 30_000);
  camera.position.copy(eye);
  camera.lookAt(new Vector3().copy(target));
  camera.updateMatrixWorld();
  return camera;
};

/** The product's campus at a fixed time, its scenery still. */
export const stillCampus = (timeMs: number): CampusRenderer => {
  const clock = { nowMs: () => timeMs } as Parameters<typeof createCampusState>[1];
  const campus = new CampusRenderer(createCampusState(campusTwin(), clock), 2048);
  campus.still = true;
  return campus;
};

/** Looks from a pose until nothing moves any more. */
export const lookUntilStill = (campus: CampusRenderer, pose: Pose, nowMs: number): PerspectiveCamera => {
  const camera = cameraAt(pose);
  for (let i = 0; i < 3; i++)
    campus.frame({
      camera,
      target: pose.target,
      widthPx: 1920,
      heightPx: 1080,
      deltaMs: 500,
      passedMs: 500,
      nowMs,
    });
  return camera;
};

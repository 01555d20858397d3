import { PerspectiveCamera, Vector3 } from "three";
import type { Pose } from "#renderer/scene/poses.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin, TwinFiles } from "#twins/model/twin.ts";

const campusFiles = import.meta.glob("../../../twins/horinger/**/*.{json,csv}", {
  query: "?raw",
  import: "default",
  eager: true,
}) as Record<string, string>;

/** The built-in campus, for tests: the real files, expanded as everywhere. */
export const campusTwin = (racks = 12_000): Twin => {
  const files: TwinFiles = Object.fromEntries(
    Object.entries(campusFiles).map(([path, text]) => [path.replace(/^.*twins\/horinger\//, ""), text]),
  );
  return loadTwin(files, { racks });
};

/** A camera put at a pose, its matrices up to date. */
export const cameraAt = ({ eye, target }: Pose): PerspectiveCamera => {
  const camera = new PerspectiveCamera(38, 16 / 9, 1, 30_000);
  camera.position.copy(eye);
  camera.lookAt(new Vector3().copy(target));
  camera.updateMatrixWorld();
  return camera;
};

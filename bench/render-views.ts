import type { PerspectiveCamera, Scene, Vector3, WebGLRenderer } from "three";
import { poseFor } from "#renderer/scene/cameras.ts";
import type { CampusRenderer } from "#renderer/scene/campus/campusRenderer.ts";
import type { CameraId } from "#renderer/stores/cameras.ts";
import type { GlCounts } from "./null-gl.ts";
import { allocatedByCampus } from "./render-allocation.ts";

/** Views of the scene that are measured one by one, with the camera moving a little in every frame. */
export const viewNames = ["region", "campus", "building", "room", "rack", "xray"] as const;
export type ViewName = (typeof viewNames)[number];

export interface ViewFigures {
  /** Most draw calls of a frame, shadow pass included. */
  readonly draws: number;
  readonly triangles: number;
  readonly instances: number;
  readonly jsMsP50: number;
  readonly jsMsP99: number;
  readonly bytesPerFrame: number;
  /** Allocated by our own code, beside what three allocates to draw the list. */
  readonly allocBytesPerFrame: number;
  readonly pickMs: number;
}

export interface ViewBench {
  readonly campus: CampusRenderer;
  readonly gl: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly counts: GlCounts;
  readonly target: Vector3;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly nowMs: number;
  /** Marks what telemetry brought before a frame. */
  readonly telemetry: (frame: number) => void;
}

const stands: Readonly<Record<ViewName, CameraId>> = {
  region: "region",
  campus: "home",
  building: "hall",
  room: "room",
  rack: "rack",
  xray: "home",
};

const frames = 240;
const passes = 5;
/** Four minutes at 60 Hz: V8's last tier takes a function after some thousand calls, and a wall runs for weeks. */
const warmFrames = 15_000;
const picks = 500;
/** Long enough for the light to change by more than the shadow map is kept for. */
const hoursMs = 3 * 3_600_000;

const quantile = (values: Float64Array, q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!;

const pickMsOf = ({ campus, camera }: ViewBench): number => {
  let least = Infinity;
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now();
    for (let i = 0; i < picks; i++) campus.pick(((i * 37) % 100) / 50 - 1, ((i * 61) % 100) / 50 - 1, camera);
    least = Math.min(least, (performance.now() - start) / picks);
  }
  return least;
};

const measureView = async (bench: ViewBench, name: ViewName): Promise<ViewFigures> => {
  const { campus, gl, scene, camera, counts, target, widthPx, heightPx } = bench;
  const pose = poseFor(campus.layout, stands[name], {
    fovDeg: camera.fov,
    aspect: widthPx / heightPx,
    isCrowded: false,
  });
  campus.setXray(name === "xray");
  const view = { camera, target, widthPx, heightPx, deltaMs: 16.7, passedMs: 16.7, nowMs: bench.nowMs };
  const stand = (frame: number): void => {
    camera.position.copy(pose.eye);
    camera.position.x += Math.sin(frame * 0.1) * 0.2;
    target.copy(pose.target);
    camera.lookAt(target);
    camera.updateMatrixWorld();
  };
  const draw = (frame: number, nowMs: number): void => {
    stand(frame);
    bench.telemetry(frame);
    campus.frame({ ...view, nowMs });
    campus.prepare(gl);
    gl.render(scene, camera);
  };
  // Shells open and close, uploads are done.
  for (let i = 0; i < frames; i++) draw(i, bench.nowMs);
  Object.assign(counts, { draws: 0, triangles: 0, instances: 0, bytes: 0 });
  draw(0, bench.nowMs + hoursMs);
  const { draws } = counts;
  // Code is warm; after what comes seldom, or the last tier would be left for it just before what is measured.
  for (let i = 0; i < warmFrames; i++) draw(i, bench.nowMs);
  Object.assign(counts, { draws: 0, triangles: 0, instances: 0, bytes: 0 });
  draw(0, bench.nowMs);
  const { triangles, instances } = counts;
  counts.bytes = 0;
  const least = new Float64Array(frames).fill(Infinity);
  for (let pass = 0; pass < passes; pass++)
    for (let frame = 0; frame < frames; frame++) {
      stand(frame);
      bench.telemetry(frame);
      const start = performance.now();
      campus.frame(view);
      campus.prepare(gl);
      gl.render(scene, camera);
      least[frame] = Math.min(least[frame]!, performance.now() - start);
    }
  const bytesPerFrame = Math.round(counts.bytes / (frames * passes));
  if (process.env["BENCH_WHO"]) console.error(name);
  const allocated = await allocatedByCampus(() => {
    for (let frame = 0; frame < frames; frame++) {
      stand(frame);
      bench.telemetry(frame);
      campus.frame(view);
      campus.prepare(gl);
      gl.render(scene, camera);
    }
  });
  return {
    draws,
    triangles: Math.round(triangles),
    instances,
    jsMsP50: quantile(least, 0.5),
    jsMsP99: quantile(least, 0.99),
    bytesPerFrame,
    allocBytesPerFrame: Math.round(allocated / frames),
    pickMs: pickMsOf(bench),
  };
};

/** Each view by itself; X-ray last, so that it is off for the others. */
export const measureViews = async (bench: ViewBench): Promise<Readonly<Record<ViewName, ViewFigures>>> => {
  const found: [ViewName, ViewFigures][] = [];
  for (const name of viewNames) found.push([name, await measureView(bench, name)]);
  return Object.fromEntries(found) as Record<ViewName, ViewFigures>;
};

import { PerformanceObserver } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { type Object3D, PerspectiveCamera, Scene, Spherical, Vector3, WebGLRenderer } from "three";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { createCampusState, type WritableCampus } from "#renderer/data/campus.ts";
import { CampusRenderer } from "#renderer/scene/campus/campusRenderer.ts";
import { homePose, poseOf } from "#renderer/scene/poses.ts";
import { loadTwin } from "#twins/model/load.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { createNullGl, type GlCounts } from "./null-gl.ts";
import { allocatedByCampus } from "./render-allocation.ts";
import { measureViews, type ViewFigures, type ViewName } from "./render-views.ts";

/** One measured run of one size; printed as JSON by the child process. */
export interface RenderRun {
  readonly racks: number;
  readonly draws: number;
  readonly triangles: number;
  readonly instances: number;
  /** Uploaded per frame with telemetry from the whole campus. */
  readonly bytesPerFrame: number;
  /** JavaScript time per frame, ms: of each frame the least of five passes, so that a busy machine is left out. */
  readonly jsMsP50: number;
  readonly jsMsP99: number;
  /** The same median with telemetry from all over the campus, its rooms and its buildings: more where there is more. */
  readonly jsMsP50Spread: number;
  /** Allocated by our own code along the path, its changes of focus included (steady frames: `views`). */
  readonly allocBytesPerFrame: number;
  /** Allocated by bare three for the same draws and uploads. */
  readonly bareAllocBytesPerFrame: number;
  readonly majorGc: number;
  readonly pickMs: number;
  /** Views one by one, each with its own figures. */
  readonly views: Readonly<Record<ViewName, ViewFigures>>;
}

/** Frames of the scripted path: 150 on each of its four legs. */
const legFrames = 150;
const pathFrames = legFrames * 4;
/** Times the path is played, bare three and ours in turn. */
const passes = 5;
const [widthPx, heightPx] = [1920, 1080];
/** Telemetry of one frame: blocks of 1,024 racks that changed. */
const dirtyBlocks = 4;
/**
 * The changed set that sizes are compared with: these first blocks of racks in turn, which the smallest campus has
 * too. Telemetry of a whole campus is measured beside it (`jsMsP50Spread`): the same number of rack blocks costs more
 * when they are spread over memory, and the first blocks of rooms and buildings, dirty in every frame, hold 1,024
 * rows in a large campus and some dozens in a small one.
 */
const changingBlocks = 8;

interface Bench {
  readonly state: WritableCampus;
  readonly campus: CampusRenderer;
  readonly gl: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly counts: GlCounts;
  /** Eye x, y, z and target x, y, z of every frame. Row-major, frames × 6. */
  readonly path: Float64Array;
  readonly target: Vector3;
}

/** Campus → building → room → rack, always into the first building, so that every size sees the same things. */
const pathInto = (campus: CampusRenderer, fovDeg: number): Float64Array => {
  const { twin } = campus.layout;
  const rack = 100;
  const room = twin.parentOf(twin.parentOf({ className: "rack", row: rack })!)!;
  const overview = poseOf(campus.layout, { className: "building", row: 0 }, fovDeg);
  overview.eye.sub(overview.target).multiplyScalar(12).add(overview.target);
  const poses = [
    overview,
    poseOf(campus.layout, { className: "building", row: 0 }, fovDeg),
    poseOf(campus.layout, room, fovDeg),
    poseOf(campus.layout, { className: "rack", row: rack }, fovDeg),
  ];
  const path = new Float64Array(pathFrames * 6);
  const offset = new Vector3();
  for (let frame = 0; frame < pathFrames; frame++) {
    const leg = Math.floor(frame / legFrames);
    const from = poses[Math.max(0, leg - 1)]!;
    const to = poses[leg]!;
    const t = (frame % legFrames) / legFrames;
    const a = new Spherical().setFromVector3(offset.subVectors(from.eye, from.target));
    const b = new Spherical().setFromVector3(offset.subVectors(to.eye, to.target));
    // The first leg only turns about the overview.
    const radius = a.radius * (b.radius / a.radius) ** t;
    offset.setFromSphericalCoords(
      radius,
      a.phi + (b.phi - a.phi) * t,
      b.theta + (leg === 0 ? t * 0.4 : (1 - t) * 0.2),
    );
    const target = from.target.clone().lerp(to.target, t);
    path.set([...offset.add(target).toArray(), ...target.toArray()], frame * 6);
  }
  return path;
};

const prepare = async (racks: number): Promise<Bench> => {
  const twin = loadTwin(await readTwinDirectory(null), { racks });
  const timeMs = Date.parse("2026-07-15T04:00:00Z");
  const state = createCampusState(twin, { nowMs: () => timeMs } as Parameters<typeof createCampusState>[1]);
  const good = packStatus(Quality.good, Freshness.fresh, Origin.simulated);
  for (const name of ["rack", "room", "building", "windTurbine"] as const) {
    const of = state.of(name);
    of.status.fill(good);
    for (let i = 0; i < of.value.length; i++) of.value[i] = (i * 7) % 90;
  }
  const nullGl = createNullGl();
  const gl = new WebGLRenderer({
    canvas: nullGl.canvas,
    context: nullGl.context,
  } as unknown as ConstructorParameters<typeof WebGLRenderer>[0]);
  gl.setSize(widthPx, heightPx, false);
  const campus = new CampusRenderer(state, 2048);
  const scene = new Scene();
  scene.add(campus.root);
  const camera = new PerspectiveCamera(38, widthPx / heightPx, 1, 30_000);
  const path = pathInto(campus, camera.fov);
  return { state, campus, gl, scene, camera, counts: nullGl.counts, path, target: new Vector3() };
};

const place = ({ camera, path, target }: Bench, frame: number): void => {
  const at = frame * 6;
  camera.position.set(path[at]!, path[at + 1]!, path[at + 2]!);
  target.set(path[at + 3]!, path[at + 4]!, path[at + 5]!);
  camera.lookAt(target);
  camera.updateMatrixWorld();
};

const telemetry = ({ state }: Bench, frame: number, changing: number): void => {
  const racks = state.of("rack").dirtyBlocks;
  const among = Math.min(racks.length, changing);
  for (let i = 0; i < dirtyBlocks; i++) racks[(frame * dirtyBlocks + i) % among] = 1;
  if (changing <= changingBlocks) return;
  state.of("room").dirtyBlocks[0] = 1;
  state.of("building").dirtyBlocks[0] = 1;
};

interface Pass {
  readonly times: Float64Array;
  readonly bytes: number;
  readonly heapBytes: number;
}

/** Plays the path once; `step` is what is timed. `changing`: rack blocks that telemetry comes for; Infinity: all. */
const play = (bench: Bench, step: (frame: number) => void, changing: number = changingBlocks): Pass => {
  const times = new Float64Array(pathFrames);
  bench.counts.bytes = 0;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let frame = 0; frame < pathFrames; frame++) {
    place(bench, frame);
    telemetry(bench, frame, changing);
    const start = performance.now();
    step(frame);
    times[frame] = performance.now() - start;
  }
  return { times, bytes: bench.counts.bytes, heapBytes: process.memoryUsage().heapUsed - before };
};

const least = (kept: Float64Array, times: Float64Array): void => {
  for (let i = 0; i < kept.length; i++) kept[i] = Math.min(kept[i]!, times[i]!);
};

const quantile = (values: Float64Array, q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!;

/** What a frame drew and uploaded: visibility of each object, and layers flagged in each data texture. */
interface Recorded {
  readonly visible: readonly boolean[];
  readonly layers: readonly (readonly number[])[];
}

const record = (campus: CampusRenderer, objects: readonly Object3D[]): Recorded => ({
  visible: objects.map((object) => object.visible),
  layers: campus.dataTextures().map((texture) => [...texture.layerUpdates]),
});

/** The same draw list by bare three: what was visible and what was uploaded, replayed without any of our code. */
const bareStep = ({ gl, scene, camera, campus }: Bench, recorded: readonly Recorded[]) => {
  const objects = meshesOf(campus);
  const textures = campus.dataTextures();
  return (frame: number): void => {
    const { visible, layers } = recorded[frame]!;
    for (let i = 0; i < objects.length; i++) objects[i]!.visible = visible[i]!;
    for (let i = 0; i < textures.length; i++) {
      const texture = textures[i]!;
      const flagged = layers[i]!;
      for (let at = 0; at < flagged.length; at++) texture.addLayerUpdate(flagged[at]!);
      if (flagged.length > 0) texture.needsUpdate = true;
    }
    gl.render(scene, camera);
  };
};

const meshesOf = (campus: CampusRenderer): Object3D[] => {
  const found: Object3D[] = [];
  campus.root.traverse((object) => found.push(object));
  return found;
};

const pickMs = (bench: Bench): number => {
  const { campus, camera } = bench;
  const rounds = 500;
  let slowest = 0;
  for (const frame of [0, legFrames * 2 - 1, legFrames * 3 - 1, pathFrames - 1]) {
    place(bench, frame);
    campus.frame({
      camera,
      target: bench.target,
      widthPx,
      heightPx,
      deltaMs: 1000,
      passedMs: 1000,
      nowMs: 0,
    });
    let least = Infinity;
    for (let pass = 0; pass < passes; pass++) {
      const start = performance.now();
      for (let i = 0; i < rounds; i++)
        campus.pick(((i * 37) % 100) / 50 - 1, ((i * 61) % 100) / 50 - 1, camera);
      least = Math.min(least, (performance.now() - start) / rounds);
    }
    slowest = Math.max(slowest, least);
  }
  return slowest;
};

const measure = async (racks: number): Promise<RenderRun> => {
  let majorGc = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ((entry as unknown as { detail: { kind: number; flags: number } }).detail.kind === 4) majorGc++;
  });
  const bench = await prepare(racks);
  const { campus, gl, scene, camera, counts, state } = bench;
  const objects = meshesOf(campus);
  const view = {
    camera,
    target: bench.target,
    widthPx,
    heightPx,
    deltaMs: 16.7,
    passedMs: 16.7,
    nowMs: state.nowMs(),
  };
  const ours = (): void => {
    campus.frame(view);
    campus.prepare(gl);
    gl.render(scene, camera);
  };
  // Everything dirty at the start is uploaded and all code is warm before anything is measured.
  for (let i = 0; i < 3; i++) play(bench, ours);
  const overview = homePose(campus.layout);
  camera.position.copy(overview.eye);
  bench.target.copy(overview.target);
  camera.lookAt(bench.target);
  camera.updateMatrixWorld();
  Object.assign(counts, { draws: 0, triangles: 0, instances: 0 });
  ours();
  const { draws, triangles, instances } = counts;
  const recorded: Recorded[] = [];
  play(bench, () => {
    campus.frame(view);
    recorded.push(record(campus, objects));
    gl.render(scene, camera);
  });
  const bare = bareStep(bench, recorded);
  const times = new Float64Array(pathFrames).fill(Infinity);
  const spread = new Float64Array(pathFrames).fill(Infinity);
  let bytes = 0;
  let bareBytes = Infinity;
  play(bench, bare);
  play(bench, ours);
  await setImmediate();
  observer.observe({ entryTypes: ["gc"] });
  for (let i = 0; i < passes; i++) {
    bareBytes = Math.min(bareBytes, play(bench, bare).heapBytes);
    const pass = play(bench, ours);
    least(times, pass.times);
  }
  await setImmediate();
  observer.disconnect();
  for (let i = 0; i < passes; i++) {
    const pass = play(bench, ours, Infinity);
    bytes = pass.bytes;
    least(spread, pass.times);
  }
  const ownBytes = await allocatedByCampus(() => play(bench, ours));
  const result = {
    racks,
    draws,
    triangles: Math.round(triangles),
    instances,
    bytesPerFrame: Math.round(bytes / pathFrames),
    jsMsP50: quantile(times, 0.5),
    jsMsP99: quantile(times, 0.99),
    jsMsP50Spread: quantile(spread, 0.5),
    bareAllocBytesPerFrame: Math.round(bareBytes / pathFrames),
    allocBytesPerFrame: Math.round(ownBytes / pathFrames),
    // Less the collections asked for before each pass.
    majorGc: Math.max(0, majorGc - passes * 2),
    pickMs: pickMs(bench),
    views: await measureViews({
      ...bench,
      widthPx,
      heightPx,
      nowMs: state.nowMs(),
      telemetry: (frame) => telemetry(bench, frame, changingBlocks),
    }),
  };
  return result;
};

if (import.meta.main) console.log(JSON.stringify(await measure(Number(process.argv[2] ?? 50_000))));

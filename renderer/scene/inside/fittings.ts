import {
  BoxGeometry,
  type BufferGeometry,
  CylinderGeometry,
  DoubleSide,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
} from "three";
import type { Box } from "#renderer/scene/campus/layout.ts";
import { fabricFragment, fabricVertex } from "./fabric.glsl.ts";
import { floorFragment, floorVertex } from "./floor.glsl.ts";
import { paneFragment } from "./pane.glsl.ts";
import type { Piece } from "./pieces.ts";
import { pipeFragment, pipeVertex } from "./pipes.glsl.ts";
import type { Pipe } from "./pipes.ts";
import type { RoomPlan } from "./plan.ts";

/** One instanced draw whose instances are another set when another storey is looked at. */
export interface Batch {
  readonly mesh: Mesh<BufferGeometry>;
  readonly kit: BufferGeometry;
  /** Numbers per instance by attribute. */
  readonly items: Readonly<Record<string, number>>;
}

const batchOf = (
  kit: BufferGeometry,
  shaders: { readonly vertexShader: string; readonly fragmentShader: string },
  { uniforms, items }: { readonly uniforms: Record<string, IUniform>; readonly items: Batch["items"] },
): Batch => {
  const mesh = new Mesh<BufferGeometry>(kit, new ShaderMaterial({ uniforms, ...shaders }));
  mesh.matrixAutoUpdate = false;
  mesh.frustumCulled = false;
  mesh.visible = false;
  return { mesh, kit, items };
};

const cylinder = (): BufferGeometry => new CylinderGeometry(0.5, 0.5, 1, 10, 1, false).rotateZ(-Math.PI / 2);

/** Walls, lamps, trays, cabinets and frames. */
export const fabricBatch = (uniforms: Record<string, IUniform>): Batch => {
  const batch = batchOf(
    new BoxGeometry(1, 1, 1),
    { vertexShader: fabricVertex, fragmentShader: fabricFragment },
    { uniforms, items: { iPose: 4, iSize: 3, iLook: 4 } },
  );
  // Before all that stands outdoors, most of which it hides; walls stay while a weak machine moves the camera.
  batch.mesh.renderOrder = -20;
  batch.mesh.userData["keep"] = true;
  return batch;
};

export const pipeBatch = (uniforms: Record<string, IUniform>): Batch => {
  const batch = batchOf(
    cylinder(),
    { vertexShader: pipeVertex, fragmentShader: pipeFragment },
    { uniforms, items: { iPose: 4, iSize: 4, iLook: 4 } },
  );
  batch.mesh.renderOrder = -19;
  return batch;
};

/** Glass: no data is ever seen through it tinted, for data is drawn later. */
export const paneBatch = (uniforms: Record<string, IUniform>): Batch => {
  const batch = batchOf(
    new BoxGeometry(1, 1, 1),
    { vertexShader: fabricVertex, fragmentShader: paneFragment },
    { uniforms, items: { iPose: 4, iSize: 3, iLook: 4 } },
  );
  const material = batch.mesh.material as ShaderMaterial;
  material.transparent = true;
  material.depthWrite = false;
  material.side = DoubleSide;
  batch.mesh.renderOrder = 296;
  return batch;
};

export const floorBatch = (uniforms: Record<string, IUniform>): Batch => {
  const batch = batchOf(
    new PlaneGeometry(1, 1).rotateX(-Math.PI / 2),
    { vertexShader: floorVertex, fragmentShader: floorFragment },
    { uniforms, items: { iPose: 4, iSize: 3, iPlan: 4 } },
  );
  batch.mesh.renderOrder = -22;
  return batch;
};

/** Instances of a batch. Each array holds as many numbers per instance as the batch says, in the same order. */
export interface Instances {
  readonly count: number;
  readonly data: Readonly<Record<string, Float32Array>>;
}

/** A batch's kit with these instances, to be shown by its mesh. */
export const instanced = ({ kit, items }: Batch, { count, data }: Instances): InstancedBufferGeometry => {
  const geometry = new InstancedBufferGeometry();
  geometry.index = kit.index;
  for (const name of ["position", "normal"]) geometry.setAttribute(name, kit.getAttribute(name));
  for (const [name, size] of Object.entries(items))
    geometry.setAttribute(name, new InstancedBufferAttribute(data[name]!, size));
  geometry.instanceCount = count;
  return geometry;
};

/** Shows instances that were made before. */
export const put = ({ mesh }: Batch, geometry: InstancedBufferGeometry): void => {
  mesh.geometry = geometry;
  mesh.visible = geometry.instanceCount > 0;
};

/** World place of a point of a room. */
const placeIn = ({ x, z, yaw }: Box, px: number, pz: number): readonly [x: number, z: number] => {
  const c = Math.cos(yaw);
  const s = Math.sin(yaw);
  return [x + px * c - pz * s, z + px * s + pz * c];
};

/** Boxes of rooms as instances. */
export const fabricData = (
  rooms: readonly { readonly plan: RoomPlan; readonly pieces: readonly Piece[] }[],
): Instances => {
  const count = rooms.reduce((sum, { pieces }) => sum + pieces.length, 0);
  const [pose, size, look] = [
    new Float32Array(count * 4),
    new Float32Array(count * 3),
    new Float32Array(count * 4),
  ];
  let i = 0;
  for (const { plan, pieces } of rooms)
    for (const piece of pieces) {
      const [x, z] = placeIn(plan.box, piece.x, piece.z);
      pose.set([x, plan.box.y + piece.y, z, plan.box.yaw + ((piece.turn ?? 0) * Math.PI) / 2], i * 4);
      size.set([piece.width, piece.height, piece.depth], i * 3);
      look.set([piece.part, piece.tone ?? 0, 0, plan.room], i * 4);
      i++;
    }
  return { count, data: { iPose: pose, iSize: size, iLook: look } };
};

/** Round pieces of rooms as instances. */
export const pipeData = (
  rooms: readonly { readonly plan: RoomPlan; readonly pipes: readonly Pipe[] }[],
): Instances => {
  const count = rooms.reduce((sum, { pipes }) => sum + pipes.length, 0);
  const [pose, size, look] = [
    new Float32Array(count * 4),
    new Float32Array(count * 4),
    new Float32Array(count * 4),
  ];
  let i = 0;
  for (const { plan, pipes } of rooms)
    for (const { from, to, diameter, run, tone } of pipes) {
      const [x, z] = placeIn(plan.box, from[0], from[2]);
      const [ex, ez] = placeIn(plan.box, to[0], to[2]);
      const upright = to[1] === from[1] ? 0 : Math.sign(to[1] - from[1]);
      const yaw = upright === 0 ? Math.atan2(ez - z, ex - x) : 0;
      const length = Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
      pose.set([x, plan.box.y + from[1], z, yaw], i * 4);
      size.set([length, diameter, upright, plan.box.y], i * 4);
      look.set([run, tone ?? 0, -1, plan.room], i * 4);
      i++;
    }
  return { count, data: { iPose: pose, iSize: size, iLook: look } };
};

/** Width of a rack's place in a row, m; 0 where no row has two. */
const placeWidth = ({ rows }: RoomPlan): number => {
  const [a, b] = rows.find(({ rackX }) => rackX.length > 1)?.rackX ?? [0, 0];
  return Math.abs(b! - a!);
};

/** Floors of rooms as instances, with where their rows stand; a floor has no height: there its size has the width of a rack's place. */
export const floorData = (plans: readonly RoomPlan[]): Instances => {
  const [pose, size, plan] = [plans.length * 4, plans.length * 3, plans.length * 4].map(
    (n) => new Float32Array(n),
  );
  plans.forEach((room, i) => {
    const { box, rows, aisles } = room;
    pose!.set([box.x, box.y, box.z, box.yaw], i * 4);
    size!.set([box.width - 0.95, placeWidth(room), box.depth - 0.95], i * 3);
    const zs = rows.map(({ z }) => z).sort((a, b) => a - b);
    const pitch = zs.length > 1 ? zs[1]! - zs[0]! : 0;
    const first = (aisles.find(({ isCold }) => isCold) ?? aisles[0])?.z ?? 0;
    const reach = Math.max(0, ...rows.map(({ x, length }) => Math.abs(x) + length / 2));
    plan!.set([pitch, first, reach, (zs.at(-1) ?? 0) + 0.6], i * 4);
  });
  return { count: plans.length, data: { iPose: pose!, iSize: size!, iPlan: plan! } };
};

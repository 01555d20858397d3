import {
  type BufferGeometry,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type Material,
  Mesh,
  type Object3D,
  Sphere,
  Vector3,
} from "three";
import type { AssetRef } from "#twins/model/twin.ts";
import type { Box } from "./layout.ts";
import { letStandFor } from "./stands.ts";

/** A box to draw, with up to four free numbers for its shader. */
export interface Placed extends Box {
  readonly extra?: readonly [number, number?, number?, number?];
  /** What it stands for, where it is more than scenery. */
  readonly asset?: AssetRef;
}

/** Sphere around all boxes; instanced geometry cannot work out its own bounds. */
const boundsOf = (boxes: readonly Box[]): Sphere => {
  const low = new Vector3(Infinity, Infinity, Infinity);
  const high = new Vector3(-Infinity, -Infinity, -Infinity);
  const corner = new Vector3();
  for (const box of boxes) {
    const reach = Math.hypot(box.width, box.depth) / 2;
    low.min(corner.set(box.x - reach, box.y, box.z - reach));
    high.max(corner.set(box.x + reach, box.y + box.height, box.z + reach));
  }
  if (boxes.length === 0) return new Sphere(new Vector3(), 0);
  const centre = low.clone().add(high).multiplyScalar(0.5);
  return new Sphere(centre, centre.distanceTo(high));
};

/**
 * One draw for many boxes of one kit: attributes `iPose` (x, y, z, yaw), `iSize` (width, height, depth), `iExtra`.
 */
export const instancesOf = (
  kit: BufferGeometry,
  boxes: readonly Placed[],
  material: Material,
): Mesh<InstancedBufferGeometry> => {
  const geometry = new InstancedBufferGeometry();
  geometry.index = kit.index;
  for (const [name, attribute] of Object.entries(kit.attributes)) geometry.setAttribute(name, attribute);
  const pose = new Float32Array(boxes.length * 4);
  const size = new Float32Array(boxes.length * 3);
  const extra = new Float32Array(boxes.length * 4);
  boxes.forEach((box, i) => {
    pose.set([box.x, box.y, box.z, box.yaw], i * 4);
    size.set([box.width, box.height, box.depth], i * 3);
    if (box.extra)
      extra.set(
        box.extra.map((n) => n ?? 0),
        i * 4,
      );
  });
  geometry.setAttribute("iPose", new InstancedBufferAttribute(pose, 4));
  geometry.setAttribute("iSize", new InstancedBufferAttribute(size, 3));
  geometry.setAttribute("iExtra", new InstancedBufferAttribute(extra, 4));
  geometry.instanceCount = boxes.length;
  geometry.boundingSphere = boundsOf(boxes);
  const mesh = new Mesh(geometry, material);
  mesh.matrixAutoUpdate = false;
  mesh.userData["sifts"] = true;
  if (boxes.some(({ asset }) => asset)) letStandFor(mesh, (instance) => boxes[instance]?.asset ?? null);
  mesh.visible = boxes.length > 0;
  return mesh;
};

/** Instances that a draw of everything visible below `root` shows. */
export const instancesIn = (root: Object3D): number => {
  let count = 0;
  root.traverseVisible((object) => {
    const geometry = (object as Mesh).geometry as InstancedBufferGeometry | undefined;
    if (geometry?.isInstancedBufferGeometry) count += geometry.instanceCount;
  });
  return count;
};

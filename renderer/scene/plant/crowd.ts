import {
  BufferAttribute,
  BufferGeometry,
  type InstancedBufferGeometry,
  type Material,
  type Mesh,
} from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import { letBeKits } from "#renderer/scene/campus/kitShape.ts";

/** A thing of plant to draw: which kit of its crowd, where, and whose. */
export interface Member extends Placed {
  /** Index of its kit, 0 when absent. */
  readonly kit?: number;
  /** sRGB of parts that take a tint. */
  readonly tint?: number;
  /** Row of the building it stands on or hangs on: it goes when that is cut away below it. */
  readonly on?: number;
  /** True for what belongs to the shell: it goes when the building opens. */
  readonly isSkin?: boolean;
  readonly seed?: number;
}

/** Several kits in one geometry; `aKit` tells whose each vertex is, so that one draw serves them all. */
const together = (kits: readonly BufferGeometry[]): BufferGeometry => {
  const geometry = new BufferGeometry();
  for (const name of ["position", "normal", "aColor", "aFinish", "aSpot"]) {
    const parts = kits.map((kit) => kit.getAttribute(name));
    const items = parts[0]!.itemSize;
    const array = new Float32Array(parts.reduce((sum, part) => sum + part.count * items, 0));
    let at = 0;
    for (const part of parts) {
      array.set(part.array as Float32Array, at);
      at += part.count * items;
    }
    geometry.setAttribute(name, new BufferAttribute(array, items));
  }
  const kit = kits.flatMap((each, i) => Array.from({ length: each.getAttribute("position").count }, () => i));
  geometry.setAttribute("aKit", new BufferAttribute(new Float32Array(kit), 1));
  return geometry;
};

/**
 * One draw for the members of a few kits: iExtra = ±(1 + building), negative for what goes with the shell; tint, 0 for
 * none; kit; seed.
 */
export const crowd = (
  kits: readonly BufferGeometry[],
  members: readonly Member[],
  material: Material,
): Mesh<InstancedBufferGeometry> => {
  const mesh = instancesOf(
    together(kits),
    members.map((m) => ({
      ...m,
      extra: [(m.isSkin ? -1 : 1) * ((m.on ?? -1) + 1), m.tint ?? 0, m.kit ?? 0, m.seed ?? 0] as const,
    })),
    material,
  );
  letBeKits(mesh, { kits, members });
  return mesh;
};

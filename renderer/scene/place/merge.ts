import { BufferAttribute, BufferGeometry, Color } from "three";
import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Box } from "#renderer/scene/campus/layout.ts";

/** A thing that stands somewhere: one of a list of kits, in metres. Its box is what it throws a shadow with. */
export interface Thing extends Box {
  readonly kit: number;
  /** sRGB of parts that are black in the kit. */
  readonly tint?: number;
}

/**
 * Many things of a few kits as one geometry in world metres: one draw that works on no vertex in vain. It is drawn as
 * the one instance `everywhere`.
 */
export const merged = (kits: readonly BufferGeometry[], things: readonly Thing[]): BufferGeometry => {
  const columns = ["position", "normal", "aColor", "aFinish"] as const;
  const parts = kits.map((kit) =>
    Object.fromEntries(columns.map((name) => [name, kit.getAttribute(name).array as Float32Array])),
  );
  const count = things.reduce((sum, { kit }) => sum + parts[kit]!["aFinish"]!.length, 0);
  const [position, normal, color] = [0, 0, 0].map(() => new Float32Array(count * 3)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const finish = new Float32Array(count);
  const tint = new Color();
  let at = 0;
  for (const thing of things) {
    const part = parts[thing.kit]!;
    const [from, facing, paint] = [part["position"]!, part["normal"]!, part["aColor"]!];
    const [c, s] = [Math.cos(thing.yaw), Math.sin(thing.yaw)];
    tint.set(thing.tint ?? 0x8a9095);
    const own = part["aFinish"]!.length;
    for (let i = 0; i < own; i++) {
      const j = (at + i) * 3;
      const k = i * 3;
      position[j] = thing.x + from[k]! * c - from[k + 2]! * s;
      position[j + 1] = thing.y + from[k + 1]!;
      position[j + 2] = thing.z + from[k]! * s + from[k + 2]! * c;
      normal[j] = facing[k]! * c - facing[k + 2]! * s;
      normal[j + 1] = facing[k + 1]!;
      normal[j + 2] = facing[k]! * s + facing[k + 2]! * c;
      const isTinted = paint[k]! + paint[k + 1]! + paint[k + 2]! === 0;
      color[j] = isTinted ? tint.r : paint[k]!;
      color[j + 1] = isTinted ? tint.g : paint[k + 1]!;
      color[j + 2] = isTinted ? tint.b : paint[k + 2]!;
    }
    finish.set(part["aFinish"]!, at);
    at += own;
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(position, 3));
  geometry.setAttribute("normal", new BufferAttribute(normal, 3));
  geometry.setAttribute("aColor", new BufferAttribute(color, 3));
  geometry.setAttribute("aFinish", new BufferAttribute(finish, 1));
  return geometry;
};

/** What a merged geometry is placed by. */
export const everywhere: Placed = {
  x: 0,
  y: 0,
  z: 0,
  yaw: 0,
  width: 1,
  height: 1,
  depth: 1,
  extra: [0, 0, 0, 0],
};

import { BufferAttribute, BufferGeometry } from "three";
import { KitShape } from "#renderer/scene/campus/kitShape.ts";
import type { Box } from "#renderer/scene/campus/layout.ts";
import { BoxRay } from "#renderer/scene/campus/rayBox.ts";
import { bladeOffset, shaftTilt, TurbinePart } from "./turbineKit.ts";

/** How a rotor stands: angle of its first blade, yaw of the nacelle, pitch of the blades, radians. */
export interface Standing {
  readonly angle: number;
  readonly yaw: number;
  readonly pitch: number;
}

const third = (Math.PI * 2) / 3;

const smoothstep = (low: number, high: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

/** Triangles of one part of the kit, of the first blade where it is blades. Row-major, corners × 3. */
const cornersOf = (kit: BufferGeometry, part: number): Float32Array => {
  const [position, parts, blade] = ["position", "aPart", "aBlade"].map((name) => kit.getAttribute(name)) as [
    BufferAttribute,
    BufferAttribute,
    BufferAttribute,
  ];
  const index = kit.index!.array;
  const found: number[] = [];
  for (const at of index)
    if (parts.getX(at) === part && blade.getX(at) === 0)
      found.push(position.getX(at), position.getY(at), position.getZ(at));
  return Float32Array.from(found);
};

const shapeOf = (corners: Float32Array): KitShape => {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(corners, 3));
  return new KitShape(geometry);
};

/** As the shader keeps a blade seen from afar: two pixels at each place of its span. `least`: of the radius. */
const widened = (corners: Float32Array, least: number): Float32Array => {
  const wide = corners.slice();
  for (let i = 0; i < wide.length; i += 3) {
    const span = wide[i + 1]!;
    const chord = 0.06 + (0.014 - 0.06) * smoothstep(0.15, 1, span);
    const here = least * (1 - 0.35 * smoothstep(0.9, 1, span));
    const lean = 0.022 * span * span;
    wide[i] = wide[i]! * Math.max(1, here / chord);
    wide[i + 2] = (wide[i + 2]! + lean) * Math.max(1, here / (chord * 0.22)) - lean;
  }
  return wide;
};

/** A wind turbine as its vertex shader draws it, blades where they stand now, met by a ray. */
export class TurbineShape {
  readonly #tower: KitShape;
  readonly #nacelle: KitShape;
  readonly #hub: KitShape;
  readonly #bladeCorners: Float32Array;
  #blade: KitShape;
  #least = 0;
  readonly #ray = new BoxRay();

  constructor(kit: BufferGeometry) {
    this.#tower = shapeOf(cornersOf(kit, TurbinePart.tower));
    this.#nacelle = shapeOf(cornersOf(kit, TurbinePart.nacelle));
    this.#hub = shapeOf(cornersOf(kit, TurbinePart.hub));
    this.#bladeCorners = cornersOf(kit, TurbinePart.blade);
    this.#blade = shapeOf(this.#bladeCorners);
  }

  /** @param box foot of the tower; its height is the hub's, its width the rotor's radius, m */
  distance(ray: BoxRay, box: Box, { angle, yaw, pitch }: Standing): number {
    const { x, y, z, width: radius, height: hub } = box;
    const tower = { x, y, z, yaw: 0, width: hub, height: hub, depth: hub };
    const head = { x, y: y + hub, z, yaw, width: radius, height: radius, depth: radius };
    let best = Math.min(this.#tower.distance(ray, tower), this.#nacelle.distance(ray, head));
    const own = { ...head, x: 0, y: 0, z: 0, yaw: 0 };
    this.#towardsShaft(ray, head);
    best = Math.min(best, this.#hub.distance(this.#ray, own));
    this.#widen((Math.hypot(ray.ox - x, ray.oy - y, ray.oz - z) * 0.0013) / radius);
    const shaft = this.#ray;
    shaft.oz += bladeOffset * radius;
    const { ox, oy, oz, dx, dy, dz } = shaft;
    for (let blade = 0; blade < 3; blade++) {
      [shaft.ox, shaft.oy] = turnedBack(ox, oy, angle + blade * third);
      [shaft.dx, shaft.dy] = turnedBack(dx, dy, angle + blade * third);
      [shaft.ox, shaft.oz] = turnedBack(shaft.ox, oz, pitch);
      [shaft.dx, shaft.dz] = turnedBack(shaft.dx, dz, pitch);
      best = Math.min(best, this.#blade.distance(shaft, own));
    }
    return best;
  }

  /** The ray in axes of the shaft, which leans back: x across, y up along it, z behind it; from the tower's top. */
  #towardsShaft(ray: BoxRay, { x, y, z, yaw }: Box): void {
    const own = this.#ray;
    const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
    const [px, pz] = [ray.ox - x, ray.oz - z];
    own.ox = px * c + pz * s;
    own.dx = ray.dx * c + ray.dz * s;
    [own.oz, own.oy] = turnedBack(pz * c - px * s, ray.oy - y, -shaftTilt);
    [own.dz, own.dy] = turnedBack(ray.dz * c - ray.dx * s, ray.dy, -shaftTilt);
  }

  #widen(least: number): void {
    if (Math.abs(least - this.#least) <= this.#least * 0.005) return;
    this.#least = least;
    this.#blade = shapeOf(widened(this.#bladeCorners, least));
  }
}

/** Undoes the shader's `rotated(v, a)`. */
const turnedBack = (x: number, y: number, a: number): [number, number] => {
  const [c, s] = [Math.cos(a), Math.sin(a)];
  return [x * c + y * s, y * c - x * s];
};

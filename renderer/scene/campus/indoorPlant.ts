import {
  type BufferGeometry,
  DynamicDrawUsage,
  Group,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  ShaderMaterial,
} from "three";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { coolantUnit, dryTransformer, fanWall, upsRow } from "./indoorKits.ts";
import { opening } from "./opening.ts";

/** Classes that stand in rooms, beside racks; each is one draw. */
export const indoorClasses = ["crah", "cdu", "ups", "transformer"] as const satisfies readonly ClassName[];

const kits: Readonly<Record<(typeof indoorClasses)[number], () => BufferGeometry>> = {
  crah: fanWall,
  cdu: coolantUnit,
  ups: upsRow,
  transformer: dryTransformer,
};

const vertex = /* glsl */ `
attribute vec3 aColor;
attribute float aFinish;
attribute vec4 iPose;
attribute vec3 iSize;
uniform float uFlat;
uniform vec4 uClip;
varying vec3 vColor;
varying vec3 vNormal;
varying float vHeight;
flat varying float vFinish;
${place}
${opening}
void main() {
  float shown = uFlat * step(iPose.y, cutOf(uFocus) - 0.5) * step(dot(iPose.xyz, uClip.xyz), uClip.w);
  vec3 local = position * iSize;
  vColor = aColor;
  vFinish = aFinish;
  vHeight = local.y;
  vNormal = turned(normalize(normal / iSize), iPose.w);
  vec3 world = iPose.xyz + turned(local * vec3(1.0, shown, 1.0) * step(0.01, shown), iPose.w);
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
`;

/** Even light of a hall, the same by day and night; as calm as the racks' own bodies, and no colour of its own. */
const fragment = /* glsl */ `
varying vec3 vColor;
varying vec3 vNormal;
varying float vHeight;
flat varying float vFinish;
void main() {
  vec3 n = normalize(vNormal);
  float light = 0.25 + 0.15 * max(n.y, 0.0) + 0.10 * abs(n.z) + 0.05 * n.x;
  light *= 0.75 + 0.25 * smoothstep(0.0, 0.8, vHeight);
  vec3 colour = vColor;
  if (vFinish > 2.5) {
    float at = vHeight / 0.07;
    float slat = 0.45 + 0.55 * smoothstep(0.2, 0.45, abs(fract(at) - 0.5));
    colour *= mix(slat, 0.72, smoothstep(0.25, 0.6, fwidth(at)));
  }
  gl_FragColor = vec4(colour * light, 1.0);
  #include <colorspace_fragment>
}
`;

/** Fan walls, coolant units, power supplies and transformers of the storey or building in view. */
export class IndoorPlant {
  readonly root = new Group();
  readonly #twin: Twin;
  readonly #meshes: readonly Mesh<InstancedBufferGeometry>[];
  #shown: AssetRef | null = null;

  /** @param uniforms those that open buildings, `uFlat` and `uClip` of the racks. */
  constructor(twin: Twin, uniforms: Record<string, IUniform>) {
    this.#twin = twin;
    const material = new ShaderMaterial({
      uniforms,
      vertexShader: vertex,
      fragmentShader: fragment,
    });
    this.#meshes = indoorClasses.map((className) => {
      const mesh = new Mesh(plantGeometry(kits[className](), mostOf(twin, className)), material);
      mesh.name = className;
      mesh.matrixAutoUpdate = false;
      mesh.frustumCulled = false;
      mesh.renderOrder = 90;
      mesh.visible = false;
      return mesh;
    });
    this.root.add(...this.#meshes);
    this.root.visible = false;
  }

  /** Shows the plant below this storey or building and no other; null for none. Called when the focus changed. */
  show(below: AssetRef | null): void {
    this.root.visible = below !== null;
    if (!below || (below.className === this.#shown?.className && below.row === this.#shown.row)) return;
    this.#shown = below;
    const rooms = this.#twin.rangeBelow(below, "room");
    for (let i = 0; i < indoorClasses.length; i++) {
      const { geometry } = this.#meshes[i]!;
      let count = 0;
      for (let room = rooms?.[0] ?? 0; room < (rooms?.[1] ?? 0); room++)
        count = this.#place(geometry, [indoorClasses[i]!, room], count);
      geometry.instanceCount = count;
      this.#meshes[i]!.visible = count > 0;
      for (const [name, items] of instanceAttributes) {
        const attribute = geometry.getAttribute(name) as InstancedBufferAttribute;
        attribute.clearUpdateRanges();
        attribute.addUpdateRange(0, count * items);
        attribute.needsUpdate = true;
      }
    }
  }

  /** Puts a class's plant of one room after `count` others. @returns how many there are now. */
  #place(
    geometry: InstancedBufferGeometry,
    [className, room]: readonly [ClassName, number],
    count: number,
  ): number {
    const range = this.#twin.rangeBelow({ className: "room", row: room }, className);
    if (!range) return count;
    const table = this.#twin.table(className);
    const pose = geometry.getAttribute("iPose").array as Float32Array;
    const size = geometry.getAttribute("iSize").array as Float32Array;
    for (let row = range[0]; row < range[1]; row++) {
      const at = count + row - range[0];
      pose[at * 4] = table.pose[row * 4]!;
      pose[at * 4 + 1] = table.pose[row * 4 + 2]!;
      pose[at * 4 + 2] = -table.pose[row * 4 + 1]!;
      pose[at * 4 + 3] = (table.pose[row * 4 + 3]! * Math.PI) / 180;
      size[at * 3] = table.size[row * 3]!;
      size[at * 3 + 1] = table.size[row * 3 + 2]!;
      size[at * 3 + 2] = table.size[row * 3 + 1]!;
    }
    return count + range[1] - range[0];
  }
}

const instanceAttributes = [
  ["iPose", 4],
  ["iSize", 3],
] as const;

/** Most plant of a class that one building holds: what its buffers have room for. */
const mostOf = (twin: Twin, className: ClassName): number => {
  let most = 0;
  for (let row = 0; row < twin.table("building").count; row++) {
    const range = twin.rangeBelow({ className: "building", row }, className);
    if (range) most = Math.max(most, range[1] - range[0]);
  }
  return most;
};

const plantGeometry = (kit: BufferGeometry, capacity: number): InstancedBufferGeometry => {
  const geometry = new InstancedBufferGeometry();
  for (const [name, attribute] of Object.entries(kit.attributes)) geometry.setAttribute(name, attribute);
  for (const [name, items] of instanceAttributes) {
    const attribute = new InstancedBufferAttribute(new Float32Array(capacity * items), items);
    geometry.setAttribute(name, attribute.setUsage(DynamicDrawUsage));
  }
  geometry.instanceCount = 0;
  return geometry;
};

import {
  type BufferGeometry,
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
import { boxOf } from "./layout.ts";
import { type OpenUniforms, opening } from "./shells.ts";

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
varying vec3 vColor;
varying vec3 vNormal;
varying float vHeight;
flat varying float vFinish;
${place}
${opening}
void main() {
  float shown = uFlat * step(iPose.y, cutOf(uFocus) - 0.5);
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

  constructor(twin: Twin, open: OpenUniforms, flat: IUniform<number>) {
    this.#twin = twin;
    const material = new ShaderMaterial({
      uniforms: { ...open, uFlat: flat },
      vertexShader: vertex,
      fragmentShader: fragment,
    });
    this.#meshes = indoorClasses.map((className) => {
      const mesh = new Mesh(new InstancedBufferGeometry(), material);
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
    indoorClasses.forEach((className, i) => {
      const mesh = this.#meshes[i]!;
      const rows = this.#rowsBelow(below, className);
      mesh.visible = rows.length > 0;
      if (!mesh.visible) return;
      mesh.geometry.dispose();
      mesh.geometry = this.#geometry(className, rows);
    });
  }

  /** Rows that stand in a room: a class may have others outdoors. */
  #rowsBelow(below: AssetRef, className: ClassName): number[] {
    const rooms = this.#twin.rangeBelow(below, "room");
    const found: number[] = [];
    for (let room = rooms?.[0] ?? 0; room < (rooms?.[1] ?? 0); room++) {
      const range = this.#twin.rangeBelow({ className: "room", row: room }, className);
      for (let row = range?.[0] ?? 0; row < (range?.[1] ?? 0); row++) found.push(row);
    }
    return found;
  }

  #geometry(className: (typeof indoorClasses)[number], rows: readonly number[]): InstancedBufferGeometry {
    const table = this.#twin.table(className);
    const kit = kits[className]();
    const geometry = new InstancedBufferGeometry();
    for (const [name, attribute] of Object.entries(kit.attributes)) geometry.setAttribute(name, attribute);
    const pose = new Float32Array(rows.length * 4);
    const size = new Float32Array(rows.length * 3);
    rows.forEach((row, i) => {
      const box = boxOf(table, row);
      pose.set([box.x, box.y, box.z, box.yaw], i * 4);
      size.set([box.width, box.height, box.depth], i * 3);
    });
    geometry.setAttribute("iPose", new InstancedBufferAttribute(pose, 4));
    geometry.setAttribute("iSize", new InstancedBufferAttribute(size, 3));
    geometry.instanceCount = rows.length;
    return geometry;
  }
}

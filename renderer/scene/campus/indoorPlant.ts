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
import { type CampusState, cellOf } from "#renderer/data/state.ts";
import { clearing } from "#renderer/scene/inside/clearing.glsl.ts";
import { hallLight } from "#renderer/scene/inside/hallLight.glsl.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { coolantUnit, dryTransformer, fanWall, upsRow } from "./indoorKits.ts";
import { opening } from "./opening.ts";
import { letStandFor } from "./stands.ts";

/** Classes that stand in rooms, beside racks; each is one draw. */
export const indoorClasses = ["crah", "cdu", "ups", "transformer"] as const satisfies readonly ClassName[];

/** Kits of indoor plant by class; each fills its asset's box. */
export const indoorKits: Readonly<Record<(typeof indoorClasses)[number], () => BufferGeometry>> = {
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
attribute float iTurn;
uniform float uFlat;
varying vec3 vColor;
varying vec3 vNormal;
varying vec3 vWorld;
varying vec2 vFan;
varying float vHeight;
flat varying float vFinish;
flat varying float vTurn;
${clearing}
${place}
${opening}
void main() {
  float shown = uFlat * keptOf(uFocus, iPose.y) * clearOf(iPose.xyz);
  vec3 local = position * iSize;
  vFan = position.xy;
  vTurn = max(iTurn, 0.0);
  vColor = aColor;
  vFinish = aFinish;
  vHeight = local.y;
  vNormal = turned(normalize(normal / iSize), iPose.w);
  vec3 world = iPose.xyz + turned(local * vec3(1.0, shown, 1.0) * step(0.01, shown), iPose.w);
  vWorld = world;
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
`;

/** Even light of a hall; no colour of its own. Fans turn at their measured speed and stand still where it is not known. */
const fragment = /* glsl */ `
uniform vec2 uTime;
uniform float uXray;
varying vec3 vColor;
varying vec3 vNormal;
varying vec3 vWorld;
varying vec2 vFan;
varying float vHeight;
flat varying float vFinish;
flat varying float vTurn;
${hallLight}
void main() {
  vec3 n = normalize(vNormal);
  float light = hallLight(n, vHeight);
  vec3 toEye = normalize(cameraPosition - vWorld);
  float glint = 0.10 * pow(max(dot(n, normalize(vec3(0.1, 1.0, 0.2) + toEye)), 0.0), 12.0);
  vec3 colour = vColor;
  if (vFinish > 3.5) {
    // A rotor behind its guard: five swept blades, a hub, rings of wire.
    vec2 cell = vec2(vFan.x < 0.0 ? -0.25 : 0.25, vFan.y < 0.515 ? 0.28 : 0.75);
    vec2 p = (vFan - cell) / vec2(0.19, 0.174);
    float r = length(p);
    float angle = atan(p.y, p.x) / 6.2831853 + r * 0.22;
    float blade = abs(fract(angle * 5.0 - uTime.x * vTurn * 3.5) - 0.5);
    float px = fwidth(p.x) + fwidth(p.y);
    float shape = smoothstep(0.30 + px, 0.30 - px, blade) * smoothstep(0.98, 0.94, r);
    colour = mix(vec3(0.045), vec3(0.20, 0.215, 0.235) * (0.7 + 0.6 * blade), shape);
    colour = mix(colour, vec3(0.30, 0.315, 0.335), smoothstep(0.24 + px, 0.24 - px, r));
    float wire = 1.0 - smoothstep(0.0, 0.02 + px, abs(fract(r * 6.0) - 0.5) / 6.0);
    colour = mix(colour, vec3(0.36), 0.45 * wire * (1.0 - smoothstep(0.03, 0.12, px)));
    light = 0.9;
  } else if (vFinish > 2.5) {
    float at = vHeight / 0.07;
    float slat = 0.45 + 0.55 * smoothstep(0.2, 0.45, abs(fract(at) - 0.5));
    colour *= mix(slat, 0.72, smoothstep(0.25, 0.6, fwidth(at)));
  }
  colour = colour * light + glint;
  // By X-ray: the same machine in cool shade, its upper edges and grazed faces in a rim of light.
  float graze = pow(1.0 - abs(dot(n, toEye)), 3.0);
  vec3 ghost = colour * vec3(0.40, 0.50, 0.62) + vec3(0.040, 0.060, 0.085) + vec3(0.16, 0.22, 0.29) * (0.8 * graze + 0.45 * max(n.y, 0.0));
  gl_FragColor = vec4(mix(colour, ghost, uXray), 1.0);
}
`;

/** Fan walls, coolant units, power supplies and transformers of the storey or building in view. */
export class IndoorPlant {
  readonly root = new Group();
  readonly #twin: Twin;
  readonly #meshes: readonly Mesh<InstancedBufferGeometry>[];
  #shown: AssetRef | null = null;
  /** Row of each fan wall drawn. Shape: instances. */
  #fans: Int32Array = new Int32Array(0);
  readonly #waitedMs = new Float64Array([sampleMs]);
  turning = false;
  /** Rows drawn, per class. */
  readonly #rows: number[][] = indoorClasses.map(() => []);

  /** @param uniforms those that open buildings, `uFlat` and `uClip` of the racks. */
  constructor(twin: Twin, uniforms: Record<string, IUniform>) {
    this.#twin = twin;
    const material = new ShaderMaterial({
      uniforms,
      vertexShader: vertex,
      fragmentShader: fragment,
    });
    this.#meshes = indoorClasses.map((className, i) => {
      const mesh = new Mesh(plantGeometry(indoorKits[className](), mostOf(twin, className)), material);
      mesh.name = className;
      mesh.matrixAutoUpdate = false;
      mesh.frustumCulled = false;
      mesh.renderOrder = -21;
      mesh.visible = false;
      letStandFor(mesh, (instance) => ({ className, row: this.#rows[i]![instance]! }));
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
    const fans = this.#twin.rangeBelow(below, "crah") ?? [0, 0];
    this.#fans = Int32Array.from({ length: fans[1] - fans[0] }, (_, i) => fans[0] + i);
    this.#waitedMs[0] = sampleMs;
    for (let i = 0; i < indoorClasses.length; i++) {
      const { geometry } = this.#meshes[i]!;
      let count = 0;
      this.#rows[i] = [];
      for (let room = rooms?.[0] ?? 0; room < (rooms?.[1] ?? 0); room++) {
        count = this.#place(geometry, [indoorClasses[i]!, room], count);
        const own = this.#twin.rangeBelow({ className: "room", row: room }, indoorClasses[i]!) ?? [0, 0];
        for (let row = own[0]; row < own[1]; row++) this.#rows[i]!.push(row);
      }
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

  /** Reads the fans' speeds, a few times a second. @param numbers of the frame (HallsFrame) */
  frame(state: CampusState, numbers: Float64Array): void {
    const waited = this.#waitedMs;
    waited[0]! += numbers[3]!;
    if (!this.root.visible || waited[0]! < sampleMs) return;
    waited[0] = 0;
    const attribute = this.#meshes[0]!.geometry.getAttribute("iTurn") as InstancedBufferAttribute;
    const turn = attribute.array as Float32Array;
    const fans = state.of("crah");
    let changed = false;
    this.turning = false;
    for (let i = 0; i < this.#fans.length; i++) {
      const cell = cellOf(fans, this.#fans[i]!, speedColumn);
      const speed = isUsable(fans.status[cell]!) ? Math.round(fans.value[cell]! / 5) / 20 : -1;
      if (speed > 0) this.turning = true;
      if (turn[i] === speed) continue;
      turn[i] = speed;
      changed = true;
    }
    if (changed) attribute.needsUpdate = true;
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
  ["iTurn", 1],
] as const;

/** Speeds are read this often at most, ms. */
const sampleMs = 250;
const speedColumn = metricIndex("crah", "fanSpeed");

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

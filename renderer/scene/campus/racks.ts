import {
  BoxGeometry,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  NoBlending,
  ShaderMaterial,
  Sphere,
  Vector3,
  Vector4,
} from "three";
import { clearing } from "#renderer/scene/inside/clearing.glsl.ts";
import { rackFace } from "#renderer/scene/inside/rackFace.glsl.ts";
import { rackAttributes, rackInstance } from "#renderer/scene/inside/rackInstance.glsl.ts";
import { SlotLayouts } from "#renderer/scene/inside/slotTexture.ts";
import { dataSurface } from "#renderer/scene/shader/data.glsl.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import type { AssetTable } from "#twins/model/twin.ts";
import { type OpenUniforms, opening } from "./opening.ts";
import { letStandFor } from "./stands.ts";

const vertex = /* glsl */ `
invariant gl_Position;
${rackInstance}
uniform float uFlat;
varying vec2 vUv;
varying float vDistance;
flat varying vec2 vFaceSize;
flat varying vec3 vDatum;
flat varying vec3 vFace;
flat varying vec2 vFill;
flat varying float vLit;
#ifndef FRUGAL
flat varying vec3 vEye;
#endif
uniform float uLitRow;
${clearing}
${place}
${opening}
void main() {
  Datum datum = rackDatum();
  vDatum = vec3(datum.t, datum.look, datum.origin);
  vUv = uv;
  vFace = normal;
  vFill = iRows.zw;
  vLit = uLitRow < 0.0 ? 1.0 : abs(iRows.x - uLitRow) < 0.5 ? 1.42 : 0.82;
  vFaceSize = abs(normal.y) > 0.5 ? iSize.xz : abs(normal.x) > 0.5 ? iSize.zy : iSize.xy;
  float shown = uFlat * keptOf(uFocus, iPose.y) * clearOf(iPose.xyz);
  vec3 world = iPose.xyz + turned((position + vec3(0.0, 0.5, 0.0)) * iSize * vec3(1.0, shown, 1.0) * step(0.01, shown), iPose.w);
  vDistance = distance(world, cameraPosition);
  #ifndef FRUGAL
  // The eye as the face has it: along it, up from its middle, before it.
  vec3 eye = turned(cameraPosition - iPose.xyz, -iPose.w);
  vEye = vec3(eye.x, eye.y - iSize.y * 0.5, abs(eye.z) - iSize.z * 0.5);
  #endif
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
`;

const fragment = /* glsl */ `
uniform float uInherited;
uniform float uXray;
varying vec2 vUv;
varying float vDistance;
flat varying vec2 vFaceSize;
flat varying vec3 vDatum;
flat varying vec3 vFace;
flat varying vec2 vFill;
flat varying float vLit;
#ifndef FRUGAL
flat varying vec3 vEye;
#endif
${dataSurface}
${rackFace}
void main() {
  vec2 p = (vUv - 0.5) * vFaceSize;
  if (abs(vFace.x) > 0.5) {
    vec2 rim = vFaceSize * 0.5 - abs(p);
    float panel = lineAt(min(rim.x, rim.y) - 0.05, 0.004, fwidth(p.x) + fwidth(p.y));
    gl_FragColor = vec4(steel * (0.85 + 1.15 * vUv.y * vUv.y) * (1.0 - 0.45 * panel), 1.0);
    return;
  }
  bool upright = abs(vFace.y) < 0.5;
  // Strips are too thin for ticks at their rim: an upright face says by notches that its value is simulated.
  vec3 colour = dataSurface(vDatum.x, vDatum.y, upright ? 0.0 : vDatum.z, uInherited, vUv, vFaceSize);
  vec3 drawn;
  if (vFace.y < -0.5) drawn = steel;
  else if (!upright) drawn = uXray > 0.5 ? roofLit(colour, p, vFaceSize) : rackRoof(colour, p, vFaceSize);
  else {
    vec3 noted = colour * (1.0 - 0.62 * step(3.5, vDatum.z) * notches(p, vFaceSize, fwidth(p.y)));
    if (uXray > 0.5) drawn = rackLit(noted, p, vFaceSize);
    else if (vFace.z < 0.0) drawn = rackFront(noted, p, vFaceSize, vFill.x, step(2.5, vDatum.y), vDistance);
    else drawn = rackRear(noted, p, vFaceSize, vFill.y, vDistance);
  }
  gl_FragColor = vec4(keepCentre(colour, drawn, p), 1.0);
}
`;

/** A rack reaches no further than this from its pose, m. */
const rackReachM = 3;

/** So much of an aisle is cleared beyond a rack seen near, m. */
const clearM = 9;

/** Racks in a row are drawn this much narrower, so that neighbours stay apart. */
export const gapM = 0.03;

/** Sphere around rack positions. Row-major, racks × 4. */
const around = (pose: Float32Array, count: number): Sphere => {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count * 4; i += 4)
    for (let axis = 0; axis < 3; axis++) {
      const at = pose[i + axis]!;
      if (at < low[axis]!) low[axis] = at;
      if (at > high[axis]!) high[axis] = at;
    }
  const top = new Vector3().fromArray(high);
  const centre = new Vector3().fromArray(low).add(top).multiplyScalar(0.5);
  return new Sphere(centre, centre.distanceTo(top) + rackReachM);
};

/** Racks of the building or storey in view: one draw, whatever the campus holds. */
export class Racks {
  readonly mesh: Mesh<InstancedBufferGeometry>;
  /**
   * Depth of the racks alone, before all else: they are drawn after glass, so that none tints them, and what they hide
   * need not be drawn for that.
   */
  readonly depth: Mesh<InstancedBufferGeometry>;
  /** Plane (normal, offset) in front of which racks are left out: one can be seen across a narrow aisle. */
  readonly clip = new Vector4(0, 0, 0, 1);
  /** Plane across the row beyond which nothing is left out: the aisle shows its depth. */
  readonly beyond = new Vector4(0, 0, 0, 1);
  /** Row of the rack looked at: the metal of all others steps back, their colours stay. −1 for none. */
  readonly #lit: IUniform<number> = { value: -1 };
  readonly #table: AssetTable;
  /** Room of each rack. Shape: racks. */
  readonly #roomOf: Int32Array;
  readonly #layouts: SlotLayouts;
  #start = 0;
  #end = 0;

  constructor(
    { table, roomOf }: { readonly table: AssetTable; readonly roomOf: Int32Array },
    open: OpenUniforms,
    data: Record<string, IUniform>,
  ) {
    this.#table = table;
    this.#roomOf = roomOf;
    this.#layouts = new SlotLayouts(table);
    const material = new ShaderMaterial({
      uniforms: {
        ...open,
        ...data,
        uClip: { value: this.clip },
        uBeyond: { value: this.beyond },
        uLitRow: this.#lit,
        uSlots: { value: this.#layouts.texture },
      },
      vertexShader: vertex,
      fragmentShader: fragment,
      transparent: true,
      blending: NoBlending,
    });
    this.mesh = new Mesh(new InstancedBufferGeometry(), material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.renderOrder = 310;
    this.mesh.visible = false;
    this.depth = new Mesh(
      this.mesh.geometry,
      new ShaderMaterial({
        uniforms: material.uniforms,
        vertexShader: vertex,
        fragmentShader: "void main() {}",
        colorWrite: false,
      }),
    );
    this.depth.matrixAutoUpdate = false;
    this.depth.renderOrder = -30;
    this.mesh.add(this.depth);
    letStandFor(this.mesh, (instance) => ({ className: "rack", row: this.#start + instance }));
  }

  /** Rows shown, [start, end). */
  get range(): readonly [number, number] {
    return [this.#start, this.#end];
  }

  /** Shows these rows and no others; a new range costs one upload of 44 bytes a rack. */
  show(start: number, end: number): void {
    if (start === this.#start && end === this.#end) return;
    this.#start = start;
    this.#end = end;
    const count = end - start;
    const geometry = this.#grown(count);
    const pose = geometry.getAttribute("iPose").array as Float32Array;
    const size = geometry.getAttribute("iSize").array as Float32Array;
    const rows = geometry.getAttribute("iRows").array as Float32Array;
    const table = this.#table;
    const liquid = table.attribute("liquid");
    for (let i = 0; i < count; i++) {
      const row = start + i;
      pose[i * 4] = table.pose[row * 4]!;
      pose[i * 4 + 1] = table.pose[row * 4 + 2]!;
      pose[i * 4 + 2] = -table.pose[row * 4 + 1]!;
      pose[i * 4 + 3] = (table.pose[row * 4 + 3]! * Math.PI) / 180;
      size[i * 3] = table.size[row * 3]! - gapM;
      size[i * 3 + 1] = table.size[row * 3 + 2]!;
      size[i * 3 + 2] = table.size[row * 3 + 1]!;
      rows[i * 4] = row;
      rows[i * 4 + 1] = this.#roomOf[row]!;
      rows[i * 4 + 2] = this.#layouts.of(row);
      rows[i * 4 + 3] = liquid?.[row] ?? 0;
    }
    for (const [name, items] of rackAttributes) {
      const attribute = geometry.getAttribute(name) as InstancedBufferAttribute;
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, count * items);
      attribute.needsUpdate = true;
    }
    geometry.instanceCount = count;
    geometry.boundingSphere = around(pose, count);
  }

  /** Leaves out racks between the eye and the front or back of this one; −1 shows all again. */
  clear(rack: number, eye: Vector3): void {
    this.#lit.value = rack;
    if (rack < 0) {
      this.clip.set(0, 0, 0, 1);
      this.beyond.set(0, 0, 0, 1);
      return;
    }
    const { pose, size } = this.#table;
    const x = pose[rack * 4]!;
    const z = -pose[rack * 4 + 1]!;
    const yaw = (pose[rack * 4 + 3]! * Math.PI) / 180;
    const side = (eye.x - x) * Math.sin(yaw) - (eye.z - z) * Math.cos(yaw) < 0 ? -1 : 1;
    const nx = Math.sin(yaw) * side;
    const nz = -Math.cos(yaw) * side;
    this.clip.set(nx, 0, nz, x * nx + z * nz + size[rack * 3 + 1]! * 0.6);
    // Away from the eye along the row; nearer than this, what stands across the aisle would cover the row itself.
    const along = (eye.x - x) * Math.cos(yaw) + (eye.z - z) * Math.sin(yaw) > 0 ? -1 : 1;
    const ax = Math.cos(yaw) * along;
    const az = Math.sin(yaw) * along;
    this.beyond.set(ax, 0, az, x * ax + z * az + clearM);
  }

  /** True unless `clear` leaves this rack, or plant beside racks, out. */
  isDrawn({ pose }: AssetTable, row: number): boolean {
    const x = pose[row * 4]!;
    const z = -pose[row * 4 + 1]!;
    const { clip, beyond } = this;
    return x * clip.x + z * clip.z <= clip.w || x * beyond.x + z * beyond.z >= beyond.w;
  }

  /** The geometry, with room for `count` racks; buffers only ever grow. */
  #grown(count: number): InstancedBufferGeometry {
    const had = this.mesh.geometry.getAttribute("iPose")?.count ?? 0;
    if (had >= count && had > 0) return this.mesh.geometry;
    this.mesh.geometry.dispose();
    const box = new BoxGeometry(1, 1, 1);
    const geometry = new InstancedBufferGeometry();
    geometry.index = box.index;
    for (const name of ["position", "normal", "uv"]) geometry.setAttribute(name, box.getAttribute(name));
    const capacity = Math.max(1024, 2 ** Math.ceil(Math.log2(Math.max(1, count))));
    for (const [name, items] of rackAttributes) {
      const attribute = new InstancedBufferAttribute(new Float32Array(capacity * items), items);
      attribute.setUsage(DynamicDrawUsage);
      geometry.setAttribute(name, attribute);
    }
    this.mesh.geometry = geometry;
    this.depth.geometry = geometry;
    return geometry;
  }
}

import {
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
  Vector2,
  Vector3,
} from "three";
import { type Air, clearAir } from "#renderer/scene/campus/air.ts";
import { chance } from "#renderer/scene/campus/scatter.ts";
import { finish, light } from "#renderer/scene/shader/light.glsl.ts";

/** Flakes or drops at the hardest fall, and sheets of dust in the thickest storm. */
const [dropCount, sheetCount] = [3200, 84] as const;
/** They repeat in a cube around the eye: near ones in the smaller cube, m. */
const [nearM, farM] = [22, 74] as const;
/** Fall speeds of rain and snow, m/s. */
const [rainSpeed, snowSpeed] = [8.5, 1.25] as const;
/** A larger step of site time is a jump, ms. */
const jumpMs = 60_000;

const dropVertex = /* glsl */ `
attribute vec4 iSeed;
uniform vec3 uFall;
uniform vec3 uSpeed;
uniform float uIsSnow;
varying vec2 vUv;
varying float vSeen;
varying vec3 vWorld;
void main() {
  float box = iSeed.w < 0.5 ? ${nearM}.0 : ${farM}.0;
  vec3 at = iSeed.xyz * box + uFall;
  if (uIsSnow > 0.5) at.xz += sin(uFall.y * vec2(0.9, 1.1) + iSeed.zx * 40.0) * 0.5;
  vec3 world = cameraPosition + (fract((at - cameraPosition) / box) - 0.5) * box;
  vec3 toEye = normalize(cameraPosition - world);
  float size = (iSeed.w < 0.5 ? 1.0 : 2.1) * (0.7 + 0.6 * fract(iSeed.x * 31.0));
  vec3 along = normalize(uSpeed);
  vec3 right = uIsSnow > 0.5 ? normalize(cross(vec3(0.0, 1.0, 0.0), toEye)) : normalize(cross(along, toEye));
  vec3 up = uIsSnow > 0.5 ? cross(toEye, right) : along;
  vec2 half_ = uIsSnow > 0.5 ? vec2(0.050, 0.050) : vec2(0.0055, 0.42);
  vUv = position.xy * 2.0;
  world += (right * position.x * 2.0 * half_.x + up * position.y * 2.0 * half_.y) * size;
  vWorld = world;
  float away = distance(cameraPosition, world);
  vSeen = smoothstep(0.6, 2.5, away) * (1.0 - smoothstep(box * 0.36, box * 0.5, away));
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
`;

const dropFragment = /* glsl */ `
varying vec2 vUv;
varying float vSeen;
varying vec3 vWorld;
uniform float uIsSnow;
${light}
void main() {
  float r = uIsSnow > 0.5 ? length(vUv) : abs(vUv.x);
  float body = uIsSnow > 0.5 ? 1.0 - smoothstep(0.35, 1.0, r) : (1.0 - r) * (1.0 - vUv.y * vUv.y) * 0.42;
  vec3 colour = uIsSnow > 0.5 ? (uSkyLight * 0.95 + uSunLight * 0.35) : uHorizon * 1.25 + uSkyLight * 0.2;
  gl_FragColor = vec4(colour, body * vSeen * (uIsSnow > 0.5 ? 0.86 : 0.6));
  ${finish}
}
`;

const sheetVertex = /* glsl */ `
attribute vec4 iSeed;
varying vec2 vUv;
varying vec3 vWorld;
varying float vSeed;
varying float vSeen;
uniform vec2 uDustDrift;
void main() {
  const float box = 1500.0;
  vec2 at = iSeed.xy * box + uDustDrift * (0.8 + 0.5 * iSeed.z);
  vec2 foot = cameraPosition.xz + (fract((at - cameraPosition.xz) / box) - 0.5) * box;
  vec2 toEye = cameraPosition.xz - foot;
  float away = length(toEye);
  vec2 right = vec2(toEye.y, -toEye.x) / max(away, 1.0);
  float wide = 130.0 + 190.0 * iSeed.z;
  float high = 9.0 + 20.0 * iSeed.w;
  vUv = position.xy + 0.5;
  vSeed = iSeed.z * 7.0 + iSeed.x;
  vWorld = vec3(foot.x + right.x * position.x * wide, vUv.y * high - 0.5, foot.y + right.y * position.x * wide);
  vSeen = smoothstep(45.0, 180.0, away) * (1.0 - smoothstep(520.0, 740.0, away));
  gl_Position = vSeen > 0.0 ? projectionMatrix * viewMatrix * vec4(vWorld, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
`;

const sheetFragment = /* glsl */ `
varying vec2 vUv;
varying vec3 vWorld;
varying float vSeed;
varying float vSeen;
${light}
void main() {
  vec2 drift = uDustDrift / 260.0;
  float body = texture2D(uNoise, vec2(vUv.x * 0.55 + vSeed - drift.x - drift.y, vUv.y * 0.30 + vSeed * 1.7)).r;
  float rim = smoothstep(0.0, 0.25, vUv.x) * smoothstep(1.0, 0.75, vUv.x) * (1.0 - vUv.y) * smoothstep(0.0, 0.1, vUv.y);
  float amount = smoothstep(0.35, 0.85, body) * rim * vSeen * smoothstep(0.15, 0.9, uDust) * 0.85;
  vec3 colour = uHorizon * 1.08 + uSunLight * 0.08;
  gl_FragColor = vec4(colour, amount);
  ${finish}
}
`;

const cards = (count: number, shader: ShaderMaterial): Mesh<InstancedBufferGeometry> => {
  const geometry = new InstancedBufferGeometry();
  const plane = new PlaneGeometry(1, 1);
  geometry.index = plane.index;
  geometry.setAttribute("position", plane.getAttribute("position"));
  const seed = new Float32Array(count * 4);
  for (let i = 0; i < count; i++)
    seed.set([chance(i, 1), chance(i, 2), chance(i, 3), count === dropCount ? i % 2 : chance(i, 4)], i * 4);
  geometry.setAttribute("iSeed", new InstancedBufferAttribute(seed, 4));
  geometry.instanceCount = count;
  const mesh = new Mesh(geometry, shader);
  mesh.frustumCulled = false;
  // After glass and before data surfaces, which cover it: a falling flake never changes a colour that means something.
  mesh.renderOrder = 210;
  mesh.visible = false;
  return mesh;
};

const seeThrough = (
  uniforms: Record<string, IUniform>,
  [vertexShader, fragmentShader]: readonly [string, string],
) => new ShaderMaterial({ uniforms, vertexShader, fragmentShader, transparent: true, depthWrite: false });

/** Rain and snow before the eye, and dust that drifts low: each one draw, and only while the station tells of it. */
export class Fall {
  readonly drops: Mesh<InstancedBufferGeometry>;
  readonly sheets: Mesh<InstancedBufferGeometry>;
  readonly #uFall = { value: new Vector3() };
  readonly #uSpeed = { value: new Vector3(0, -1, 0) };
  readonly #uIsSnow = { value: 0 };
  readonly #shownMs = new Float64Array(1).fill(Number.NaN);
  #air: Air = clearAir;

  constructor(uniforms: Record<string, IUniform>) {
    const own = { uFall: this.#uFall, uSpeed: this.#uSpeed, uIsSnow: this.#uIsSnow };
    this.drops = cards(dropCount, seeThrough({ ...uniforms, ...own }, [dropVertex, dropFragment]));
    this.sheets = cards(sheetCount, seeThrough(uniforms, [sheetVertex, sheetFragment]));
  }

  /** True while something moves here. */
  get isFalling(): boolean {
    return this.drops.visible || this.sheets.visible;
  }

  /** Lets it fall for as long as site time went on. */
  frame({ nowMs }: { readonly nowMs: number }, air: Air): void {
    if (air !== this.#air) this.#take(air);
    const passedMs = nowMs - this.#shownMs[0]!;
    this.#shownMs[0] = nowMs;
    if (!this.drops.visible) return;
    const seconds = passedMs >= 0 && passedMs < jumpMs ? passedMs / 1000 : 0;
    // Both cubes repeat after this many metres: the number stays small for ever.
    const at = this.#uFall.value.addScaledVector(this.#uSpeed.value, seconds);
    const again = nearM * farM;
    at.set(at.x % again, at.y % again, at.z % again);
  }

  #take(air: Air): void {
    this.#air = air;
    const hard = Math.max(air.rain, air.snowfall);
    const isSnow = air.snowfall > 0;
    this.drops.visible = hard > 0.005;
    this.drops.geometry.instanceCount = Math.round(dropCount * Math.min(1, 0.25 + 0.75 * Math.sqrt(hard)));
    this.#uIsSnow.value = isSnow ? 1 : 0;
    this.#uSpeed.value.set(air.windEast * 0.7, isSnow ? -snowSpeed : -rainSpeed, air.windSouth * 0.7);
    this.sheets.visible = air.dust > 0.2 && new Vector2(air.windEast, air.windSouth).length() > 3;
  }
}

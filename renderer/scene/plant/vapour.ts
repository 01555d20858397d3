import {
  BufferAttribute,
  BufferGeometry,
  InstancedBufferAttribute,
  type IUniform,
  type Mesh,
  ShaderMaterial,
  Vector2,
} from "three";
import type { CampusState } from "#renderer/data/state.ts";
import { instancesOf } from "#renderer/scene/campus/instances.ts";
import { type OpenUniforms, opening } from "#renderer/scene/campus/opening.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { Member } from "./crowd.ts";
import type { FanClock } from "./plantMaterial.ts";

/** `coolingMode` of a tower that sprays. */
const wet = 3;
const puffs = 10;
const visibleChange = 0.02;
/** A plume grows and fades in this time, s. */
const fadeSeconds = 8;

/**
 * How much of a plume is seen over a tower that sprays: of what it rejects, more the colder and the damper the air is
 * that takes it up. 0…1.
 * @param load heat rejected / capacity
 */
export const plumeOf = (load: number, airCel: number, humidityPct: number): number => {
  if (!(load > 0)) return 0;
  const seen = Math.min(1, Math.max(0.06, (17 - airCel) / 26 + (humidityPct - 55) / 130));
  return Math.sqrt(Math.min(1, load)) * seen;
};

/** Quads in one geometry: position = corner −1…1 and the puff's share of its life when another is born. */
const puffGeometry = (): BufferGeometry => {
  const position: number[] = [];
  const index: number[] = [];
  for (let i = 0; i < puffs; i++) {
    index.push(...[0, 1, 2, 2, 1, 3].map((corner) => i * 4 + corner));
    for (const y of [-1, 1]) for (const x of [-1, 1]) position.push(x, y, i / puffs);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setIndex(index);
  return geometry;
};

/** iLive = strength before, strength to come, second of the change; iExtra = building + 1, 1 for two fans, 0, seed. */
const vertex = /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
attribute vec3 iLive;
uniform float uSeconds;
uniform vec2 uWind;
varying vec3 vWorld;
varying vec2 vAt;
flat varying vec3 vPuff;
${place}
${opening}
void main() {
  float strength = mix(iLive.x, iLive.y, clamp((uSeconds - iLive.z) / ${fadeSeconds}.0, 0.0, 1.0));
  if (strength < 0.01 || (iExtra.x > 0.5 && isCutAway(iExtra.x - 1.0, iPose.y))) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float life = fract(position.z + uSeconds * 0.085 + iExtra.w);
  float number = floor(position.z * ${puffs}.0 + 0.5);
  float fan = iExtra.y * (mod(number, 2.0) - 0.5) * 0.5;
  vec3 mouth = iPose.xyz + turned(vec3(fan * iSize.x, iSize.y, 0.0), iPose.w);
  float wide = iSize.x * (0.40 + 0.85 * life * (0.6 + strength)) * (1.0 - 0.4 * iExtra.y * (1.0 - life));
  float rise = iSize.y * ((1.4 + 3.0 * strength) * pow(life, 0.8) - 0.1);
  vec3 centre = mouth + vec3(0.0, rise, 0.0) + vec3(uWind.x, 0.0, uWind.y) * life * (0.5 + life) * 3.2;
  centre.xz += (vec2(fract(number * 0.37 + iExtra.w * 5.0), fract(number * 0.71 + iExtra.w * 9.0)) - 0.5) * wide * 0.5 * life;
  vec3 right = vec3(viewMatrix[0][0], viewMatrix[1][0], viewMatrix[2][0]);
  vec3 up = vec3(viewMatrix[0][1], viewMatrix[1][1], viewMatrix[2][1]);
  vWorld = centre + (right * position.x + up * position.y) * wide;
  vAt = position.xy;
  vPuff = vec3(strength * smoothstep(0.0, 0.06, life) * pow(1.0 - life, 1.2), life, number + iExtra.w * 40.0);
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

const fragment = /* glsl */ `
varying vec3 vWorld;
varying vec2 vAt;
flat varying vec3 vPuff;
${light}
${noise}
void main() {
  float r = length(vAt);
  if (r > 1.0) discard;
  float billow = valueNoise(vAt * 1.7 + vPuff.z * 3.1) * 0.65 + valueNoise(vAt * 4.1 - vPuff.y * 1.5 + vPuff.z) * 0.35;
  float body = smoothstep(1.0, 0.15, r + (billow - 0.5) * 0.7);
  float alpha = min(0.66, vPuff.x * 0.95) * body * (1.0 - 0.75 * uRecede);
  // Lit like a ball of mist; the sun shines through its rim.
  vec3 n = normalize(vec3(vAt * 0.6, 0.7).xzy);
  float through = pow(max(dot(normalize(vWorld - cameraPosition), uSunDirection), 0.0), 6.0);
  vec3 colour = litBy(vec3(0.84, 0.86, 0.88), n, 0.75) + uSunLight * 0.35 * through * (1.0 - body * 0.6);
  gl_FragColor = vec4(hazed(colour * (0.9 + 0.2 * billow), vWorld), alpha);
  ${finish}
}
`;

/** Vapour over towers that spray: one draw, nothing drawn where nothing usable says that water is sprayed. */
export class Vapour {
  readonly mesh: Mesh;
  readonly #state: CampusState;
  readonly #live: InstancedBufferAttribute;
  readonly #capacity: Float32Array | undefined;
  readonly #wind = new Vector2();
  readonly #columns = {
    heat: metricIndex("coolingTower", "heat"),
    mode: metricIndex("coolingTower", "coolingMode"),
    air: metricIndex("weatherStation", "airTemperature"),
    humidity: metricIndex("weatherStation", "humidity"),
    speed: metricIndex("weatherStation", "windSpeed"),
    from: metricIndex("weatherStation", "windDirection"),
  };

  constructor(
    state: CampusState,
    towers: readonly Member[],
    uniforms: { readonly sky: SkyUniforms; readonly open: OpenUniforms; readonly clock: FanClock },
  ) {
    this.#state = state;
    this.#capacity = state.twin.table("coolingTower").attribute("capacityKw");
    const material = new ShaderMaterial({
      uniforms: {
        ...uniforms.sky,
        ...uniforms.open,
        ...uniforms.clock,
        uWind: { value: this.#wind },
      } as Record<string, IUniform>,
      vertexShader: vertex,
      fragmentShader: fragment,
      transparent: true,
      depthWrite: false,
    });
    this.mesh = instancesOf(
      puffGeometry(),
      // A plume stands for no tower: a pointer looks through it, as through trees.
      towers.map(({ asset: _, ...tower }) => ({
        ...tower,
        extra: [(tower.on ?? -1) + 1, tower.kit === 1 ? 1 : 0, 0, tower.seed ?? 0] as const,
      })),
      material,
    );
    this.mesh.name = "vapour";
    this.mesh.renderOrder = 150;
    this.mesh.geometry.boundingSphere!.radius += 40;
    this.#live = new InstancedBufferAttribute(new Float32Array(Math.max(1, towers.length) * 3), 3);
    this.mesh.geometry.setAttribute("iLive", this.#live);
    this.mesh.visible = false;
  }

  /** Takes over what towers and the weather station tell; `isFirst` shows it at once, else plumes grow and fade. */
  sample(seconds: number, isFirst: boolean): void {
    const live = this.#live.array as Float32Array;
    const towers = this.#state.of("coolingTower");
    const air = this.#weather(this.#columns.air);
    const humidity = this.#weather(this.#columns.humidity);
    this.#blow();
    let changed = false;
    let most = 0;
    for (let row = 0; row < towers.rows; row++) {
      const strength = this.#strength(row, air, humidity);
      const at = row * 3;
      const before = live[at]!;
      const goal = live[at + 1]!;
      const fading = Math.max(0, 1 - (seconds - live[at + 2]!) / fadeSeconds);
      const shown = goal + (before - goal) * fading;
      most = Math.max(most, strength, fading > 0 ? before : 0, shown);
      if (!isFirst && Math.abs(strength - goal) < visibleChange && strength > 0 === goal > 0) continue;
      live[at] = isFirst ? strength : shown;
      live[at + 1] = strength;
      live[at + 2] = seconds;
      changed = true;
    }
    this.mesh.visible = most > 0.01;
    if (changed) this.#live.needsUpdate = true;
  }

  #strength(row: number, air: number, humidity: number): number {
    const { value, status, columns } = this.#state.of("coolingTower");
    const mode = row * columns + this.#columns.mode;
    const heat = row * columns + this.#columns.heat;
    if (value[mode] !== wet || !isUsable(status[mode]!) || !isUsable(status[heat]!)) return 0;
    const capacity = this.#capacity?.[row] || 5000;
    return Number.isNaN(air + humidity) ? 0 : plumeOf(value[heat]! / capacity, air, humidity);
  }

  #weather(column: number): number {
    const { rows, value, status } = this.#state.of("weatherStation");
    return rows > 0 && isUsable(status[column]!) ? value[column]! : Number.NaN;
  }

  #blow(): void {
    const speed = this.#weather(this.#columns.speed);
    const from = (this.#weather(this.#columns.from) * Math.PI) / 180;
    if (Number.isNaN(speed + from)) this.#wind.set(0, 0);
    else this.#wind.set(-Math.sin(from), Math.cos(from)).multiplyScalar(Math.min(speed, 9) * 0.5);
  }
}

import { getPosition } from "suncalc";
import {
  BackSide,
  Color,
  type IUniform,
  Matrix4,
  Mesh,
  ShaderMaterial,
  SphereGeometry,
  type Texture,
  Vector3,
} from "three";
import { finish, light, noise } from "#renderer/scene/shader/light.glsl.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type Air, clearAir } from "./air.ts";

/** One mood of the sky by altitude of the sun; linear light. */
interface SkyKey {
  /** Degrees above the horizon. */
  readonly altitude: number;
  readonly zenith: number;
  readonly horizon: number;
  /** Warm band towards the sun. */
  readonly glow: number;
  readonly sun: number;
  readonly sunPower: number;
  readonly skyPower: number;
  /** 1 by night: windows and lamps are on. */
  readonly night: number;
}

const keys: readonly SkyKey[] = [
  {
    altitude: -16,
    zenith: 0x0d1a33,
    horizon: 0x27406a,
    glow: 0x05070c,
    sun: 0x9db4e0,
    sunPower: 0.22,
    skyPower: 2.6,
    night: 1,
  },
  {
    altitude: -8,
    zenith: 0x142c58,
    horizon: 0x3f6491,
    glow: 0x4a2a1c,
    sun: 0x9db4e0,
    sunPower: 0.22,
    skyPower: 1.7,
    night: 1,
  },
  {
    altitude: -3,
    zenith: 0x234b88,
    horizon: 0x6b8fb8,
    glow: 0xc05f2c,
    sun: 0xd0b0b8,
    sunPower: 0.5,
    skyPower: 1.8,
    night: 0.95,
  },
  {
    altitude: 1.5,
    zenith: 0x2f62a2,
    horizon: 0x8fa9c0,
    glow: 0xd47a38,
    sun: 0xff9c58,
    sunPower: 2.6,
    skyPower: 1.7,
    night: 0.6,
  },
  {
    altitude: 8,
    zenith: 0x356fb4,
    horizon: 0xa6bfd3,
    glow: 0x8a5c34,
    sun: 0xffc48a,
    sunPower: 3.6,
    skyPower: 1.6,
    night: 0.05,
  },
  {
    altitude: 25,
    zenith: 0x2f70bb,
    horizon: 0xaccae0,
    glow: 0x241c12,
    sun: 0xffead2,
    sunPower: 1.8,
    skyPower: 0.86,
    night: 0,
  },
  {
    altitude: 65,
    zenith: 0x2868b8,
    horizon: 0xa9c8e0,
    glow: 0x100e0a,
    sun: 0xfff6ea,
    sunPower: 1.2,
    skyPower: 0.72,
    night: 0,
  },
];

/** Uniforms shared by all scenery materials. */
export type SkyUniforms = Readonly<Record<string, IUniform>>;

const fragment = /* glsl */ `
varying vec3 vDirection;
${light}
${noise}
void main() {
  vec3 d = normalize(vDirection);
  vec3 colour = skyColour(d);
  float toSun = max(dot(d, uSunDirection), 0.0);
  colour += uSunLight * (smoothstep(0.99993, 0.99997, toSun) * 6.0 + pow(toSun, 350.0) * 0.10 + pow(toSun, 24.0) * 0.035);
  if (d.y > 0.0) {
    vec2 high = d.xz / (d.y + 0.16);
    float streak = fbm(vec2(high.x * 0.9 + high.y * 0.35, high.y * 2.2 - high.x * 0.6));
    float veil = smoothstep(0.52, 0.86, streak) * smoothstep(0.02, 0.22, d.y) * 0.42;
    colour = mix(colour, uHorizon * 1.12 + uGlow * 0.9, veil);
    vec2 cell = floor(d.xz / (1.0 + d.y) * 420.0);
    float star = step(0.9975, hash(cell)) * smoothstep(0.75, 1.0, uNight) * smoothstep(0.05, 0.4, d.y);
    colour += vec3(0.5, 0.55, 0.65) * star * hash(cell + 3.0) * (1.0 - veil * 2.0);
  }
  gl_FragColor = vec4(colour, 1.0);
  ${finish}
}
`;

const luminance = ({ r, g, b }: Color): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** The real sun over the site, the sky it makes, and the light and haze everything else takes from it. */
export class Sky {
  readonly uniforms = {
    uSunDirection: { value: new Vector3(0.3, 0.5, 0.2) },
    uSunLight: { value: new Color() },
    uSkyLight: { value: new Color() },
    uGroundLight: { value: new Color() },
    uZenith: { value: new Color() },
    uHorizon: { value: new Color() },
    uGlow: { value: new Color() },
    uNight: { value: 0 },
    /** How far scenery steps back while shells are glass, 0…1. */
    uRecede: { value: 0 },
    /** 1 / distance at which air has taken 63 %. */
    uHaze: { value: clearAir.haze },
    /** How far snow covers what faces up, and how far rain has wetted it, 0…1. */
    uSnow: { value: 0 },
    uWet: { value: 0 },
    uShadowMap: { value: null as Texture | null },
    uShadowMatrix: { value: new Matrix4() },
    /** 0 while there is no shadow map. */
    uShadowTexel: { value: 0 },
  };
  readonly dome: Mesh;
  readonly #site: Twin["site"];
  readonly #colour = new Color();
  readonly #tan = new Color();
  #shownMs = Number.NaN;
  #air = clearAir;

  constructor(site: Twin["site"]) {
    this.#site = site;
    const material = new ShaderMaterial({
      uniforms: this.uniforms,
      vertexShader: /* glsl */ `
        varying vec3 vDirection;
        void main() {
          vDirection = position;
          vec4 clip = projectionMatrix * vec4(mat3(viewMatrix) * position, 1.0);
          gl_Position = clip.xyww;
        }`,
      fragmentShader: fragment,
      side: BackSide,
      depthWrite: false,
    });
    this.dome = new Mesh(new SphereGeometry(1, 32, 16), material);
    this.dome.frustumCulled = false;
    this.dome.renderOrder = 100;
  }

  /**
   * Moves the sun to a time, ms UTC, and fills the air. The time comes in an object: a number for a call would be
   * allocated each frame.
   * @returns true when the light changed visibly.
   */
  update({ nowMs: timeMs }: { readonly nowMs: number }, air: Air = clearAir): boolean {
    if (Math.abs(timeMs - this.#shownMs) < 20_000 && air === this.#air) return false;
    this.#shownMs = timeMs;
    this.#air = air;
    this.uniforms.uHaze.value = air.haze;
    const sun = getPosition(new Date(timeMs), this.#site.latitudeDeg, this.#site.longitudeDeg);
    const azimuth = (sun.azimuth * Math.PI) / 180;
    // After sunset the moonlit dusk keeps a soft key light from where the sun went down.
    const altitude = (Math.max(sun.altitude, 5) * Math.PI) / 180;
    const flat = Math.cos(altitude);
    this.uniforms.uSunDirection.value.set(
      Math.sin(azimuth) * flat,
      Math.sin(altitude),
      -Math.cos(azimuth) * flat,
    );
    this.#mood(sun.altitude);
    return true;
  }

  #mood(altitude: number): void {
    let high = keys.findIndex((key) => key.altitude > altitude);
    if (high < 0) high = keys.length - 1;
    const a = keys[Math.max(0, high - 1)]!;
    const b = keys[high]!;
    const t = a === b ? 0 : Math.min(1, Math.max(0, (altitude - a.altitude) / (b.altitude - a.altitude)));
    const between = (from: number, to: number): number => from + (to - from) * t;
    const { uZenith, uHorizon, uGlow, uSunLight, uSkyLight, uGroundLight, uNight } = this.uniforms;
    const blend = (target: Color, from: number, to: number): Color =>
      target.set(from).lerp(this.#colour.set(to), t);
    blend(uZenith.value, a.zenith, b.zenith);
    blend(uHorizon.value, a.horizon, b.horizon);
    blend(uGlow.value, a.glow, b.glow);
    blend(uSunLight.value, a.sun, b.sun).multiplyScalar(between(a.sunPower, b.sunPower));
    this.#fill();
    uSkyLight.value
      .copy(uZenith.value)
      .lerp(uHorizon.value, 0.55)
      .lerp(this.#colour.setScalar(luminance(uHorizon.value) * 0.8), 0.45)
      .multiplyScalar(between(a.skyPower, b.skyPower));
    uGroundLight.value
      .copy(uSkyLight.value)
      .multiply(this.#colour.set(0xb8a888))
      .multiplyScalar(0.6)
      .add(this.#colour.copy(uSunLight.value).multiplyScalar(0.05));
    uNight.value = between(a.night, b.night);
  }

  /** Dust makes sky and light tan, mist makes them grey; both take sun and glow away. */
  #fill(): void {
    const { dust, mist } = this.#air;
    if (dust === 0 && mist === 0) return;
    const { uZenith, uHorizon, uGlow, uSunLight } = this.uniforms;
    const bright = luminance(uHorizon.value);
    const tan = this.#tan.set(0xd09a5c);
    tan.multiplyScalar(bright / luminance(tan));
    uHorizon.value.lerp(tan, 0.85 * dust).lerp(this.#colour.setScalar(0.9 * bright), 0.8 * mist);
    uZenith.value
      .lerp(tan.multiplyScalar(0.85), 0.85 * dust)
      .lerp(this.#colour.setScalar(0.75 * bright), 0.8 * mist);
    uGlow.value.multiplyScalar(1 - dust);
    uSunLight.value.multiplyScalar((1 - 0.8 * dust) * (1 - 0.7 * mist));
  }
}

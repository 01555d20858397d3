import { Color, type IUniform, Matrix3, Matrix4, type Mesh, type Texture, Vector2, Vector3 } from "three";
import { dome } from "#renderer/scene/place/dome.ts";
import { Heavens } from "#renderer/scene/place/heavens.ts";
import { Mood } from "#renderer/scene/place/mood.ts";
import { noiseTexture } from "#renderer/scene/place/noise.ts";
import { Season } from "#renderer/scene/place/season.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type Air, clearAir } from "./air.ts";

/** Uniforms shared by all scenery materials. */
export type SkyUniforms = Readonly<Record<string, IUniform>>;

const luminance = ({ r, g, b }: Color): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** A larger step of site time is a jump: clouds and dust then stand where that time alone puts them. */
const jumpMs = 60_000;
/** Clouds go with the wind of their height, about twice the station's. */
const windAloft = 2;
/** The sun's key light ends and the moon's begins at this altitude of the sun, degrees: both are nothing there. */
const handOver = -10.5;
/** How far windows and lamps are lit in the thickest storm by day, 0…1. */
const stormLamps = 0.46;
const moonlight = new Color(0x9fb6e2);

/** The real sun, moon and stars over the site, the sky they make, and the light and air everything else takes from it. */
export class Sky {
  readonly uniforms = {
    /** Towards what lights: the sun, by night the moon. */
    uSunDirection: { value: new Vector3(0.3, 0.5, 0.2) },
    uSunLight: { value: new Color() },
    uSkyLight: { value: new Color() },
    uGroundLight: { value: new Color() },
    uZenith: { value: new Color() },
    uHorizon: { value: new Color() },
    uGlow: { value: new Color() },
    uBelt: { value: new Color() },
    /** Where sun and moon are, below the horizon too. */
    uSunTrue: { value: new Vector3(0.3, 0.5, 0.2) },
    uMoon: { value: new Vector3(0, -1, 0) },
    /** World from equatorial axes, for stars and the Milky Way. */
    uStars: { value: new Matrix3() },
    uNight: { value: 0 },
    /** How far scenery steps back while shells are glass, 0…1. */
    uRecede: { value: 0 },
    /** 1 / distance at which air has taken 63 %. */
    uHaze: { value: clearAir.haze },
    uDust: { value: 0 },
    uCloud: { value: clearAir.cloud },
    /** How far clouds, and dust near the ground, have gone with the wind, m east and south. */
    uCloudDrift: { value: new Vector2() },
    uDustDrift: { value: new Vector2() },
    uNoise: { value: noiseTexture() as Texture },
    /** Grass where it is lush and thin, leaves, and how many of them hang. */
    uFresh: { value: new Color() },
    uPale: { value: new Color() },
    uLeaf: { value: new Color() },
    uLeaves: { value: 1 },
    /** How far snow covers what faces up, and how far rain has wetted it, 0…1. */
    uSnow: { value: 0 },
    uWet: { value: 0 },
    uShadowMap: { value: null as Texture | null },
    uShadowMatrix: { value: new Matrix4() },
    /** The same with finer texels around what is looked at. */
    uNearMap: { value: null as Texture | null },
    uNearMatrix: { value: new Matrix4() },
    /** 0 while there is no shadow map. */
    uShadowTexel: { value: 0 },
  };
  readonly dome: Mesh;
  readonly #heavens: Heavens;
  readonly #mood = new Mood();
  readonly #season = new Season();
  readonly #colour = new Color();
  readonly #tan = new Color();
  /** Time of the light and of the wind's drift as shown, ms UTC. */
  readonly #shownMs = new Float64Array(2).fill(Number.NaN);
  #air = clearAir;

  constructor(site: Twin["site"]) {
    this.#heavens = new Heavens(site);
    this.dome = dome(this.uniforms);
  }

  /**
   * Moves sun, moon and stars to a time, ms UTC, and fills the air. The time comes in an object: a number for a call
   * would be allocated each frame.
   * @returns true when the light changed visibly.
   */
  update(at: { readonly nowMs: number }, air: Air = clearAir): boolean {
    const timeMs = at.nowMs;
    const changed = air !== this.#air;
    this.#air = air;
    this.#blow(at);
    if (Math.abs(timeMs - this.#shownMs[0]!) < 20_000 && !changed) return false;
    this.#shownMs[0] = timeMs;
    this.#heavens.turn(timeMs);
    this.#season.turn(timeMs);
    this.#mood.set(this.#heavens.sunAltitude);
    this.#place();
    this.#shine();
    this.#cloudOver();
    this.#fill();
    this.#ambient();
    return true;
  }

  #blow({ nowMs }: { readonly nowMs: number }): void {
    const { windEast, windSouth } = this.#air;
    const passedMs = nowMs - this.#shownMs[1]!;
    this.#shownMs[1] = nowMs;
    const { value: cloud } = this.uniforms.uCloudDrift;
    const { value: dust } = this.uniforms.uDustDrift;
    if (passedMs >= 0 && passedMs < jumpMs) {
      const seconds = passedMs / 1000;
      cloud.x += windEast * windAloft * seconds;
      cloud.y += windSouth * windAloft * seconds;
      dust.x += windEast * seconds;
      dust.y += windSouth * seconds;
      return;
    }
    const seconds = (nowMs / 1000) % 7200;
    cloud.set(windEast * windAloft * seconds, windSouth * windAloft * seconds);
    dust.set(windEast * seconds, windSouth * seconds);
  }

  /** Where things stand, and what grows. */
  #place(): void {
    const u = this.uniforms;
    const { sun, moon, worldFromEquator } = this.#heavens;
    u.uSunTrue.value.copy(sun);
    u.uMoon.value.copy(moon);
    u.uStars.value.copy(worldFromEquator);
    u.uFresh.value.copy(this.#season.fresh);
    u.uPale.value.copy(this.#season.pale);
    u.uLeaf.value.copy(this.#season.leaf);
    u.uLeaves.value = this.#season.leaves;
    u.uHaze.value = this.#air.haze;
    u.uSnow.value = this.#air.snow;
    u.uWet.value = this.#air.wet;
    u.uCloud.value = this.#air.cloud;
    u.uDust.value = this.#air.dust;
  }

  /** Colours of the clear sky; key light of the sun, of the bright sky where it went down, or of the moon. */
  #shine(): void {
    const { uZenith, uHorizon, uGlow, uBelt, uSunLight, uSunDirection, uNight } = this.uniforms;
    const { sun, moon, sunAltitude, moonAltitude, moonLit } = this.#heavens;
    uZenith.value.copy(this.#mood.zenith);
    uHorizon.value.copy(this.#mood.horizon);
    uGlow.value.copy(this.#mood.glow);
    uBelt.value.copy(this.#mood.belt);
    // In a storm lamps are switched on by day.
    uNight.value = Math.max(this.#mood.night, stormLamps * Math.max(0, this.#air.dust - 0.5) * 2);
    const isMoon = sunAltitude < handOver;
    const from = isMoon ? moon : sun;
    // Never flatter than 5°: the last light comes from the sky above the sun, not from below the ground.
    const height = Math.max(from.y, Math.sin((5 * Math.PI) / 180));
    const flat = Math.sqrt((1 - height * height) / Math.max(1e-6, from.x * from.x + from.z * from.z));
    uSunDirection.value.set(from.x * flat, height, from.z * flat);
    if (!isMoon) {
      uSunLight.value
        .copy(this.#mood.sun)
        .multiplyScalar(Math.min(1, Math.max(0, (sunAltitude - handOver) / 3)));
      return;
    }
    const risen = Math.min(1, Math.max(0, moonAltitude / 12));
    const dark = Math.min(1, (handOver - sunAltitude) / 4);
    const power = 0.8 * moonLit ** 1.5 * risen * dark;
    uSunLight.value.copy(moonlight).multiplyScalar(power);
    // The lit sky of a moonlit night.
    uZenith.value.add(this.#colour.copy(moonlight).multiplyScalar(power * 0.022));
    uHorizon.value.add(this.#colour.copy(moonlight).multiplyScalar(power * 0.05));
  }

  /** Broken cloud takes little; a closed cover greys the sky and leaves no shadow. */
  #cloudOver(): void {
    const { cloud } = this.#air;
    const closed = Math.min(1, Math.max(0, (cloud - 0.6) / 0.4)) ** 1.5;
    if (closed === 0) return;
    const { uZenith, uHorizon, uGlow, uBelt, uSunLight } = this.uniforms;
    const bright = luminance(uHorizon.value);
    const grey = this.#tan.setRGB(0.93, 1, 1.09);
    uHorizon.value.lerp(this.#colour.copy(grey).multiplyScalar(bright * 0.86), 0.85 * closed);
    uZenith.value.lerp(this.#colour.copy(grey).multiplyScalar(bright * 0.62), 0.9 * closed);
    uGlow.value.multiplyScalar(1 - 0.85 * closed);
    uBelt.value.multiplyScalar(1 - closed);
    uSunLight.value.multiplyScalar(1 - 0.88 * closed);
  }

  /** Dust makes sky and light tan, mist makes them grey; both take sun and glow away. */
  #fill(): void {
    const { dust, mist } = this.#air;
    if (dust === 0 && mist === 0) return;
    const { uZenith, uHorizon, uGlow, uBelt, uSunLight } = this.uniforms;
    const bright = luminance(uHorizon.value);
    const tan = this.#tan.set(0xc98f4a);
    tan.multiplyScalar(bright / luminance(tan));
    uHorizon.value
      .lerp(this.#colour.copy(tan).multiplyScalar(0.62), 0.94 * dust)
      .lerp(this.#colour.setScalar(0.9 * bright), 0.8 * mist);
    uZenith.value
      .lerp(tan.multiplyScalar(0.42), 0.92 * dust)
      .lerp(this.#colour.setScalar(0.75 * bright), 0.8 * mist);
    uGlow.value.multiplyScalar((1 - dust) * (1 - 0.7 * mist));
    uBelt.value.multiplyScalar((1 - dust) * (1 - mist));
    // Through a storm's dust hardly a beam comes straight: what it scatters lights all sides alike (#ambient).
    uSunLight.value.multiplyScalar((1 - 0.93 * dust) * (1 - 0.7 * mist));
  }

  #ambient(): void {
    const { uZenith, uHorizon, uGlow, uSunLight, uSkyLight, uGroundLight } = this.uniforms;
    uSkyLight.value
      .copy(uZenith.value)
      .lerp(uHorizon.value, 0.55)
      // Shade is the blue of a clear sky; clouds make it grey.
      .lerp(this.#colour.setScalar(luminance(uHorizon.value) * 0.8), 0.24 + 0.24 * this.#air.cloud)
      .add(this.#colour.copy(uGlow.value).multiplyScalar(0.06))
      // A closed cover spreads what the sun gives.
      .multiplyScalar(
        this.#mood.skyPower * (1 + 0.9 * Math.max(0, this.#air.cloud - 0.6)) * (1 + 0.9 * this.#air.dust),
      );
    // A storm's air is ochre, its light near the ground less so: what stands near by keeps its own colour.
    uSkyLight.value.lerp(
      this.#colour.set(0xfff1dc).multiplyScalar(luminance(uSkyLight.value)),
      0.62 * this.#air.dust,
    );
    uGroundLight.value
      .copy(uSkyLight.value)
      .multiply(this.#colour.set(0xb8a888))
      .multiplyScalar(0.6)
      .add(this.#colour.copy(uSunLight.value).multiplyScalar(0.05));
  }
}

import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  Group,
  InstancedBufferAttribute,
  type IUniform,
  type Mesh,
  ShaderMaterial,
} from "three";
import type { CampusState, ClassState } from "#renderer/data/state.ts";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import { letBeBodies } from "#renderer/scene/campus/kitShape.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { dataSurface } from "#renderer/scene/shader/data.glsl.ts";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import { bandColour, TurbineBands } from "./turbineBands.ts";
import { bladeOffset, shaftTilt, turbineKit } from "./turbineKit.ts";
import { type Standing, TurbineShape } from "./turbineShape.ts";

/** A larger step of site time is a jump, not time going by: telemetry has the demand loop draw far more often. */
const jumpMs = 5_000;
/** Rotors never turn further than this in one frame: seen after a pause, they go on, not spin up. */
const longestTurnMs = 50;
/** Telemetry is looked at this often, ms. */
const sampleMs = 250;

/** Where blades are and how they got there: shared by turbine and shadow. iSpin: angle, rad/s, yaw (rad), pitch (rad). */
const turning = /* glsl */ `
uniform float uSince;
const float shaftTilt = ${shaftTilt};
float bladeAngle(vec4 spin) { return spin.x + spin.y * uSince; }
`;

const vertex = /* glsl */ `
attribute float aPart;
attribute float aBlade;
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iSpin;
varying vec3 vWorld;
varying vec3 vNormal;
attribute vec4 iBand;
varying vec3 vLook;
flat varying vec4 vBand;
${place}
${turning}
vec2 rotated(vec2 v, float a) {
  float c = cos(a);
  float s = sin(a);
  return vec2(v.x * c - v.y * s, v.x * s + v.y * c);
}
void main() {
  float hub = iSize.y;
  float radius = iSize.x;
  vec3 p = position;
  vec3 n = normal;
  if (aPart < 0.5) {
    p *= hub;
    vWorld = iPose.xyz + p;
  } else if (aPart > 3.5) {
    // Never smaller than two pixels or so: an obstruction light is seen from far away.
    vec3 at = iPose.xyz + vec3(0.0, hub + radius * 0.036, 0.0) + turned(vec3(0.0, 0.0, radius * 0.05), iSpin.z);
    vWorld = at + p * max(0.45, distance(cameraPosition, at) * 0.0009);
  } else {
    if (aPart > 2.5) {
      // From afar a blade keeps two pixels at each place of its span, chord and thickness: no dashes.
      float span = position.y;
      float chord = mix(0.060, 0.014, smoothstep(0.15, 1.0, span));
      float least = distance(cameraPosition, iPose.xyz) * 0.0013 * (1.0 - 0.35 * smoothstep(0.9, 1.0, span)) / radius;
      p.x *= max(1.0, least / chord);
      p.z = (p.z + 0.022 * span * span) * max(1.0, least / (chord * 0.22)) - 0.022 * span * span;
      p *= radius;
      p.xz = rotated(p.xz, iSpin.w);
      n.xz = rotated(n.xz, iSpin.w);
      float turn = bladeAngle(iSpin) + aBlade * 2.0943951;
      p.xy = rotated(p.xy, turn);
      n.xy = rotated(n.xy, turn);
      p.z -= radius * ${bladeOffset};
    } else p *= radius;
    if (aPart > 1.5) {
      p.zy = rotated(p.zy, -shaftTilt);
      n.zy = rotated(n.zy, -shaftTilt);
    }
    vWorld = iPose.xyz + vec3(0.0, hub, 0.0) + turned(p, iSpin.z);
    n = turned(n, iSpin.z);
  }
  vNormal = n;
  vLook = vec3(aPart, position.y, iPose.x * 0.013);
  vBand = iBand;
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

const fragment = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vLook;
${light}
${noise}
${dataSurface}
${bandColour}
void main() {
  if (vLook.x < 0.5 && isBand(vLook.y)) {
    gl_FragColor = vec4(bandColour(vLook.y, vec2(vWorld.x + vWorld.z, vWorld.y)), 1.0);
    return;
  }
  vec3 n = normalize(vNormal);
  vec3 toEye = normalize(cameraPosition - vWorld);
  if (dot(n, toEye) < 0.0) n = -n;
  vec3 albedo = vec3(0.66, 0.675, 0.69);
  if (vLook.x < 0.5) {
    float seam = 1.0 - smoothstep(0.0, fwidth(vLook.y) + 0.0015, abs(fract(vLook.y * 4.0 + 0.02) - 0.02) * 0.25);
    float streak = valueNoise(vec2(atan(n.x, n.z) * 5.0 + vLook.z, vLook.y * 3.0));
    albedo *= (0.92 + 0.10 * streak) * (1.0 - 0.18 * seam);
    albedo *= 0.80 + 0.20 * smoothstep(0.0, 0.05, vLook.y);
  } else if (vLook.x > 2.5) {
    albedo *= 0.97;
  }
  float fresnel = 0.04 + 0.5 * pow(1.0 - max(dot(n, toEye), 0.0), 5.0);
  vec3 colour = litBy(albedo, n, 1.0);
  vec3 r = reflect(-toEye, n);
  colour += skyColour(normalize(vec3(r.x, max(r.y, 0.02), r.z))) * fresnel * 0.35;
  vec3 halfway = normalize(toEye + uSunDirection);
  colour += uSunLight * pow(max(dot(n, halfway), 0.0), 60.0) * 0.16;
  if (vLook.x > 3.5) colour = mix(vec3(0.42), vec3(2.6, 2.7, 2.9), uNight);
  vec3 seen = hazed(colour, vWorld);
  gl_FragColor = vec4(seen, 1.0);
  ${finish}
}
`;

/** Shadow of a rotor on level ground: the disc's image under the sun, and in it the three blades as they stand. */
const shadowVertex = /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iSpin;
uniform vec3 uSunDirection;
varying vec2 vDisc;
flat varying float vTurn;
${place}
${turning}
void main() {
  float radius = iSize.x;
  vTurn = bladeAngle(iSpin);
  vDisc = position.xz * 2.1;
  vec3 p = vec3(vDisc.x, vDisc.y * cos(shaftTilt), -0.062 + vDisc.y * sin(shaftTilt)) * radius;
  vec3 at = vec3(iPose.x, iPose.y + iSize.y, iPose.z) + turned(p, iSpin.z);
  vec3 ground = at - uSunDirection * ((at.y + 0.1) / max(uSunDirection.y, 0.05));
  gl_Position = projectionMatrix * viewMatrix * vec4(ground, 1.0);
}
`;

const shadowFragment = /* glsl */ `
uniform vec3 uSunLight;
uniform vec3 uSkyLight;
varying vec2 vDisc;
flat varying float vTurn;
void main() {
  float r = length(vDisc);
  float third = 2.0943951;
  float a = mod(atan(vDisc.y, vDisc.x) - 1.5707963 - vTurn + 0.5 * third, third) - 0.5 * third;
  float off = abs(a) * r;
  float half_ = mix(0.034, 0.010, smoothstep(0.12, 1.0, r)) * (1.0 - smoothstep(0.985, 1.0, r));
  float soft = fwidth(off) + 0.008;
  float blade = (1.0 - smoothstep(half_ - soft * 0.5, half_ + soft, off)) * step(r, 1.0);
  float hub = 1.0 - smoothstep(0.035, 0.05, r);
  float direct = uSunLight.r / (uSunLight.r + uSkyLight.r * 2.4 + 1e-3);
  gl_FragColor = vec4(vec3(0.02, 0.03, 0.05), max(blade, hub) * direct * 0.62);
}
`;

const disc = (): BufferGeometry => {
  const geometry = new BufferGeometry();
  const corners = new Float32Array([-0.5, 0, -0.5, -0.5, 0, 0.5, 0.5, 0, 0.5, 0.5, 0, -0.5]);
  geometry.setAttribute("position", new BufferAttribute(corners, 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  return geometry;
};

const column = {
  rotorSpeed: metricIndex("windTurbine", "rotorSpeed"),
  yaw: metricIndex("windTurbine", "yaw"),
};
/** Blades of a rotor that stands are turned out of the wind. */
const featheredRad = 1.45;
const fullTurn = Math.PI * 2;

/** Rotor radius, m, from the twin or a usual share of hub height. */
const turbineBoxes = ({ twin }: Layout): Placed[] => {
  const table = twin.table("windTurbine");
  const diameter = table.attribute("rotorM");
  return Array.from({ length: table.count }, (_, row): Placed => {
    const box = boxOf(table, row);
    const radius = (diameter?.[row] ?? box.height * 1.4) / 2;
    return { ...box, width: radius, depth: radius, asset: { className: "windTurbine", row } };
  });
};

/**
 * Wind turbines in one draw and their moving shadows in another. The shader turns rotors by angle and speed; both come
 * from telemetry, looked at four times a second. A rotor whose speed is stale or bad stands as it was.
 */
export class Turbines {
  readonly root = new Group();
  readonly #turbines: ClassState;
  readonly #spin: InstancedBufferAttribute;
  readonly bands: TurbineBands;
  readonly #since: IUniform<number> = { value: 0 };
  readonly #shadows: Mesh;
  #isTurning = false;
  #shownMs = Number.NaN;
  #sampledMs = Number.NEGATIVE_INFINITY;
  #moved = false;
  #seenVersion = -1;

  constructor(layout: Layout, state: CampusState, sky: SkyUniforms) {
    this.#turbines = state.of("windTurbine");
    this.bands = new TurbineBands(this.#turbines);
    const boxes = turbineBoxes(layout);
    const uniforms = { ...sky, uSince: this.#since, uBands: this.bands.shown } as Record<string, IUniform>;
    this.#spin = new InstancedBufferAttribute(new Float32Array(Math.max(1, boxes.length) * 4), 4);
    this.#spin.setUsage(DynamicDrawUsage);
    const kit = turbineKit();
    const mesh = instancesOf(
      kit,
      boxes,
      new ShaderMaterial({ uniforms, vertexShader: vertex, fragmentShader: fragment }),
    );
    mesh.geometry.setAttribute("iSpin", this.#spin);
    mesh.geometry.setAttribute("iBand", this.bands.attribute);
    mesh.geometry.boundingSphere!.radius += 200;
    // Rotors reach beyond what stands for their box.
    mesh.userData["sifts"] = false;
    const shape = new TurbineShape(kit);
    letBeBodies(
      mesh,
      boxes.map((box, row) => ({
        asset: { className: "windTurbine", row },
        // Whole: tower and rotor.
        box: { ...box, width: box.width * 2, depth: box.width * 2, height: box.height + box.width },
        distance: (ray) => shape.distance(ray, box, this.#standing(row)),
      })),
    );
    this.#shadows = instancesOf(
      disc(),
      // A shadow stands for nothing: a pointer meets the ground there.
      boxes.map(({ asset: _, ...box }) => box),
      new ShaderMaterial({
        uniforms,
        vertexShader: shadowVertex,
        fragmentShader: shadowFragment,
        transparent: true,
        depthWrite: false,
        polygonOffset: true,
        polygonOffsetFactor: -2,
        polygonOffsetUnits: -8,
      }),
    );
    (this.#shadows as ReturnType<typeof instancesOf>).geometry.setAttribute("iSpin", this.#spin);
    this.#shadows.frustumCulled = false;
    this.#shadows.renderOrder = 120;
    this.#shadows.userData["rests"] = true;
    this.root.add(mesh, this.#shadows);
    for (let row = 0; row < boxes.length; row++) this.#spin.array[row * 4] = row * 2.4;
  }

  /** How a rotor was drawn last. */
  #standing(row: number): Standing {
    const [angle = 0, speed = 0, yaw = 0, pitch = 0] = this.#spin.array.subarray(row * 4, row * 4 + 4);
    return { angle: angle + speed * this.#since.value, yaw, pitch };
  }

  /** True while rotors turn, so that the picture wants another frame. */
  get turning(): boolean {
    return this.#isTurning && this.#moved;
  }

  /** @param nowMs site time in an object: a bare number would be allocated each frame */
  frame({ nowMs }: { readonly nowMs: number }, sunAltitude: number): void {
    const passedMs = nowMs - this.#shownMs;
    this.#shownMs = nowMs;
    this.#moved = passedMs > 0;
    const hasJumped = !(passedMs >= 0 && passedMs <= jumpMs);
    if (!hasJumped) this.#since.value += Math.min(passedMs, longestTurnMs) / 1000;
    const isNews = this.#turbines.version !== this.#seenVersion;
    const isDue = passedMs === 0 || Math.abs(nowMs - this.#sampledMs) >= sampleMs;
    if (hasJumped || (isNews && isDue)) {
      this.#sampledMs = nowMs;
      this.#seenVersion = this.#turbines.version;
      this.#sample(hasJumped ? nowMs : Number.NaN);
    }
    this.#shadows.visible = this.#turbines.rows > 0 && sunAltitude > 0.1;
  }

  /**
   * Takes speeds and yaws. After a jump of the clock rotors start from angles of that time alone, so that a frozen picture
   * is the same every time.
   */
  #sample(jumpedToMs: number): void {
    const { rows, columns, value, status } = this.#turbines;
    const spin = this.#spin.array as Float32Array;
    const sinceS = this.#since.value;
    this.#since.value = 0;
    this.#isTurning = false;
    const anew = !Number.isNaN(jumpedToMs);
    for (let row = 0; row < rows; row++) {
      const at = row * 4;
      const cell = row * columns;
      const speed = value[cell + column.rotorSpeed]!;
      const isKnown = isUsable(status[cell + column.rotorSpeed]!);
      const turnsRad = isKnown && speed > 0 ? (speed / 60) * fullTurn : 0;
      spin[at] = anew
        ? row * 2.4 + ((jumpedToMs % 6000) / 6000) * fullTurn
        : (spin[at]! + spin[at + 1]! * sinceS) % fullTurn;
      spin[at + 1] = turnsRad;
      if (isUsable(status[cell + column.yaw]!)) spin[at + 2] = (value[cell + column.yaw]! * Math.PI) / 180;
      spin[at + 3] = isKnown && turnsRad === 0 ? featheredRad : 0;
      this.#isTurning ||= turnsRad > 0;
    }
    this.#spin.needsUpdate = true;
    this.bands.sample();
  }
}

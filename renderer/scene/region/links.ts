import { DynamicDrawUsage, InstancedBufferAttribute, type IUniform, type Mesh, Vector3 } from "three";
import type { CentreSpot, Diagram } from "./diagram.ts";
import { type MarkUniforms, markMesh, spreadGlsl, strips } from "./marks.ts";
import { glsl, regionColours } from "./palette.ts";

const segments = 56;
/** How high a link rises and how far it bows sideways, in parts of its length. */
const [rise, bow] = [0.17, 0.1];

const vertex = /* glsl */ `
attribute vec2 iFrom;
attribute vec2 iTo;
attribute vec3 iMiddle;
attribute vec3 iFlow;
uniform vec2 uPicture;
uniform float uPx;
varying float vAlong;
varying float vAcross;
flat varying vec3 vFlow;
flat varying float vLength;
${spreadGlsl}
const float reach = 10.0;
vec3 curve(float t) {
  vec3 a = vec3(spread(iFrom), 0.0).xzy;
  vec3 b = vec3(spread(iTo), 0.0).xzy;
  vec3 middle = vec3(spread(iMiddle.xz), iMiddle.y).xzy;
  return mix(mix(a, middle, t), mix(middle, b, t), t);
}
void main() {
  float t = position.x;
  vec4 at = projectionMatrix * viewMatrix * vec4(curve(t), 1.0);
  vec4 before = projectionMatrix * viewMatrix * vec4(curve(t - 0.01), 1.0);
  vec4 after = projectionMatrix * viewMatrix * vec4(curve(t + 0.01), 1.0);
  vec2 way = (after.xy / after.w - before.xy / before.w) * uPicture;
  vec2 side = normalize(vec2(-way.y, way.x) + 1e-6);
  at.xy += side * position.y * reach * uPx / uPicture * 2.0 * at.w;
  vAlong = t;
  vAcross = position.y * reach;
  vFlow = iFlow;
  vLength = length(iTo - iFrom);
  gl_Position = vec4(at.xy / at.w, 0.0, at.w > 0.0 ? 1.0 : -1.0);
}
`;

/** iFlow: jobs, Gbit/s, look (0 never seen, 1 not usable, 2 usable). Everything runs towards the campus, at t = 1. */
const fragment = /* glsl */ `
uniform float uFade;
uniform float uTime;
varying float vAlong;
varying float vAcross;
flat varying vec3 vFlow;
flat varying float vLength;
void main() {
  float off = abs(vAcross);
  bool usable = vFlow.z > 1.5;
  vec3 line = usable ? mix(${glsl(regionColours.linkFar)}, ${glsl(regionColours.linkNear)}, vAlong) : ${glsl(regionColours.doubt)};
  float ends = smoothstep(0.0, 0.06, vAlong) * smoothstep(1.0, 0.94, vAlong);
  float core = 1.0 - smoothstep(0.9, 1.8, off);
  float halo = exp(-off * off / 14.0);
  if (vFlow.z < 0.5) core *= step(0.5, fract(vAlong * 40.0));
  vec3 colour = line;
  float alpha = core * 0.74 + halo * 0.20;
  if (usable) {
    float run = vAlong * vLength / 1000.0 - uTime;
    // One grain of light for so many jobs, evenly along the link: what passes in a second is in proportion to them.
    float grains = floor(vFlow.x / 20.0 + 0.5);
    if (grains > 0.5) {
      float step_ = vLength / 1000.0 / grains;
      // A head with a tail behind it: which way it runs is seen in a still picture too.
      float ahead = (fract(run / step_) - 0.62) * step_;
      vec2 q = vec2(ahead / (ahead > 0.0 ? 0.22 : 1.0), off / (ahead > 0.0 ? 3.8 : 2.9 + ahead));
      float grain = exp(-dot(q, q)) * step(-2.8, ahead);
      colour = mix(colour, ${glsl(regionColours.grain)}, grain);
      alpha = max(alpha, grain);
    }
    // One dash for every ten Gbit/s that move.
    float dashes = ceil(vFlow.y / 10.0);
    if (dashes > 0.5) {
      float step_ = vLength / 1000.0 / dashes;
      float at = fract(run * 1.6 / step_);
      float lead = smoothstep(0.30, 0.86, at) * (1.0 - smoothstep(0.88, 0.92, at));
      float body = 1.0 - smoothstep(2.4, 3.6, off);
      vec3 warm = ${glsl(regionColours.data)};
      float glow = exp(-off * off / 24.0) * 0.55;
      float strong = max(lead * max(body, glow), 0.22 * body);
      colour = mix(colour, warm, clamp(strong * 1.2, 0.0, 1.0));
      alpha = max(alpha, strong);
    }
  }
  alpha *= ends;
  if (alpha < 0.004) discard;
  gl_FragColor = vec4(colour, alpha * uFade);
}
`;

/** A nearer centre within this angle of a link would lie on it, and be read as a stop of it, radians. */
const besideRad = 0.6;
/** So far the control point of such a link gives way, in parts of its length. */
const giveWay = 0.2;

/** Which way a link gives way to nearer centres beside it, in parts of its length: x, z. */
export const asideOf = (
  from: CentreSpot,
  to: CentreSpot,
  centres: readonly CentreSpot[],
): readonly [number, number] => {
  const [dx, dz] = [from.x - to.x, from.z - to.z];
  const length = Math.hypot(dx, dz);
  let turn = 0;
  for (const { x, z } of centres) {
    const [nx, nz] = [x - to.x, z - to.z];
    if (Math.hypot(nx, nz) > 0.8 * length) continue;
    const angle = Math.atan2(dx * nz - dz * nx, dx * nx + dz * nz);
    if (Math.abs(angle) < besideRad) turn -= Math.sign(angle) || 1;
  }
  return [(-dz / length) * giveWay * Math.sign(turn), (dx / length) * giveWay * Math.sign(turn)];
};

/** The highest point of a link's control polygon. */
const middleOf = (from: CentreSpot, to: CentreSpot, centres: readonly CentreSpot[]): Vector3 => {
  const [dx, dz] = [to.x - from.x, to.z - from.z];
  const length = Math.hypot(dx, dz);
  // Eastern links bow east, western ones west: a fan.
  const side = from.x >= to.x ? 1 : -1;
  const [asideX, asideZ] = asideOf(from, to, centres);
  return new Vector3(
    (from.x + to.x) / 2 + (Math.abs(dz) / length) * side * bow * length + asideX * length,
    2 * rise * length,
    (from.z + to.z) / 2 + (Math.abs(dx) / length) * bow * length * 0.5 + asideZ * length,
  );
};

/** Where along a link its label stands (0 at the centre), by bearing from the east: so that a fan of labels has room. */
const labelAlong = [0.55, 0.23, 0.36, 0.23, 0.5] as const;

const labelPlaces = (
  home: CentreSpot,
  centres: readonly CentreSpot[],
  middles: readonly Vector3[],
): Vector3[] => {
  const bearing = ({ x, z }: CentreSpot): number => Math.atan2(x - home.x, z - home.z);
  const order = [...centres].sort((a, b) => bearing(b) - bearing(a));
  return centres.map((centre, i) => {
    const t = labelAlong[order.indexOf(centre) % labelAlong.length]!;
    const end = new Vector3(home.x, 0, home.z);
    const middle = middles[i]!;
    return new Vector3(centre.x, 0, centre.z).lerp(middle, t).lerp(middle.clone().lerp(end, t), t);
  });
};

/** Links from every centre to the campus, with the jobs and the data that move on them. One draw. */
export class Links {
  readonly mesh: Mesh;
  /** Where each link is highest, for its label. */
  readonly tops: readonly Vector3[];
  readonly #flow: InstancedBufferAttribute;
  readonly #time: IUniform<number> = { value: 0 };

  constructor({ home, centres }: Diagram, { uPicture, uPx, uFade, uSpread }: MarkUniforms) {
    const geometry = strips(centres.length, segments);
    const middles = centres.map((centre) => middleOf(centre, home, centres));
    const flat = (spots: readonly CentreSpot[]): Float32Array =>
      Float32Array.from(spots.flatMap(({ x, z }) => [x, z]));
    geometry.setAttribute("iFrom", new InstancedBufferAttribute(flat(centres), 2));
    geometry.setAttribute("iTo", new InstancedBufferAttribute(flat(centres.map(() => home)), 2));
    geometry.setAttribute(
      "iMiddle",
      new InstancedBufferAttribute(Float32Array.from(middles.flatMap((at) => at.toArray())), 3),
    );
    this.#flow = new InstancedBufferAttribute(new Float32Array(centres.length * 3), 3);
    this.#flow.setUsage(DynamicDrawUsage);
    geometry.setAttribute("iFlow", this.#flow);
    this.tops = labelPlaces(home, centres, middles);
    this.mesh = markMesh(geometry, {
      uniforms: { uPicture, uPx, uFade, uSpread, uTime: this.#time },
      vertex,
      fragment,
      order: 408,
    });
  }

  /** Lets what flows move on by some time. */
  pass(deltaMs: number): void {
    this.#time.value = (this.#time.value + deltaMs * 0.0022) % 100_000;
  }

  /** @param index of the centre in the diagram @param look 0 never seen, 1 not usable, 2 usable */
  put(index: number, [jobs, gbitPerS]: readonly [number, number], look: number): void {
    const { array } = this.#flow;
    const at = index * 3;
    if (array[at] === jobs && array[at + 1] === Math.fround(gbitPerS) && array[at + 2] === look) return;
    array[at] = jobs;
    array[at + 1] = gbitPerS;
    array[at + 2] = look;
    this.#flow.needsUpdate = true;
  }
}

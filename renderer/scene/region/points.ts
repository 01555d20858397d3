import { DynamicDrawUsage, InstancedBufferAttribute, type Mesh } from "three";
import type { Diagram } from "./diagram.ts";
import { type MarkUniforms, markMesh, spreadGlsl, squares } from "./marks.ts";
import { glsl, regionColours } from "./palette.ts";

/** What stands at a point: iLook.z. */
const Kind = { centre: 0, home: 1, hub: 2 } as const;

const vertex = /* glsl */ `
attribute vec2 iAt;
attribute vec3 iLook;
uniform vec2 uPicture;
uniform float uPx;
varying vec2 vAt;
flat varying vec3 vLook;
${spreadGlsl}
void main() {
  float half_ = (iLook.z > 1.5 ? 14.0 : iLook.z > 0.5 ? 118.0 : 48.0) * uPx;
  vAt = position.xy * half_ / uPx;
  vLook = iLook;
  vec2 at = spread(iAt);
  vec4 clip = projectionMatrix * viewMatrix * vec4(at.x, 0.0, at.y, 1.0);
  clip.xy += position.xy * half_ / uPicture * 2.0 * clip.w;
  gl_Position = vec4(clip.xy / clip.w, 0.0, clip.w > 0.0 ? 1.0 : -1.0);
}
`;

const fragment = /* glsl */ `
uniform float uFade;
varying vec2 vAt;
flat varying vec3 vLook;
float band(float r, float at, float width) {
  float px = fwidth(r);
  return 1.0 - smoothstep(width - px * 0.5, width + px * 0.5, abs(r - at));
}
void main() {
  float r = length(vAt);
  float px = fwidth(r);
  vec3 ice = ${glsl(regionColours.ice)};
  vec3 colour = ice;
  float alpha;
  if (vLook.z > 1.5) {
    alpha = max(band(r, 6.4, 0.8) * 0.9, 1.0 - smoothstep(2.2 - px, 2.2 + px, r));
    colour = ${glsl(regionColours.hub)};
  } else {
    bool isHome = vLook.z > 0.5;
    bool usable = vLook.y > 1.5;
    float turn = fract(atan(vAt.x, vAt.y) / 6.2831853 + 1.0);
    float radius = isHome ? 102.0 : 25.0;
    float track = band(r, radius, isHome ? 4.2 : 3.4);
    // A notch at each quarter: 1,000 P.
    float quarter = abs(fract(turn * 4.0 + 0.5) - 0.5) / 4.0 * 6.2831853 * radius;
    float notch = smoothstep(0.9 - px * 0.5, 0.9 + px * 0.5, quarter);
    // Without a value the track is broken, not empty: nought and unknown look different.
    float unknown = step(0.5, fract(turn * (isHome ? 54.0 : 18.0)));
    float full = step(turn, vLook.x) * step(0.0005, vLook.x);
    float ring = (vLook.y < 0.5 ? 0.4 * unknown : mix(0.26, usable ? 1.0 : 0.55, full)) * mix(1.0, notch, 0.85);
    if (vLook.y > 0.5 && !usable) colour = ${glsl(regionColours.doubt)};
    // The value shines a little beyond its track.
    float shine = usable ? full * exp(-pow((r - radius) / (isHome ? 7.0 : 5.0), 2.0)) * 0.30 : 0.0;
    float core = isHome ? 0.0 : 1.0 - smoothstep(7.2 - px, 7.2 + px, r);
    float halo = isHome ? band(r, 92.0, 0.7) * 0.35 : exp(-r * r / 200.0) * 0.42;
    float inside = 1.0 - smoothstep(radius - 1.0, radius + 1.0, r);
    float well = inside * (isHome ? 0.10 * smoothstep(40.0, 100.0, r) : 0.34 * smoothstep(8.0, 10.0, r));
    alpha = max(max(track * ring, core), max(halo, shine));
    if (core > 0.5) colour = vec3(0.96, 0.98, 1.0);
    // A dark well inside lifts the gauge from what runs below it.
    float over = max(alpha, well);
    colour = mix(isHome ? vec3(0.30, 0.46, 0.62) : vec3(0.03, 0.05, 0.08), colour, over > 0.0 ? alpha / over : 1.0);
    alpha = over;
  }
  if (alpha < 0.004) discard;
  gl_FragColor = vec4(colour, alpha * uFade);
}
`;

/** P that a whole ring stands for: fixed, so that rings can be compared. */
export const ringFullP = 4000;

/** Points of the diagram: centres with their idle compute as a ring, hubs as quiet small circles. One draw. */
export class Points {
  readonly mesh: Mesh;
  readonly #look: InstancedBufferAttribute;

  constructor({ home, centres, hubs }: Diagram, { uPicture, uPx, uFade, uSpread }: MarkUniforms) {
    const spots = [home, ...centres, ...hubs];
    const geometry = squares(spots.length);
    geometry.setAttribute(
      "iAt",
      new InstancedBufferAttribute(Float32Array.from(spots.flatMap(({ x, z }) => [x, z])), 2),
    );
    const looks = spots.flatMap((_, i) => [
      0,
      0,
      i === 0 ? Kind.home : i <= centres.length ? Kind.centre : Kind.hub,
    ]);
    this.#look = new InstancedBufferAttribute(Float32Array.from(looks), 3);
    this.#look.setUsage(DynamicDrawUsage);
    geometry.setAttribute("iLook", this.#look);
    this.mesh = markMesh(geometry, {
      uniforms: { uPicture, uPx, uFade, uSpread },
      vertex,
      fragment,
      order: 412,
    });
  }

  /**
   * @param index 0 for the home, then the centres in the diagram's order
   * @param share of a whole ring, 0…1 @param look 0 never seen, 1 not usable, 2 usable
   */
  put(index: number, share: number, look: number): void {
    const { array } = this.#look;
    if (array[index * 3] === share && array[index * 3 + 1] === look) return;
    array[index * 3] = share;
    array[index * 3 + 1] = look;
    this.#look.needsUpdate = true;
  }
}

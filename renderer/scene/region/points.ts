import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  ShaderMaterial,
  type Vector2,
} from "three";
import type { Diagram } from "./diagram.ts";
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
void main() {
  float half_ = (iLook.z > 1.5 ? 12.0 : iLook.z > 0.5 ? 84.0 : 34.0) * uPx;
  vAt = position.xy * half_ / uPx;
  vLook = iLook;
  vec4 clip = projectionMatrix * viewMatrix * vec4(iAt.x, 0.0, iAt.y, 1.0);
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
    alpha = max(band(r, 4.6, 0.55) * 0.75, 1.0 - smoothstep(1.4 - px, 1.4 + px, r)) * 0.8;
    colour = ${glsl(regionColours.hub)};
  } else {
    bool usable = vLook.y > 1.5;
    float turn = fract(atan(vAt.x, vAt.y) / 6.2831853 + 1.0);
    float track = vLook.z > 0.5 ? band(r, 74.0, 2.4) : band(r, 19.0, 2.0);
    // Without a value the track is broken, not empty: nought and unknown look different.
    float unknown = step(0.5, fract(turn * (vLook.z > 0.5 ? 54.0 : 18.0)));
    float full = step(turn, vLook.x) * step(0.0005, vLook.x);
    float ring = vLook.y < 0.5 ? 0.34 * unknown : mix(0.22, usable ? 1.0 : 0.55, full);
    if (vLook.y > 0.5 && !usable) colour = ${glsl(regionColours.doubt)};
    float core = vLook.z > 0.5 ? 0.0 : 1.0 - smoothstep(4.4 - px, 4.4 + px, r);
    float halo = exp(-r * r / 90.0) * (vLook.z > 0.5 ? 0.0 : 0.34);
    alpha = max(max(track * ring, core), halo);
    if (core > 0.5) colour = vec3(0.95, 0.97, 0.99);
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
  readonly #fade: IUniform<number> = { value: 0 };

  /** @param px size of what is drawn, in parts of the usual one */
  constructor({ home, centres, hubs }: Diagram, picture: Vector2, px: IUniform<number>) {
    const spots = [home, ...centres, ...hubs];
    const quad = new BufferGeometry();
    quad.setAttribute(
      "position",
      new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3),
    );
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute("position", quad.getAttribute("position"));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
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
    geometry.instanceCount = spots.length;
    this.mesh = new Mesh(
      geometry,
      new ShaderMaterial({
        uniforms: { uPicture: { value: picture }, uPx: px, uFade: this.#fade },
        vertexShader: vertex,
        fragmentShader: fragment,
        transparent: true,
        depthTest: false,
        depthWrite: false,
      }),
    );
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 412;
  }

  fade(fade: number): void {
    this.#fade.value = fade;
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

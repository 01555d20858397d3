import {
  BufferAttribute,
  BufferGeometry,
  Color,
  type IUniform,
  type Mesh,
  ShaderMaterial,
  Vector2,
} from "three";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { instancesOf, type Placed } from "./instances.ts";
import type { Box } from "./layout.ts";

/** The twelve edges of a unit box as ribbons: position = one end, aEnd = the other, aSide = ±1 across. */
const edgeRibbons = (): BufferGeometry => {
  const here: number[] = [];
  const there: number[] = [];
  const side: number[] = [];
  const index: number[] = [];
  const edge = (a: readonly number[], b: readonly number[]): void => {
    const base = here.length / 3;
    here.push(...a, ...a, ...b, ...b);
    there.push(...b, ...b, ...a, ...a);
    side.push(1, -1, -1, 1);
    index.push(base, base + 1, base + 2, base + 2, base + 1, base + 3);
  };
  for (const u of [-0.5, 0.5])
    for (const v of [-0.5, 0.5]) {
      edge([-0.5, v + 0.5, u], [0.5, v + 0.5, u]);
      edge([u, v + 0.5, -0.5], [u, v + 0.5, 0.5]);
      edge([u, 0, v], [u, 1, v]);
    }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(here), 3));
  geometry.setAttribute("aEnd", new BufferAttribute(new Float32Array(there), 3));
  geometry.setAttribute("aSide", new BufferAttribute(new Float32Array(side), 1));
  geometry.setIndex(index);
  return geometry;
};

const vertex = /* glsl */ `
attribute vec3 aEnd;
attribute float aSide;
attribute vec4 iPose;
attribute vec3 iSize;
uniform vec2 uPicture;
uniform float uWidth;
uniform float uGrow;
uniform float uAir;
uniform float uHull;
varying float vAlong;
varying float vSeen;
${place}
vec4 clipOf(vec3 corner) {
  vec3 size = iSize + uGrow;
  return projectionMatrix * viewMatrix * vec4(iPose.xyz - vec3(0.0, uGrow * 0.5, 0.0) + turned(corner * size, iPose.w), 1.0);
}
void main() {
  vec4 a = clipOf(position);
  vec4 b = clipOf(aEnd);
  vec2 along = (b.xy / max(b.w, 0.01) - a.xy / max(a.w, 0.01)) * uPicture;
  vec2 across = normalize(vec2(-along.y, along.x) + 1e-6) * aSide;
  a.xy += across * uWidth / uPicture * a.w;
  vAlong = length((position - aEnd) * iSize) * step(0.0, dot(position - aEnd, vec3(1.0)));
  // The air takes it as it takes scenery (hazed, light.glsl.ts); a drawing far away is a hint, not a net.
  vec3 here = iPose.xyz + turned(position * iSize, iPose.w);
  float reach = distance(here, cameraPosition);
  float thick = reach * uAir * exp(-0.5 * max(cameraPosition.y, 0.0) / 900.0);
  vSeen = uAir > 0.0 ? exp(-pow(thick, 1.25)) * (1.0 - 0.7 * smoothstep(500.0, 2600.0, reach)) : 1.0;
  // Around a body only edges of faces that are turned to the eye are seen.
  vec3 size = iSize + uGrow;
  vec3 eye = turned(cameraPosition - iPose.xyz - vec3(0.0, iSize.y * 0.5, 0.0), -iPose.w);
  vec3 side = (position + aEnd) - vec3(0.0, 1.0, 0.0);
  vec3 faces = step(0.6, abs(side)) * step(size * 0.5, eye * sign(side));
  gl_Position = uHull > 0.5 && dot(faces, vec3(1.0)) < 0.5 ? vec4(2.0, 2.0, 2.0, 1.0) : a;
}
`;

const fragment = /* glsl */ `
uniform vec3 uColor;
uniform float uAlpha;
uniform float uDash;
varying float vAlong;
varying float vSeen;
void main() {
  float shown = 1.0;
  if (uDash > 0.0) {
    // Dashes of two thirds; from afar, where they would flicker, their mean.
    float at = vAlong / uDash;
    float px = fwidth(at);
    shown = mix(smoothstep(0.0, px, 0.33 - abs(fract(at) - 0.5)), 0.66, smoothstep(0.2, 0.5, px));
  }
  gl_FragColor = vec4(uColor, uAlpha * shown * vSeen);
}
`;

interface OutlineLook {
  readonly color: number;
  readonly alpha: number;
  /** Half width of a line, CSS pixels. */
  readonly width: number;
  /** Metres the outline keeps off the box, all sides together. */
  readonly grow: number;
  /** Around a body: edges on its far side are left out. */
  readonly isHull: boolean;
  /** Drawn over everything, not only where it can be seen. */
  readonly onTop: boolean;
  /** Length of a dash with its gap, m; a whole line when absent. */
  readonly dashM?: number;
  /** Haze of the air (`uHaze` of the sky), for what belongs to the place; marks of the hand are never hazed. */
  readonly air?: IUniform<number>;
}

/** Boxes drawn as edges of constant width on screen: selection, hover, and buildings that are only planned. */
export class Outline {
  readonly mesh: Mesh;
  readonly #picture = new Vector2(1920, 1080);
  readonly #pose: Float32Array;
  readonly #size: Float32Array;

  constructor(boxes: readonly Placed[], look: OutlineLook) {
    const material = new ShaderMaterial({
      uniforms: {
        uPicture: { value: this.#picture },
        uWidth: { value: look.width },
        uHull: { value: look.isHull ? 1 : 0 },
        uGrow: { value: look.grow },
        uColor: { value: new Color().setHex(look.color, "") },
        uAlpha: { value: look.alpha },
        uDash: { value: look.dashM ?? 0 },
        uAir: look.air ?? { value: 0 },
      },
      vertexShader: vertex,
      fragmentShader: fragment,
      transparent: true,
      depthWrite: false,
      depthTest: !look.onTop,
    });
    const mesh = instancesOf(edgeRibbons(), boxes, material);
    mesh.renderOrder = 400;
    this.mesh = mesh;
    this.#pose = mesh.geometry.getAttribute("iPose").array as Float32Array;
    this.#size = mesh.geometry.getAttribute("iSize").array as Float32Array;
  }

  /** Size of the picture, CSS pixels. */
  setPicture(width: number, height: number): void {
    this.#picture.set(width, height);
  }

  /** Moves the first outline to another box, or hides it. */
  put(box: Box | null): void {
    this.mesh.visible = box !== null;
    if (!box) return;
    this.#pose.set([box.x, box.y, box.z, box.yaw]);
    this.#size.set([box.width, box.height, box.depth]);
    const { geometry } = this.mesh;
    geometry.getAttribute("iPose").needsUpdate = true;
    geometry.getAttribute("iSize").needsUpdate = true;
    geometry.boundingSphere!.center.set(box.x, box.y + box.height / 2, box.z);
    geometry.boundingSphere!.radius = Math.hypot(box.width, box.height, box.depth);
  }
}

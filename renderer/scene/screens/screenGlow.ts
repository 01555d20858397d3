import {
  AdditiveBlending,
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  type IUniform,
  Mesh,
  ShaderMaterial,
} from "three";
import type { Box } from "#renderer/scene/campus/layout.ts";
import { within } from "#renderer/scene/campus/site.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { face } from "./places.ts";

/** How far the light of a face reaches over the ground, and its halo beyond its edges, m. */
const [reachM, asideM, haloM] = [40, 32, 9] as const;

const vertex = /* glsl */ `
attribute vec3 aLocal;
varying vec3 vLocal;
varying vec2 vWorld;
void main() {
  vLocal = aLocal;
  vWorld = position.xz;
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}
`;

/** aLocal = metres right of the face's middle, up from the ground (0: the ground itself), out of the face. */
const fragment = /* glsl */ `
uniform float uNight;
uniform sampler2D uNoise;
varying vec3 vLocal;
varying vec2 vWorld;
void main() {
  const vec3 lamp = vec3(0.34, 0.60, 0.95);
  float light = 0.0;
  if (vLocal.y < 0.5) {
    // Ground before a face that shines: three of its parts, each by both cosines over the square of the distance.
    for (int i = -1; i <= 1; i++) {
      vec3 off = vec3(vLocal.x - float(i) * ${(face.width / 3).toFixed(2)}, ${(face.foot + face.height / 2).toFixed(2)}, vLocal.z);
      float r2 = dot(off, off);
      light += off.y * max(off.z, 0.0) / (r2 * r2);
    }
    vec2 rim = vec2(${asideM.toFixed(1)} - abs(vLocal.x), ${reachM.toFixed(1)} - vLocal.z) / 9.0;
    light *= 120.0 * clamp(min(rim.x, rim.y), 0.0, 1.0) * (0.55 + 0.75 * texture2D(uNoise, vWorld / 11.0).a);
  } else {
    vec2 off = max(abs(vLocal.xy - vec2(0.0, ${(face.foot + face.height / 2).toFixed(2)})) - vec2(${(face.width / 2).toFixed(2)}, ${(face.height / 2).toFixed(2)}), 0.0);
    float away = length(off) / ${haloM.toFixed(1)};
    light = 0.6 * exp(-away * 3.4) * clamp(1.0 - away, 0.0, 1.0);
  }
  gl_FragColor = vec4(lamp * light * 0.62 * smoothstep(0.25, 0.95, uNight), 1.0);
}
`;

/** Light that faces throw by night: on the ground before them and as a halo. One draw; it adds, and covers nothing. */
export const screenGlow = (boxes: readonly Box[], sky: SkyUniforms): Mesh => {
  const place: number[] = [];
  const local: number[] = [];
  const index: number[] = [];
  const [w, h] = [face.width / 2 + haloM, face.height / 2 + haloM];
  const middle = face.foot + face.height / 2;
  const ground = [
    [-asideM, 0.08, 0.2],
    [asideM, 0.08, 0.2],
    [asideM, 0.08, reachM],
    [-asideM, 0.08, reachM],
  ] as const;
  // A hand's breadth behind the face: in its plane the two would fight for every pixel.
  const back = -0.12;
  const halo = [
    [-w, Math.max(0.6, middle - h), back],
    [w, Math.max(0.6, middle - h), back],
    [w, middle + h, back],
    [-w, middle + h, back],
  ] as const;
  for (const box of boxes)
    for (const quad of [ground, halo]) {
      const at = place.length / 3;
      for (const corner of quad) {
        const { x, z } = within(box, [corner[0], 0, corner[2]], [0, 0, 0]);
        place.push(x, corner[1], z);
        local.push(...corner);
      }
      index.push(at, at + 2, at + 1, at, at + 3, at + 2);
    }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(place), 3));
  geometry.setAttribute("aLocal", new BufferAttribute(new Float32Array(local), 3));
  geometry.setIndex(index);
  const material = new ShaderMaterial({
    uniforms: { uNight: sky["uNight"]!, uNoise: sky["uNoise"]! } as Record<string, IUniform>,
    vertexShader: vertex,
    fragmentShader: fragment,
    blending: AdditiveBlending,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
  });
  const mesh = new Mesh(geometry, material);
  mesh.name = "screenGlow";
  mesh.frustumCulled = false;
  mesh.matrixAutoUpdate = false;
  // Before faces and all data, which cover it.
  mesh.renderOrder = 204;
  mesh.visible = false;
  return mesh;
};

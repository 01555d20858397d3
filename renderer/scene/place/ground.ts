import {
  BufferAttribute,
  BufferGeometry,
  type IUniform,
  LessDepth,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
} from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { grass } from "./grass.glsl.ts";
import { leanPaving } from "./leanPaving.glsl.ts";
import { pavingFragment } from "./paving.glsl.ts";
import { winterGround } from "./winterGround.glsl.ts";

/** Side of the blocks that the plain beyond the campus is farmed in, m; belts of poplars stand on their edges. */
const fieldM = 640;

const plainsFragment = /* glsl */ `
varying vec3 vWorld;
uniform vec3 uCampus;
uniform vec4 uPasture;
${light}
${noise}
${grass}
#ifndef FRUGAL
${winterGround}
#endif
/** Long strip fields of the plain beyond the campus, each turned and cropped its own way; tracks between blocks. */
vec3 fieldsAt(vec2 p, float reach) {
  vec2 block = floor(p / ${fieldM.toFixed(1)});
  vec2 inside = p - block * ${fieldM.toFixed(1)};
  float turn = step(0.5, hash(block));
  vec2 q = mix(inside, inside.yx, turn);
  float wide = mix(42.0, 118.0, hash(block + 5.0));
  float strip = floor(q.x / wide);
  float crop = hash(vec2(strip, 3.0) + block * 7.0);
  vec3 straw = mix(uPale, vec3(0.34, 0.275, 0.15), 0.55);
  vec3 soil = vec3(0.205, 0.160, 0.110);
  vec3 colour = crop < 0.38 ? uFresh * 0.92 : crop < 0.62 ? mix(uFresh, straw, 0.55) : crop < 0.86 ? straw : mix(soil, straw, 0.2);
  float px = fwidth(q.x);
  float furrow = 0.5 + 0.5 * sin(q.x * 1.9);
  colour *= 1.0 + (furrow - 0.5) * 0.22 * (1.0 - smoothstep(0.4, 1.6, px));
  // Farmland far below is a quiet weave, not a flag.
  colour = mix(mix(uFresh, uPale, 0.5), colour, mix(0.78, 0.55, smoothstep(900.0, 6000.0, reach)));
  float rim = min(min(inside.x, inside.y), ${fieldM.toFixed(1)} - max(inside.x, inside.y));
  float track = 1.0 - smoothstep(2.2, 3.4 + px, rim);
  float balk = 1.0 - smoothstep(0.5, 1.2 + px, min(fract(q.x / wide), 1.0 - fract(q.x / wide)) * wide);
  colour = mix(colour, uPale * 0.9, balk * 0.6 * (1.0 - smoothstep(600.0, 2600.0, reach)));
  return mix(colour, vec3(0.30, 0.25, 0.175), 0.8 * track * (1.0 - smoothstep(800.0, 2600.0, reach)));
}
void main() {
  vec2 p = vWorld.xz;
  float reach = length(cameraPosition - vWorld);
  vec3 albedo = grassAt(p, reach);
  float outside = smoothstep(120.0, 520.0, length(p - uCampus.xy) - uCampus.z);
  bool within_ = outside < 0.5;
  #ifndef FRUGAL
  // From high above the land between plots is seen to be farmed too, but for the pasture below turbines and tables.
  vec2 grazed = max(max(uPasture.xz - p, p - uPasture.yw), 0.0);
  outside = max(outside, smoothstep(180.0, 560.0, cameraPosition.y) * smoothstep(0.0, 40.0, length(grazed)));
  #endif
  if (outside > 0.0) {
    vec2 block = floor(p / ${fieldM.toFixed(1)});
    // Some blocks stay steppe.
    float farmed = step(within_ ? 0.10 : 0.34, hash(block + 11.0)) * outside;
    float patchy = mix(0.36, 0.14, smoothstep(700.0, 3000.0, reach));
    vec3 crops = fieldsAt(p, reach);
    #ifndef FRUGAL
    crops *= 1.0 + patchy * (texture2D(uNoise, p / 260.0).b - 0.5);
    #endif
    albedo = mix(albedo, crops, farmed * (1.0 - smoothstep(4500.0, 15000.0, reach) * 0.55));
  }
  #ifdef CHART
  gl_FragColor = vec4(sqrt(albedo), mix(1.0, 0.7, outside));
  return;
  #endif
  vec3 up = vec3(0.0, 1.0, 0.0);
  #ifdef FRUGAL
  vec3 colour = litBy(snowOn(albedo, up, vWorld), up, shadowAt(vWorld));
  #else
  vec3 facing = up;
  if (uDust > 0.05) albedo = mix(albedo, sandTone, 0.6 * sandOn(p, 0.2));
  albedo = snowOn(albedo, up, vWorld);
  if (uSnow > 0.0) {
    facing = drifts(p, reach);
    albedo *= 1.0 - vec3(0.42, 0.38, 0.30) * trodden(p, max(fwidth(p.x), fwidth(p.y))) * uSnow * (1.0 - 0.6 * outside);
  }
  vec3 colour = litBy(albedo, facing, shadowAt(vWorld));
  #endif
  colour = mix(colour, uHorizon * 0.92, 0.42 * blown(vWorld));
  gl_FragColor = vec4(hazed(colour, vWorld), 1.0);
  ${finish}
}
`;

/**
 * The plain, to the horizon: steppe in three scales of variation near the campus, strip fields beyond.
 * @param campus its middle, x and z, and its radius @param pasture west, east, north and south of what is never farmed, m
 */
export const plains = (
  sky: SkyUniforms,
  { campus, pasture }: { readonly campus: IUniform; readonly pasture: IUniform },
): Mesh => {
  const material = new ShaderMaterial({
    uniforms: { ...sky, uCampus: campus, uPasture: pasture },
    vertexShader: /* glsl */ `
      varying vec3 vWorld;
      void main() {
        vWorld = position;
        gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
      }`,
    fragmentShader: plainsFragment,
  });
  const geometry = new PlaneGeometry(60_000, 60_000, 24, 24).rotateX(-Math.PI / 2).translate(0, -0.45, 0);
  const mesh = new Mesh(geometry, material);
  mesh.matrixAutoUpdate = false;
  mesh.renderOrder = 90;
  return mesh;
};

const quad = (): BufferGeometry => {
  const geometry = new BufferGeometry();
  const corners = new Float32Array([-0.5, 0, -0.5, -0.5, 0, 0.5, 0.5, 0, 0.5, 0.5, 0, -0.5]);
  geometry.setAttribute("position", new BufferAttribute(corners, 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  return geometry;
};

/** Pieces lie a hand's breadth over one another: what is drawn first stays, where they are as near. */
const onTop = {
  depthFunc: LessDepth,
  polygonOffset: true,
  polygonOffsetFactor: -1,
  polygonOffsetUnits: -4,
} as const;

/** Roads, aprons, yards, lawns and parking bays: flat pieces, one draw. */
export const pavings = (sky: SkyUniforms, pieces: readonly Placed[]): Mesh => {
  const material = new ShaderMaterial({
    uniforms: sky as Record<string, IUniform>,
    vertexShader: /* glsl */ `
      attribute vec4 iPose;
      attribute vec3 iSize;
      attribute vec4 iExtra;
      varying vec3 vWorld;
      varying vec2 vAt;
      flat varying vec2 vSize;
      flat varying vec4 vKind;
      ${place}
      void main() {
        vAt = position.xz * iSize.xz;
        vSize = iSize.xz;
        vKind = iExtra;
        vWorld = iPose.xyz + turned(vec3(vAt.x, -0.36 + 0.03 * iExtra.x, vAt.y), iPose.w);
        gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
      }`,
    fragmentShader: pavingFragment,
    ...onTop,
  });
  // What lies on top comes first, so that what it covers is not drawn; depths that are equal stay with it.
  const order = [...pieces].sort((a, b) => (b.extra?.[0] ?? 0) - (a.extra?.[0] ?? 0));
  const mesh = instancesOf(quad(), order, material);
  mesh.renderOrder = 80;
  mesh.userData["lean"] = new ShaderMaterial({
    uniforms: sky as Record<string, IUniform>,
    ...leanPaving,
    ...onTop,
  });
  return mesh;
};

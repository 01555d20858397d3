import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { grass } from "./grass.glsl.ts";

/**
 * Paving while the processor draws a move: the tone of each piece, lit and hazed at its corners. No paint, no rounded
 * edges, no shadows: a frame of a move has no pixels for them, and on all of paving they cost more than all else.
 */
export const leanPaving = {
  vertexShader: /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
varying vec3 vColour;
${light}
${noise}
${grass}
${place}
void main() {
  float kind = iExtra.x;
  vec2 at = position.xz * iSize.xz;
  vec3 world = iPose.xyz + turned(vec3(at.x, -0.36 + 0.03 * kind, at.y), iPose.w);
  vec3 concrete = vec3(0.305, 0.298, 0.282);
  vec3 asphalt = vec3(0.100, 0.102, 0.107);
  vec3 albedo = grassAt(world.xz, 1e4);
  if (kind < 0.5 || kind > 1.5 && kind < 2.5) albedo = mix(albedo, uFresh * 1.05, 0.5);
  if (kind > 0.8 && kind < 1.5) albedo = kind > 1.15 && kind < 1.25 ? vec3(0.05, 0.07, 0.075) : vec3(0.262, 0.243, 0.208);
  if (kind > 2.5) albedo = concrete;
  if (kind > 3.5) albedo = kind < 4.25 ? vec3(0.30, 0.285, 0.265) : kind < 4.5 ? vec3(0.19, 0.17, 0.15) : kind < 4.8 ? concrete * 0.8 : asphalt * 1.1;
  if (kind > 5.5) albedo = kind < 6.5 ? mix(uLeaf * 1.1, uFresh, 0.35) * 0.92 : kind < 7.5 ? concrete : asphalt;
  vec3 up = vec3(0.0, 1.0, 0.0);
  float swept = kind > 7.5 ? 0.22 : kind > 2.5 && kind < 5.5 ? 0.55 : 1.0;
  albedo = mix(albedo, snowOn(albedo, up, world), swept);
  vColour = hazed(litBy(albedo, up, 1.0), world);
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}`,
  fragmentShader: /* glsl */ `
varying vec3 vColour;
void main() {
  gl_FragColor = vec4(vColour, 1.0);
  ${finish}
}`,
};

import { type IUniform, ShaderMaterial } from "three";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { type OpenUniforms, opening } from "./opening.ts";
import type { SkyUniforms } from "./sky.ts";

/**
 * Material of every kit: equipment, trees, fences, turbines. iExtra = 1 + row of the building it stands on (0 for none), spin angle,
 * how much the kit is scaled by iSize (1) or metric (0), seed.
 */
const vertex = /* glsl */ `
attribute vec3 aColor;
attribute float aFinish;
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vColor;
varying vec3 vLocal;
flat varying float vFinish;
flat varying float vSeed;
uniform float uLeaves;
${place}
${opening}
void main() {
  // Machines on a roof shrink into the cut that sweeps through them.
  float kept = iExtra.x > 0.5 ? keptOf(iExtra.x - 1.0, iPose.y) : 1.0;
  if (kept <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec3 size = mix(vec3(1.0), iSize, iExtra.z);
  vec3 local = position * size * vec3(1.0, kept, 1.0);
  vec3 turn = normalize(normal / size);
  if (aFinish > 4.5 && aFinish < 5.5) {
    // Without leaves a hedge is a low tangle, not a beam.
    local *= vec3(1.0, mix(0.24, 1.0, uLeaves), 1.0);
    // A clipped hedge is round at its shoulders, whatever its length.
    float in_ = 0.34 * smoothstep(0.55, 1.0, position.y);
    local.xz -= sign(position.xz) * min(vec2(in_), size.xz * 0.4);
    turn = normalize(turn + vec3(0.0, 1.1 * smoothstep(0.5, 0.95, position.y), 0.0) + 0.5 * vec3(sign(position.x) * step(size.x, size.z), 0.0, sign(position.z) * step(size.z, size.x)) * position.y * step(0.5, normal.y));
  }
  vLocal = local;
  vWorld = iPose.xyz + turned(local, iPose.w);
  vNormal = turned(turn, iPose.w);
  vColor = aColor;
  vFinish = aFinish;
  vSeed = iExtra.w;
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

const fragment = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vColor;
varying vec3 vLocal;
flat varying float vFinish;
flat varying float vSeed;
${light}
${noise}
void main() {
  vec3 n = normalize(vNormal);
  vec3 albedo = vColor;
  vec3 glowing = vec3(0.0);
  float sun = shadowAt(vWorld + n * 0.4);
  vec3 toEye = normalize(cameraPosition - vWorld);
  float fresnel = pow(1.0 - max(dot(n, toEye), 0.0), 4.0);
  if (vFinish > 9.5) {
    float pick = fract(vSeed * 17.0);
    albedo = pick < 0.30 ? vec3(0.62, 0.63, 0.64) : pick < 0.50 ? vec3(0.30, 0.31, 0.33) : pick < 0.68 ? vec3(0.035, 0.037, 0.042) : pick < 0.80 ? vec3(0.04, 0.075, 0.15) : pick < 0.90 ? vec3(0.19, 0.035, 0.035) : vec3(0.16, 0.19, 0.17);
    glowing = mirrored(reflect(-toEye, n)) * mix(0.04, 0.5, fresnel);
  } else if (vFinish > 4.5) {
    // Clipped green, of the season's colour; twigs in winter.
    albedo = mix(vec3(0.115, 0.100, 0.080), uLeaf * mix(vec3(0.8, 0.9, 0.75), vec3(1.15, 1.05, 0.85), hash(vec2(vSeed, 3.0))), 0.2 + 0.8 * uLeaves);
    #ifndef FRUGAL
    // Heads of leaves as large as a hand, with dark between them; less of the sky reaches the foot.
    float px = length(fwidth(vWorld));
    float heads = valueNoise(vWorld.xz * 3.1 + vWorld.y * 2.3);
    vec2 skin = abs(n.y) > 0.6 ? vWorld.xz : vec2(vWorld.x + vWorld.z, vWorld.y * 1.1);
    float leaves = mix(valueNoise(skin * 13.0), 0.5, smoothstep(0.04, 0.14, px));
    albedo *= (0.50 + 0.65 * heads) * (0.50 + 0.95 * leaves) * (0.55 + 0.5 * smoothstep(0.0, 0.85, vLocal.y));
    n = normalize(n + (vec3(valueNoise(skin * 5.0 + 9.0), heads, leaves) - 0.5) * 0.8);
    #endif
  } else if (vFinish > 3.5) {
    vec2 p = fract(vLocal.xz / 2.4) - 0.5;
    albedo *= mix(1.0, 0.28, 1.0 - smoothstep(0.30, 0.36, length(p)));
  } else if (vFinish > 2.5) {
    float px = fwidth(vLocal.y / 0.34);
    albedo *= mix(0.55 + 0.45 * smoothstep(0.35, 0.5, abs(fract(vLocal.y / 0.34) - 0.5)), 0.72, smoothstep(0.25, 0.6, px));
  } else if (vFinish > 1.5) {
    glowing = mirrored(reflect(-toEye, n)) * mix(0.16, 0.9, fresnel);
  } else if (vFinish > 0.5) {
    glowing = vColor * vec3(1.6, 1.2, 0.75) * uNight * 2.2;
  }
  float foot = vFinish > 4.5 ? 1.0 : 0.72 + 0.28 * smoothstep(0.0, 1.6, vLocal.y);
  vec3 colour = litBy(snowOn(albedo * foot, n, vWorld), n, sun) + glowing;
  // By X-ray what recedes keeps a rim of light, so that machines on a roof are no black blocks.
  vec3 rim = uRecede * (0.35 + fresnel) * (0.35 + 0.65 * max(n.y, 0.0)) * vec3(0.040, 0.056, 0.078);
  gl_FragColor = vec4(hazed(colour, vWorld) + rim, 1.0);
  ${finish}
}
`;

export const sceneryMaterial = (sky: SkyUniforms, open: OpenUniforms): ShaderMaterial =>
  new ShaderMaterial({
    uniforms: { ...sky, ...open } as Record<string, IUniform>,
    vertexShader: vertex,
    fragmentShader: fragment,
  });

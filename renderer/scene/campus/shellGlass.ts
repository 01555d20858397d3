import { finish } from "#renderer/scene/shader/light.glsl.ts";
import { shellHead } from "./shellForm.ts";

/** Fragment side of a volume turned to glass (X-ray, focus). */
export const shellGlass = /* glsl */ `
${shellHead}
void main() {
  float amount = sweptOf(vExtra.x, vLocal.y / vSize.y);
  // Stair cores and lobbies give way; halls and building sites stay, as glass.
  if (amount < 0.01 || abs(vExtra.y - 1.5) < 0.75 || vWorld.y > cutOf(vExtra.x)) discard;
  vec3 toEye = normalize(cameraPosition - vWorld);
  vec3 n = normalize(vNormal);
  float fresnel = pow(1.0 - abs(dot(n, toEye)), 2.5);
  bool wall = abs(vFace.y) < 0.5;
  float along = abs(vFace.x) > 0.5 ? vLocal.z : vLocal.x;
  float span = abs(vFace.x) > 0.5 ? vSize.z : vSize.x;
  vec2 rim = wall ? vec2(span * 0.5 - abs(along), min(vLocal.y, vSize.y - vLocal.y)) : vSize.xz * 0.5 - abs(vLocal.xz);
  float px = max(fwidth(rim.x), fwidth(rim.y));
  // A bright core no thinner than a pixel, and a soft halo: polished edges of glass.
  float inward = max(min(rim.x, rim.y), 0.0);
  float edge = 1.0 - smoothstep(max(0.05, px * 0.4), max(0.11, px * 1.5), inward);
  float halo = 0.55 * exp(-inward * 1.7) + 0.30 * exp(-inward * 0.45);
  float storey = wall ? 1.0 - smoothstep(0.0, max(0.1, fwidth(vLocal.y) * 1.2), abs(fract(vLocal.y / vExtra.z + 0.5) - 0.5) * vExtra.z) : 0.0;
  // The building looked into is the clearest; others are a hint of glass.
  float mine = abs(vExtra.x - uFocus) < 0.5 || uFocus < -0.5 ? 1.0 : 1.0 - 0.62 * uXray;
  float height = clamp(vLocal.y / vSize.y, 0.0, 1.0);
  // The front of the sweep is a thin line of light.
  float front = amount < 1.0 ? 1.0 - amount : 0.0;
  float sheen = wall ? 0.05 * smoothstep(0.0, 1.0, fract((along + vLocal.y * 0.6) / 46.0)) : 0.02;
  vec3 tint = mix(vec3(0.34, 0.52, 0.76), vec3(0.78, 0.92, 1.0), max(edge, storey * 0.6));
  float alpha = min(1.0, 0.035 + sheen * (0.4 + 0.6 * height) + 0.34 * fresnel + 0.80 * edge + 0.16 * halo + 0.22 * storey + 0.5 * front) * mine;
  #ifndef FRUGAL
  // Beams of the roof, so that what stands on it does not hang in the air.
  if (vFace.y > 0.5) {
    vec2 beam = vec2(abs(fract(vLocal.x / 6.0) - 0.5) * 6.0, abs(fract(vLocal.z / 9.0) - 0.5) * 9.0);
    vec2 wide = max(fwidth(vLocal.xz), vec2(0.02));
    vec2 steel = (1.0 - smoothstep(max(vec2(0.14), wide * 0.5), max(vec2(0.22), wide * 1.5), beam)) * (1.0 - smoothstep(0.6, 2.4, wide));
    alpha = min(1.0, alpha + (0.05 + 0.26 * max(steel.x, steel.y)) * mine);
  }
  #endif
  gl_FragColor = vec4(tint * (0.5 + 0.9 * max(edge, front)), alpha);
  ${finish}
}
`;

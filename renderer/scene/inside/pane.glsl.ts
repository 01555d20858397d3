import { hallLight } from "./hallLight.glsl.ts";

/** Glass of a cold aisle, over what was drawn before it and never over data. Boxes as in fabric.glsl.ts; tone 1: a door. */
export const paneFragment = /* glsl */ `
uniform float uXray;
varying vec3 vLocal;
varying vec3 vWorld;
varying vec3 vTurned;
flat varying vec3 vFace;
flat varying vec3 vSize;
flat varying vec4 vLook;
${hallLight}
void main() {
  bool isDoor = vLook.y > 0.5;
  // One face of a pane is enough.
  bool isWide = isDoor ? vFace.x > 0.5 : vFace.y > 0.5;
  if (!isWide || uXray > 0.5) discard;
  vec3 toEye = normalize(cameraPosition - vWorld);
  float facing = abs(dot(normalize(vTurned), toEye));
  float fresnel = pow(1.0 - facing, 3.0);
  vec2 at = isDoor ? vec2(vLocal.z, vLocal.y) : vLocal.xz;
  float px = fwidth(at.x) + fwidth(at.y);
  // Reflections of what is bright: lamps in the roof's glass, a slanting band in a door's.
  float sheen = isDoor
    ? smoothstep(0.5, 0.0, abs(fract(at.y * 0.35 + at.x * 0.55 + 0.15) - 0.5)) * 0.5
    : exp(-at.y * at.y * 9.0) * (0.5 + 0.5 * smoothstep(0.2, 0.8, abs(fract(at.x / 2.4) - 0.5) * 2.0));
  float seam = isDoor ? 0.0 : edgeOf((fract(at.x / 1.2) - 0.5) * 1.2, 0.006, px);
  vec2 rim = isDoor ? vec2(vSize.z * 0.5 - abs(at.x), min(at.y, vSize.y - at.y)) : vSize.xz * 0.5 - abs(at);
  float edge = 1.0 - smoothstep(0.0, max(px, 0.014), min(rim.x, rim.y));
  // A frosted band at eye height, as doors of glass bear it.
  float band = isDoor ? edgeOf(at.y - 1.42, 0.05, px) * step(0.4, fract(at.x / 0.08 + 0.5)) : 0.0;
  float alpha = 0.05 + 0.38 * fresnel + 0.16 * sheen + 0.45 * max(edge, seam) + 0.35 * band;
  gl_FragColor = vec4(mix(vec3(0.60, 0.71, 0.78), vec3(0.90, 0.95, 0.98), max(edge, band)), min(0.85, alpha));
}
`;

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
  if (isDoor && distance(cameraPosition.xz, vWorld.xz) < 2.4) discard;
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
  // Frosted: what stands behind is light and shade, no cut machine.
  float frost = isDoor ? 0.84 - 0.10 * sheen : 0.0;
  float stile = isDoor ? 1.0 - smoothstep(0.05, 0.05 + px, min(rim.x, rim.y)) : 0.0;
  vec3 milk = mix(vec3(0.33, 0.385, 0.42), vec3(0.56, 0.63, 0.67), smoothstep(0.0, 1.0, at.y / vSize.y) * 0.7 + 0.3 * sheen);
  milk = mix(milk, vec3(0.22, 0.245, 0.265), stile);
  gl_FragColor = vec4(mix(vec3(0.60, 0.71, 0.78), vec3(0.90, 0.95, 0.98), max(edge, band)), min(0.85, alpha));
  if (isDoor) gl_FragColor = vec4(mix(milk, vec3(0.84, 0.89, 0.92), 0.75 * band), mix(frost, 1.0, stile));
}
`;

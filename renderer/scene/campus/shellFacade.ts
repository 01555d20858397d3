import { finish } from "#renderer/scene/shader/light.glsl.ts";
import { shellHead } from "./shellForm.ts";

/** Fragment side of a solid volume. */
export const facade = /* glsl */ `
${shellHead}
/** 1 inside a band of a repeating pattern, box-filtered to its mean when it gets smaller than a pixel. */
float band(float at, float from, float to) {
  float f = fract(at);
  float px = fwidth(at);
  float inside = smoothstep(from - px, from + px, f) * (1.0 - smoothstep(to - px, to + px, f));
  return mix(inside, to - from, smoothstep(0.35, 0.9, px));
}
void main() {
  if (sweptOf(vExtra.x, vLocal.y / vSize.y) > 0.0) discard;
  vec3 n = normalize(vNormal);
  float seed = hash(vec2(vExtra.x, 4.0));
  float kind = vExtra.y;
  bool wall = abs(vFace.y) < 0.5;
  float along = abs(vFace.x) > 0.5 ? vLocal.z : vLocal.x;
  float span = abs(vFace.x) > 0.5 ? vSize.z : vSize.x;
  float storey = vExtra.z;
  float level = vLocal.y / storey;
  vec3 toEye = normalize(cameraPosition - vWorld);
  vec3 white = mix(vec3(0.74, 0.755, 0.77), vec3(0.70, 0.70, 0.685), seed);
  vec3 albedo = white;
  vec3 glowing = vec3(0.0);
  float mirror = 0.0;
  if (kind > 2.5) {
    // Under construction: bare concrete frame, open bays, green netting.
    float column = band(along / 8.0 + 0.5, 0.44, 0.56);
    float slab = band(level, 0.0, 0.10);
    float frame = max(column, slab);
    vec3 net = mix(vec3(0.13, 0.22, 0.16), vec3(0.17, 0.27, 0.2), valueNoise(vec2(along, vLocal.y) * 0.6));
    albedo = wall ? mix(net, vec3(0.42, 0.41, 0.385), frame) : vec3(0.40, 0.39, 0.37) * (0.8 + 0.3 * valueNoise(vLocal.xz * 0.35));
  } else if (wall) {
    float panel = max(band(along / 3.0, 0.0, 0.02), band(vLocal.y / 1.5, 0.0, 0.03));
    float tone = hash(vec2(floor(along / 3.0), floor(vLocal.y / 1.5)) + seed * 50.0);
    float fine = 1.0 - smoothstep(0.2, 0.7, fwidth(along / 3.0));
    albedo *= 1.0 + (tone - 0.5) * 0.07 * fine;
    albedo *= 1.0 - 0.22 * panel;
    // One louvre field per storey between solid bays, the rhythm of a data hall.
    float bay = along / 12.0 + 0.5 * step(0.5, fract(seed * 7.0));
    float inBay = band(bay, 0.14, 0.86);
    float open_ = inBay * band(level, 0.36, 0.80) * step(kind, 0.5) * step(2.0, span * 0.5 - abs(along));
    float slats = 0.42 + 0.42 * smoothstep(0.3, 0.5, abs(fract(vLocal.y / 0.3) - 0.5));
    slats = mix(slats, 0.6, smoothstep(0.25, 0.6, fwidth(vLocal.y / 0.3)));
    albedo = mix(albedo, vec3(0.27, 0.295, 0.325) * slats * 1.35, open_ * 0.92);
    // Glazed core or lobby; a few windows beside the louvres on the ground floor.
    float pane = kind > 0.5 ? band(level * (kind > 1.5 ? 1.0 : 2.0), 0.16, 0.92) * band(along / 1.5, 0.05, 0.95) : 0.0;
    float lit = step(0.45, hash(vec2(floor(along / 1.5), floor(level * 2.0)) + seed * 31.0));
    albedo = mix(albedo, vec3(0.03, 0.04, 0.05), pane);
    mirror = pane;
    glowing += pane * vec3(1.0, 0.70, 0.38) * uNight * (0.35 + 1.1 * lit);
    // Accent band under the parapet, plinth, downpipes, doors.
    float accent = smoothstep(vSize.y - 1.75, vSize.y - 1.7, vLocal.y) * (1.0 - smoothstep(vSize.y - 1.15, vSize.y - 1.1, vLocal.y));
    albedo = mix(albedo, mix(vec3(0.12, 0.20, 0.30), vec3(0.20, 0.22, 0.25), step(0.5, seed)), accent * step(kind, 0.5));
    albedo = mix(albedo, vec3(0.23, 0.235, 0.245), 1.0 - smoothstep(0.85, 0.95, vLocal.y));
    albedo *= 1.0 - 0.35 * band(along / 24.0, 0.49, 0.497) * step(kind, 0.5);
    float door = band(along / 36.0 + 0.3, 0.47, 0.53) * (1.0 - smoothstep(2.9, 3.0, vLocal.y)) * step(kind, 0.5);
    albedo = mix(albedo, vec3(0.15, 0.18, 0.22), door);
    glowing += vec3(1.0, 0.72, 0.42) * uNight * 0.9 * exp(-abs(vLocal.y - 3.4) * 1.6) * exp(-pow((fract(along / 36.0 + 0.3) - 0.5) * 36.0 / 2.2, 2.0)) * step(kind, 0.5);
    albedo *= 0.70 + 0.30 * smoothstep(0.0, 5.0, vLocal.y);
  } else {
    bool deck = vLocal.y < vSize.y - 0.5;
    float tile = max(band(vLocal.x / 6.0, 0.0, 0.012), band(vLocal.z / 6.0, 0.0, 0.012));
    albedo = deck ? vec3(0.40, 0.41, 0.42) * (0.86 + 0.2 * fbm(vLocal.xz / 9.0)) * (1.0 - 0.2 * tile) : vec3(0.62, 0.63, 0.64);
    vec2 rim = vSize.xz * 0.5 - 0.45 - abs(vLocal.xz);
    if (deck) albedo *= 0.66 + 0.34 * smoothstep(0.0, 2.2, min(rim.x, rim.y));
  }
  float sun = shadowAt(vWorld + n * 0.6);
  albedo = snowOn(albedo, n, vWorld);
  vec3 colour = litBy(albedo, n, sun);
  float fresnel = pow(1.0 - max(dot(n, toEye), 0.0), 4.0);
  colour += skyColour(reflect(-toEye, n)) * mirror * mix(0.14, 0.8, fresnel);
  if (wall) colour += litBy(albedo, n, 0.0) * 0.10 * smoothstep(0.35, 0.0, span * 0.5 - abs(along));
  gl_FragColor = vec4(hazed(colour + glowing, vWorld), 1.0);
  ${finish}
}
`;

import { finish } from "#renderer/scene/shader/light.glsl.ts";
import { facadeKinds } from "./facadeKinds.glsl.ts";
import { facadePatterns } from "./facadePatterns.glsl.ts";
import { frugalFacade } from "./frugalFacade.glsl.ts";
import { Style, shellHead, Volume } from "./shellForm.ts";

const is = (value: number): string => `< ${value}.5`;

const roofs = /* glsl */ `
/**
 * Membrane in sheets of several years, a walkway of pavers round the edge and across, gullies with what runs to them,
 * a grid of lightning conductors, stains where water stood.
 */
vec3 roof(float kind, float seed, vec2 half_) {
  vec2 p = vLocal.xz;
  float px = fwidth(p.x) + fwidth(p.y);
  float far = smoothstep(0.3, 1.5, px);
  vec3 membrane = mix(vec3(0.40, 0.405, 0.41), vec3(0.47, 0.465, 0.45), step(0.6, seed));
  float stain = fbm(p / 7.0 + seed * 30.0);
  vec3 albedo = membrane * (0.82 + 0.26 * stain);
  bool isLong = half_.x > half_.y;
  float along = isLong ? p.x : p.y;
  float across = isLong ? p.y : p.x;
  float wide = isLong ? half_.y : half_.x;
  // Sheets laid in one go; some were renewed.
  vec2 field = vec2(floor(along / 13.0 + seed), floor(across / 8.5 + 0.5));
  float age = hash(field + seed * 70.0);
  albedo *= 0.90 + 0.16 * age;
  if (age > 0.88) albedo = mix(albedo, vec3(0.53, 0.53, 0.52), 0.55);
  albedo *= 1.0 - 0.16 * joints(along, 2.0, 0.06);
  albedo *= 1.0 - 0.22 * max(joints(along - 13.0 * seed, 13.0, 0.12), joints(across - 4.25, 8.5, 0.12));
  vec2 rim = half_ - abs(p);
  float edge = min(rim.x, rim.y);
  if (kind < 0.5 && min(half_.x, half_.y) > 9.0) {
    // Gullies in two valleys: dirt is washed towards each of them.
    float valley = abs(abs(across) - wide * 0.62);
    float gully = length(vec2((fract(along / 11.0) - 0.5) * 11.0, valley));
    albedo *= 1.0 - 0.20 * exp(-valley * valley / 1.6) * (0.5 + stain);
    albedo *= 1.0 - 0.42 * exp(-gully * gully / 5.0) * smoothstep(0.2, 0.7, fbm(p * 0.7));
    albedo = mix(albedo, vec3(0.12), (1.0 - smoothstep(0.28, 0.28 + px, gully)) * (1.0 - far));
    float path = smoothstep(0.75, 0.8, edge) * (1.0 - smoothstep(1.85, 1.9, edge));
    // Ways across to each shaft, and along the ridge between machines.
    float way = abs((fract(along / 26.0 + 0.5) - 0.5) * 26.0);
    path = max(path, (1.0 - smoothstep(0.6, 0.6 + max(px, 0.05), min(way, abs(abs(across) - 3.2)))) * step(0.8, edge));
    vec3 paver = vec3(0.58, 0.575, 0.56) * (1.0 - 0.3 * max(joints(p.x, 0.6, 0.04), joints(p.y, 0.6, 0.04)) * (1.0 - far));
    albedo = mix(albedo, paver * (0.92 + 0.12 * stain), path);
    float wire = max(joints(along, 10.0, 0.07), joints(across, 10.0, 0.07)) * (1.0 - path);
    albedo *= 1.0 - 0.28 * wire;
  }
  return albedo * (0.62 + 0.38 * smoothstep(0.0, 1.6, edge));
}
`;

/** Fragment side of a solid volume. */
export const facade = /* glsl */ `
${shellHead}
${facadePatterns}
#ifdef FRUGAL
${frugalFacade}
#else
${facadeKinds}
${roofs}
#endif
void main() {
  if (sweptOf(vExtra.x, vLocal.y / vSize.y) > 0.0) discard;
  vec3 n = normalize(vNormal);
  float seed = hash(vec2(vExtra.x, 4.0));
  float kind = vExtra.y;
  float style = mod(vExtra.w, 16.0);
  vec3 accent = accentOf(floor(vExtra.w / 16.0));
  float storey = vExtra.z;
  vec3 toEye = normalize(cameraPosition - vWorld);
  vec3 along = normalize(cross(vec3(0.0, 1.0, 0.0), abs(n.y) > 0.5 ? vec3(0.0, 0.0, 1.0) : n));
  float left = vFace.z * vLocal.x - vFace.x * vLocal.z;
  bool isWall = abs(vFace.y) < 0.5;
  Skin skin = Skin(vec3(0.5), vec3(0.0), 0.0, 1.0, 0.0, vec2(0.0));
  if (isWall) {
    vec2 size = vec2(abs(vFace.x) > 0.5 ? vSize.z : vSize.x, vSize.y);
    vec3 sun = vec3(dot(uSunDirection, along), uSunDirection.y, dot(uSunDirection, n));
    Wall wall = Wall(vec2(left, vLocal.y), size, vec3(dot(toEye, along), toEye.y, dot(toEye, n)), sun, 0.0);
    wall.px = max(fwidth(wall.at.x), fwidth(wall.at.y)) + 1e-4;
    bool isInner = vInner > 0.5;
    #ifdef FRUGAL
    frugalWall(skin, wall, storey, accent, vec3(style, kind, seed));
    if (isInner) skin = Skin(vec3(0.50, 0.505, 0.51), vec3(0.0), 0.0, 1.0, 0.0, vec2(0.0));
    #else
    if (isInner) skin.albedo = vec3(0.50, 0.505, 0.51);
    else if (style > ${Style.office}.5) house(skin, wall, accent, seed);
    else if (kind > ${Volume.construction - 1}.5) buildingSite(skin, wall, storey, seed);
    else if (kind > ${Volume.lobby - 1}.5) lobby(skin, wall, accent, seed);
    else if (kind > ${Volume.core - 1}.5) core(skin, wall, storey, accent, seed);
    else if (style ${is(Style.telecomHall)}) telecomHall(skin, wall, storey, accent, seed);
    else if (style ${is(Style.telecomTower)}) telecomTower(skin, wall, storey, accent, seed);
    else if (style ${is(Style.cloud)}) cloudHall(skin, wall, storey, accent, seed);
    else if (style ${is(Style.finance)}) financeHall(skin, wall, storey, accent, seed);
    else if (style ${is(Style.liquid)}) liquidHall(skin, wall, storey, accent, seed, vFace.z);
    else office(skin, wall, storey, accent, seed);
    if (!isInner && kind < 0.5 && style < 3.5) {
      // Doors with a lamp above, where trucks and people come in.
      vec2 door = vec2(bayOf(wall.at.x + 11.0, 34.0).y, wall.at.y - 1.5);
      float leaf = inside(door, vec2(1.9, 1.5), wall.px);
      skin.albedo = mix(skin.albedo, accent * 1.5 + 0.02 - 0.02 * joints(wall.at.y, 0.5, 0.06), leaf);
      skin.sun = mix(skin.sun, 1.0, leaf);
      float cone = exp(-abs(door.x) * 0.5) * smoothstep(2.4, 1.6, door.y) * smoothstep(-2.2, 1.6, door.y);
      skin.glow += skin.albedo * vec3(1.0, 0.74, 0.44) * uNight * 1.7 * cone;
    }
    if (!isInner && kind < 0.5 && style < ${Style.office}.5) wallLights(skin, wall, 9.0);
    #endif
    if (!isInner) {
      // Coping, a shadow below it, streaks of rain, a dark plinth, dirt near the ground.
      float top = wall.size.y - wall.at.y;
      float coping = 1.0 - smoothstep(0.30, 0.30 + wall.px, top);
      skin.albedo = mix(skin.albedo, vec3(0.55, 0.56, 0.57), coping * step(kind, 2.5));
      skin.albedo *= 1.0 - 0.30 * (1.0 - coping) * (1.0 - smoothstep(0.30, 0.75, top));
      #ifndef FRUGAL
      float streak = valueNoise(vec2(wall.at.x * 2.3, wall.at.y * 0.11 + seed * 20.0));
      skin.albedo *= 1.0 - 0.16 * smoothstep(0.42, 0.95, streak) * smoothstep(14.0, 0.0, top) * (1.0 - skin.mirror);
      // Runs of rain below the coping, thin and short; what splashes up from the ground.
      float run = valueNoise(vec2(wall.at.x * 7.0, seed * 90.0)) * (1.0 - smoothstep(0.08, 0.3, wall.px));
      skin.albedo *= 1.0 - 0.22 * smoothstep(0.62, 0.9, run) * smoothstep(1.0 + 5.0 * run, 0.3, top) * (1.0 - skin.mirror);
      float splash = valueNoise(vec2(wall.at.x * 1.7, wall.at.y * 0.6)) * exp(-wall.at.y * 0.75);
      skin.albedo = mix(skin.albedo, skin.albedo * vec3(0.70, 0.62, 0.52), splash * 0.8 * (1.0 - skin.mirror));
      // Broad clouds of weather over the whole wall.
      skin.albedo *= 0.93 + 0.13 * texture2D(uNoise, wall.at / vec2(61.0, 37.0) + seed).r;
      #endif
      float plinth = 1.0 - smoothstep(0.55, 0.55 + wall.px, wall.at.y);
      skin.albedo = mix(skin.albedo, vec3(0.20, 0.205, 0.21), plinth * step(kind, 1.5) * (1.0 - skin.mirror));
      skin.albedo *= 0.74 + 0.26 * smoothstep(0.0, 4.0, wall.at.y);
      #ifndef FRUGAL
      // Snow lies on the coping a hand or two deep and hangs over its edge, here more, there less.
      float lip = 0.10 + 0.34 * texture2D(uNoise, vec2(left / 19.0, seed * 7.0)).r + 0.08 * valueNoise(vec2(left * 1.9, seed));
      float cap = (1.0 - smoothstep(lip, lip + wall.px, top)) * smoothstep(0.03, 0.2, uSnow);
      skin.albedo = mix(skin.albedo, vec3(0.84, 0.875, 0.92), cap);
      skin.albedo *= 1.0 - 0.30 * smoothstep(0.03, 0.2, uSnow) * (1.0 - cap) * (1.0 - smoothstep(lip, lip + 0.25 + wall.px, top));
      skin.mirror *= 1.0 - cap;
      // The ground at its foot hides half of the sky.
      skin.albedo *= 0.80 + 0.20 * smoothstep(0.0, 1.1, wall.at.y);
      #endif
    } else skin.albedo *= 0.6 + 0.4 * smoothstep(-1.2, 0.0, wall.at.y - wall.size.y);
  } else {
    bool isDeck = vLocal.y < vSize.y - 0.5;
    skin.albedo = vec3(0.58, 0.585, 0.59);
    #ifdef FRUGAL
    if (isDeck) skin.albedo = kind > ${Volume.construction - 1}.5 ? vec3(0.38, 0.37, 0.35) : roof(kind, seed, vSize.xz * 0.5 - 0.45);
    #else
    if (isDeck) skin.albedo = kind > ${Volume.construction - 1}.5
      ? vec3(0.40, 0.39, 0.37) * (0.8 + 0.3 * valueNoise(vLocal.xz * 0.35)) * (1.0 - 0.25 * max(joints(vLocal.x, 8.0, 0.3), joints(vLocal.z, 8.0, 0.3)))
      : roof(kind, seed, vSize.xz * 0.5 - 0.45);
    #endif
  }
  float sun = shadowAt(vWorld + n * 0.6) * skin.sun;
  vec3 albedo = snowOn(skin.albedo, n, vWorld);
  vec3 colour = litBy(albedo, n, sun);
  #ifndef FRUGAL
  // What the sunlit ground before a wall throws back, of the ground's own colour.
  vec3 earth = mix(mix(uFresh, uPale, 0.5) * 1.3, vec3(0.75), 0.8 * uSnow);
  if (isWall) colour += albedo * earth * uSunLight * (0.30 * max(uSunDirection.y, 0.0) * exp(-vLocal.y / 9.0));
  #endif
  float fresnel = pow(1.0 - max(dot(n, toEye), 0.0), 4.0);
  #ifdef FRUGAL
  vec3 seen = mirrored(reflect(-toEye, n));
  colour += seen * skin.mirror * mix(0.16, 0.85, fresnel);
  colour += seen * skin.gloss * mix(0.05, 0.45, fresnel);
  #else
  // Panes mirror the sky, clouds and all: each hangs a little askew, so no two of them the same piece.
  vec3 ray = reflect(-toEye, n);
  float askew = (hash(floor(skin.pane) + 7.0) - 0.5) * 0.07;
  // From above a pane shows the lawn and the trees before it, further up the sky.
  float skyward = ray.y + 0.17 + askew + 0.05 * texture2D(uNoise, vec2(vLocal.x + vLocal.z, 3.0) / 90.0).b;
  ray.y = abs(ray.y + askew) + 0.04;
  vec3 seen = skyColour(ray);
  vec3 below = mix(mix(uFresh, vec3(0.16), 0.35), vec3(0.27, 0.38, 0.54), uSnow) * (uSkyLight * 0.9 + uSunLight * 0.28 * (1.0 - 0.85 * uSnow));
  seen = mix(seen, below, skin.mirror > 0.01 ? 0.8 * smoothstep(0.07, -0.06, skyward) : 0.0);
  if (skin.mirror > 0.01) {
    float drift = texture2D(uNoise, ray.xz / (ray.y + 0.22) * 0.17 + hash(floor(skin.pane)) * 0.05).r;
    seen = mix(seen, uHorizon * 1.1 + uSunLight * 0.14, smoothstep(0.42, 0.72, drift) * (0.14 + 0.5 * uCloud) * (1.0 - 0.85 * uNight) * (1.0 - 0.75 * uSnow));
  }
  // Glass with a coating: what it mirrors is a little cooler.
  colour += seen * vec3(0.86, 0.96, 1.06) * skin.mirror * mix(0.29, 0.90, fresnel);
  // Sheet metal carries a broad sheen of the sun, concrete none.
  float sheen = pow(max(dot(n, normalize(toEye + uSunDirection)), 0.0), 18.0);
  colour += seen * skin.gloss * mix(0.07, 0.45, fresnel) + uSunLight * sun * sheen * (0.10 * skin.gloss + 0.05 * skin.mirror);
  #endif
  gl_FragColor = vec4(hazed(colour + skin.glow, vWorld), 1.0);
  ${finish}
}
`;

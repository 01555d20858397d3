import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { TreeTile } from "./treeTexture.ts";

/** Trees this near to the eye are leaves and trunk, further ones a card, m. */
export const nearM = 140;
/** Light of a lamp is taken to come from this height, m. */
const lampUpM = 6.4;

const head = /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
uniform float uNearOn;
uniform float uLeaves;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vAt;
flat varying vec3 vLook;
/** How much of the sky reaches here: little within a crown and below it. */
varying float vOpen;
#ifndef FRUGAL
/** Where the nearest lamp hangs; its fourth is 0 where none stands near. */
flat varying vec4 vLamp;
vec4 lampOf() {
  float near = step(0.1, abs(iExtra.y) + abs(iExtra.z));
  return vec4(iPose.x + iExtra.y, ${lampUpM.toFixed(1)}, iPose.z + iExtra.z, near);
}
#endif
${place}
float leaflessOf(float kind, float seed) {
  return kind < 1.5 || (kind > 2.5 && kind < 4.5) ? step(uLeaves, seed * 0.96 + 0.02) : 0.0;
}
/** How far a tree has changed from leaves to cards, each at its own distance. */
float fadeOf(vec3 foot, float seed) {
  float reach = distance(cameraPosition, foot);
  return smoothstep(${(nearM * 0.885).toFixed(1)}, ${(nearM * 0.9).toFixed(1)}, reach + (seed - 0.5) * 18.0);
}
`;

export const cardVertex = /* glsl */ `
${head}
void main() {
  float kind = iExtra.x;
  float seed = iExtra.w;
  float fade = kind > 2.5 && kind < 3.5 ? 1.0 : mix(1.0, fadeOf(iPose.xyz, seed), uNearOn);
  #ifndef FRUGAL
  // Grass stands there blade by blade (meadow.ts).
  if (kind > 4.5) fade = 0.0;
  #endif
  #ifndef FRUGAL
  // Without leaves the painted branches stand within the twigs, near by too.
  if (kind < 1.5) fade = max(fade, leaflessOf(kind, seed));
  #endif
  // What grows low is nothing from afar.
  if (kind > 3.5 && distance(cameraPosition, iPose.xyz) > (kind > 4.5 ? 620.0 : 1600.0)) fade = 0.0;
  if (fade <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float bare = leaflessOf(kind, seed);
  float tile = kind < 0.5 ? ${TreeTile.poplar}.0 + bare : kind < 1.5 ? (bare > 0.5 ? ${TreeTile.roundBare}.0 : fract(seed * 13.0) < 0.5 ? ${TreeTile.round}.0 : ${TreeTile.roundToo}.0) : kind < 2.5 ? ${TreeTile.pine}.0 : kind < 3.5 ? ${TreeTile.belt}.0 + bare : kind < 4.5 ? ${TreeTile.shrub}.0 + bare : ${TreeTile.tuft}.0;
  // Every second one is a mirror image.
  float u = position.x * (fract(seed * 7.0) < 0.5 ? 1.0 : -1.0) + 0.5;
  vAt = vec3(u, position.y, tile);
  vLook = vec3(seed, kind, smoothstep(0.0, 0.5, fade));
  #ifndef FRUGAL
  vLamp = lampOf();
  #endif
  // A card across the line of sight: seen on its edge it would be a row of dots. A belt stands along its field.
  vec2 toEye = normalize(cameraPosition.xz - iPose.xz + 1e-3);
  bool isBelt = kind > 2.5 && kind < 3.5;
  vec3 right = isBelt ? turned(vec3(1.0, 0.0, 0.0), iPose.w) : vec3(toEye.y, 0.0, -toEye.x);
  vOpen = mix(0.70, 1.0, position.y);
  vNormal = normalize(right * position.x * (isBelt ? 0.0 : 2.2) + vec3(toEye.x, 0.0, toEye.y) * 0.55 + vec3(0.0, 0.42 + 0.3 * position.y, 0.0));
  vWorld = iPose.xyz + right * (position.x * iSize.x) + vec3(0.0, position.y * iSize.y, 0.0);
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

export const leafVertex = /* glsl */ `
attribute vec4 aCard;
${head}
void main() {
  float kind = iExtra.x;
  float seed = iExtra.w;
  float fade = fadeOf(iPose.xyz, seed);
  if (fade >= 1.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float bare = leaflessOf(kind, seed);
  vLook = vec3(seed, kind, 1.0 - smoothstep(0.5, 1.0, fade));
  #ifndef FRUGAL
  vLamp = lampOf();
  #endif
  vec3 half_ = iSize * vec3(0.5, 1.0, 0.5);
  vOpen = 0.75;
  if (aCard.w > 0.5) {
    float thick = mix(0.013, 0.019, kind < 1.5 && kind > 0.5 ? 1.0 : 0.0) * iSize.y * step(kind, 3.5);
    vec3 skin = vec3(position.x, 0.0, position.z);
    vAt = vec3(0.5, 0.5, -1.0);
    vNormal = skin;
    vWorld = iPose.xyz + skin * thick * (1.0 - 0.75 * position.y) + vec3(0.0, position.y * iSize.y * 0.8, 0.0);
    gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
    return;
  }
  float tile = kind > 1.5 && kind < 3.5 ? ${TreeTile.needles}.0 : ${TreeTile.leaves}.0 + bare;
  float level = position.y * 0.5 + 0.5;
  // The ball becomes a spindle, a dome or a cone.
  float low = kind < 0.5 ? 0.17 : kind < 1.5 ? 0.27 : kind < 3.5 ? 0.10 : 0.16;
  float wide = kind < 0.5 ? 0.74 - 0.40 * level : kind < 1.5 ? 0.92 : kind < 3.5 ? 1.12 * (1.0 - 0.86 * level) : 0.86;
  float turnBy = seed * 6.28;
  vec3 ball = turned(position, turnBy);
  // No crown is a ball: it swells and dents in heads of leaves.
  float lobe = sin(dot(position, vec3(4.7, 3.1, -4.1)) + seed * 31.0);
  if (kind > 0.5 && kind < 1.5 || kind > 3.5) ball *= 0.84 + 0.24 * lobe;
  else if (kind < 0.5) ball.xz *= 0.9 + 0.16 * sin(position.y * 9.0 + atan(position.z, position.x) * 2.0 + seed * 31.0);
  vOpen = mix(0.52, 1.0, smoothstep(0.45, 1.0, length(position))) * mix(0.74, 1.04, level) * (0.92 + 0.10 * lobe);
  // Without leaves the sky is seen through it from everywhere.
  vOpen = mix(vOpen, 1.0, 0.7 * bare);
  vec3 centre = vec3(ball.x * half_.x * wide, iSize.y * mix(low, 0.93, level), ball.z * half_.z * wide);
  float big = kind < 0.5 ? 0.088 : kind < 1.5 ? 0.158 : kind < 3.5 ? 0.098 : 0.24;
  // Bare crowns are thin: some of the cards are enough, of a hedge's shoots few.
  if (bare > 0.5 && fract(aCard.z * 5.3) < (kind > 3.5 ? 0.62 : 0.4)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float size = iSize.y * big * (0.8 + 0.45 * fract(aCard.z * 3.7)) * (kind > 1.5 && kind < 3.5 ? 1.15 - 0.5 * level : 1.0);
  // Cards stand roughly across the line to the eye, tilted each its own way, so that crowns are full from all sides.
  vec3 toEye = normalize(cameraPosition - (iPose.xyz + centre));
  vec3 right = normalize(cross(vec3(0.0, 1.0, 0.0), toEye) + vec3(0.001, 0.0, 0.0));
  vec3 up = cross(toEye, right);
  float tilt = bare > 0.5 && (kind < 1.5 || kind > 3.5) ? ball.x * dot(right, vec3(1.0, 0.0, 0.0)) + ball.z * dot(right, vec3(0.0, 0.0, 1.0)) : aCard.z;
  vec2 corner = vec2(aCard.x * cos(tilt) - aCard.y * sin(tilt), aCard.x * sin(tilt) + aCard.y * cos(tilt));
  // Bare poplars are twigs that stand upright.
  bool isRod = bare > 0.5 && kind < 0.5;
  if (isRod) corner = vec2(aCard.x + 0.25 * aCard.y * sin(aCard.z), aCard.y);
  vec3 off = (right * corner.x * (isRod ? 0.72 : 1.0) + up * corner.y * (isRod ? 1.7 : 0.92)) * size;
  vAt = vec3(aCard.xy * 0.5 + 0.5, tile);
  vNormal = normalize(ball + off / max(size, 0.01) * 0.35 + vec3(0.0, 0.25, 0.0));
  vWorld = iPose.xyz + centre + off;
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

export const treeFragment = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vAt;
varying float vOpen;
flat varying vec3 vLook;
uniform sampler2D uTrees;
#ifndef FRUGAL
flat varying vec4 vLamp;
#endif
${light}
${noise}
#ifndef FRUGAL
/** What the sky after sunset and the nearest lamp give a crown: from above, along its rim, and from below. */
vec3 eveningOn(vec3 albedo, vec3 n, float leafy) {
  vec3 ray = normalize(vWorld - cameraPosition);
  vec3 west = normalize(vec3(uSunTrue.x, 0.12, uSunTrue.z) + 1e-5);
  float thin = vOpen * vOpen;
  vec3 light_ = uSkyLight * (0.25 + 0.65 * max(n.y, 0.0)) * thin;
  // Seen against the afterglow a crown glows through along its rim; from the side it lies on what faces the glow.
  float against = pow(max(dot(ray, west), 0.0), 3.0);
  light_ += uGlow * thin * (0.45 * max(dot(n, west), 0.0) + 0.85 * leafy * against * smoothstep(0.5, 0.95, vOpen));
  vec3 off = vLamp.xyz - vWorld;
  float far = dot(off, off);
  float facing = 0.45 + 0.55 * dot(n, off * inversesqrt(far + 1e-3));
  light_ += vec3(1.0, 0.70, 0.38) * (vLamp.w * uNight * 30.0 / (far + 14.0)) * facing * mix(0.5, 1.0, vOpen);
  return albedo * light_;
}
#endif
void main() {
  vec3 n = normalize(vNormal);
  float seed = vLook.x;
  float kind = vLook.y;
  float cover = 1.0;
  float shade = 0.42;
  /** 1 along the upper side of twigs, where snow stays. */
  float upper = 0.35;
  // Rounded: a number that is the same at all corners may still come out a hair below, which is another tile.
  float tileAt = floor(vAt.z + 0.5);
  bool isWood = tileAt < -0.5;
  bool bare = isWood || tileAt == ${TreeTile.twigs}.0 || tileAt == ${TreeTile.poplarBare}.0 || tileAt == ${TreeTile.roundBare}.0 || tileAt == ${TreeTile.beltBare}.0 || tileAt == ${TreeTile.shrubBare}.0;
  if (!isWood) {
    vec2 tile = vec2(mod(tileAt, 4.0), floor((tileAt + 0.5) / 4.0));
    vec2 uv = (tile + clamp(vAt.xy, 0.004, 0.996)) / 4.0;
    vec4 texel = texture2D(uTrees, uv);
    #ifndef FRUGAL
    upper = smoothstep(0.04, 0.3, -dFdy(texel.r));
    // Heads of leaves finer than the painted ones, on cards seen from not too far.
    if (tileAt > ${TreeTile.needles}.5 && !bare) {
      float fine = 1.0 - smoothstep(0.012, 0.03, length(fwidth(vAt.xy)));
      float heads = valueNoise(vAt.xy * vec2(46.0, 64.0) + seed * 57.0) * 0.55 + valueNoise(vAt.xy * vec2(104.0, 130.0) - seed * 31.0) * 0.45;
      texel.g *= 1.0 + (heads - 0.5) * 1.1 * fine;
      texel.r -= (1.0 - smoothstep(0.55, 1.0, texel.r)) * heads * 0.7 * fine;
    }
    // Where a crown ends it is thin: the sky shows between its outermost leaves.
    if (!bare && kind < 1.5) texel.r -= 0.16 * smoothstep(0.72, 1.0, vOpen) * (1.0 - smoothstep(0.4, 1.0, texel.g));
    #endif
    // Mip maps thin leaves out: what is left counts for more the smaller it is drawn.
    float px = length(fwidth(vAt.xy)) * 128.0;
    cover = clamp((texel.r * (1.0 + 0.16 * max(0.0, log2(max(px, 1.0)))) - 0.42) / max(fwidth(texel.r), 0.08) + 0.5, 0.0, 1.0);
    // Twigs smaller than a pixel are a veil, not grains; heads of leaves keep their outline.
    #ifndef FRUGAL
    if (bare)
    #endif
      cover = mix(cover, smoothstep(0.22, 0.66, texel.r), smoothstep(0.8, 2.2, px));
    #ifndef FRUGAL
    // From afar a bare crown is a haze of twigs: what is behind it shows.
    if (bare) {
      float veil = smoothstep(0.5, 2.0, px);
      cover *= mix(1.0, 0.76, veil);
      upper = mix(upper, 0.30, veil);
    }
    #endif
    if (cover < 0.06) discard;
    shade = texel.g / max(texel.r, 0.12);
  }
  vec3 green = uLeaf * mix(vec3(0.78, 0.88, 0.8), vec3(1.28, 1.14, 0.95), hash(vec2(seed, 3.0)));
  if (kind > 0.5 && kind < 1.5) green *= vec3(1.12, 1.08, 0.9);
  if (kind > 1.5 && kind < 2.5) green = vec3(0.034, 0.058, 0.036) * (0.8 + 0.5 * seed);
  if (kind > 3.5 && kind < 4.5) green = mix(uLeaf * 1.1, uFresh, 0.5) * vec3(0.95, 1.0, 1.05);
  if (kind > 4.5) green = mix(uPale * 1.05, uFresh * 1.1, 0.2 + 0.55 * fract(seed * 5.0));
  // Poplars of the plain are pale grey in winter, elms and willows a dull brown; under a low sun warm tones would glow.
  vec3 wood = kind < 0.5 || (kind > 2.5 && kind < 3.5) ? vec3(0.225, 0.215, 0.195) : mix(vec3(0.138, 0.118, 0.098), vec3(0.175, 0.158, 0.132), fract(seed * 23.0));
  // Before snow bark is dark.
  wood = mix(wood, dot(wood, vec3(0.30, 0.32, 0.22)) * vec3(0.56, 0.58, 0.64), 0.85 * smoothstep(0.0, 0.03, uSnow));
  vec3 albedo = bare ? wood * (0.6 + 0.8 * shade) : green * (0.42 + 1.15 * shade);
  if (isWood) albedo *= 0.78 + 0.44 * hash(floor(vec2(vWorld.y * 5.0, dot(vWorld.xz, vec2(9.0, 7.0)))));
  albedo *= vOpen;
  // Needles and leaves hold a storm's dust.
  if (!bare && !isWood) albedo = mix(albedo, vec3(0.27, 0.215, 0.14) * (0.5 + 0.9 * shade), 0.55 * uDust);
  #ifdef FRUGAL
  if (!isWood && uSnow > 0.0) albedo = mix(albedo, vec3(0.74, 0.77, 0.81), uSnow * smoothstep(0.35, 0.75, shade) * (bare ? 0.34 : 0.72) * smoothstep(0.2, 0.8, n.y));
  #else
  // On twigs it lies along their upper sides, on needles in cushions with green below.
  float lies = bare ? upper * 0.52 : smoothstep(0.42, 0.72, shade + 0.2 * n.y) * smoothstep(-0.05, 0.7, n.y) * 0.6;
  if (!isWood && uSnow > 0.0) albedo = mix(albedo, vec3(0.74, 0.77, 0.81), uSnow * lies);
  #endif
  // Asked outside of its own crown, which its simple shadow fills.
  float sun = mix(0.18, 1.0, shadowAt(vWorld + uSunDirection * (kind < 2.5 ? 3.8 : 1.5)));
  vec3 colour = litBy(albedo, n, sun);
  // Leaves let some of the sun through.
  if (!bare) {
    vec3 ray = normalize(vWorld - cameraPosition);
    colour += albedo * uSunLight * sun * (0.30 * max(0.0, dot(-n, uSunDirection) * 0.6 + 0.4) + 0.7 * vOpen * pow(max(dot(ray, uSunDirection), 0.0), 5.0));
  }
  #ifndef FRUGAL
  if (uNight > 0.05) colour += eveningOn(albedo, n, bare ? 0.0 : 1.0);
  #endif
  // The card comes first, then the leaves go: coverage of samples, no pattern of dots.
  gl_FragColor = vec4(hazed(colour, vWorld), cover * vLook.z);
  ${finish}
}
`;

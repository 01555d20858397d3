/**
 * Scenery: lit by the real sun and sky, hazed by the air, tone-mapped by three's own chunk at the end.
 * Uniforms are shared by every scenery material (sky.ts fills them).
 */
export const light = /* glsl */ `
uniform vec3 uSunDirection;
uniform vec3 uSunLight;
uniform vec3 uSkyLight;
uniform vec3 uGroundLight;
uniform vec3 uZenith;
uniform vec3 uHorizon;
uniform vec3 uGlow;
uniform vec3 uBelt;
uniform vec3 uSunTrue;
uniform float uNight;
uniform float uHaze;
uniform float uRecede;
uniform float uSnow;
uniform float uWet;
uniform float uDust;
uniform float uCloud;
uniform vec2 uCloudDrift;
uniform vec2 uDustDrift;
uniform sampler2D uNoise;
uniform vec3 uFresh;
uniform vec3 uPale;
uniform vec3 uLeaf;
uniform float uLeaves;
uniform highp sampler2DShadow uShadowMap;
uniform mat4 uShadowMatrix;
uniform float uShadowTexel;
uniform highp sampler2DShadow uNearMap;
uniform mat4 uNearMatrix;

/** Clear sky: darker upwards, a warm band where the sun is or went down, a rosy arch opposite, a city in the north. */
vec3 skyColour(vec3 direction) {
  float height = max(direction.y, 0.0);
  vec2 flatView = normalize(direction.xz + 1e-5);
  float sunward = dot(flatView, normalize(uSunTrue.xz + 1e-5)) * 0.5 + 0.5;
  vec3 colour = mix(uHorizon, uZenith, 1.0 - exp(-height * 3.4));
  float band = sunward * sunward;
  band *= band;
  // By dusk the band covers the blue, or it would turn pink; by day it only warms it.
  float warm = clamp(max(uGlow.r, uGlow.g) * 1.5, 0.0, 1.0);
  float low = exp(-height * 15.0);
  colour = mix(colour, uGlow * 1.15, warm * band * low * 0.86);
  colour += uGlow * (0.10 * low + band * (0.22 * exp(-height * 5.0) + 0.5 * (1.0 - warm) * low));
  float arch = (height - 0.15) / 0.10;
  colour += uBelt * (1.0 - sunward) * (1.0 - sunward) * exp(-arch * arch);
  float city = max(dot(flatView, vec2(-0.11, -0.994)), 0.0);
  city *= city * city * city;
  // Lamps of the plain light the air above it, faintly all round and most where the city lies.
  float lamps = 0.55 * exp(-height * 14.0) + city * city * exp(-height * 13.0);
  return colour + vec3(0.060, 0.044, 0.028) * (uNight * uNight * lamps * (1.0 - uDust));
}

#ifdef FRUGAL
/** The sky that a smooth surface shows: no bands, no city. */
vec3 mirrored(vec3 direction) {
  return mix(uHorizon, uZenith, smoothstep(-0.1, 0.5, direction.y));
}
/** One texel of each map, no clouds. */
float shadowAt(vec3 world) {
  vec3 near = (uNearMatrix * vec4(world, 1.0)).xyz * 0.5 + 0.5;
  vec3 far = (uShadowMatrix * vec4(world, 1.0)).xyz * 0.5 + 0.5;
  vec3 edge = abs(near - 0.5);
  vec3 rim = abs(far - 0.5);
  bool isNear = max(edge.x, max(edge.y, edge.z)) < 0.49;
  bool isOut = uShadowTexel == 0.0 || max(rim.x, max(rim.y, rim.z)) > 0.498;
  float lit = isNear ? texture(uNearMap, near - vec3(0.0, 0.0, 0.0001)) : texture(uShadowMap, far - vec3(0.0, 0.0, 0.00005));
  return isOut ? 1.0 : lit;
}
#else
vec3 mirrored(vec3 direction) {
  return skyColour(direction);
}
/** Shadows of drifting clouds: light that is left, where the sky is broken. */
float cloudShade(vec3 world) {
  if (uCloud < 0.1 || uCloud > 0.92) return 1.0;
  float density = texture2D(uNoise, (world.xz - uCloudDrift) / 8300.0).r;
  float low = mix(0.74, 0.30, uCloud);
  return 1.0 - 0.62 * smoothstep(low, low + 0.16, density);
}

/** 1 in the sun, 0 in shadow, softly between; outside the maps everything is in the sun. */
float shadowAt(vec3 world) {
  if (uShadowTexel == 0.0) return cloudShade(world);
  vec3 at = (uNearMatrix * vec4(world, 1.0)).xyz * 0.5 + 0.5;
  vec3 edge = abs(at - 0.5);
  if (max(edge.x, max(edge.y, edge.z)) < 0.49) {
    const float t = 1.3 / 2048.0;
    float z = at.z - 0.0001;
    float soft = texture(uNearMap, vec3(at.xy, z)) * 2.0;
    soft += texture(uNearMap, vec3(at.xy + vec2(t, 0.4 * t), z)) + texture(uNearMap, vec3(at.xy - vec2(t, 0.4 * t), z));
    soft += texture(uNearMap, vec3(at.xy + vec2(-0.4 * t, t), z)) + texture(uNearMap, vec3(at.xy + vec2(0.4 * t, -t), z));
    return soft / 6.0 * cloudShade(world);
  }
  at = (uShadowMatrix * vec4(world, 1.0)).xyz * 0.5 + 0.5;
  if (any(lessThan(at, vec3(0.002))) || any(greaterThan(at, vec3(0.998)))) return cloudShade(world);
  float z = at.z - 0.00005;
  float lit = texture(uShadowMap, vec3(at.xy, z)) * 2.0;
  lit += texture(uShadowMap, vec3(at.xy + vec2(uShadowTexel, 0.4 * uShadowTexel), z));
  lit += texture(uShadowMap, vec3(at.xy - vec2(uShadowTexel, 0.4 * uShadowTexel), z));
  return lit * 0.25 * cloudShade(world);
}
#endif

/**
 * What lies on a surface: snow on what faces up, more where it is deep, and the dark of wet stone.
 * Call it on the albedo of everything that stands outdoors, before litBy.
 */
vec3 snowOn(vec3 albedo, vec3 normal, vec3 world) {
  if (uSnow + uWet <= 0.0) return albedo;
  float up = smoothstep(0.35, 0.8, normal.y);
  vec3 damp = albedo * (1.0 - 0.42 * uWet * (0.4 + 0.6 * up));
  #ifdef FRUGAL
  float cover = up * smoothstep(0.0, 0.05, uSnow) * 0.85;
  #else
  vec2 p = world.xz + world.y * 0.37;
  // Drifts tens of metres long, of three lengths that never meet again: bare ground only where hardly any lies.
  float patchy = 0.5 + 0.2 * (sin(p.x * 0.061 + 2.3 * sin(p.y * 0.023 + 1.3)) + sin(p.y * 0.053 + 1.9 * sin(p.x * 0.027)));
  patchy += 0.1 * sin(p.x * 0.31 + p.y * 0.22 + 2.6 * sin(p.y * 0.083 + 0.4 * sin(p.x * 0.19)));
  float drift = smoothstep(patchy * 0.9 - 0.3, patchy * 0.9 + 0.35, uSnow * 1.15);
  float cover = up * mix(drift, 1.0, 0.62 * smoothstep(0.02, 0.18, uSnow));
  #endif
  return mix(damp, vec3(0.88, 0.905, 0.94), cover * step(0.001, uSnow));
}

/** Dust that the wind drives over the ground in streaks: how much of it lies before what is seen there, 0…1. */
float blown(vec3 world) {
  #ifdef FRUGAL
  return uDust * 0.3;
  #else
  if (uDust < 0.05) return 0.0;
  vec2 wind = normalize(uDustDrift + vec2(1e-3, 0.0));
  vec2 p = world.xz - uDustDrift * 1.5;
  vec2 at = vec2(dot(p, wind), dot(p, vec2(-wind.y, wind.x)));
  float streak = texture2D(uNoise, at / vec2(420.0, 64.0)).g * 0.6 + texture2D(uNoise, at / vec2(90.0, 15.0) + 0.3).r * 0.4;
  return uDust * smoothstep(0.44, 0.78, streak);
  #endif
}

/** In a dust storm dust lies on everything, most on what faces up. */
vec3 dusted(vec3 albedo, float up) {
  return mix(albedo, vec3(0.36, 0.27, 0.17), uDust * (0.13 + 0.25 * max(up, 0.0)));
}

vec3 litBy(vec3 own, vec3 normal, float sun) {
  vec3 albedo = dusted(own, normal.y);
  vec3 ambient = mix(uGroundLight, uSkyLight, normal.y * 0.5 + 0.5);
  // What the moon leaves dark the sky still reaches.
  float shade = mix(sun, 1.0, 0.55 * uNight);
  return albedo * (ambient + uSunLight * max(dot(normal, uSunDirection), 0.0) * shade);
}

/** Aerial perspective: distance fades towards the sky behind it; the air is thicker near the ground, dust in banks. */
vec3 hazed(vec3 colour, vec3 world) {
  vec3 ray = world - cameraPosition;
  float reach = length(ray);
  vec3 direction = ray / reach;
  float mean = 0.5 * (max(cameraPosition.y, 0.0) + max(world.y, 0.0));
  float thick = reach * uHaze * exp(-mean / mix(900.0, 190.0, uDust));
  #ifdef FRUGAL
  float amount = max(1.0 - exp(-thick * sqrt(sqrt(thick))), smoothstep(8000.0, 28000.0, reach));
  // The sky just above the horizon: skyColour at a height of 0.012.
  float sunward = dot(direction.xz, uSunTrue.xz) * inversesqrt(dot(direction.xz, direction.xz) * dot(uSunTrue.xz, uSunTrue.xz) + 1e-9) * 0.5 + 0.5;
  float band = sunward * sunward * sunward * sunward;
  float warm = clamp(max(uGlow.r, uGlow.g) * 1.5, 0.0, 1.0);
  vec3 air = mix(mix(uHorizon, uZenith, 0.04), uGlow * 1.15, warm * band * 0.72);
  air += uGlow * (0.084 + band * (0.207 + 0.418 * (1.0 - warm))) + uBelt * ((1.0 - sunward) * (1.0 - sunward) * 0.15);
  air += vec3(0.060, 0.044, 0.028) * (uNight * uNight * 0.47 * (1.0 - uDust));
  #else
  if (uDust > 0.02) {
    float bank = texture2D(uNoise, (world.xz - uDustDrift) / 2600.0).r + texture2D(uNoise, (world.xz - uDustDrift * 1.4) / 700.0).g * 0.5;
    thick *= max(0.25, 1.0 + uDust * (bank - 0.72) * 1.7);
    // Within a hundred metres little of it lies before the eye.
    thick *= mix(1.0, smoothstep(20.0, 260.0, reach) * 0.75 + 0.25, uDust);
  }
  float amount = 1.0 - exp(-thick * sqrt(sqrt(thick)));
  amount = max(amount, smoothstep(8000.0, 28000.0, reach));
  vec3 air = skyColour(normalize(vec3(direction.x, max(direction.y, 0.012), direction.z)));
  #endif
  vec3 seen = mix(colour, air, amount);
  // X-ray: what is not looked at recedes into deep cool shade, so that glass and data stand out; it keeps half of its
  // own tone, so that a thing stays the thing it is, and the far air stays.
  float luma = dot(seen, vec3(0.2126, 0.7152, 0.0722));
  return mix(seen, mix(vec3(luma), seen, 0.5) / (1.0 + 1.8 * luma) * vec3(0.31, 0.355, 0.42) + vec3(0.007, 0.010, 0.0145), uRecede * (1.0 - amount * (0.75 + 0.25 * amount * amount)));
}
`;

/** Value noise and three octaves of it; `hash` is stable over the campus' ±10 km. */
export const noise = /* glsl */ `
float hash(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * 0.1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}
float valueNoise(vec2 p) {
  vec2 i = floor(p);
  vec2 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}
float fbm(vec2 p) {
  return valueNoise(p) * 0.55 + valueNoise(p * 2.13 + 7.1) * 0.29 + valueNoise(p * 4.37 + 3.7) * 0.16;
}
`;

/** End of every scenery fragment shader: from linear light to the canvas. */
export const finish = /* glsl */ `
#include <tonemapping_fragment>
#include <colorspace_fragment>
`;

/** Places a unit or metric kit: pose = east-up-south metres and yaw (radians clockwise from north). */
export const place = /* glsl */ `
vec3 turned(vec3 v, float yaw) {
  float c = cos(yaw);
  float s = sin(yaw);
  return vec3(v.x * c - v.z * s, v.y, v.x * s + v.z * c);
}
`;

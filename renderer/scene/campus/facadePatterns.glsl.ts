/**
 * Patterns of façades, in wall space: along (left to right seen from outside), up, out of the wall, metres. Each is
 * filtered to its mean where it gets smaller than a pixel, and openings have real depth: rays are traced into them.
 */
export const facadePatterns = /* glsl */ `
struct Wall {
  /** Where: from the middle of the wall and its foot. */
  vec2 at;
  vec2 size;
  /** Directions towards the eye and the sun. */
  vec3 eye;
  vec3 sun;
  /** Metres a pixel spans. */
  float px;
};
struct Skin { vec3 albedo; vec3 glow; float mirror; float sun; float gloss; vec2 pane; };

/** 1 inside a band of a repeating pattern, box-filtered to its mean when it gets smaller than a pixel. */
float band(float at, float from, float to) {
  float f = fract(at);
  float px = fwidth(at);
  float inside = smoothstep(from - px, from + px, f) * (1.0 - smoothstep(to - px, to + px, f));
  return mix(inside, to - from, smoothstep(0.35, 0.9, px));
}
/** 1 at joints that are width metres wide, every pitch metres. */
float joints(float at, float pitch, float width) {
  float px = fwidth(at);
  float off = abs(fract(at / pitch + 0.5) - 0.5) * pitch;
  float line = 1.0 - smoothstep(width * 0.5, width * 0.5 + max(px, 0.01), off);
  return mix(line, width / pitch, smoothstep(0.15, 0.5, px / pitch)) * mix(1.0, min(1.0, width / max(px, 1e-4)), smoothstep(0.5, 2.0, px / width));
}
/** 1 inside a rectangle of half size h around the origin, its edge as soft as a pixel. */
float inside(vec2 p, vec2 h, float px) {
  vec2 d = h - abs(p);
  return smoothstep(-px * 0.5, px * 0.5, d.x) * smoothstep(-px * 0.5, px * 0.5, d.y);
}
/** Where a ray ends that enters an opening of half size h at p: xy in its plane, z share of its depth (1: its back). */
vec3 into(vec2 p, vec2 h, float depth, vec3 eye) {
  vec2 slope = -eye.xy / max(eye.z, 0.12) * depth + 1e-5;
  vec2 share = (sign(slope) * h - p) / slope;
  float least = clamp(min(share.x, share.y), 0.0, 1.0);
  return vec3(p + slope * least, least);
}
/** How far the sun reaches a point at this depth behind an opening. */
float sunInto(vec2 q, vec2 h, float depth, Wall wall) {
  vec2 leaves = q + wall.sun.xy / max(wall.sun.z, 0.06) * depth;
  return inside(leaves, h, wall.px + 0.08) * smoothstep(0.0, 0.1, wall.sun.z);
}
/** Blades of a louvre, each lit on its upper side, dark in between. */
float blades(float up, float pitch, float px) {
  float f = fract(up / pitch);
  float blade = mix(0.30, 1.0, smoothstep(0.05, 0.55, f)) * (1.0 - 0.45 * smoothstep(0.86, 1.0, f));
  return mix(blade, 0.68, smoothstep(0.22, 0.6, px / pitch));
}
/** Lays a louvre field into the skin: p from its centre, h its half size. */
void louvre(inout Skin skin, Wall wall, vec2 p, vec2 h, vec3 tone) {
  float mask = inside(p, h, wall.px);
  if (mask <= 0.0) return;
  float depth = 0.55 * (1.0 - smoothstep(0.25, 0.9, wall.px));
  vec3 hit = into(p, h, depth, wall.eye);
  float back = smoothstep(0.98, 1.0, hit.z);
  vec3 albedo = mix(tone * 1.25, tone * blades(hit.y, 0.24, wall.px), back);
  // Posts of the frame that carries the blades.
  albedo = mix(albedo, tone * 1.3, back * joints(hit.x, 1.5, 0.07));
  float shade = mix(1.0, 0.62, smoothstep(h.y * 0.2, h.y, hit.y) * back);
  skin.albedo = mix(skin.albedo, albedo * shade, mask);
  skin.sun = mix(skin.sun, depth > 0.05 ? sunInto(hit.xy, h, depth * hit.z, wall) : 0.8, mask);
  skin.gloss = mix(skin.gloss, 0.0, mask);
}
/** Lays a window into the skin; lit: how much of the warm room behind it is seen by night, 0…1. */
void window_(inout Skin skin, Wall wall, vec2 p, vec2 h, float lit) {
  float mask = inside(p, h, wall.px);
  if (mask <= 0.0) return;
  float depth = 0.22 * (1.0 - smoothstep(0.2, 0.7, wall.px));
  vec3 hit = into(p, h, depth, wall.eye);
  float pane = smoothstep(0.98, 1.0, hit.z);
  float frame = 1.0 - inside(hit.xy, h - 0.06, wall.px);
  pane *= 1.0 - frame * (1.0 - smoothstep(0.1, 0.5, wall.px));
  // A room three metres deep behind the pane: its ceiling lights and back wall, seen at an angle.
  vec3 room = into(hit.xy, h + vec2(0.6, 0.2), 3.0, wall.eye);
  float ceiling = step(room.z, 0.99) * step(h.y * 0.6, room.y);
  float one = hash(floor((wall.at - p) * 0.61 + 0.5));
  // Warm lamps, here and there a cool one.
  float tone = fract(lit * 7.0 + one * 0.37);
  vec3 warm = tone > 0.9 ? vec3(0.74, 0.86, 1.0) : mix(vec3(1.0, 0.56, 0.23), vec3(1.0, 0.80, 0.54), tone);
  vec3 seen = warm * (0.55 + 0.75 * ceiling) * mix(1.0, 0.55, room.z);
  // By day blinds, desks and ceilings are guessed behind the reflection.
  float blind = step(0.72, one) * smoothstep(-0.2, 0.0, hit.y / h.y - (fract(one * 17.0) * 1.6 - 0.8));
  vec3 dim = mix(vec3(0.020, 0.026, 0.032) * (0.7 + 0.9 * ceiling + 0.5 * one), vec3(0.22, 0.22, 0.21), blind);
  skin.albedo = mix(skin.albedo, mix(vec3(0.11, 0.12, 0.13), dim, pane), mask);
  skin.glow += seen * (1.0 - 0.6 * blind) * pane * mask * lit * uNight * 1.45;
  skin.pane = mix(skin.pane, (wall.at - p) * 0.61 + 0.5, step(0.5, mask));
  skin.mirror = max(skin.mirror, pane * mask * (0.72 + 0.5 * one));
  skin.sun = mix(skin.sun, sunInto(hit.xy, h, depth * hit.z, wall), mask * (1.0 - pane));
}
`;

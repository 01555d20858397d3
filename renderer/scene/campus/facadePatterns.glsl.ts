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
/** A room behind glass, from where the line of sight enters: x from its middle, y from its floor. size: half width, height, depth. */
struct Room { vec2 at; vec3 size; float lit; float seed; };
/** What of a room is seen, lit from lines of lamps along its depth: rgb as reflected, a where it is a lamp itself. */
vec4 roomAt(Room room, vec3 eye, float px) {
  vec3 ray = vec3(-eye.xy, max(eye.z, 0.05)) + 1e-5;
  vec3 end = vec3(ray.x > 0.0 ? room.size.x : -room.size.x, ray.y > 0.0 ? room.size.y : 0.0, room.size.z);
  vec3 reach = vec3(end.xy - room.at, end.z) / ray;
  float far = max(0.0, min(reach.x, min(reach.y, reach.z)));
  vec3 q = vec3(room.at, 0.0) + ray * far;
  float top = 1.0 - q.y / room.size.y;
  float soft = px * 1.5 + 0.02;
  float lamps = abs(fract(q.x / 2.2 + 0.25 + room.seed) - 0.5) * 2.2;
  if (far == reach.y && ray.y > 0.0) {
    float strip = (1.0 - smoothstep(0.11, 0.13 + soft, lamps)) * smoothstep(0.3, 0.6, q.z) * step(fract(q.z / 1.6), 0.86);
    return vec4(vec3(0.62) * (0.62 + 0.38 * exp(-lamps * 1.3)), strip);
  }
  if (far == reach.y) return vec4(vec3(0.19, 0.185, 0.18) * (0.72 + 0.28 * smoothstep(0.0, 1.4, q.z)), 0.0);
  float wash = (0.46 + 0.54 * exp(-top * 2.2)) * mix(0.8, 1.0, smoothstep(0.0, 0.9, q.y));
  if (far == reach.x) return vec4(vec3(0.47, 0.46, 0.44) * wash * (1.0 - 0.12 * step(2.5, q.z)), 0.0);
  // The back wall: cupboards up to a man's height, a door, a board.
  float slot = floor((q.x + room.size.x) / 0.9);
  float one = hash(vec2(slot, room.seed * 91.0));
  float within_ = abs(fract((q.x + room.size.x) / 0.9) - 0.5);
  float cupboard = step(q.y, 0.9 + 1.3 * step(0.42, one)) * step(0.22, one);
  float gap = smoothstep(0.46 - soft, 0.5, within_);
  vec3 wall = vec3(0.56, 0.55, 0.52);
  wall = mix(wall, mix(vec3(0.16, 0.17, 0.19), vec3(0.34, 0.32, 0.29), one) * (1.0 - 0.5 * gap), cupboard);
  float board = step(0.8, one) * step(1.3, q.y) * step(q.y, 2.1) * step(within_, 0.42);
  return vec4(mix(wall, vec3(0.30, 0.34, 0.38), board) * wash * 0.9, 0.0);
}
/** Lays a window into the skin, a room behind it; lit: how much of its light is seen by night, 0…1. */
void windowOf(inout Skin skin, Wall wall, vec2 p, vec2 h, Room room) {
  float mask = inside(p, h, wall.px);
  if (mask <= 0.0) return;
  float depth = 0.22 * (1.0 - smoothstep(0.2, 0.7, wall.px));
  vec3 hit = into(p, h, depth, wall.eye);
  float pane = smoothstep(0.98, 1.0, hit.z);
  float frame = 1.0 - inside(hit.xy, h - 0.06, wall.px);
  pane *= 1.0 - frame * (1.0 - smoothstep(0.1, 0.5, wall.px));
  room.at += hit.xy - p;
  vec4 seen = roomAt(room, wall.eye, wall.px);
  float one = hash(floor((wall.at - p) * 0.61 + 0.5));
  // Warm lamps, here and there a cool one.
  float tone = fract(room.seed * 7.0);
  vec3 warm = tone > 0.72 ? vec3(0.72, 0.85, 1.0) : mix(vec3(1.0, 0.60, 0.28), vec3(1.0, 0.82, 0.58), tone * 1.4);
  // Blinds hang at heights of their own, lit through from behind; their slats show from nearby.
  float drop = one < 0.45 ? -1.0 : fract(one * 17.0) * (one > 0.86 ? 2.0 : 1.1);
  float blind = smoothstep(0.0, 0.02 + wall.px, hit.y / h.y - 1.0 + drop) * step(0.0, drop);
  float slats = mix(0.82 + 0.18 * smoothstep(0.3, 0.5, abs(fract(hit.y / 0.09) - 0.5)), 0.9, smoothstep(0.02, 0.06, wall.px));
  // By day only what the window itself lights is guessed behind the reflection.
  vec3 dim = mix(seen.rgb * (0.085 + 0.10 * seen.a * room.lit), vec3(0.165, 0.17, 0.168) * slats, blind);
  skin.albedo = mix(skin.albedo, mix(vec3(0.11, 0.12, 0.13), dim, pane), mask);
  vec3 light_ = warm * (seen.rgb * 1.9 + seen.a * 1.5);
  light_ = mix(light_, warm * 0.34 * slats, blind);
  skin.glow += light_ * pane * mask * room.lit * uNight * 1.45;
  skin.pane = mix(skin.pane, (wall.at - p) * 0.61 + 0.5, step(0.5, mask));
  skin.mirror = max(skin.mirror, pane * mask * (0.72 + 0.5 * one) * (1.0 - 0.55 * blind));
  skin.sun = mix(skin.sun, sunInto(hit.xy, h, depth * hit.z, wall), mask * (1.0 - pane));
}
/** A window with a room of its own behind it. */
void window_(inout Skin skin, Wall wall, vec2 p, vec2 h, float lit) {
  float one = hash(floor((wall.at - p) * 0.37 + 0.5) + 3.0);
  float wide = max(h.x * 1.3, 1.5);
  windowOf(skin, wall, p, h, Room(vec2(p.x + (one - 0.5) * (wide - h.x), p.y + h.y + 0.8), vec3(wide, h.y * 2.0 + 1.15, 3.4), lit, one));
}
`;

/**
 * Façades by kind of building (\`Style\`, shellForm.ts). Proportion, tone and rhythm differ by who builds so; all keep
 * the same calm greys, one quiet accent a zone.
 */
export const facadeKinds = /* glsl */ `
/** Quiet colours of zones: none is near an alarm hue. */
vec3 accentOf(float zone) {
  float k = mod(zone, 5.0);
  return k < 0.5 ? vec3(0.075, 0.110, 0.165) : k < 1.5 ? vec3(0.085, 0.130, 0.140)
    : k < 2.5 ? vec3(0.165, 0.120, 0.100) : k < 3.5 ? vec3(0.110, 0.115, 0.140) : vec3(0.135, 0.135, 0.110);
}
/** Cell of a repeating bay: its number, and where in it from its middle. */
vec2 bayOf(float at, float pitch) {
  float n = floor(at / pitch);
  return vec2(n, at - (n + 0.5) * pitch);
}
/** Panels with joints, no two of quite the same tone. */
vec3 panels(vec3 tone, Wall wall, vec2 pitch, float seed) {
  float far = smoothstep(0.25, 0.8, wall.px / pitch.x);
  float one = hash(floor(wall.at / pitch) + seed * 50.0) - 0.5;
  float joint = max(joints(wall.at.x, pitch.x, 0.035), joints(wall.at.y, pitch.y, 0.035));
  return tone * (1.0 + one * 0.11 * (1.0 - far)) * (1.0 - 0.5 * joint);
}
/** By night lamps of the plant rooms behind louvres shine out between their blades, in some bays. */
void plantRoomLight(inout Skin skin, Wall wall, vec2 p, vec2 h, float one) {
  if (uNight < 0.05 || one < 0.52) return;
  float mask = inside(p, h, wall.px);
  float slit = mix(smoothstep(0.55, 0.85, abs(fract(p.y / 0.24) - 0.5) * 2.0), 0.3, smoothstep(0.22, 0.6, wall.px / 0.24));
  float fall = 0.35 + 0.65 * exp(-(h.y - p.y) * 0.9);
  vec3 tone = one > 0.8 ? vec3(0.80, 0.90, 1.0) : vec3(1.0, 0.80, 0.54);
  skin.glow += tone * (mask * slit * fall * (0.25 + 0.5 * fract(one * 13.0)) * uNight * 0.55);
}
/** By night: lamps at the foot of a wall wash it from below, and a thin line of light runs below the coping. */
void wallLights(inout Skin skin, Wall wall, float pitch) {
  if (uNight < 0.05) return;
  float off = (fract(wall.at.x / pitch) - 0.5) * pitch;
  float cone = exp(-off * off / (1.2 + 0.55 * wall.at.y)) * exp(-wall.at.y / 5.0);
  float mean = 0.34 * exp(-wall.at.y / 5.5);
  float wash = mix(cone, mean, smoothstep(0.15, 0.5, wall.px / pitch));
  skin.glow += skin.albedo * vec3(1.0, 0.77, 0.50) * (wash * uNight * 1.5) * (1.0 - skin.mirror);
  float edge = wall.size.y - 0.62 - wall.at.y;
  float thick = max(0.07, wall.px * 0.55);
  float line_ = (1.0 - smoothstep(thick * 0.6, thick, abs(edge))) * min(1.0, 0.22 / thick);
  float spill = exp(-max(edge, 0.0) * 0.8) * step(0.0, edge);
  skin.glow += vec3(0.86, 0.93, 1.0) * uNight * (0.75 * line_ + skin.albedo * 0.10 * spill);
}
/** Two low storeys between white piers: a louvre ribbon in the upper half of each. */
void telecomHall(inout Skin skin, Wall wall, float storey, vec3 accent, float seed) {
  skin.albedo = panels(vec3(0.60, 0.605, 0.60), wall, vec2(1.5, storey * 0.5), seed);
  vec2 bay = bayOf(wall.at.x, wall.size.x / floor(wall.size.x / 9.0));
  float level = floor(wall.at.y / storey);
  float half_ = wall.size.x / floor(wall.size.x / 9.0) * 0.5;
  float up = wall.at.y - level * storey;
  louvre(skin, wall, vec2(bay.y, up - storey * 0.60), vec2(half_ - 0.75, storey * 0.22), vec3(0.30, 0.325, 0.35));
  plantRoomLight(skin, wall, vec2(bay.y, up - storey * 0.60), vec2(half_ - 0.75, storey * 0.22), hash(vec2(bay.x + seed * 23.0, level * 5.0 + 1.0)));
  float sill = inside(vec2(bay.y, up - storey * 0.35), vec2(half_ - 0.75, 0.09), wall.px);
  skin.albedo = mix(skin.albedo, accent * 1.4, sill);
}
/** Four storeys of tall louvre shafts between ribs, storey after storey; slots of corridor windows between pairs. */
void telecomTower(inout Skin skin, Wall wall, float storey, vec3 accent, float seed) {
  skin.albedo = panels(vec3(0.61, 0.61, 0.60), wall, vec2(1.4, storey * 0.5), seed);
  float pitch = wall.size.x / floor(wall.size.x / 6.9 + 0.5);
  vec2 bay = bayOf(wall.at.x + wall.size.x * 0.5, pitch);
  float level = floor(wall.at.y / storey);
  float up = wall.at.y - level * storey;
  float isSlot = step(2.5, mod(bay.x + floor(seed * 4.0), 4.0));
  // The rib: a shaded edge either side of each bay stands for its depth from afar.
  float rib = smoothstep(pitch * 0.5 - 0.62 - wall.px, pitch * 0.5 - 0.62, abs(bay.y));
  skin.albedo *= mix(0.80, 1.06, rib);
  if (isSlot > 0.5) {
    float lit = step(0.62, hash(vec2(bay.x + seed * 40.0, level))) * step(1.0, level);
    window_(skin, wall, vec2(bay.y, up - storey * 0.52), vec2(0.55, storey * 0.34), lit * (0.4 + 0.5 * hash(vec2(level, bay.x))));
  } else {
    louvre(skin, wall, vec2(bay.y, up - storey * 0.54), vec2(pitch * 0.5 - 0.8, storey * 0.33), vec3(0.285, 0.31, 0.335));
    float head = inside(vec2(bay.y, up - storey * 0.93), vec2(pitch * 0.5 - 0.8, 0.07), wall.px);
    skin.albedo = mix(skin.albedo, accent * 1.5, head);
    plantRoomLight(skin, wall, vec2(bay.y, up - storey * 0.54), vec2(pitch * 0.5 - 0.8, storey * 0.33), hash(vec2(bay.x + seed * 23.0, level * 5.0 + 1.0)));
  }
}
/** A very long low hall: precast below, ribbed metal above, relief louvres right under the coping. */
void cloudHall(inout Skin skin, Wall wall, float storey, vec3 accent, float seed) {
  float split = storey * 0.52;
  float ribs = mix(abs(fract(wall.at.x / 0.5) - 0.5) * 2.0, 0.5, smoothstep(0.15, 0.4, wall.px));
  float field = hash(vec2(floor(wall.at.x / 6.0) + seed * 40.0, floor((wall.at.y - split) / 3.0))) - 0.5;
  vec3 metal = vec3(0.565, 0.59, 0.615) * (0.92 + 0.14 * ribs) * (1.0 + 0.06 * field * (1.0 - smoothstep(1.5, 4.0, wall.px)));
  metal *= 1.0 - 0.35 * joints(wall.at.x, 6.0, 0.05);
  vec3 precast = panels(vec3(0.43, 0.435, 0.44), wall, vec2(6.0, split), seed);
  float upper = smoothstep(split - wall.px, split + wall.px, wall.at.y);
  skin.albedo = mix(precast, metal, upper);
  skin.gloss = 0.35 * upper;
  float lineAt = inside(vec2(0.0, wall.at.y - split), vec2(1e3, 0.12), wall.px);
  skin.albedo = mix(skin.albedo, accent * 1.6, lineAt);
  vec2 bay = bayOf(wall.at.x, wall.size.x / floor(wall.size.x / 12.0));
  float half_ = wall.size.x / floor(wall.size.x / 12.0) * 0.5;
  louvre(skin, wall, vec2(bay.y, wall.at.y - (wall.size.y - 3.0)), vec2(half_ - 0.25, 1.15), vec3(0.27, 0.29, 0.315));
  float odd = mod(bay.x, 2.0);
  if (odd > 0.5) louvre(skin, wall, vec2(bay.y, wall.at.y - storey * 0.80), vec2(half_ * 0.52, 1.2), vec3(0.29, 0.31, 0.335));
}
/** Stone and slots: the front of a bank. Its long sides carry evaporative units on a steel deck. */
void financeHall(inout Skin skin, Wall wall, float storey, vec3 accent, float seed) {
  vec3 stone = vec3(0.66, 0.635, 0.585);
  skin.albedo = panels(stone, wall, vec2(1.2, storey / 3.0), seed);
  skin.albedo *= 0.985 + 0.05 * (valueNoise(wall.at * vec2(0.7, 2.6)) - 0.5) * (1.0 - smoothstep(0.3, 1.2, wall.px));
  float base = inside(vec2(0.0, wall.at.y - 0.6), vec2(1e3, 0.6), wall.px);
  skin.albedo = mix(skin.albedo, panels(vec3(0.30, 0.29, 0.275), wall, vec2(1.8, 1.2), seed), base);
  float level = floor(wall.at.y / storey);
  float up = wall.at.y - level * storey;
  bool isEnd = wall.size.x < 60.0;
  vec2 bay = bayOf(wall.at.x + wall.size.x * 0.5, wall.size.x / floor(wall.size.x / 3.0));
  float lit = step(0.72, hash(vec2(bay.x * 3.0 + seed * 40.0, level + 9.0)));
  if (isEnd) window_(skin, wall, vec2(bay.y, up - storey * 0.5), vec2(0.42, storey * 0.32), lit * 0.8);
  else {
    // Supply and return openings behind each unit.
    vec2 unit = bayOf(wall.at.x, 3.0);
    louvre(skin, wall, vec2(unit.y, up - storey * 0.36), vec2(1.15, storey * 0.24), vec3(0.24, 0.25, 0.265));
  }
  float cornice = inside(vec2(0.0, up - storey * 0.94), vec2(1e3, 0.16), wall.px);
  skin.albedo = mix(skin.albedo, stone * 0.62, cornice);
}
/**
 * Dark metal around a liquid-cooled hall. Its front is glass from foot to coping, the back from the upper floor on,
 * above louvres and pipes; pods behind the glass are lit. side: 1 front, -1 back, 0 ends.
 */
void liquidHall(inout Skin skin, Wall wall, float storey, vec3 accent, float seed, float side) {
  float one = hash(vec2(floor(wall.at.x / 0.9), seed * 30.0)) - 0.5;
  vec3 metal = vec3(0.265, 0.285, 0.31) * (1.0 + 0.24 * one * (1.0 - smoothstep(0.3, 0.9, wall.px)));
  skin.albedo = metal * (1.0 - 0.4 * joints(wall.at.x, 0.9, 0.04));
  skin.gloss = 0.5;
  float level = floor(wall.at.y / storey);
  float up = wall.at.y - level * storey;
  float isGlazed = side > 0.5 ? 1.0 : side < -0.5 ? step(0.5, level) : step(0.5, level) * step(abs(wall.at.x), 6.75);
  if (isGlazed < 0.5) {
    vec2 bay = bayOf(wall.at.x, 13.5);
    louvre(skin, wall, vec2(bay.y, up - storey * 0.58), vec2(5.2, storey * 0.2), vec3(0.17, 0.185, 0.2));
  } else {
    vec2 bay = bayOf(wall.at.x, 2.25);
    float row = floor(up / (storey * 0.5));
    vec2 p = vec2(bay.y, up - (row + 0.5) * storey * 0.5);
    // Rooms of two to four bays, a storey high behind both rows of panes; some are dark.
    float first = floor(bay.x / 3.0) * 3.0 + floor(hash(vec2(floor(bay.x / 3.0), level + 3.0) + seed) * 2.0);
    float cell = bay.x < first ? first - 3.0 : first;
    float one2 = hash(vec2(cell, level) + seed);
    float lit = one2 < 0.22 ? 0.05 : 0.34 + 0.5 * fract(one2 * 9.0);
    Room room = Room(vec2(wall.at.x - (cell + 1.5) * 2.25, up - 0.34), vec3(3.4, storey - 0.68, 6.5), lit, one2);
    windowOf(skin, wall, p, vec2(1.06, storey * 0.25 - 0.10), room);
  }
  float slab = min(1.0, inside(vec2(0.0, up), vec2(1e3, 0.34), wall.px) + inside(vec2(0.0, up - storey), vec2(1e3, 0.34), wall.px));
  skin.albedo = mix(skin.albedo, vec3(0.58, 0.60, 0.62) + accent * 0.4, slab);
  skin.mirror *= 1.0 - slab;
  skin.glow *= 1.0 - slab;
}
/** Offices: ribbons of windows in bays, some rooms still at work in the evening. */
void office(inout Skin skin, Wall wall, float storey, vec3 accent, float seed) {
  skin.albedo = panels(vec3(0.60, 0.605, 0.61), wall, vec2(4.5, storey), seed);
  float level = floor(wall.at.y / storey);
  float up = wall.at.y - level * storey;
  vec2 bay = bayOf(wall.at.x, 1.5);
  float room = floor(bay.x / (2.0 + floor(hash(vec2(level, seed * 9.0)) * 3.0)));
  float lit = step(0.52, hash(vec2(room + seed * 61.0, level * 3.0)));
  window_(skin, wall, vec2(bay.y, up - storey * 0.56), vec2(0.68, storey * 0.30), lit * (0.35 + 0.65 * hash(vec2(room, level))));
  float fin = inside(vec2(bay.y - 0.75 * sign(bay.y), 0.0), vec2(0.05, 1e3), wall.px);
  skin.albedo = mix(skin.albedo, vec3(0.40, 0.41, 0.42), fin * 0.6);
  skin.albedo += accent * 0.2 * inside(vec2(0.0, up - storey * 0.13), vec2(1e3, 0.2), wall.px);
}
/** A small house of plant: render, one louvre, one door. */
void house(inout Skin skin, Wall wall, vec3 accent, float seed) {
  skin.albedo = vec3(0.60, 0.60, 0.585) * (0.96 + 0.08 * seed);
  vec2 bay = bayOf(wall.at.x, max(4.0, wall.size.x / max(1.0, floor(wall.size.x / 5.0))));
  float isDoor = mod(bay.x, 3.0);
  if (isDoor < 0.5) {
    float leaf = inside(vec2(bay.y, wall.at.y - 1.2), vec2(0.95, 1.2), wall.px);
    skin.albedo = mix(skin.albedo, accent * 1.7 * (1.0 - 0.5 * joints(bay.y, 1.9, 0.05)), leaf);
  } else louvre(skin, wall, vec2(bay.y, wall.at.y - wall.size.y * 0.6), vec2(1.2, 0.6), vec3(0.25, 0.27, 0.29));
  skin.albedo = mix(skin.albedo, accent * 1.4, inside(vec2(0.0, wall.at.y - wall.size.y + 0.45), vec2(1e3, 0.3), wall.px));
}
/** Stair core: a lit strip of landings between solid walls. */
void core(inout Skin skin, Wall wall, float storey, vec3 accent, float seed) {
  skin.albedo = panels(mix(vec3(0.46, 0.475, 0.49), accent * 2.4, 0.4), wall, vec2(1.25, storey), seed);
  if (wall.size.x < 5.5 && wall.size.y < 7.0) return;
  float landing = floor(wall.at.y / (storey * 0.5));
  float up = wall.at.y - (landing + 0.5) * storey * 0.5;
  if (wall.at.y < wall.size.y - 2.8) {
    float lit = 0.35 + 0.4 * step(0.4, hash(vec2(landing, seed * 77.0)));
    window_(skin, wall, vec2(wall.at.x, up), vec2(min(1.5, wall.size.x * 0.2), storey * 0.25 - 0.13), lit);
  }
}
/** Glazed entrance below a bright canopy edge. */
void lobby(inout Skin skin, Wall wall, vec3 accent, float seed) {
  skin.albedo = vec3(0.20, 0.21, 0.22);
  vec2 bay = bayOf(wall.at.x, 1.6);
  window_(skin, wall, vec2(bay.y, wall.at.y - 1.85), vec2(0.76, 1.75), 0.75 + 0.2 * hash(vec2(bay.x, seed)));
  float edge = inside(vec2(0.0, wall.at.y - wall.size.y + 0.38), vec2(1e3, 0.38), wall.px);
  skin.albedo = mix(skin.albedo, vec3(0.62, 0.63, 0.64), edge);
  skin.glow += vec3(1.0, 0.80, 0.55) * uNight * 0.5 * inside(vec2(0.0, wall.at.y - wall.size.y + 0.80), vec2(1e3, 0.05), wall.px);
}
/** Bare frame behind netting and scaffolding. */
void buildingSite(inout Skin skin, Wall wall, float storey, float seed) {
  float level = floor(wall.at.y / storey);
  float up = wall.at.y - level * storey;
  float column = inside(vec2(bayOf(wall.at.x, 8.0).y - 4.0 * sign(bayOf(wall.at.x, 8.0).y), 0.0), vec2(0.4, 1e3), wall.px);
  float slab = inside(vec2(0.0, up), vec2(1e3, 0.35), wall.px);
  vec3 concrete = vec3(0.43, 0.42, 0.395) * (0.9 + 0.2 * valueNoise(wall.at * 0.5));
  vec3 hit = into(vec2(bayOf(wall.at.x, 8.0).y, up - storey * 0.52), vec2(3.6, storey * 0.44), 3.0, wall.eye);
  vec3 within_ = vec3(0.20, 0.195, 0.185) * mix(1.1, 0.5, hit.z);
  skin.albedo = mix(within_, concrete, max(column, slab));
  skin.sun *= mix(0.35, 1.0, max(column, slab));
  // Netting hangs over most bays of finished storeys, open where loads come in.
  float netted = step(0.34, hash(vec2(floor(wall.at.x / 8.0) + seed * 31.0, level)));
  float weave = 0.82 + 0.18 * valueNoise(wall.at * vec2(0.9, 0.5));
  vec3 net = vec3(0.155, 0.235, 0.185) * weave * (1.0 - 0.3 * joints(wall.at.x, 1.8, 0.05));
  skin.albedo = mix(skin.albedo, net, netted * 0.86);
  float pole = max(joints(wall.at.x, 1.8, 0.07), joints(wall.at.y, 1.9, 0.06));
  skin.albedo = mix(skin.albedo, vec3(0.33, 0.31, 0.27), pole * 0.8);
}
`;

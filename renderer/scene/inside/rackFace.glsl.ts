import { unitM } from "#twins/model/slots.ts";

/**
 * What is drawn on a rack's faces around the exact colour: devices in height units, posts with unit numbers, a
 * perforated door from further away, the rear with its power strips and manifolds, cut-outs in the roof.
 * Everything is a share of the face's own colour or a neutral; the centre, and a rim that carries the mark of simulated
 * values, stay as the legend has them.
 */
export const rackFace = /* glsl */ `
uniform highp sampler2D uSlots;

const vec3 steel = vec3(0.085, 0.095, 0.11);
const float unitM = ${unitM};

float lineAt(float d, float width, float px) {
  return 1.0 - smoothstep(width, width + max(px, 0.0006), abs(d));
}

float segment(vec2 p, vec2 a, vec2 b) {
  vec2 along = b - a;
  return length(p - a - along * clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0));
}

/** Distance to a digit of seven strokes that fills ±1 × ±1.7. */
float digit(vec2 p, int d) {
  int bits = int[10](63, 6, 91, 79, 102, 109, 125, 7, 127, 111)[d];
  float away = 9.0;
  if ((bits & 1) != 0) away = min(away, segment(p, vec2(-1.0, 1.7), vec2(1.0, 1.7)));
  if ((bits & 2) != 0) away = min(away, segment(p, vec2(1.0, 1.7), vec2(1.0, 0.0)));
  if ((bits & 4) != 0) away = min(away, segment(p, vec2(1.0, 0.0), vec2(1.0, -1.7)));
  if ((bits & 8) != 0) away = min(away, segment(p, vec2(-1.0, -1.7), vec2(1.0, -1.7)));
  if ((bits & 16) != 0) away = min(away, segment(p, vec2(-1.0, 0.0), vec2(-1.0, -1.7)));
  if ((bits & 32) != 0) away = min(away, segment(p, vec2(-1.0, 1.7), vec2(-1.0, 0.0)));
  if ((bits & 64) != 0) away = min(away, segment(p, vec2(-1.0, 0.0), vec2(1.0, 0.0)));
  return away;
}

/** Strokes of a unit's number, at p metres from the middle of its place. */
float unitNumber(vec2 p, int number, float px) {
  const float scale = 0.0036;
  int tens = number / 10;
  float one = digit((p - vec2(tens > 0 ? 0.0062 : 0.0, 0.0)) / scale, number % 10);
  float away = tens > 0 ? min(one, digit((p + vec2(0.0062, 0.0)) / scale, tens)) : one;
  return 1.0 - smoothstep(0.0010, 0.0010 + px, away * scale);
}

/** Holes of a grille in staggered rows, 1 in a hole; fades where they are smaller than pixels. */
float grille(vec2 p, float pitch, float px) {
  vec2 q = p / vec2(pitch, pitch * 0.866);
  q.x += 0.5 * mod(floor(q.y), 2.0);
  vec2 cell = fract(q) - 0.5;
  float hole = 1.0 - smoothstep(0.28, 0.40, length(cell));
  return mix(hole, 0.28, smoothstep(0.3, 0.7, px / pitch));
}

/** Lines between drive bays, n across and m high over a field of this size. */
float bays(vec2 p, vec2 size, vec2 n, float px) {
  vec2 at = (p / size + 0.5) * n;
  vec2 near = abs(fract(at) - 0.5) * size / n;
  vec2 edge = size / n * 0.5 - near;
  return lineAt(edge.x, 0.0011, px) + lineAt(edge.y, 0.0011, px);
}

/** Share of its colour that a device shows at a point of its front; size and p in metres, p from its middle. */
float deviceShade(int kind, float high, vec2 p, float tall, float seed, float px) {
  float shade = 1.0;
  float ax = abs(p.x);
  if (kind == 2) {
    // Switch: two rows of ports on both sides, a bare middle.
    vec2 q = vec2(fract(p.x / 0.0145) - 0.5, fract((p.y + tall * 0.5) / (tall * 0.5)) - 0.5);
    float port = step(abs(q.x), 0.34) * step(abs(q.y), 0.30) * step(0.035, ax) * step(ax, 0.205);
    return 0.50 - 0.34 * mix(port, 0.4, smoothstep(0.3, 0.7, px / 0.0145));
  }
  if (kind == 3) {
    float supply = bays(p, vec2(0.44, tall), vec2(6.0, 1.0), px);
    float vents = grille(p, 0.008, px) * step(0.008, abs(fract(p.x / 0.0733) - 0.5) * 0.0733);
    return (0.62 - 0.4 * vents) * (1.0 - 0.75 * min(1.0, supply));
  }
  if (kind == 4) {
    float ring = abs(fract(p.x / 0.1) - 0.5) * 0.1;
    return 0.40 - 0.26 * lineAt(ring - 0.03, 0.006, px);
  }
  if (high > 5.5) {
    // Accelerator server: six fans over a bank of power supplies.
    float split = tall * -0.22;
    if (p.y > split) {
      vec2 cell = vec2(0.1467, (tall * 0.72) / 2.0);
      vec2 q = vec2(mod(p.x + 0.22, cell.x), mod(p.y - split, cell.y)) - cell * 0.5;
      float r = length(q) / (min(cell.x, cell.y) * 0.46);
      float mesh = grille(p, 0.0085, px);
      float hub = 1.0 - smoothstep(0.20, 0.24, r);
      float rim = lineAt((r - 0.98) * 0.07, 0.0024, px);
      shade = mix(0.86, 0.58 - 0.22 * mesh, step(r, 0.98)) - 0.22 * rim + 0.14 * hub * step(r, 0.98);
    } else {
      shade = 0.80 - 0.30 * grille(p, 0.007, px) * step(p.y, split - 0.012);
      shade *= 1.0 - 0.6 * min(1.0, bays(p - vec2(0.0, (split - tall * 0.5) * 0.5), vec2(0.44, split + tall * 0.5), vec2(6.0, 1.0), px));
    }
    shade *= 1.0 - 0.5 * lineAt(p.y - split, 0.0016, px);
  } else if (high > 2.5) {
    // Storage or a node of four units: bays below, a grille above.
    float field = min(1.0, bays(p + vec2(0.0, tall * 0.12), vec2(0.43, tall * 0.72), vec2(4.0, 4.0), px));
    float above = step(tall * 0.25, p.y);
    shade = above > 0.5 ? 0.72 - 0.32 * grille(p, 0.0085, px) : 0.95 - 0.6 * field;
  } else if (high > 1.5) {
    float cols = seed > 63.5 ? 12.0 : 4.0;
    float rows = seed > 63.5 ? 1.0 : 3.0;
    shade = 0.97 - 0.55 * min(1.0, bays(p, vec2(0.40, tall * 0.84), vec2(cols, rows), px));
    shade *= 1.0 - 0.35 * step(0.205, ax);
  } else {
    float field = min(1.0, bays(p - vec2(-0.05, 0.0), vec2(0.26, tall * 0.7), vec2(8.0, 1.0), px));
    shade = ax > 0.0 && p.x > 0.09 ? 0.66 - 0.3 * grille(p, 0.0075, px) : 0.94 - 0.5 * field;
  }
  return shade;
}

/** White points beside devices say that they are drawn as running, never how; only where the rack's value is usable. */
float lampAt(vec2 p, vec2 at, float px) {
  return 1.0 - smoothstep(0.0022, 0.0022 + px, length(p - at));
}

/** Front of a rack. p: metres from the face's middle; fill: row of uSlots. */
vec3 rackFront(vec3 colour, vec2 p, vec2 face, float fill, float usable, float away) {
  float tall = face.y;
  float px = max(fwidth(p.x), fwidth(p.y));
  float middle = floor((tall * 0.5 - 0.06) / unitM + 0.5);
  float base = tall * 0.5 - (middle - 0.5) * unitM;
  float at = (p.y + tall * 0.5 - base) / unitM;
  float detail = 1.0 - smoothstep(0.34, 0.75, fwidth(at));
  if (px > 0.09) return colour;
  float fine = 1.0 - smoothstep(0.09, 0.22, px / unitM);
  float ax = abs(p.x);
  int unit = int(floor(at));
  vec4 slot = vec4(0.0, 1.0 / 255.0, 0.0, 1.0);
  if (unit >= 0 && unit < 64) slot = texelFetch(uSlots, ivec2(unit, int(fill)), 0);
  bool inside = at >= 0.0 && slot.a < 0.9 && at * unitM + base < tall - 0.02;
  float rim = min(face.x * 0.5 - ax, tall * 0.5 - abs(p.y));
  vec3 shown = colour;
  if (!inside || ax > 0.241) {
    vec3 post = steel * (1.05 + 0.5 * lineAt(ax - 0.262, 0.012, 0.006));
    if (inside && p.x < 0.0 && ax < 0.275) {
      float number = unitNumber(p - vec2(-0.2545, (floor(at) + 0.5) * unitM + base - tall * 0.5), unit + 1, px);
      post = mix(post, vec3(0.80, 0.84, 0.88), number * (1.0 - smoothstep(0.085, 0.13, px / unitM)));
      post = mix(post, steel * 0.6, lineAt((fract(at + 0.5) - 0.5) * unitM, 0.0008, px) * 0.6 * fine);
    } else if (inside) {
      vec2 hole = vec2(ax - 0.250, (fract(at * 3.0) - 0.5) * unitM / 3.0);
      post = mix(post, steel * 0.25, fine * step(max(abs(hole.x), abs(hole.y)), 0.0045));
    }
    // A thin trim in the rack's colour keeps the mark of its origin, and parts neighbours.
    shown = mix(post, colour, smoothstep(0.009 + px, 0.009, rim));
  } else {
    float offset = floor(slot.r * 255.0 + 0.5);
    float high = max(1.0, floor(slot.g * 255.0 + 0.5));
    int kind = int(slot.b * 255.0 + 0.5);
    float deep = high * unitM;
    float y = (at - float(unit) + offset) * unitM;
    float edge = min(y, deep - y);
    float shade;
    if (kind == 0) {
      shade = 0.30 - 0.06 * fine * lineAt(ax - 0.2, 0.004, px);
    } else {
      shade = mix(0.9, deviceShade(kind, high, vec2(p.x, y - deep * 0.5), deep, slot.a * 255.0, px), fine);
      // The bezel catches the light above and loses it below.
      shade += fine * (0.10 * lineAt(deep - y - 0.003, 0.0014, px) - 0.20 * lineAt(y - 0.003, 0.002, px));
    }
    shown = colour * min(1.0, shade);
    if (kind != 0 && ax > 0.226) shown = mix(colour * 0.5, mix(steel * 1.9, colour, 0.16), fine);
    float handle = kind != 0 && high < 5.0 ? lineAt(ax - 0.232, 0.0032, px) * step(abs(y - deep * 0.5), deep * 0.28) : 0.0;
    shown = mix(shown, steel * 2.8, fine * handle);
    if (kind == 1 || kind == 2) {
      float lamp = lampAt(vec2(p.x, y), vec2(0.2155, deep - 0.011), px) + lampAt(vec2(p.x, y), vec2(0.2155, deep - 0.020), px) * step(0.3, fract(slot.a * 91.0));
      shown = mix(shown, vec3(0.93, 0.96, 1.0), usable * fine * min(1.0, lamp));
    }
    shown = mix(shown, steel * 0.55, 0.9 * lineAt(edge, 0.0012, px));
  }
  shown = mix(colour, shown, detail);
  // From further away the door is shut: a perforated sheet with its frame and handle.
  float door = smoothstep(7.2, 10.5, away) * (1.0 - smoothstep(0.03, 0.09, px));
  if (door > 0.0) {
    float sheet = grille(p, 0.012, px);
    vec3 shut = shown * (0.80 + 0.20 * sheet);
    shut = mix(shut, steel * 1.25, lineAt(ax - 0.228, 0.007, px) * step(abs(p.y), tall * 0.5 - 0.07));
    shut = mix(shut, steel * 1.25, lineAt(abs(p.y) - tall * 0.5 + 0.075, 0.007, px) * step(ax, 0.235));
    float handle = smoothstep(0.012 + px, 0.012, abs(p.x - 0.196)) * smoothstep(0.16 + px, 0.16, abs(p.y));
    shut = mix(shut, vec3(0.42, 0.45, 0.48), handle);
    shown = mix(shown, shut, door);
  }
  return shown;
}

/** Rear of a rack: split door with vents, a power strip on each side, and where liquid cools, two manifolds. */
vec3 rackRear(vec3 colour, vec2 p, vec2 face, float liquid) {
  float tall = face.y;
  float px = fwidth(p.y);
  float detail = 1.0 - smoothstep(0.28, 0.62, px / unitM);
  if (detail <= 0.0) return colour;
  float fine = 1.0 - smoothstep(0.09, 0.22, px / unitM);
  float ax = abs(p.x);
  float rim = min(face.x * 0.5 - ax, tall * 0.5 - abs(p.y));
  vec3 shown = colour * (0.92 - 0.35 * fine * grille(p, 0.011, px));
  shown = mix(shown, steel * 0.6, lineAt((fract((p.y + tall * 0.5) / (2.0 * unitM)) - 0.5) * 2.0 * unitM, 0.0016, px) * 0.6);
  float strip = smoothstep(0.022 + px, 0.022, abs(ax - 0.214));
  float outlet = step(abs(fract(p.y / 0.05) - 0.5), 0.26) * step(abs(ax - 0.214), 0.012);
  shown = mix(shown, steel * (1.5 - 1.1 * outlet * fine), strip);
  float tube = abs(ax - 0.165);
  float round_ = sqrt(max(0.0, 1.0 - tube * tube / 0.000324));
  shown = mix(shown, vec3(0.50, 0.535, 0.57) * (p.x < 0.0 ? 0.78 : 1.0) * (0.35 + 0.65 * round_), liquid * step(tube, 0.018));
  float hose = lineAt((fract((p.y + 0.02) / (4.0 * unitM)) - 0.5) * 4.0 * unitM, 0.006, px) * step(0.10, ax) * step(ax, 0.15);
  shown = mix(shown, steel * 1.6, liquid * hose);
  shown = mix(shown, steel * 1.1, step(0.241, ax) + step(tall * 0.5 - 0.06, abs(p.y)) > 0.5 ? 1.0 : 0.0);
  shown = mix(shown, colour, smoothstep(0.017 + px, 0.017, rim));
  return mix(colour, shown, detail);
}

/** Roof: a frame, and behind the middle two cut-outs with brushes for cables. */
vec3 rackRoof(vec3 colour, vec2 p, vec2 size) {
  float px = fwidth(p.x) + fwidth(p.y);
  float detail = 1.0 - smoothstep(0.03, 0.09, px);
  vec2 edge = size * 0.5 - abs(p);
  float rim = min(edge.x, edge.y);
  vec3 shown = colour * (1.0 - 0.10 * lineAt(abs(p.x) - 0.17, 0.003, px));
  shown = mix(shown, steel * 1.3, smoothstep(0.045 + px, 0.045, rim) * smoothstep(0.015, 0.017 + px, rim));
  for (int i = 0; i < 2; i++) {
    vec2 q = abs(p - vec2(0.0, i == 0 ? 0.30 : -0.36)) - vec2(0.16, 0.05);
    float outside = max(q.x, q.y);
    shown = mix(shown, steel * 0.7, smoothstep(px, 0.0, outside));
    shown = mix(shown, steel * 1.8, lineAt(outside, 0.004, px));
  }
  return mix(colour, shown, detail);
}

/** The middle of a face as the legend has it, never smaller than what a reading needs. */
vec3 keepCentre(vec3 colour, vec3 drawn, vec2 p) {
  vec2 reach = max(vec2(0.016, 0.007), 1.6 * vec2(fwidth(p.x), fwidth(p.y)));
  vec2 q = abs(p) / reach;
  return mix(colour, drawn, smoothstep(1.0, 1.35, max(q.x, q.y)));
}
`;

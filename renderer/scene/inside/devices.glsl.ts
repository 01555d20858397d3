/**
 * Fronts of the devices that a rack is drawn to hold (示意): dark metal, never the data colour. Each function tells how much
 * of its device's metal shows at a point, 0 in a hole, 1 on a bare sheet; sizes and points in metres.
 */
export const devices = /* glsl */ `
float lineAt(float d, float width, float px) {
  return 1.0 - smoothstep(width, width + max(px, 0.0006), abs(d));
}

/** Holes of a grille in staggered rows, 1 in a hole; fades where they are smaller than pixels. */
float grille(vec2 p, float pitch, float px) {
  #ifdef FRUGAL
  return 0.28;
  #else
  vec2 q = p / vec2(pitch, pitch * 0.866);
  q.x += 0.5 * mod(floor(q.y), 2.0);
  vec2 cell = fract(q) - 0.5;
  float hole = 1.0 - smoothstep(0.28, 0.40, length(cell));
  return mix(hole, 0.28, smoothstep(0.3, 0.7, px / pitch));
  #endif
}

/** Lines between drive bays, n across and m high over a field of this size. */
float bays(vec2 p, vec2 size, vec2 n, float px) {
  vec2 at = (p / size + 0.5) * n;
  vec2 near = abs(fract(at) - 0.5) * size / n;
  vec2 edge = size / n * 0.5 - near;
  return min(1.0, lineAt(edge.x, 0.0012, px) + lineAt(edge.y, 0.0012, px));
}

#ifdef FRUGAL
/** Every device as a field of bays, as many as it has drives, ports, modules or fans: one pattern for all kinds. */
float deviceFront(int kind, float high, vec2 p, float tall, float seed, float px) {
  vec2 n = kind == 2 ? vec2(24.0, 2.0) : kind == 3 ? vec2(6.0, 1.0) : kind == 4 ? vec2(4.0, 1.0)
    : high > 5.5 ? vec2(3.0, 3.0) : high > 2.5 ? vec2(4.0) : high > 1.5 ? (seed > 63.5 ? vec2(12.0, 1.0) : vec2(4.0, 3.0)) : vec2(8.0, 1.0);
  return 0.70 - 0.55 * bays(p, vec2(0.42, tall * 0.84), n, px);
}
#else
/** A drive's latch: a pale bar along one edge of each bay. */
float latches(vec2 p, vec2 size, vec2 n, float px) {
  vec2 cell = size / n;
  vec2 at = (fract((p / size + 0.5) * n) - 0.5) * cell;
  bool tall = cell.y > cell.x;
  float across = tall ? at.y - cell.y * 0.34 : at.x + cell.x * 0.38;
  float along = tall ? abs(at.x) - cell.x * 0.32 : abs(at.y) - cell.y * 0.30;
  return lineAt(across, 0.0022, px) * step(along, 0.0);
}

/** Two rows of ports on both sides of a bare middle. */
float switchFront(vec2 p, float tall, float px) {
  vec2 q = vec2(fract(p.x / 0.0145) - 0.5, fract((p.y + tall * 0.5) / (tall * 0.5)) - 0.5);
  float port = step(abs(q.x), 0.34) * step(abs(q.y), 0.30) * step(0.035, abs(p.x)) * step(abs(p.x), 0.205);
  return 0.92 - 0.84 * mix(port, 0.4, smoothstep(0.3, 0.7, px / 0.0145));
}

/** Six modules with vents and a handle each. */
float powerFront(vec2 p, float tall, float px) {
  float vents = grille(p, 0.008, px) * step(0.008, abs(fract(p.x / 0.0733) - 0.5) * 0.0733);
  float supply = bays(p, vec2(0.44, tall), vec2(6.0, 1.0), px);
  return (0.95 - 0.75 * vents) * (1.0 - 0.75 * supply);
}

/** Rings that lead cables. */
float patchFront(vec2 p, float px) {
  float ring = abs(fract(p.x / 0.1) - 0.5) * 0.1;
  return 0.55 + 0.45 * lineAt(ring - 0.03, 0.006, px);
}

/** Accelerator server: six fans over a bank of power supplies. */
float acceleratorFront(vec2 p, float tall, float px) {
  float split = tall * -0.22;
  float shade;
  if (p.y > split) {
    vec2 cell = vec2(0.1467, tall * 0.36);
    vec2 q = vec2(mod(p.x + 0.22, cell.x), mod(p.y - split, cell.y)) - cell * 0.5;
    float r = length(q) / (min(cell.x, cell.y) * 0.46);
    float hub = 1.0 - smoothstep(0.20, 0.24, r);
    shade = mix(0.95, 0.34 - 0.26 * grille(p, 0.0085, px), step(r, 0.98));
    shade += 0.4 * lineAt((r - 0.98) * 0.07, 0.0022, px) + 0.35 * hub;
  } else {
    float bank = bays(p - vec2(0.0, (split - tall * 0.5) * 0.5), vec2(0.44, split + tall * 0.5), vec2(6.0, 1.0), px);
    shade = (0.85 - 0.55 * grille(p, 0.007, px) * step(p.y, split - 0.012)) * (1.0 - 0.6 * bank);
  }
  return shade * (1.0 - 0.6 * lineAt(p.y - split, 0.0016, px));
}

/** Drive bays; what is left of the height above them is a grille. */
float serverFront(float high, vec2 p, float tall, float seed, float px) {
  float ax = abs(p.x);
  if (high > 2.5) {
    vec2 q = p + vec2(0.0, tall * 0.12);
    vec2 field = vec2(0.43, tall * 0.72);
    if (p.y > tall * 0.25) return 0.80 - 0.62 * grille(p, 0.0085, px);
    return 0.72 - 0.62 * bays(q, field, vec2(4.0), px) + 0.4 * latches(q, field, vec2(4.0), px);
  }
  if (high > 1.5) {
    vec2 n = seed > 63.5 ? vec2(12.0, 1.0) : vec2(4.0, 3.0);
    vec2 field = vec2(0.40, tall * 0.84);
    float face = 0.70 - 0.62 * bays(p, field, n, px) + 0.4 * latches(p, field, n, px);
    return mix(face, 0.9, step(0.203, ax));
  }
  if (p.x > 0.09) return 0.80 - 0.6 * grille(p, 0.0075, px);
  vec2 q = p - vec2(-0.05, 0.0);
  vec2 field = vec2(0.26, tall * 0.7);
  return 0.72 - 0.6 * bays(q, field, vec2(8.0, 1.0), px) + 0.35 * latches(q, field, vec2(8.0, 1.0), px);
}

float deviceFront(int kind, float high, vec2 p, float tall, float seed, float px) {
  if (kind == 2) return switchFront(p, tall, px);
  if (kind == 3) return powerFront(p, tall, px);
  if (kind == 4) return patchFront(p, px);
  if (high > 5.5) return acceleratorFront(p, tall, px);
  return serverFront(high, p, tall, seed, px);
}

#endif

/** A device's metal: some are graphite, some silver, accelerators champagne. */
vec3 deviceMetal(int kind, float high, float seed) {
  if (kind == 0) return vec3(0.112, 0.12, 0.132);
  if (high > 5.5) return vec3(0.405, 0.41, 0.415);
  float silver = step(0.62, fract(seed * 0.437));
  return mix(vec3(0.255, 0.272, 0.294), vec3(0.48, 0.50, 0.52), kind == 1 ? silver : 0.4);
}
`;

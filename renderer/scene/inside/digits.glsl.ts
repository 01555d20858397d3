/** Digits of seven strokes, for pictures that say a number where no text is drawn. */
export const digits = /* glsl */ `
#ifdef FRUGAL
/** The same of blocks, three across and five high, read from a table: where the processor draws, strokes cost too much. */
float digit(vec2 p, int d) {
  int bits = int[10](31599, 29850, 29671, 31207, 18925, 31183, 31695, 18727, 31727, 31215)[d];
  ivec2 at = ivec2(floor(vec2((p.x + 1.2) / 0.8, (1.9 - p.y) / 0.76)));
  bool isIn = at.x >= 0 && at.x < 3 && at.y >= 0 && at.y < 5;
  return isIn && ((bits >> (at.y * 3 + at.x)) & 1) == 1 ? 0.0 : 9.0;
}
#else
float stroke(vec2 p, vec2 a, vec2 b) {
  vec2 along = b - a;
  return length(p - a - along * clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0));
}

/** Distance to a digit of seven strokes that fills ±1 × ±1.7. */
float digit(vec2 p, int d) {
  int bits = int[10](63, 6, 91, 79, 102, 109, 125, 7, 127, 111)[d];
  float away = 9.0;
  if ((bits & 1) != 0) away = min(away, stroke(p, vec2(-1.0, 1.7), vec2(1.0, 1.7)));
  if ((bits & 2) != 0) away = min(away, stroke(p, vec2(1.0, 1.7), vec2(1.0, 0.0)));
  if ((bits & 4) != 0) away = min(away, stroke(p, vec2(1.0, 0.0), vec2(1.0, -1.7)));
  if ((bits & 8) != 0) away = min(away, stroke(p, vec2(-1.0, -1.7), vec2(1.0, -1.7)));
  if ((bits & 16) != 0) away = min(away, stroke(p, vec2(-1.0, 0.0), vec2(-1.0, -1.7)));
  if ((bits & 32) != 0) away = min(away, stroke(p, vec2(-1.0, 1.7), vec2(-1.0, 0.0)));
  if ((bits & 64) != 0) away = min(away, stroke(p, vec2(-1.0, 0.0), vec2(1.0, 0.0)));
  return away;
}
#endif
`;

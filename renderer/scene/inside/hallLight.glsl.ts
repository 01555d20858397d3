/**
 * Even light of a hall, the same by day and night: strips above the aisles, a soft floor bounce, no colour of its own.
 * Written for the canvas as it is, as data is: halls are seen beside exact colours and take no tone mapping.
 */
export const hallLight = /* glsl */ `
/** Light on a surface of this normal at this height above the floor, about 0…1. */
float hallLight(vec3 n, float height) {
  float down = 0.58 + 0.42 * max(n.y, 0.0) - 0.22 * max(-n.y, 0.0);
  float sides = 0.18 * abs(n.z) + 0.08 * n.x;
  float foot = 0.66 + 0.34 * smoothstep(0.0, 0.9, height);
  return (down + sides) * foot;
}
float edgeOf(float d, float width, float px) {
  return 1.0 - smoothstep(width, width + max(px, 0.001), abs(d));
}
`;

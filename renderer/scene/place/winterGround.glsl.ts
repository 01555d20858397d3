/**
 * Open ground under snow and in a storm: wind has laid the snow in drifts and ripples, wheels and feet have left lines in
 * it; sand lies in tongues along the wind.
 */
export const winterGround = /* glsl */ `
/** How far wheels and feet have pressed the snow here, 0…1; \`px\` metres a pixel spans. */
float trodden(vec2 p, float px) {
  vec2 q = vec2(p.x * 0.8 - p.y * 0.6, p.x * 0.6 + p.y * 0.8);
  float lane = (q.y + 9.0 * sin(q.x * 0.031) + 2.5 * sin(q.x * 0.11)) / 97.0;
  float wheel = abs(abs(fract(lane) - 0.5) * 97.0 - 0.8);
  float ruts = exp(-wheel * wheel * 9.0) * step(0.35, hash(vec2(floor(lane), 3.0)));
  float walk = (p.x + 6.0 * sin(p.y * 0.047) + 2.0 * sin(p.y * 0.17)) / 53.0;
  float feet = abs(fract(walk) - 0.5) * 53.0;
  float step_ = mix(step(0.42, fract(p.y / 0.8)), 0.58, smoothstep(0.1, 0.4, px));
  float prints = exp(-feet * feet * 14.0) * step_ * step(0.5, hash(vec2(floor(walk), 7.0)));
  return max(ruts * (1.0 - smoothstep(0.5, 2.2, px)), prints * (1.0 - smoothstep(0.3, 1.2, px)));
}
/** Which way snow faces: drifts tens of metres long across the wind, ripples of a pace. */
vec3 drifts(vec2 p, float reach) {
  vec2 q = vec2(p.x * 0.91 - p.y * 0.41, p.x * 0.41 + p.y * 0.91);
  vec4 broad = texture2D(uNoise, q / vec2(210.0, 96.0));
  vec4 fine = texture2D(uNoise, q / vec2(37.0, 14.0) + 0.3);
  vec2 tilt = (broad.rg - 0.5) * 0.30 * (1.0 - smoothstep(600.0, 2400.0, reach)) + (fine.rb - 0.5) * 0.26 * (1.0 - smoothstep(90.0, 420.0, reach));
  return normalize(vec3(tilt.x, 1.0, tilt.y));
}
/** Sand that a storm has laid here, 0…1; more where \`shelter\` keeps the wind off. */
float sandOn(vec2 p, float shelter) {
  vec2 wind = normalize(uDustDrift + vec2(1e-3, 0.0));
  vec2 at = vec2(dot(p, wind), dot(p, vec2(-wind.y, wind.x)));
  float tongue = texture2D(uNoise, at / vec2(140.0, 22.0)).g * 0.65 + texture2D(uNoise, at / vec2(26.0, 7.0) + 0.2).r * 0.35;
  return uDust * smoothstep(0.50, 0.74, tongue + 0.26 * shelter);
}
const vec3 sandTone = vec3(0.42, 0.325, 0.205);
`;

/**
 * A battery at the end of the storage's ribbon, of one size on the picture: filled to its mean state of charge. Which way the power goes
 * is the ribbon's to tell: chevrons within would be read by the rule of the gauges on the roofs, towards full. Hatched where the charge is
 * not known. iLook.x is the charge (0…1, −1 unknown); iA the yard, iD the end at the busbar.
 */
export const storeVertex = /* glsl */ `
const vec2 storePx = vec2(37.0, 17.0);
/** So far over the yard, px: clear of the ring. */
const float storeUpPx = 23.0;
vec4 storeCorner(float t) {
  vec4 clip = projectionMatrix * viewMatrix * vec4(iA, 1.0);
  vec4 bar = projectionMatrix * viewMatrix * vec4(iD, 1.0);
  vAlong = bar.x / bar.w < clip.x / clip.w ? -1.0 : 1.0;
  vAt = vec2((t * 2.0 - 1.0), position.y) * storePx;
  clip.xy += (vAt + vec2(0.0, storeUpPx)) / uPicture * 2.0 * clip.w;
  return clip;
}
`;

export const storeFragment = /* glsl */ `
float box(vec2 p, vec2 half_, float round_) {
  vec2 q = abs(p) - half_ + round_;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - round_;
}
vec4 store() {
  // Its pole looks to the busbar, whichever side of it that is on.
  vec2 p = vec2(vAt.x * vAlong, vAt.y);
  float px = max(fwidth(p.x), 0.2);
  float cell = box(p + vec2(2.5, 0.0), vec2(29.0, 12.0), 3.0);
  float whole = min(cell, box(p - vec2(29.5, 0.0), vec2(3.0, 5.0), 1.0));
  float solid = 1.0 - smoothstep(0.0, px, whole);
  float halo = 0.6 * (1.0 - smoothstep(0.0, 3.0, whole));
  float within = 1.0 - smoothstep(-px, 0.0, cell + 3.6);
  vec3 colour = mix(vec3(0.93, 0.95, 0.97), vec3(0.055, 0.067, 0.082), 1.0 - smoothstep(-px, 0.0, cell + 2.0));
  float at = (p.x + 2.5 + 25.4) / 50.8;
  if (vLook.x < 0.0) {
    colour = mix(colour, vec3(0.62, 0.66, 0.70), within * step(fract((p.x + p.y) / 7.0), 0.3));
  } else {
    float fill = within * (1.0 - smoothstep(vLook.x, vLook.x + px / 50.8, at));
    colour = mix(colour, vColor, fill);
  }
  return vec4(mix(casingTone, colour, solid), max(solid, halo));
}
`;

/**
 * Façades where the processor draws: one rhythm of openings for every style, which differ in pitch, share and tone.
 * Stands in for \`facadeKinds\`, all of whose patterns such a device works out for each pixel.
 */
export const frugalFacade = /* glsl */ `
vec3 accentOf(float zone) {
  float k = mod(zone, 5.0);
  return k < 0.5 ? vec3(0.075, 0.110, 0.165) : k < 1.5 ? vec3(0.085, 0.130, 0.140)
    : k < 2.5 ? vec3(0.165, 0.120, 0.100) : k < 3.5 ? vec3(0.110, 0.115, 0.140) : vec3(0.135, 0.135, 0.110);
}
void frugalWall(inout Skin skin, Wall wall, float storey, vec3 accent, vec3 look) {
  float style = look.x;
  float kind = look.y;
  float isGlazed = max(step(3.5, style) * step(style, 5.5), step(1.5, kind) * step(kind, 2.5));
  float isBlank = max(step(0.5, kind) * step(kind, 1.5), step(5.5, style));
  float pitch = mix(style < 1.5 ? 6.9 : 9.0, 2.4, isGlazed);
  vec2 cell = wall.at / vec2(pitch, storey) + vec2(0.5, 0.0);
  vec2 off = (fract(cell) - vec2(0.5, 0.54)) * vec2(pitch, storey);
  vec2 half_ = vec2(pitch * mix(0.38, 0.45, isGlazed), storey * (style < 0.5 ? 0.22 : 0.33)) * (1.0 - 0.55 * isBlank);
  float hole = inside(off, half_, wall.px);
  vec3 wallTone = kind > 2.5 ? vec3(0.40, 0.39, 0.37) : mix(vec3(0.70, 0.715, 0.73), accent * 2.4 + 0.3, 0.6 * isBlank);
  float slats = mix(0.55 + 0.45 * smoothstep(0.2, 0.8, fract(off.y / 0.48)), 0.72, smoothstep(0.2, 0.5, wall.px));
  vec3 openTone = mix(vec3(0.29, 0.315, 0.34) * slats, vec3(0.05, 0.06, 0.07), isGlazed);
  skin.albedo = mix(wallTone, openTone, hole);
  skin.mirror = hole * isGlazed * 0.9;
  float lit = step(0.5, hash(floor(cell) + look.z * 40.0)) * max(isGlazed, isBlank);
  skin.glow = vec3(1.0, 0.74, 0.42) * (hole * lit * uNight * 0.6);
}
vec3 roof(float kind, float seed, vec2 half_) {
  vec2 rim = half_ - abs(vLocal.xz);
  return mix(vec3(0.39, 0.395, 0.40), vec3(0.49, 0.485, 0.47), step(0.6, seed)) * (0.62 + 0.38 * smoothstep(0.0, 1.6, min(rim.x, rim.y)));
}
`;

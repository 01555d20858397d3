/** Grass of the plain, at three scales: districts, tussocks, blades; from high above and far away it is one calm tone. */
export const grass = /* glsl */ `
#ifdef FRUGAL
vec3 grassAt(vec2 p, float reach) {
  vec4 middle = texture2D(uNoise, p / 410.0);
  return mix(uPale, uFresh, 0.2 + 0.6 * middle.g) * (0.9 + 0.2 * middle.b);
}
#else
vec3 grassAt(vec2 p, float reach) {
  vec2 q = vec2(p.x * 0.883 - p.y * 0.469, p.x * 0.469 + p.y * 0.883);
  vec4 broad = texture2D(uNoise, p / 3100.0);
  vec4 middle = texture2D(uNoise, q / 410.0 + 0.31);
  float calm = smoothstep(500.0, 2600.0, reach);
  float lush = clamp(broad.r * 0.55 + middle.g * 0.45, 0.0, 1.0);
  vec3 albedo = mix(uPale, uFresh, mix(smoothstep(0.34, 0.68, lush), 0.3 + 0.5 * lush, calm * 0.7));
  vec3 earth = mix(vec3(0.215, 0.170, 0.112), uPale, 0.45);
  albedo = mix(albedo, earth, smoothstep(0.62, 0.92, broad.g * 0.55 + middle.r * 0.5) * mix(0.7, 0.28, calm));
  albedo *= 1.0 + (middle.b - 0.5) * mix(0.44, 0.16, calm);
  if (reach < 900.0) {
    vec4 tuft = texture2D(uNoise, p / 43.0);
    float near = 1.0 - smoothstep(250.0, 900.0, reach);
    albedo *= 1.0 + (tuft.b * 0.6 + tuft.a * 0.4 - 0.5) * 0.60 * near;
    // Patches as large as a house: thin and dry, or green where water stays.
    albedo = mix(albedo, uPale * 1.06, smoothstep(0.42, 0.74, tuft.r * 0.7 + tuft.g * 0.4) * 0.55 * near);
    // Dry seed heads stand in clumps over what is green.
    albedo = mix(albedo, uPale * 1.22, smoothstep(0.56, 0.80, tuft.b + 0.25 * (middle.g - 0.5)) * 0.42 * near);
    if (reach < 220.0) {
      vec4 blade = texture2D(uNoise, q / 6.3);
      albedo *= 1.0 + (blade.b * 0.4 + blade.a * 0.6 - 0.5) * 0.75 * (1.0 - smoothstep(50.0, 220.0, reach));
    }
  }
  return albedo;
}
#endif
`;

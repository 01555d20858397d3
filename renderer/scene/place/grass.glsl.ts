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
    albedo *= 1.0 + (tuft.b * 0.6 + tuft.a * 0.4 - 0.5) * 0.46 * near;
    // Patches as large as a house: thin and dry, or green where water stays.
    albedo = mix(albedo, uPale * 1.02, smoothstep(0.42, 0.74, tuft.r * 0.7 + tuft.g * 0.4) * 0.50 * near);
    // Where water stays it is greener, on rises greyer with sagebrush: drifts as long as a field.
    vec4 drift = texture2D(uNoise, q / 137.0 + 0.53);
    albedo = mix(albedo, uFresh * vec3(0.92, 1.12, 0.86), smoothstep(0.46, 0.70, drift.g) * 0.55 * near);
    albedo = mix(albedo, vec3(0.190, 0.195, 0.140), smoothstep(0.54, 0.76, drift.b) * 0.45 * near);
    vec4 clump = texture2D(uNoise, q / 31.0 + 0.17);
    albedo *= 1.0 + (smoothstep(0.30, 0.66, clump.a * 0.7 + clump.b * 0.3) - 0.55) * 0.20 * near;
    if (reach < 220.0) {
      vec4 blade = texture2D(uNoise, q / 6.3);
      albedo *= 1.0 + (blade.b * 0.4 + blade.a * 0.6 - 0.5) * 0.42 * (1.0 - smoothstep(50.0, 220.0, reach));
    }
    // Grass that stands there (meadow.ts) keeps the light from it.
    albedo *= 1.0 - 0.16 * (1.0 - smoothstep(30.0, 240.0, reach));
    if (reach < 70.0) {
      // Underfoot: soil that shows through, dry stalks that lie in two directions, grains of litter.
      float underfoot = 1.0 - smoothstep(20.0, 70.0, reach);
      vec4 bare = texture2D(uNoise, p / 2.7 + 0.41);
      float soil = smoothstep(0.52, 0.74, bare.b * 0.6 + tuft.r * 0.45) * underfoot;
      albedo = mix(albedo, vec3(0.150, 0.115, 0.078) * (0.75 + 0.5 * bare.a), soil * 0.34);
      float lying = max(texture2D(uNoise, vec2(q.x + q.y * 0.3, q.y * 0.16) / 1.7).a, texture2D(uNoise, vec2(p.x * 0.14, p.y - p.x * 0.4) / 1.9 + 0.6).a);
      albedo = mix(albedo, mix(uPale * 1.35, vec3(0.40, 0.33, 0.21), 0.4), smoothstep(0.80, 0.95, lying) * 0.32 * underfoot);
      albedo *= 1.0 + (texture2D(uNoise, q / 1.05).a - 0.5) * 0.40 * underfoot;
    }
  }
  return albedo;
}
#endif
`;

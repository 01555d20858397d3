import { BackSide, type IUniform, Mesh, ShaderMaterial, SphereGeometry } from "three";
import { finish, light } from "#renderer/scene/shader/light.glsl.ts";

const vertex = /* glsl */ `
varying vec3 vDirection;
void main() {
  vDirection = position;
  vec4 clip = projectionMatrix * vec4(mat3(viewMatrix) * position, 1.0);
  gl_Position = clip.xyww;
}
`;

const fragment = /* glsl */ `
varying vec3 vDirection;
uniform vec3 uMoon;
uniform mat3 uStars;
${light}

float cloudAt(vec2 p) {
  float broad = texture2D(uNoise, p / 19000.0).r;
  #ifdef FRUGAL
  return broad;
  #else
  float fine = texture2D(uNoise, p.yx / 6100.0 + 0.37).g;
  float wisp = texture2D(uNoise, p / 2300.0 + 0.71).b;
  return broad * 0.58 + fine * 0.32 + wisp * 0.10;
  #endif
}

/** Daqing mountains across the north, 35 km away, as a ridge line over the plain; 0 elsewhere. */
float ridge(float azimuth, float base, float seed) {
  float side = smoothstep(-0.35, 0.25, cos(azimuth + 0.12));
  float line = texture2D(uNoise, vec2(azimuth * 0.21 + seed, seed)).r;
  #ifndef FRUGAL
  line = line * 0.75 + texture2D(uNoise, vec2(azimuth * 1.3, seed)).b * 0.25;
  #endif
  return base * side * (0.35 + 0.9 * line);
}

vec3 moonOver(vec3 colour, vec3 d) {
  const float radius = 0.0068;
  vec3 off = d - uMoon * dot(d, uMoon);
  float r = length(off) / radius;
  float near = max(dot(d, uMoon), 0.0);
  float lit = clamp(0.5 - 0.5 * dot(uMoon, uSunTrue), 0.0, 1.0);
  float dark = smoothstep(0.2, 1.0, uNight);
  colour += vec3(0.62, 0.70, 0.86) * dark * lit * (pow(near, 900.0) * 0.09 + pow(near, 60.0) * 0.018);
  if (r > 1.0 || near <= 0.0) return colour;
  // The real phase, with its tilt: a ball that the sun shines on.
  vec3 n = off / radius - uMoon * sqrt(max(0.0, 1.0 - r * r));
  #ifdef FRUGAL
  const float seas = 0.5;
  #else
  float seas = texture2D(uNoise, (n.xy + n.zx) * 0.16 + 0.3).r;
  #endif
  float shine = smoothstep(-0.06, 0.25, dot(n, uSunTrue)) * (1.0 - smoothstep(0.9, 1.0, r));
  return colour + vec3(1.0, 0.96, 0.88) * shine * mix(0.35, 1.9, dark) * (0.68 + 0.5 * seas);
}

vec3 milkyWay(vec3 d) {
  vec3 e = d * uStars;
  const vec3 pole = vec3(-0.8677, -0.1981, 0.4560);
  const vec3 centre = vec3(-0.0549, -0.8734, -0.4839);
  float b = dot(e, pole);
  float l = dot(e, centre);
  float m = dot(e, cross(pole, centre));
  vec2 at = vec2(atan(m, l) * 1.6, b * 2.6);
  float lanes = texture2D(uNoise, at).r * 0.7 + texture2D(uNoise, at * 2.7 + 0.4).g * 0.3;
  float core = 0.4 + 0.6 * smoothstep(-0.6, 1.0, l);
  // Faint far around, a brighter middle cut by dark lanes, and in it stars too many to be told apart.
  float band = exp(-b * b / 0.026) * (0.35 + 0.65 * smoothstep(0.36, 0.66, lanes)) + 0.3 * exp(-b * b / 0.09);
  float dust = texture2D(uNoise, at * 9.0).a * texture2D(uNoise, at.yx * 13.0 + 0.2).a;
  return vec3(0.030, 0.034, 0.046) * band * core * (0.72 + 1.5 * smoothstep(0.35, 0.9, dust));
}

#ifndef FRUGAL
/** Stars fainter than those of the catalogue (starTable.ts): strewn by chance, denser along the Milky Way, none of them a real one. */
float faintStars(vec3 d) {
  const float cells = 84.0;
  vec3 e = d * uStars;
  vec3 cell = floor(e * cells);
  vec2 key = vec2(cell.x + cell.z * 17.3, cell.y - cell.z * 31.7);
  float pick = fract(sin(dot(key, vec2(12.9898, 78.233))) * 43758.5453);
  float along = dot(e, vec3(-0.8677, -0.1981, 0.4560));
  if (pick > 0.10 + 0.12 * exp(-along * along / 0.05)) return 0.0;
  vec3 at = (cell + 0.5 + 0.5 * (fract(pick * vec3(971.0, 3571.0, 7919.0)) - 0.5)) / cells;
  // A star off the sphere would be cut by its cell's side.
  float off = abs(length(at) - 1.0) * cells;
  vec3 aside = e - normalize(at);
  float size = max(length(fwidth(d)) * 0.55, 1e-4);
  // Many faint, few bright, as magnitudes are.
  float bright = 0.10 + 0.5 * pow(fract(pick * 6151.0), 4.0);
  return bright * exp(-dot(aside, aside) / (size * size)) * step(off, 0.35);
}
#endif

void main() {
  vec3 d = normalize(vDirection);
  vec3 colour = skyColour(d);
  float clear = (1.0 - uDust) * (1.0 - smoothstep(0.7, 1.0, uCloud));
  float toSun = max(dot(d, uSunTrue), 0.0);
  float day = 1.0 - uNight;
  colour += uSunLight * clear * day * (smoothstep(0.99993, 0.99997, toSun) * 7.0 + pow(toSun, 420.0) * 0.10 + pow(toSun, 22.0) * 0.03);
  #ifndef FRUGAL
  // Through dust the sun is a pale spot.
  colour += uDust * smoothstep(-0.06, 0.06, uSunTrue.y) * uHorizon * (smoothstep(0.99982, 0.99992, toSun) * 0.75 + pow(toSun, 90.0) * 0.32 + pow(toSun, 7.0) * 0.22);
  if (uNight > 0.8) {
    float dark = smoothstep(0.8, 1.0, uNight) * clear;
    colour += milkyWay(d) * dark * smoothstep(0.02, 0.22, d.y);
    colour += vec3(0.86, 0.92, 1.0) * faintStars(d) * dark * dark * smoothstep(0.02, 0.14, d.y);
  }
  #endif
  if (uMoon.y > -0.02) colour = mix(colour, moonOver(colour, d), 0.15 + 0.85 * clear);
  if (d.y > 0.0) {
    // The layer bends down towards the horizon, so that far clouds are no streaks.
    vec2 p = d.xz / (d.y * 0.86 + 0.15) * 3100.0 + cameraPosition.xz - uCloudDrift;
    float density = cloudAt(p);
    float low = mix(0.80, 0.22, uCloud);
    float cover = smoothstep(low, low + mix(0.2, 0.36, uCloud), density) * smoothstep(0.0, 0.09, d.y);
    if (cover > 0.0) {
      vec2 toLight = normalize(uSunDirection.xz + 1e-4) * 900.0;
      #ifdef FRUGAL
      const float thick = 0.0;
      #else
      float thick = cloudAt(p + toLight) - density;
      #endif
      float body = smoothstep(low, 0.95, density);
      float lit = clamp(0.62 - thick * 2.2 - body * 0.35, 0.0, 1.0);
      vec3 under = mix(uHorizon, uZenith, 0.4) * 0.92;
      vec3 above = uHorizon * 1.05 + uSunLight * 0.30 * day + uGlow * 0.55 * pow(toSun * 0.5 + 0.5, 2.0) + uBelt * 0.35;
      colour = mix(colour, mix(under, above, lit), cover * mix(0.8, 0.94, uCloud) * (1.0 - 0.75 * uDust));
    }
  }
  // Mountains stand behind the plain and before the sky: two ridges, the nearer darker.
  float rise = d.y / length(d.xz);
  float far = cameraPosition.y + 42000.0 * rise;
  if (far < 1700.0 && d.z < 0.5) {
    float azimuth = atan(d.x, -d.z);
    float close = cameraPosition.y + 33000.0 * rise;
    float sight = exp(-pow(33000.0 * uHaze * 0.36, 1.25));
    vec3 air = skyColour(normalize(vec3(d.x, 0.012, d.z)));
    vec3 rock = mix(uZenith * 0.62 + uSunLight * 0.012, air * 0.9 + uSunLight * 0.07, uSnow * 0.6);
    float back = 1.0 - smoothstep(-12.0, 12.0, far - ridge(azimuth, 1250.0, 0.13));
    float front = 1.0 - smoothstep(-12.0, 12.0, close - ridge(azimuth, 620.0, 0.71));
    // They end softly: a cut would stand in the sky like a wall.
    sight *= smoothstep(-0.35, 0.15, cos(azimuth + 0.12));
    colour = mix(colour, mix(air, rock, 0.42), back * sight);
    colour = mix(colour, mix(air, rock, 0.60 * smoothstep(-60.0, 420.0, close) + 0.08), front * sight);
  }
  gl_FragColor = vec4(colour, 1.0);
  ${finish}
}
`;

/** Sky, clouds, sun, moon, Milky Way and the mountains at the horizon: one sphere behind everything. */
export const dome = (uniforms: Readonly<Record<string, IUniform>>): Mesh => {
  const material = new ShaderMaterial({
    uniforms,
    vertexShader: vertex,
    fragmentShader: fragment,
    side: BackSide,
    depthWrite: false,
  });
  const mesh = new Mesh(new SphereGeometry(1, 32, 16), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 100;
  return mesh;
};

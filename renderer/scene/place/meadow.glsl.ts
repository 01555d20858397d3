import { finish, light, noise } from "#renderer/scene/shader/light.glsl.ts";

/** Cells of the finest grid, m; each further one has cells twice as large. A grid reaches `cellsOut` of its cells. */
export const [finestM, cellsOut] = [0.22, 58] as const;

/**
 * One blade of a clump. position = side (−1…1), how far up the blade, number of the blade. iCell = cell off the eye's,
 * level of the grid. A clump stands where its cell of the world says, whatever the eye does, so nothing swims; the whole
 * colour is worked out here, a pixel only shows it.
 */
export const bladeVertex = /* glsl */ `
attribute vec3 iCell;
uniform sampler2D uChart;
/** Middle of the chart, x and z, its half width and 1 once it is drawn. */
uniform vec4 uCharted;
varying vec3 vColour;
${light}
${noise}
void main() {
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vColour = vec3(0.0);
  if (uCharted.w < 0.5) return;
  float level = iCell.z;
  float cell = ${finestM} * exp2(level);
  vec2 index = floor(cameraPosition.xz / cell) + iCell.xy;
  vec2 salt = index + level * 131.0;
  float seed = hash(salt);
  vec2 foot = (index + vec2(hash(salt + 17.0), hash(salt + 41.0))) * cell;
  vec4 seen = projectionMatrix * viewMatrix * vec4(foot.x, -0.3, foot.y, 1.0);
  // What the picture does not hold is not worked out.
  if (seen.w < -1.0 || abs(seen.x) > seen.w * 1.04 + 1.5 || abs(seen.y) > seen.w * 1.04 + 2.5) return;
  // Each clump gives way to the next grid's at a distance of its own: no border is seen.
  float away = distance(foot, cameraPosition.xz);
  float share = away / (cell * ${cellsOut}.0);
  float swap = 0.80 + 0.18 * hash(salt + 5.0);
  float kept = 1.0 - smoothstep(swap - 0.06, swap + 0.02, share);
  if (level > 0.5) kept *= smoothstep(swap - 0.06, swap + 0.02, share * 2.0);
  if (kept < 0.02) return;
  vec2 at = (foot - uCharted.xy) / uCharted.z * 0.5 + 0.5;
  at.y = 1.0 - at.y;
  if (any(lessThan(at, vec2(0.0))) || any(greaterThan(at, vec2(1.0)))) return;
  vec4 ground = textureLod(uChart, at, 0.0);
  vec3 soil = ground.rgb * ground.rgb;
  float amount = ground.a;
  float wild = smoothstep(0.2, 0.6, amount);
  // The same patches that the ground shows: thin and dry, or thick where water stays.
  vec4 patchy = textureLod(uNoise, foot / 43.0, 0.0);
  vec4 fine = textureLod(uNoise, foot.yx / 7.3, 0.0);
  float dry = smoothstep(0.34, 0.74, patchy.r * 0.7 + patchy.g * 0.4);
  float thick = smoothstep(0.18, 0.62, fine.r * 0.75 + patchy.b * 0.4 - 0.18 * dry);
  // Little is left standing above snow; what is mown is below it.
  float buried = smoothstep(0.0, 0.12, uSnow);
  thick *= mix(1.0, 0.35 * wild, buried);
  if (amount < 0.06 || hash(salt + 71.0) > mix(1.0, 0.55 + 0.55 * thick, wild)) return;
  if (wild < 0.5 && uNight > 0.5) return;
  float b = position.z;
  float one = hash(salt * 1.7 + b * 7.31);
  float two = hash(salt.yx * 1.3 + b * 3.17);
  float turn = (b + one) * 2.4 + seed * 6.28;
  vec2 out_ = vec2(cos(turn), sin(turn));
  // Blades cover the ground evenly, far ones a little closer together: never as tufts that stand in the rows of a grid.
  float spread = cell * mix(0.78, 0.58, smoothstep(1.0, 4.0, level));
  // Sagebrush: low grey clumps, two or three strides wide, with bare ground about them.
  vec4 brush = textureLod(uNoise, foot / 19.0 + 0.37, 0.0);
  float sage = smoothstep(0.60, 0.72, brush.b * 0.65 + brush.a * 0.35 + 0.10 * (patchy.g - 0.5)) * wild * (1.0 - buried);
  vec3 root = vec3(foot.x, amount > 0.85 ? -0.46 : -0.35, foot.y);
  root.xz += out_ * spread * sqrt(two);
  float tall = amount * mix(0.36, 0.24, dry) * (1.0 + 0.35 * sage) * (0.45 + 0.85 * seed) * (0.6 + 0.7 * one) * (0.8 + 0.15 * min(level, 4.0)) * kept;
  // Now and then a stem with a seed head, above the others.
  float stem = step(0.965, two) * wild * (1.0 - sage);
  // What flowers in May stands in drifts: pale iris and white stars, on every tenth stem or so.
  float blossom = stem * step(0.45, fine.g) * step(0.80, hash(salt.yx + 29.0 + b)) * step(level, 2.5);
  tall *= 1.0 + mix(0.75, 0.25, blossom) * stem;
  if (amount < 0.3) tall = amount * 0.42 * (0.5 + one) * kept;
  // Three of them are the low broad leaves that cover the ground.
  float basal = step(b, 2.5) * (1.0 - stem);
  tall *= 1.0 - 0.5 * basal;
  float lean = mix(0.25 + 0.75 * two * two, 0.16, stem);
  lean = mix(lean, 0.5 + 0.5 * lean, basal);
  float t = position.y;
  vec3 spine = root;
  spine.y += tall * (t - 0.36 * lean * t * t);
  spine.xz += out_ * (tall * lean * t * t * 0.85);
  vec3 toEye = cameraPosition - spine;
  float reach = length(toEye);
  toEye /= reach;
  vec3 right = normalize(cross(vec3(0.0, 1.0, 0.0), toEye) + vec3(1e-4, 0.0, 0.0));
  vec3 side = normalize(mix(vec3(-out_.y, 0.0, out_.x), right * (dot(right.xz, vec2(-out_.y, out_.x)) < 0.0 ? -1.0 : 1.0), 0.55));
  float px = reach * 1.85e-3 / projectionMatrix[1][1];
  float wide = mix(0.0045, 0.009, one) * (1.0 + 0.5 * sage) * mix(1.0, 0.6, stem) * (1.0 + 0.7 * basal);
  float taper = blossom > 0.5 ? (t > 0.5 ? 2.2 : 0.8) * (1.0 - step(0.99, t)) : stem > 0.5 ? (t > 0.7 ? 1.3 : 0.8) * (1.0 - step(0.99, t)) : (1.0 - t * t) * (0.75 + 0.5 * min(t * 3.0, 1.0));
  vec3 world = spine + side * (position.x * max(wide, px * mix(0.75, 1.15, smoothstep(15.0, 60.0, reach))) * taper);
  vec3 facing = cross(side, vec3(0.0, 1.0, 0.0));
  facing *= dot(facing, toEye) < 0.0 ? -1.0 : 1.0;
  vec3 n = normalize(vec3(0.0, 0.9, 0.0) + facing * 0.35 + vec3(out_.x, 0.0, out_.y) * 0.3);
  // The colour of the ground there leads; a blade differs from it by its kind, its age and how far up it is.
  vec3 kin = mix(soil * 1.5, mix(uFresh * vec3(0.92, 1.08, 0.84), uPale * 1.1, clamp(0.1 + 0.55 * dry + 0.25 * t * two, 0.0, 1.0)), 0.55);
  vec3 green = kin * mix(vec3(0.84, 0.98, 0.76), vec3(1.22, 1.16, 0.98), hash(salt + b));
  vec3 straw = mix(uPale * 1.15, vec3(0.36, 0.31, 0.19), 0.4);
  green = mix(green, straw, max(stem * smoothstep(0.3, 0.8, t), step(0.90, one) * wild * 0.7 * dry));
  green = mix(green, vec3(0.215, 0.245, 0.190) * (0.75 + 0.5 * one), 0.8 * sage);
  green = mix(green, mix(vec3(0.36, 0.30, 0.50), vec3(0.56, 0.56, 0.50), step(0.5, hash(floor(foot / 9.0)))), blossom * step(0.6, t) * uLeaves);
  // Far off a blade hardly differs from what it stands on.
  float distinct = mix(1.0, 0.8, smoothstep(60.0, 320.0, reach)) * mix(1.0, 0.55, smoothstep(10.0, 40.0, cameraPosition.y));
  vec3 albedo = mix(soil, green, (0.4 + 0.6 * t) * distinct);
  float inside = mix(mix(0.62, 1.22, smoothstep(0.0, 0.7, t)), mix(0.85, 1.10, t), smoothstep(8.0, 120.0, reach));
  albedo *= mix(1.0, inside, 0.4 + 0.6 * wild);
  float sun = shadowAt(root + vec3(0.0, 0.2, 0.0));
  albedo = mix(albedo, snowOn(albedo, vec3(0.0, 1.0, 0.0), root), (1.0 - t) * 0.9);
  vec3 colour = litBy(albedo, n, sun);
  // Blades let the sun through: against the light they glow.
  colour += albedo * uSunLight * sun * 0.9 * t * pow(max(dot(-toEye, uSunDirection), 0.0), 3.0);
  colour = mix(colour, uHorizon * 0.92, 0.42 * blown(root));
  vColour = hazed(colour, world);
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
`;

export const bladeFragment = /* glsl */ `
varying vec3 vColour;
void main() {
  gl_FragColor = vec4(vColour, 1.0);
  ${finish}
}
`;

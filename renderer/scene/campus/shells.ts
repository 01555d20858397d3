import { BufferAttribute, BufferGeometry, FrontSide, Group, type IUniform, ShaderMaterial } from "three";
import { finish, light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { instancesOf, type Placed } from "./instances.ts";
import type { SkyUniforms } from "./sky.ts";

/** Uniforms that open buildings: shared by shells, slabs and racks. */
export interface OpenUniforms extends Record<string, IUniform> {
  /** X-ray of the whole campus, 0…1, eased. */
  uXray: IUniform<number>;
  /** Building the camera looks into, and how far its shell has turned to glass. */
  uFocus: IUniform<number>;
  uFocusOpen: IUniform<number>;
  /** Everything of the focus building above this height (m) is cut away. */
  uCut: IUniform<number>;
}

export const openUniforms = (): OpenUniforms => ({
  uXray: { value: 0 },
  uFocus: { value: -1 },
  uFocusOpen: { value: 0 },
  uCut: { value: 1e6 },
});

export const opening = /* glsl */ `
uniform float uXray;
uniform float uFocus;
uniform float uFocusOpen;
uniform float uCut;
float glassOf(float building) {
  return max(uXray, abs(building - uFocus) < 0.5 ? uFocusOpen : 0.0);
}
/**
 * How far a point of a shell is glass. The change sweeps from the parapet down: each point is solid or glass, so a
 * picture taken on the way is clean, and depth stays true for the data behind.
 */
float sweptOf(float building, float level) {
  float amount = glassOf(building);
  return amount <= 0.0 ? 0.0 : amount >= 1.0 ? 1.0 : smoothstep(0.0, 0.06, level - 1.0 + amount * 1.06);
}
float cutOf(float building) {
  return abs(building - uFocus) < 0.5 ? uCut : 1e6;
}
`;

/** What a volume is: iExtra.y. */
export const Volume = { hall: 0, core: 1, lobby: 2, construction: 3 } as const;

/**
 * A building with parapet: corners in signs, so that wall thickness stays in metres whatever the size.
 * position = (±1, 0 or 1, ±1); aInset = (metres inwards, metres below the top).
 */
const shellGeometry = (): BufferGeometry => {
  const position: number[] = [];
  const normal: number[] = [];
  const inset: number[] = [];
  const index: number[] = [];
  const face = (
    corners: readonly (readonly [number, number, number, number, number])[],
    n: readonly number[],
  ): void => {
    const base = position.length / 3;
    for (const [x, y, z, inwards, below] of corners) {
      position.push(x, y, z);
      normal.push(...n);
      inset.push(inwards, below);
    }
    index.push(base, base + 1, base + 2, base, base + 2, base + 3);
  };
  const thickness = 0.45;
  const parapet = 1.1;
  for (const [sx, sz] of [
    [0, 1],
    [1, 0],
    [0, -1],
    [-1, 0],
  ] as const) {
    const a = sx === 0 ? ([-sz, sz] as const) : ([sx, sx] as const);
    const b = sx === 0 ? ([sz, sz] as const) : ([sx, -sx] as const);
    face(
      [
        [a[0], 0, a[1], 0, 0],
        [b[0], 0, b[1], 0, 0],
        [b[0], 1, b[1], 0, 0],
        [a[0], 1, a[1], 0, 0],
      ],
      [sx, 0, sz],
    );
    face(
      [
        [a[0], 1, a[1], 0, 0],
        [b[0], 1, b[1], 0, 0],
        [b[0], 1, b[1], thickness, 0],
        [a[0], 1, a[1], thickness, 0],
      ],
      [0, 1, 0],
    );
    face(
      [
        [b[0], 1, b[1], thickness, parapet],
        [a[0], 1, a[1], thickness, parapet],
        [a[0], 1, a[1], thickness, 0],
        [b[0], 1, b[1], thickness, 0],
      ],
      [-sx, 0, -sz],
    );
  }
  face(
    [
      [-1, 1, 1, thickness, parapet],
      [1, 1, 1, thickness, parapet],
      [1, 1, -1, thickness, parapet],
      [-1, 1, -1, thickness, parapet],
    ],
    [0, 1, 0],
  );
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setAttribute("normal", new BufferAttribute(new Float32Array(normal), 3));
  geometry.setAttribute("aInset", new BufferAttribute(new Float32Array(inset), 2));
  geometry.setIndex(index);
  return geometry;
};

const vertex = /* glsl */ `
attribute vec2 aInset;
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vLocal;
flat varying vec3 vFace;
flat varying vec3 vSize;
flat varying vec4 vExtra;
${place}
void main() {
  vec3 local = vec3(position.x * (iSize.x * 0.5 - aInset.x), position.y * iSize.y - aInset.y, position.z * (iSize.z * 0.5 - aInset.x));
  vLocal = local;
  vFace = normal;
  vSize = iSize;
  vExtra = iExtra;
  vWorld = iPose.xyz + turned(local, iPose.w);
  vNormal = turned(normal, iPose.w);
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

const head = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vLocal;
flat varying vec3 vFace;
flat varying vec3 vSize;
flat varying vec4 vExtra;
${light}
${noise}
${opening}
`;

const opaque = /* glsl */ `
${head}
/** 1 inside a band of a repeating pattern, box-filtered to its mean when it gets smaller than a pixel. */
float band(float at, float from, float to) {
  float f = fract(at);
  float px = fwidth(at);
  float inside = smoothstep(from - px, from + px, f) * (1.0 - smoothstep(to - px, to + px, f));
  return mix(inside, to - from, smoothstep(0.35, 0.9, px));
}
void main() {
  if (sweptOf(vExtra.x, vLocal.y / vSize.y) > 0.0) discard;
  vec3 n = normalize(vNormal);
  float seed = hash(vec2(vExtra.x, 4.0));
  float kind = vExtra.y;
  bool wall = abs(vFace.y) < 0.5;
  float along = abs(vFace.x) > 0.5 ? vLocal.z : vLocal.x;
  float span = abs(vFace.x) > 0.5 ? vSize.z : vSize.x;
  float storey = vExtra.z;
  float level = vLocal.y / storey;
  vec3 toEye = normalize(cameraPosition - vWorld);
  vec3 white = mix(vec3(0.74, 0.755, 0.77), vec3(0.70, 0.70, 0.685), seed);
  vec3 albedo = white;
  vec3 glowing = vec3(0.0);
  float mirror = 0.0;
  if (kind > 2.5) {
    // Under construction: bare concrete frame, open bays, green netting.
    float column = band(along / 8.0 + 0.5, 0.44, 0.56);
    float slab = band(level, 0.0, 0.10);
    float frame = max(column, slab);
    vec3 net = mix(vec3(0.13, 0.22, 0.16), vec3(0.17, 0.27, 0.2), valueNoise(vec2(along, vLocal.y) * 0.6));
    albedo = wall ? mix(net, vec3(0.42, 0.41, 0.385), frame) : vec3(0.40, 0.39, 0.37) * (0.8 + 0.3 * valueNoise(vLocal.xz * 0.35));
  } else if (wall) {
    float panel = max(band(along / 3.0, 0.0, 0.02), band(vLocal.y / 1.5, 0.0, 0.03));
    float tone = hash(vec2(floor(along / 3.0), floor(vLocal.y / 1.5)) + seed * 50.0);
    float fine = 1.0 - smoothstep(0.2, 0.7, fwidth(along / 3.0));
    albedo *= 1.0 + (tone - 0.5) * 0.07 * fine;
    albedo *= 1.0 - 0.22 * panel;
    // One louvre field per storey between solid bays, the rhythm of a data hall.
    float bay = along / 12.0 + 0.5 * step(0.5, fract(seed * 7.0));
    float inBay = band(bay, 0.14, 0.86);
    float open_ = inBay * band(level, 0.36, 0.80) * step(kind, 0.5) * step(2.0, span * 0.5 - abs(along));
    float slats = 0.42 + 0.42 * smoothstep(0.3, 0.5, abs(fract(vLocal.y / 0.3) - 0.5));
    slats = mix(slats, 0.6, smoothstep(0.25, 0.6, fwidth(vLocal.y / 0.3)));
    albedo = mix(albedo, vec3(0.27, 0.295, 0.325) * slats * 1.35, open_ * 0.92);
    // Glazed core or lobby; a few windows beside the louvres on the ground floor.
    float pane = kind > 0.5 ? band(level * (kind > 1.5 ? 1.0 : 2.0), 0.16, 0.92) * band(along / 1.5, 0.05, 0.95) : 0.0;
    float lit = step(0.45, hash(vec2(floor(along / 1.5), floor(level * 2.0)) + seed * 31.0));
    albedo = mix(albedo, vec3(0.03, 0.04, 0.05), pane);
    mirror = pane;
    glowing += pane * vec3(1.0, 0.70, 0.38) * uNight * (0.35 + 1.1 * lit);
    // Accent band under the parapet, plinth, downpipes, doors.
    float accent = smoothstep(vSize.y - 1.75, vSize.y - 1.7, vLocal.y) * (1.0 - smoothstep(vSize.y - 1.15, vSize.y - 1.1, vLocal.y));
    albedo = mix(albedo, mix(vec3(0.12, 0.20, 0.30), vec3(0.20, 0.22, 0.25), step(0.5, seed)), accent * step(kind, 0.5));
    albedo = mix(albedo, vec3(0.23, 0.235, 0.245), 1.0 - smoothstep(0.85, 0.95, vLocal.y));
    albedo *= 1.0 - 0.35 * band(along / 24.0, 0.49, 0.497) * step(kind, 0.5);
    float door = band(along / 36.0 + 0.3, 0.47, 0.53) * (1.0 - smoothstep(2.9, 3.0, vLocal.y)) * step(kind, 0.5);
    albedo = mix(albedo, vec3(0.15, 0.18, 0.22), door);
    glowing += vec3(1.0, 0.72, 0.42) * uNight * 0.9 * exp(-abs(vLocal.y - 3.4) * 1.6) * exp(-pow((fract(along / 36.0 + 0.3) - 0.5) * 36.0 / 2.2, 2.0)) * step(kind, 0.5);
    albedo *= 0.70 + 0.30 * smoothstep(0.0, 5.0, vLocal.y);
  } else {
    bool deck = vLocal.y < vSize.y - 0.5;
    float tile = max(band(vLocal.x / 6.0, 0.0, 0.012), band(vLocal.z / 6.0, 0.0, 0.012));
    albedo = deck ? vec3(0.40, 0.41, 0.42) * (0.86 + 0.2 * fbm(vLocal.xz / 9.0)) * (1.0 - 0.2 * tile) : vec3(0.62, 0.63, 0.64);
    vec2 rim = vSize.xz * 0.5 - 0.45 - abs(vLocal.xz);
    if (deck) albedo *= 0.66 + 0.34 * smoothstep(0.0, 2.2, min(rim.x, rim.y));
  }
  float sun = shadowAt(vWorld + n * 0.6);
  vec3 colour = litBy(albedo, n, sun);
  float fresnel = pow(1.0 - max(dot(n, toEye), 0.0), 4.0);
  colour += skyColour(reflect(-toEye, n)) * mirror * mix(0.14, 0.8, fresnel);
  if (wall) colour += litBy(albedo, n, 0.0) * 0.10 * smoothstep(0.35, 0.0, span * 0.5 - abs(along));
  gl_FragColor = vec4(hazed(colour + glowing, vWorld), 1.0);
  ${finish}
}
`;

const glass = /* glsl */ `
${head}
void main() {
  float amount = sweptOf(vExtra.x, vLocal.y / vSize.y);
  // Stair cores and lobbies give way; halls and building sites stay, as glass.
  if (amount < 0.01 || abs(vExtra.y - 1.5) < 0.75 || vWorld.y > cutOf(vExtra.x)) discard;
  vec3 toEye = normalize(cameraPosition - vWorld);
  vec3 n = normalize(vNormal);
  float fresnel = pow(1.0 - abs(dot(n, toEye)), 2.5);
  bool wall = abs(vFace.y) < 0.5;
  float along = abs(vFace.x) > 0.5 ? vLocal.z : vLocal.x;
  float span = abs(vFace.x) > 0.5 ? vSize.z : vSize.x;
  vec2 rim = wall ? vec2(span * 0.5 - abs(along), min(vLocal.y, vSize.y - vLocal.y)) : vSize.xz * 0.5 - abs(vLocal.xz);
  float px = max(fwidth(rim.x), fwidth(rim.y));
  float edge = 1.0 - smoothstep(0.12, 0.12 + max(0.2, px * 1.5), min(rim.x, rim.y));
  float storey = wall ? 1.0 - smoothstep(0.0, max(0.1, fwidth(vLocal.y) * 1.2), abs(fract(vLocal.y / vExtra.z + 0.5) - 0.5) * vExtra.z) : 0.0;
  vec3 tint = mix(vec3(0.50, 0.66, 0.86), vec3(0.80, 0.92, 1.0), edge);
  // The front of the sweep is a thin line of light.
  float front = amount < 1.0 ? 1.0 - amount : 0.0;
  float alpha = min(1.0, 0.05 + 0.30 * fresnel + 0.5 * edge + 0.20 * storey + 0.5 * front);
  gl_FragColor = vec4(tint * (0.5 + 0.6 * max(edge, front)), alpha);
  ${finish}
}
`;

/** Building volumes: one opaque draw and, while anything is open, one of glass. */
export class Shells {
  readonly root = new Group();
  readonly #glass;

  constructor(sky: SkyUniforms, open: OpenUniforms, volumes: readonly Placed[]) {
    const uniforms = { ...sky, ...open } as Record<string, IUniform>;
    const solid = new ShaderMaterial({
      uniforms,
      vertexShader: vertex,
      fragmentShader: opaque,
      side: FrontSide,
    });
    const clear = new ShaderMaterial({
      uniforms,
      vertexShader: vertex,
      fragmentShader: glass,
      transparent: true,
      depthWrite: false,
    });
    const geometry = shellGeometry();
    const shells = instancesOf(geometry, volumes, solid);
    this.#glass = instancesOf(geometry, volumes, clear);
    this.#glass.renderOrder = 200;
    this.#glass.visible = false;
    this.root.add(shells, this.#glass);
  }

  /** Draws the glass pass only while some shell is open. */
  setOpen(open: boolean): void {
    this.#glass.visible = open;
  }
}

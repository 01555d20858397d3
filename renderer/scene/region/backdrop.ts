import { BufferAttribute, BufferGeometry, type IUniform, Mesh, ShaderMaterial, Vector2 } from "three";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { radiusOf, ringsMs, type Spot } from "./diagram.ts";
import type { MarkUniforms } from "./marks.ts";

/**
 * One triangle over the whole picture: the plain gives way to a dark plane with a grid of dots and rings of equal round
 * trip. The ray of each pixel meets the ground analytically, so that neither depth nor the far plane matters.
 */
const vertex = /* glsl */ `
varying vec3 vRay;
void main() {
  gl_Position = vec4(position.xy, 0.0, 1.0);
  vec3 eyeRay = vec3(position.x / projectionMatrix[0][0], position.y / projectionMatrix[1][1], -1.0);
  vRay = transpose(mat3(viewMatrix)) * eyeRay;
}
`;

const fragment = /* glsl */ `
uniform vec3 uHorizon;
uniform vec3 uGlow;
uniform vec3 uSunDirection;
uniform float uFade;
uniform vec2 uHome;
uniform vec2 uSpread;
/** Dots of the finer grid: spacing in metres, and how far it has given way to the next one. */
uniform vec2 uGrid;
uniform float uRings[${ringsMs.length}];
varying vec3 vRay;

/** A round dot at every crossing of a grid, about a pixel wide whatever the slant. */
float dots(vec2 p, float spacing, float size) {
  vec2 cell = p / spacing;
  vec2 px = fwidth(cell);
  vec2 q = (fract(cell + 0.5) - 0.5) / max(px, vec2(1e-5));
  float dense = smoothstep(0.22, 0.07, max(px.x, px.y));
  return (1.0 - smoothstep(size - 0.55, size + 0.55, length(q))) * dense;
}

float hash(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * 0.1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}

/** A few faint points of light by direction: the plane floats before them. */
float stars(vec3 d) {
  vec2 at = vec2(atan(d.x, -d.z) * 150.0, d.y * 150.0);
  vec2 cell = floor(at);
  float seed = hash(cell);
  vec2 q = (fract(at) - 0.2 - 0.6 * vec2(hash(cell + 7.7), hash(cell + 3.1))) / max(fwidth(at), vec2(1e-4));
  return step(0.93, seed) * (1.0 - smoothstep(0.5, 1.6, length(q))) * (0.25 + 0.75 * fract(seed * 57.0));
}

void main() {
  vec3 d = normalize(vRay);
  vec2 sunward = normalize(uSunDirection.xz + 1e-5);
  float towards = dot(normalize(d.xz + 1e-5), sunward) * 0.5 + 0.5;
  // Unlit and not tone-mapped; the hour only tints the far air.
  vec3 air = mix(vec3(0.15, 0.28, 0.45), sqrt(uHorizon) * 0.7, 0.35);
  vec3 warm = sqrt(uGlow) * 0.5 * (0.25 + 0.75 * towards * towards);
  vec3 colour;
  if (d.y > -0.004) {
    colour = mix(air + warm, vec3(0.03, 0.055, 0.11), 1.0 - exp(-max(d.y, 0.0) * 7.0));
  } else {
    float reach = cameraPosition.y / -d.y;
    vec2 p = cameraPosition.xz + d.xz * reach;
    vec2 from = (p - uHome) / vec2(uSpread.y, 1.0);
    float r = length(from);
    float far = pow(smoothstep(0.47, 0.08, -d.y), 1.35);
    // The plane is a lit disc that thins out into the dark.
    float disc = 1.0 - smoothstep(0.86 * uRings[${ringsMs.length - 1}], 1.75 * uRings[${ringsMs.length - 1}], r);
    colour = mix(vec3(0.018, 0.028, 0.045), vec3(0.036, 0.058, 0.087), disc);
    colour = mix(colour, vec3(0.064, 0.112, 0.168), exp(-r * r / 3.6e8));
    float px = fwidth(r);
    float ring = 0.0;
    float steps = 0.0;
    for (int i = 0; i < ${ringsMs.length}; i++) {
      float off = r - uRings[i];
      ring = max(ring, 1.0 - smoothstep(0.8, 1.9, abs(off) / px));
      // Each ring stands a shade above the one outside it.
      steps += off < 0.0 ? exp(off / 1400.0) : 0.0;
    }
    float ahead = smoothstep(-0.85, 0.15, from.y / max(r, 1.0));
    colour += vec3(0.042, 0.070, 0.100) * steps * mix(0.35, 1.0, ahead);
    float grid = max(dots(from, uGrid.x, 0.95) * (1.0 - uGrid.y), dots(from, uGrid.x * 2.0, 0.95));
    float inner = exp(-r * r / 1.3e9);
    colour += vec3(0.24, 0.34, 0.44) * grid * mix(0.06, 0.62, inner) * (1.0 - far) * (0.25 + 0.75 * disc);
    // Rings are whole towards the places, and give way to the north, where nothing is.
    colour += vec3(0.36, 0.46, 0.55) * ring * mix(0.20, 0.72, ahead);
    colour += vec3(0.62, 0.56, 0.44) * exp(-r * r / 9.0e6) * 0.5 + vec3(0.15, 0.25, 0.37) * exp(-r * r / 6.0e7) * 0.66;
    colour = mix(colour, air + warm * 1.3 * far, far * 0.94);
    colour += vec3(0.55, 0.66, 0.80) * stars(d) * (1.0 - disc) * (1.0 - 0.5 * far);
  }
  if (d.y > 0.0) colour += vec3(0.60, 0.70, 0.84) * stars(d) * smoothstep(0.0, 0.12, d.y) * 0.9;
  // Less than a step of a byte, so that no bands show in the dark.
  float grain = fract(sin(dot(gl_FragCoord.xy, vec2(12.9898, 78.233))) * 43758.5453);
  gl_FragColor = vec4(colour + (grain - 0.5) / 255.0, uFade);
}
`;

/** The finest spacing of dots that is asked for, m, and how many of them the distance of the eye spans. */
const [finest, perDistance] = [125, 60];

export class Backdrop {
  readonly mesh: Mesh;
  readonly #fade: IUniform<number>;
  readonly #grid = new Vector2();

  constructor(sky: SkyUniforms, home: Spot, { uSpread }: MarkUniforms) {
    this.#fade = { value: 0 };
    const material = new ShaderMaterial({
      uniforms: {
        ...sky,
        uFade: this.#fade,
        uSpread,
        uHome: { value: [home.x, home.z] },
        uGrid: { value: this.#grid },
        uRings: { value: ringsMs.map(radiusOf) },
      } as Record<string, IUniform>,
      vertexShader: vertex,
      fragmentShader: fragment,
      transparent: true,
      depthTest: false,
      depthWrite: false,
    });
    const geometry = new BufferGeometry();
    geometry.setAttribute(
      "position",
      new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3),
    );
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.matrixAutoUpdate = false;
    this.mesh.renderOrder = 400;
  }

  /** @param view distance of the eye from what it looks at, m; fade 0…1 */
  look(view: Float64Array): void {
    if (this.#fade.value !== view[1]) this.#fade.value = view[1]!;
    const level = Math.log2(Math.max(finest, view[0]! / perDistance) / finest);
    const step = Math.floor(level);
    this.#grid.x = finest * 2 ** step;
    this.#grid.y = Math.min(1, Math.max(0, (level - step - 0.5) * 2));
  }
}

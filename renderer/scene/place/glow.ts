import {
  AdditiveBlending,
  BufferAttribute,
  BufferGeometry,
  type IUniform,
  Points,
  ShaderMaterial,
  Vector2,
} from "three";
import { starAt, starCount } from "./starTable.ts";

/** Points of light that add to what is behind them; drawn before data surfaces, which cover them. */
const points = (
  geometry: BufferGeometry,
  shader: { readonly vertex: string; readonly fragment: string },
  uniforms: Record<string, IUniform>,
): Points => {
  const uHeightPx: IUniform<number> = { value: 1080 };
  const material = new ShaderMaterial({
    uniforms: { ...uniforms, uHeightPx },
    vertexShader: `uniform float uHeightPx;\nuniform float uNight;\n${shader.vertex}`,
    fragmentShader: shader.fragment,
    blending: AdditiveBlending,
    transparent: true,
    depthWrite: false,
  });
  const mesh = new Points(geometry, material);
  mesh.frustumCulled = false;
  const size = new Vector2();
  mesh.onBeforeRender = (renderer) => {
    uHeightPx.value = renderer.getRenderTarget()?.height ?? renderer.getDrawingBufferSize(size).y;
  };
  return mesh;
};

const round = /* glsl */ `
varying vec3 vLight;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float r = dot(p, p);
  float core = exp(-r * 9.0);
  gl_FragColor = vec4(vLight * (core + 0.16 * max(0.0, 1.0 - r) * max(0.0, 1.0 - r)), 1.0);
}
`;

const spark = /* glsl */ `
varying vec3 vLight;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  gl_FragColor = vec4(vLight * exp(-dot(p, p) * 2.2), 1.0);
}
`;

/** Halos of road lamps by night. x, y, z of each. */
export const lampGlow = (heads: Float32Array, uniforms: Record<string, IUniform>): Points => {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(heads, 3));
  const mesh = points(
    geometry,
    {
      vertex: /* glsl */ `
        uniform float uHaze;
        varying vec3 vLight;
        void main() {
          vec4 clip = projectionMatrix * viewMatrix * vec4(position, 1.0);
          float perMetre = projectionMatrix[1][1] * 0.5 * uHeightPx / clip.w;
          float px = 3.4 * perMetre;
          gl_PointSize = clamp(px, uHeightPx * 0.0045, uHeightPx * 0.09);
          // A lamp smaller than its smallest spot is dimmer, not bigger.
          float spot = min(1.0, pow(px / (uHeightPx * 0.0045), 0.8));
          float seen = exp(-pow(clip.w * uHaze, 1.25));
          vLight = vec3(1.0, 0.72, 0.40) * 0.85 * spot * seen * smoothstep(0.3, 0.9, uNight);
          gl_Position = clip;
        }`,
      fragment: round,
    },
    uniforms,
  );
  mesh.renderOrder = 205;
  return mesh;
};

/** Colour of a star by its index B−V: blue, white, yellow, orange. */
const starColour = (index: number): readonly [number, number, number] => {
  const t = Math.min(1, Math.max(0, (index + 0.2) / 1.8));
  return [0.72 + 0.28 * Math.min(1, t * 1.6), 0.8 + 0.1 * t - 0.25 * t * t, 1 - 0.55 * t];
};

/** The bright stars, where they stand at the time; magnitude decides size and light. */
export const stars = (uniforms: Record<string, IUniform>): Points => {
  const place = new Float32Array(starCount * 3);
  const look = new Float32Array(starCount * 4);
  for (let i = 0; i < starCount; i++) {
    const { rightAscension: a, declination: d, magnitude, colourIndex } = starAt(i);
    place.set([Math.cos(d) * Math.cos(a), Math.cos(d) * Math.sin(a), Math.sin(d)], i * 3);
    look.set([...starColour(colourIndex), magnitude], i * 4);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(place, 3));
  geometry.setAttribute("aLook", new BufferAttribute(look, 4));
  const mesh = points(
    geometry,
    {
      vertex: /* glsl */ `
        attribute vec4 aLook;
        uniform mat3 uStars;
        uniform float uCloud;
        uniform float uDust;
        varying vec3 vLight;
        void main() {
          vec3 d = uStars * position;
          vec4 clip = projectionMatrix * vec4(mat3(viewMatrix) * d, 1.0);
          gl_Position = clip.xyww;
          float bright = pow(2.0, -0.85 * aLook.w);
          gl_PointSize = uHeightPx * (0.0023 + 0.0027 * min(2.5, bright));
          // Low stars shine through more air; the brightest come out first.
          float dusk = smoothstep(0.94 + 0.012 * aLook.w, 1.0, uNight);
          float seen = smoothstep(0.004, 0.11, d.y) * dusk * (1.0 - uDust) * (1.0 - smoothstep(0.45, 0.95, uCloud));
          vLight = aLook.rgb * (1.0 + 1.7 * min(1.6, bright)) * seen;
          if (seen < 0.01) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
        }`,
      fragment: spark,
    },
    uniforms,
  );
  mesh.renderOrder = 105;
  return mesh;
};

import {
  BufferAttribute,
  type BufferGeometry,
  DoubleSide,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  ShaderMaterial,
  Vector2,
} from "three";
import type { Spot } from "./diagram.ts";

/** What all draws of the diagram go by. */
export interface MarkUniforms {
  /** Size of the picture, CSS pixels. */
  readonly uPicture: IUniform<Vector2>;
  /** Size of marks, in parts of the usual one. */
  readonly uPx: IUniform<number>;
  /** How far marks stand out, 0…1. */
  readonly uFade: IUniform<number>;
  /** East of the home, m, and how many times wider than it is deep the diagram is laid out. */
  readonly uSpread: IUniform<Vector2>;
}

export const markUniforms = ({ x }: Spot): MarkUniforms => ({
  uPicture: { value: new Vector2(1920, 1080) },
  uPx: { value: 1 },
  uFade: { value: 0 },
  uSpread: { value: new Vector2(x, 1) },
});

/** In a shader: where a place of the diagram lies once it is laid out for the picture's shape. */
export const spreadGlsl = /* glsl */ `
uniform vec2 uSpread;
vec2 spread(vec2 at) {
  return vec2(uSpread.x + (at.x - uSpread.x) * uSpread.y, at.y);
}
`;

/** The same for those who write and point. */
export const spreadOf = ({ x, z }: Spot, { uSpread: { value } }: MarkUniforms): Spot => ({
  x: value.x + (x - value.x) * value.y,
  z,
});

/** A square −1…1 for each instance. */
export const squares = (count: number): InstancedBufferGeometry => {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute(
    "position",
    new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3),
  );
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  geometry.instanceCount = count;
  return geometry;
};

/** A strip along 0…1 and across −1…1 for each instance. */
export const strips = (count: number, segments: number): InstancedBufferGeometry => {
  const at = new Float32Array((segments + 1) * 2 * 3);
  const index: number[] = [];
  for (let i = 0; i <= segments; i++) {
    at.set([i / segments, -1, 0, i / segments, 1, 0], i * 6);
    if (i < segments) index.push(i * 2, i * 2 + 1, i * 2 + 2, i * 2 + 1, i * 2 + 3, i * 2 + 2);
  }
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(at, 3));
  geometry.setIndex(index);
  geometry.instanceCount = count;
  return geometry;
};

interface MarkLook {
  readonly uniforms: Readonly<Record<string, IUniform>>;
  readonly vertex: string;
  readonly fragment: string;
  /** Later ones lie over earlier ones. */
  readonly order: number;
}

/** One draw of the diagram: unlit, over everything that stands on the plain. */
export const markMesh = <G extends BufferGeometry>(
  geometry: G,
  { uniforms, vertex, fragment, order }: MarkLook,
): Mesh<G> => {
  const mesh = new Mesh(
    geometry,
    new ShaderMaterial({
      uniforms,
      vertexShader: vertex,
      fragmentShader: fragment,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      side: DoubleSide,
    }),
  );
  mesh.frustumCulled = false;
  mesh.renderOrder = order;
  return mesh;
};

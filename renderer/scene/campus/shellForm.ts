import { BufferAttribute, BufferGeometry } from "three";
import { light, noise, place } from "#renderer/scene/shader/light.glsl.ts";
import { opening } from "./opening.ts";

/** What a volume is: iExtra.y. */
export const Volume = { hall: 0, core: 1, lobby: 2, construction: 3 } as const;

/** How a building looks from outside: iExtra.w is this plus 16 × the zone, whose accent it carries. */
export const Style = {
  telecomHall: 0,
  telecomTower: 1,
  cloud: 2,
  finance: 3,
  liquid: 4,
  office: 5,
  house: 6,
} as const;
export type Style = (typeof Style)[keyof typeof Style];

/**
 * A building with parapet: corners in signs, so that wall thickness stays in metres whatever the size.
 * position = (±1, 0 or 1, ±1); aInset = (metres inwards, metres below the top); aInner = 1 inside the parapet.
 */
export const shellGeometry = (): BufferGeometry => {
  const position: number[] = [];
  const normal: number[] = [];
  const inset: number[] = [];
  const inner: number[] = [];
  const index: number[] = [];
  const face = (
    corners: readonly (readonly [number, number, number, number, number])[],
    n: readonly number[],
    isInner = 0,
  ): void => {
    const base = position.length / 3;
    for (const [x, y, z, inwards, below] of corners) {
      position.push(x, y, z);
      normal.push(...n);
      inset.push(inwards, below);
      inner.push(isInner);
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
      1,
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
  geometry.setAttribute("aInner", new BufferAttribute(new Float32Array(inner), 1));
  geometry.setIndex(index);
  return geometry;
};

/** A volume as its vertex shader draws it, m, around the middle of its foot: what a ray meets. */
export const shellBody = (
  shell: BufferGeometry,
  { width, height, depth }: { readonly width: number; readonly height: number; readonly depth: number },
): BufferGeometry => {
  const [corner, inset] = [shell.getAttribute("position"), shell.getAttribute("aInset")];
  const position = new Float32Array(corner.count * 3);
  for (let i = 0; i < corner.count; i++)
    position.set(
      [
        corner.getX(i) * (width / 2 - inset.getX(i)),
        corner.getY(i) * height - inset.getY(i),
        corner.getZ(i) * (depth / 2 - inset.getX(i)),
      ],
      i * 3,
    );
  const body = new BufferGeometry();
  body.setAttribute("position", new BufferAttribute(position, 3));
  body.setIndex(shell.index);
  return body;
};

/** Vertex side of a volume, solid or glass. */
export const shellVertex = /* glsl */ `
attribute vec2 aInset;
attribute float aInner;
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vLocal;
flat varying vec3 vFace;
flat varying vec3 vSize;
flat varying vec4 vExtra;
flat varying float vInner;
${place}
void main() {
  vec3 local = vec3(position.x * (iSize.x * 0.5 - aInset.x), position.y * iSize.y - aInset.y, position.z * (iSize.z * 0.5 - aInset.x));
  vLocal = local;
  vFace = normal;
  vSize = iSize;
  vExtra = iExtra;
  vInner = aInner;
  vWorld = iPose.xyz + turned(local, iPose.w);
  vNormal = turned(normal, iPose.w);
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

/** What both fragment sides of a volume share. */
export const shellHead = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vLocal;
flat varying vec3 vFace;
flat varying vec3 vSize;
flat varying vec4 vExtra;
flat varying float vInner;
${light}
${noise}
${opening}
`;

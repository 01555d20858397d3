import {
  type Camera,
  type IUniform,
  type Mesh,
  NearestFilter,
  NoBlending,
  type Object3D,
  ShaderMaterial,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { isBelow } from "./campus/layout.ts";
import { type StandsFor, standsFor } from "./campus/stands.ts";

/** Layer that is drawn in the id pass. */
const idLayer = 29;
/** Shells turned to glass: what is inside of them is met first (campus/shells.ts). */
const glassOrder = 200;

interface Drawn {
  readonly mesh: Mesh;
  readonly of: StandsFor;
  /** Id of its first instance; 0 is nothing. */
  readonly base: number;
  /** How many things it stands for. */
  readonly count: number;
}

/** Attribute that tells several things in one instance apart: it counts from 0. */
const withinInstance = "aStand";

const renamed = (shader: string): string => shader.replace(/void\s+main\s*\(\s*\)/, "void sceneMain()");

/** The material's own vertex shader and its own discards, with the instance's number for a colour. */
const idMaterial = (mesh: Mesh, base: number): ShaderMaterial => {
  const material = mesh.material as ShaderMaterial;
  const isMany = mesh.geometry.hasAttribute(withinInstance);
  return new ShaderMaterial({
    uniforms: { ...(material.uniforms as Record<string, IUniform>), uIdBase: { value: base } },
    defines: { ...material.defines },
    vertexShader: `uniform float uIdBase;\n${isMany ? `attribute float ${withinInstance};` : ""}
flat varying float vIdOf;\n${renamed(material.vertexShader)}
void main() { sceneMain(); vIdOf = uIdBase + float(gl_InstanceID)${isMany ? ` + ${withinInstance}` : ""}; }`,
    fragmentShader: `flat varying float vIdOf;\n${renamed(material.fragmentShader)}
void main() {
  sceneMain();
  gl_FragColor = vec4(mod(vIdOf, 256.0), mod(floor(vIdOf / 256.0), 256.0), floor(vIdOf / 65536.0), 255.0) / 255.0;
}`,
    side: material.side,
    blending: NoBlending,
    toneMapped: false,
  });
};

const countOf = ({ geometry }: Mesh): number => {
  if (!geometry.hasAttribute(withinInstance))
    return (geometry as { instanceCount?: number }).instanceCount ?? 1;
  return (geometry.getAttribute(withinInstance).array as Float32Array).reduce(
    (a, b) => Math.max(a, b + 1),
    0,
  );
};

const drawnIn = (scene: Object3D): readonly Drawn[] => {
  const found: Drawn[] = [];
  let base = 1;
  scene.traverseVisible((object) => {
    const mesh = object as Mesh;
    const of = standsFor(mesh);
    if (!of || !mesh.isMesh) return;
    const count = countOf(mesh);
    found.push({ mesh, of, base, count });
    base += count;
  });
  return found;
};

/** Draws these meshes in ids and reads them. Row-major from the lowest row, pixels × 4. */
const readIds = (
  drawn: readonly Drawn[],
  { gl, scene, camera }: IdParts,
  { target, isFirst }: { readonly target: WebGLRenderTarget; readonly isFirst: boolean },
): Uint8Array => {
  const materials = drawn.map(({ mesh }) => mesh.material as ShaderMaterial);
  const { mask } = camera.layers;
  for (const { mesh, base } of drawn) {
    mesh.material = idMaterial(mesh, base);
    mesh.layers.enable(idLayer);
  }
  camera.layers.set(idLayer);
  gl.autoClear = isFirst;
  gl.setRenderTarget(target);
  gl.setClearColor(0x000000, 0);
  gl.render(scene, camera);
  gl.setRenderTarget(null);
  gl.autoClear = true;
  camera.layers.mask = mask;
  for (const [i, { mesh }] of drawn.entries()) {
    (mesh.material as ShaderMaterial).dispose();
    mesh.material = materials[i]!;
    mesh.layers.disable(idLayer);
  }
  const pixels = new Uint8Array(target.width * target.height * 4);
  gl.readRenderTargetPixels(target, 0, 0, target.width, target.height, pixels);
  return pixels;
};

interface IdParts {
  readonly gl: WebGLRenderer;
  readonly scene: Object3D;
  readonly camera: Camera;
  readonly twin: Twin;
}

/** Asset drawn at a pixel: null for scenery and sky, "edge" where a neighbouring pixel shows another. */
export type DrawnAt = AssetRef | null | "edge";

/**
 * What is drawn where, by drawing every mesh that stands for assets once more, through its own shaders, in colours that
 * are ids: the proof that analytic picking meets what is seen. Scenery is left out: a pointer looks through trees.
 */
const idPass = (parts: IdParts, width: number, height: number): ((x: number, y: number) => DrawnAt) => {
  const target = new WebGLRenderTarget(width, height, { minFilter: NearestFilter, magFilter: NearestFilter });
  const drawn = drawnIn(parts.scene);
  const [glass, solid] = [true, false].map((isGlass) =>
    drawn.filter(({ mesh }) => (mesh.renderOrder === glassOrder) === isGlass),
  ) as [Drawn[], Drawn[]];
  const inside = readIds(solid, parts, { target, isFirst: true });
  const outside = readIds(glass, parts, { target, isFirst: false });
  target.dispose();
  const assetOf = (pixels: Uint8Array, at: number): AssetRef | null => {
    const id = pixels[at]! + pixels[at + 1]! * 256 + pixels[at + 2]! * 65536;
    const own = drawn.findLast(({ base }) => base <= id);
    return own && id < own.base + own.count ? own.of(id - own.base) : null;
  };
  const one = (x: number, y: number): AssetRef | null => {
    const at = ((height - 1 - y) * width + x) * 4;
    const solidAsset = assetOf(inside, at);
    const seen = assetOf(outside, at);
    const isGlass = [0, 1, 2].some((channel) => inside[at + channel] !== outside[at + channel]);
    // Through glass one meets what its building holds, and else the building itself.
    return isGlass && seen && solidAsset && isBelow(parts.twin, solidAsset, seen) ? solidAsset : seen;
  };
  const same = (a: AssetRef | null, b: AssetRef | null): boolean =>
    a?.className === b?.className && a?.row === b?.row;
  return (x, y) => {
    const centre = one(x, y);
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const [nx, ny] = [
          Math.min(width - 1, Math.max(0, x + dx)),
          Math.min(height - 1, Math.max(0, y + dy)),
        ];
        if (!same(one(nx, ny), centre)) return "edge";
      }
    return centre;
  };
};

/** What is drawn at these CSS pixels of the canvas. */
export const drawnAt = (
  parts: IdParts,
  points: readonly (readonly [x: number, y: number])[],
): readonly DrawnAt[] => {
  const { clientWidth, clientHeight } = parts.gl.domElement;
  const at = idPass(parts, clientWidth, clientHeight);
  return points.map(([x, y]) => at(Math.floor(x), Math.floor(y)));
};

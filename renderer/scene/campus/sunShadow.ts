import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  DepthTexture,
  LessEqualCompare,
  LinearFilter,
  OrthographicCamera,
  Scene,
  ShaderMaterial,
  UnsignedIntType,
  Vector3,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { instancesOf, type Placed } from "./instances.ts";
import type { Sky } from "./sky.ts";

/** Texels of the map of the whole campus, and of the one around what is looked at. */
const [wholePx, nearPx] = [4096, 2048] as const;
/** The sun moves a degree in four minutes; a shadow is drawn anew when it has moved by half of that. */
const sameSun = Math.cos((0.5 * Math.PI) / 180);
/** The near map reaches this far in eye distances from the target, within limits, m. */
const near = { share: 0.9, least: 45, most: 700 } as const;
/** It is drawn anew when the target has left its middle by this share of its reach, or the reach is this far off. */
const [stale, misfit] = [0.3, 1.5] as const;

/** A tree as a spindle of six sides: enough for its shadow. */
const spindle = (): BufferGeometry => {
  const rings = [
    [0.08, 0.16],
    [0.42, 0.42],
    [0.28, 0.78],
  ] as const;
  const sides = 6;
  const position = [0, 0, 0, 0, 1, 0];
  const index: number[] = [];
  for (const [radius, y] of rings)
    for (let i = 0; i < sides; i++) {
      const angle = (i / sides) * Math.PI * 2;
      position.push(Math.cos(angle) * radius, y, Math.sin(angle) * radius);
    }
  for (let i = 0; i < sides; i++) {
    const j = (i + 1) % sides;
    index.push(0, 2 + i, 2 + j, 1, 2 + 2 * sides + j, 2 + 2 * sides + i);
    for (let ring = 0; ring < 2; ring++) {
      const [a, b] = [2 + ring * sides, 2 + (ring + 1) * sides];
      index.push(a + i, b + i, b + j, a + i, b + j, a + j);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setIndex(index);
  return geometry;
};

/** One depth map of the casters inside a square across the sun's light. */
class DepthMap {
  readonly target: WebGLRenderTarget;
  readonly camera = new OrthographicCamera();

  constructor(px: number) {
    const depth = new DepthTexture(px, px, UnsignedIntType);
    depth.compareFunction = LessEqualCompare;
    depth.minFilter = LinearFilter;
    depth.magFilter = LinearFilter;
    this.target = new WebGLRenderTarget(px, px, { depthTexture: depth, generateMipmaps: false });
  }

  draw(gl: WebGLRenderer, scene: Scene, [sun, centre]: readonly [Vector3, Vector3], radius: number): void {
    const { camera } = this;
    camera.left = -radius;
    camera.right = radius;
    camera.top = radius;
    camera.bottom = -radius;
    // Tall things beside the square throw shadows into it.
    const back = radius * 2 + 200;
    camera.near = 1;
    camera.far = back * 2;
    camera.position.copy(centre).addScaledVector(sun, back);
    camera.lookAt(centre);
    camera.updateMatrixWorld();
    camera.updateProjectionMatrix();
    gl.setRenderTarget(this.target);
    gl.clear();
    gl.render(scene, camera);
    gl.setRenderTarget(null);
  }
}

/** Where the eye is and what it looks at. */
export interface Gaze {
  readonly position: Vector3;
  readonly target: Vector3;
}

/**
 * Shadows of everything that stands, from simple boxes and spindles: one map for the whole campus, one with fine texels
 * around what is looked at. Drawn again only when the sun has moved or the eye looks elsewhere, never per frame.
 */
export class SunShadow {
  readonly #whole = new DepthMap(wholePx);
  readonly #near = new DepthMap(nearPx);
  readonly #scene = new Scene();
  readonly #drawnFor = new Vector3();
  readonly #centre: Vector3;
  readonly #radius: number;
  readonly #nearAt = new Vector3(Number.NaN);
  readonly #nearM = new Float64Array(1);

  constructor(casters: readonly Placed[], crowns: readonly Placed[]) {
    const material = new ShaderMaterial({
      vertexShader: /* glsl */ `
        attribute vec4 iPose;
        attribute vec3 iSize;
        ${place}
        void main() {
          gl_Position = projectionMatrix * viewMatrix * vec4(iPose.xyz + turned(position * iSize, iPose.w), 1.0);
        }`,
      fragmentShader: "void main() { gl_FragColor = vec4(1.0); }",
    });
    const boxes = instancesOf(new BoxGeometry(1, 1, 1).translate(0, 0.5, 0), casters, material);
    const trees = instancesOf(spindle(), crowns, material);
    boxes.frustumCulled = false;
    trees.frustumCulled = false;
    this.#scene.add(boxes, trees);
    const sphere = boxes.geometry.boundingSphere!;
    this.#centre = sphere.center.clone();
    this.#radius = sphere.radius;
  }

  /** Draws what has become stale. @returns true when something was drawn. */
  update(gl: WebGLRenderer, sky: Sky, gaze: Gaze): boolean {
    const u = sky.uniforms;
    const sun = u.uSunDirection.value;
    const moved = this.#drawnFor.dot(sun) <= sameSun;
    const wanted = Math.min(
      near.most,
      Math.max(near.least, gaze.position.distanceTo(gaze.target) * near.share),
    );
    const reach = this.#nearM[0]!;
    const fits = reach > 0 && wanted < reach * misfit && wanted > reach / misfit;
    const isNear = fits && this.#nearAt.distanceTo(gaze.target) < reach * stale;
    if (!moved && isNear) return false;
    // The maps must be free while they are drawn into.
    u.uShadowMap.value = null;
    u.uNearMap.value = null;
    if (moved) {
      this.#drawnFor.copy(sun);
      this.#whole.draw(gl, this.#scene, [sun, this.#centre], this.#radius);
      const { camera } = this.#whole;
      u.uShadowMatrix.value.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
      u.uShadowTexel.value = 1 / wholePx;
    }
    this.#nearAt.copy(gaze.target);
    this.#nearM[0] = wanted;
    this.#near.draw(gl, this.#scene, [this.#drawnFor, gaze.target], wanted);
    const { camera } = this.#near;
    u.uNearMatrix.value.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    u.uShadowMap.value = this.#whole.target.depthTexture;
    u.uNearMap.value = this.#near.target.depthTexture;
    return true;
  }

  dispose(): void {
    this.#whole.target.dispose();
    this.#near.target.dispose();
  }
}

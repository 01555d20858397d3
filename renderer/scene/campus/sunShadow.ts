import {
  BackSide,
  DepthTexture,
  LessEqualCompare,
  LinearFilter,
  Mesh,
  OrthographicCamera,
  Scene,
  ShaderMaterial,
  UnsignedIntType,
  Vector3,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import { Casters } from "./casters.ts";
import type { Box } from "./layout.ts";
import type { Sky } from "./sky.ts";

/** Texels of the map of the whole campus, and of the one around what is looked at. */
const [wholePx, nearPx] = [4096, 2048] as const;
/** The sun moves a degree in four minutes; a shadow is drawn anew when it has moved by half of that. */
const sameSun = Math.cos((0.5 * Math.PI) / 180);
/** The near map reaches this far in eye distances from the target, within limits, m. */
const near = { share: 0.9, least: 45, most: 700 } as const;
/** It is drawn anew when the target has left its middle by this share of its reach, or the reach is this far off. */
const [stale, misfit] = [0.3, 1.5] as const;

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

  /** Where the light looks from for a square about a point. @param radius half of the square's side, m */
  aim([sun, centre]: readonly [sun: Vector3, centre: Vector3], radius: number): OrthographicCamera {
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
    return camera;
  }

  draw(gl: WebGLRenderer, scene: Scene): void {
    gl.setRenderTarget(this.target);
    gl.clear();
    gl.render(scene, this.camera);
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
  readonly #casters: Casters;
  readonly #nearAt = new Vector3(Number.NaN);
  readonly #nearM = new Float64Array(1);
  readonly #wanted = new Float64Array(1);

  constructor(boxes: readonly Box[], crowns: readonly Box[]) {
    // Far sides are what is kept: a roof under a low sun would be striped by the texels of its own near one.
    const material = new ShaderMaterial({
      side: BackSide,
      vertexShader: "void main() { gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0); }",
      fragmentShader: "void main() { gl_FragColor = vec4(1.0); }",
    });
    this.#casters = new Casters(boxes, crowns);
    const mesh = new Mesh(this.#casters.geometry, material);
    mesh.frustumCulled = false;
    mesh.matrixAutoUpdate = false;
    this.#scene.add(mesh);
  }

  /** Draws what has become stale. @returns true when something was drawn. */
  update(gl: WebGLRenderer, sky: Sky, gaze: Gaze): boolean {
    const u = sky.uniforms;
    const sun = u.uSunDirection.value;
    const was = this.#drawnFor;
    const moved = was.x * sun.x + was.y * sun.y + was.z * sun.z <= sameSun;
    const isNear = this.#isNear(gaze);
    if (!moved && isNear) return false;
    // The maps must be free while they are drawn into.
    u.uShadowMap.value = null;
    u.uNearMap.value = null;
    if (moved) {
      this.#drawnFor.copy(sun);
      const { center, radius } = this.#casters.bounds;
      const camera = this.#whole.aim([sun, center], radius);
      this.#casters.within(camera.matrixWorldInverse, radius);
      this.#whole.draw(gl, this.#scene);
      u.uShadowMatrix.value.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
      u.uShadowTexel.value = 1 / wholePx;
    }
    const wanted = this.#wanted[0]!;
    this.#nearAt.copy(gaze.target);
    this.#nearM[0] = wanted;
    const camera = this.#near.aim([this.#drawnFor, gaze.target], wanted);
    this.#casters.within(camera.matrixWorldInverse, wanted);
    this.#near.draw(gl, this.#scene);
    u.uNearMatrix.value.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    u.uShadowMap.value = this.#whole.target.depthTexture;
    u.uNearMap.value = this.#near.target.depthTexture;
    return true;
  }

  /** The near map does for what is looked at now. By hand: numbers that functions return would be allocated each frame. */
  #isNear({ position: eye, target: at }: Gaze): boolean {
    const away = Math.sqrt((eye.x - at.x) ** 2 + (eye.y - at.y) ** 2 + (eye.z - at.z) ** 2) * near.share;
    const wanted = away < near.least ? near.least : Math.min(away, near.most);
    this.#wanted[0] = wanted;
    const reach = this.#nearM[0]!;
    if (!(reach > 0 && wanted < reach * misfit && wanted > reach / misfit)) return false;
    const from = this.#nearAt;
    const off2 = (from.x - at.x) ** 2 + (from.y - at.y) ** 2 + (from.z - at.z) ** 2;
    return off2 < (reach * stale) ** 2;
  }

  dispose(): void {
    this.#casters.dispose();
    this.#whole.target.dispose();
    this.#near.target.dispose();
  }
}

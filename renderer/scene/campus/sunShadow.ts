import {
  BoxGeometry,
  DepthTexture,
  LessEqualCompare,
  LinearFilter,
  type Mesh,
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

const mapSize = 4096;
/** The sun moves a degree in four minutes; a shadow is drawn anew when it has moved by half of that. */
const sameSun = Math.cos((0.5 * Math.PI) / 180);

/**
 * One shadow map for the whole campus, from simple boxes of everything that stands.
 * Drawn again only when the sun has moved, never per frame.
 */
export class SunShadow {
  readonly #target: WebGLRenderTarget;
  readonly #camera: OrthographicCamera;
  readonly #scene = new Scene();
  readonly #drawnFor = new Vector3();
  readonly #centre: Vector3;
  readonly #radius: number;

  constructor(casters: readonly Placed[]) {
    const mesh: Mesh = instancesOf(
      new BoxGeometry(1, 1, 1).translate(0, 0.5, 0),
      casters,
      new ShaderMaterial({
        vertexShader: /* glsl */ `
          attribute vec4 iPose;
          attribute vec3 iSize;
          ${place}
          void main() {
            gl_Position = projectionMatrix * viewMatrix * vec4(iPose.xyz + turned(position * iSize, iPose.w), 1.0);
          }`,
        fragmentShader: "void main() { gl_FragColor = vec4(1.0); }",
      }),
    );
    mesh.frustumCulled = false;
    this.#scene.add(mesh);
    const sphere = mesh.geometry.boundingSphere!;
    this.#centre = sphere.center.clone();
    this.#radius = sphere.radius;
    this.#camera = new OrthographicCamera(
      -this.#radius,
      this.#radius,
      this.#radius,
      -this.#radius,
      1,
      this.#radius * 4,
    );
    const depth = new DepthTexture(mapSize, mapSize, UnsignedIntType);
    depth.compareFunction = LessEqualCompare;
    depth.minFilter = LinearFilter;
    depth.magFilter = LinearFilter;
    this.#target = new WebGLRenderTarget(mapSize, mapSize, { depthTexture: depth, generateMipmaps: false });
  }

  /** Draws the map if the sun has moved since. @returns true when it did. */
  update(gl: WebGLRenderer, sky: Sky): boolean {
    const sun = sky.uniforms.uSunDirection.value;
    if (this.#drawnFor.dot(sun) > sameSun) return false;
    this.#drawnFor.copy(sun);
    this.#camera.position.copy(this.#centre).addScaledVector(sun, this.#radius * 2);
    this.#camera.lookAt(this.#centre);
    this.#camera.updateMatrixWorld();
    // The map must be free while it is drawn into.
    sky.uniforms.uShadowMap.value = null;
    gl.setRenderTarget(this.#target);
    gl.clear();
    gl.render(this.#scene, this.#camera);
    gl.setRenderTarget(null);
    sky.uniforms.uShadowMap.value = this.#target.depthTexture;
    sky.uniforms.uShadowMatrix.value.multiplyMatrices(
      this.#camera.projectionMatrix,
      this.#camera.matrixWorldInverse,
    );
    sky.uniforms.uShadowTexel.value = 1 / mapSize;
    return true;
  }

  dispose(): void {
    this.#target.dispose();
  }
}

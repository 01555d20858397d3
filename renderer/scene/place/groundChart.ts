import {
  Mesh,
  OrthographicCamera,
  Scene,
  ShaderMaterial,
  type Texture,
  Vector4,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";

/** Half of the side that is charted, m, and texels to a side. */
const [halfM, px] = [330, 1024] as const;
/** It is drawn anew when the eye has left its middle this far, m. */
const staleM = 24;

/** What grows, seen from above: where the eye is near the ground. */
export interface Eye {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/**
 * The ground around the eye seen from straight above: red, green and blue are the root of its albedo, alpha how high grass
 * stands there. The ground's own shaders draw it (`#define CHART`), so what grows fits what it grows on to the metre. Drawn
 * when the eye has moved, never per frame.
 */
export class GroundChart {
  readonly uniforms = {
    uChart: { value: null as Texture | null },
    /** Middle of what is charted, x and z, half of its side, and 1 once it is there. */
    uCharted: { value: new Vector4(0, 0, halfM, 0) },
  };
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera(-halfM, halfM, halfM, -halfM, 1, 60);
  #target: WebGLRenderTarget | null = null;
  #season = Number.NaN;

  constructor(ground: readonly Mesh[]) {
    for (const mesh of ground) {
      const { uniforms, vertexShader, fragmentShader, depthFunc } = mesh.material as ShaderMaterial;
      const chart = new ShaderMaterial({
        uniforms,
        vertexShader,
        fragmentShader,
        depthFunc,
        defines: { CHART: "" },
      });
      const copy = new Mesh(mesh.geometry, chart);
      copy.frustumCulled = false;
      copy.renderOrder = mesh.renderOrder;
      this.#scene.add(copy);
    }
    this.#camera.up.set(0, 0, -1);
  }

  /** @param season changes with the colours of what grows */
  update(gl: WebGLRenderer, eye: Eye, season: number): void {
    const { uCharted, uChart } = this.uniforms;
    const at = uCharted.value;
    const isNear = Math.abs(at.x - eye.x) < staleM && Math.abs(at.y - eye.z) < staleM;
    if (at.w === 1 && isNear && Math.abs(season - this.#season) < 0.004) return;
    this.#target ??= new WebGLRenderTarget(px, px, { generateMipmaps: false });
    this.#season = season;
    at.set(eye.x, eye.z, halfM, 1);
    const camera = this.#camera;
    camera.position.set(eye.x, 40, eye.z);
    camera.lookAt(eye.x, 0, eye.z);
    camera.updateMatrixWorld();
    gl.setRenderTarget(this.#target);
    gl.clear();
    gl.render(this.#scene, camera);
    gl.setRenderTarget(null);
    uChart.value = this.#target.texture;
  }

  dispose(): void {
    this.#target?.dispose();
  }
}

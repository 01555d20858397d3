import {
  BufferAttribute,
  BufferGeometry,
  type Color,
  DoubleSide,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  ShaderMaterial,
  type WebGLRenderer,
} from "three";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { type Eye, GroundChart } from "./groundChart.ts";
import { bladeFragment, bladeVertex, cellsOut, finestM } from "./meadow.glsl.ts";

/** Grids of clumps about the eye, each twice as wide and half as dense as the one within. */
const levels = 6;
const bladesOfClump = 7;

/** A clump: blades of two segments and a tip. position = side, how far up, number of the blade. */
const clump = (): BufferGeometry => {
  const position: number[] = [];
  const index: number[] = [];
  for (let blade = 0; blade < bladesOfClump; blade++) {
    const at = position.length / 3;
    position.push(-1, 0, blade, 1, 0, blade, -1, 0.55, blade, 1, 0.55, blade, 0, 1, blade);
    index.push(at, at + 1, at + 3, at, at + 3, at + 2, at + 2, at + 3, at + 4);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(position), 3));
  geometry.setIndex(index);
  return geometry;
};

/** Cells of a grid's ring; the widest grid first, so that the near ones can be left out. Row-major, cells × 3. */
const cells = (): { readonly all: Float32Array; readonly upTo: readonly number[] } => {
  const all: number[] = [];
  const upTo: number[] = [];
  for (let level = levels - 1; level >= 0; level--) {
    for (let i = -cellsOut; i < cellsOut; i++)
      for (let j = -cellsOut; j < cellsOut; j++) {
        const away = Math.hypot(i + 0.5, j + 0.5);
        if (away < cellsOut && (level === 0 || away > cellsOut * 0.35)) all.push(i, j, level);
      }
    upTo.push(all.length / 3);
  }
  return { all: Float32Array.from(all), upTo };
};

/**
 * Grass about the eye, blade by blade: clumps on grids that go with the eye, the finest within ten metres, the widest to
 * three hundred. Their number is fixed, whatever the campus; what the ground there is made of says the chart. Nothing of
 * it is drawn where the processor draws (`userData.fullOnly`).
 */
export class Meadow {
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly #chart: GroundChart;
  readonly #upTo: readonly number[];
  readonly #sky: SkyUniforms;
  /** It is known by the second picture whether this machine draws it. */
  #isFirst = true;

  constructor(sky: SkyUniforms, ground: readonly Mesh[]) {
    this.#sky = sky;
    this.#chart = new GroundChart(ground);
    const { all, upTo } = cells();
    this.#upTo = upTo;
    const kit = clump();
    const geometry = new InstancedBufferGeometry();
    geometry.index = kit.index;
    geometry.setAttribute("position", kit.getAttribute("position"));
    geometry.setAttribute("iCell", new InstancedBufferAttribute(all, 3));
    geometry.instanceCount = 0;
    const material = new ShaderMaterial({
      uniforms: { ...sky, ...this.#chart.uniforms } as Record<string, IUniform>,
      vertexShader: bladeVertex,
      fragmentShader: bladeFragment,
      side: DoubleSide,
    });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.matrixAutoUpdate = false;
    this.mesh.userData["fullOnly"] = true;
  }

  /** Charts the ground when the eye has moved; grids that end below the eye are left out. */
  prepare(gl: WebGLRenderer, eye: Eye): void {
    const wasFirst = this.#isFirst;
    this.#isFirst = false;
    if (wasFirst || !this.mesh.visible) return;
    const { geometry } = this.mesh;
    const nearest = Math.ceil(Math.log2(Math.max(1, eye.y / (finestM * cellsOut * 0.9))));
    geometry.instanceCount = this.#upTo[levels - 1 - nearest] ?? 0;
    if (geometry.instanceCount > 0) this.#chart.update(gl, eye, (this.#sky["uFresh"]!.value as Color).r);
  }

  dispose(): void {
    this.#chart.dispose();
  }
}

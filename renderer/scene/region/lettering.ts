import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  type IUniform,
  LinearFilter,
  LinearMipmapLinearFilter,
  Mesh,
  RedFormat,
  ShaderMaterial,
} from "three";
import type { LabelPainter } from "#renderer/scene/campus/labels.ts";
import type { Spot } from "./diagram.ts";

/** Words that lie flat on the plane, north up. */
export interface Letters {
  readonly text: string;
  /** Their middle. */
  readonly at: Spot;
  /** Height of a line, m. */
  readonly tallM: number;
  /** 0…1. */
  readonly strength: number;
}

const vertex = /* glsl */ `
attribute vec4 iAt;
attribute vec4 iCell;
attribute float iStrength;
varying vec2 vText;
flat varying float vStrength;
void main() {
  vec2 at = iAt.xy + vec2(position.x * iAt.z, -position.y * iAt.w) * 0.5;
  vText = iCell.xy + (vec2(position.x, -position.y) * 0.5 + 0.5) * iCell.zw;
  vStrength = iStrength;
  gl_Position = projectionMatrix * viewMatrix * vec4(at.x, 0.0, at.y, 1.0);
}
`;

const fragment = /* glsl */ `
uniform sampler2D uText;
uniform float uFade;
varying vec2 vText;
flat varying float vStrength;
void main() {
  float ink = texture2D(uText, vText).r;
  gl_FragColor = vec4(vec3(0.62, 0.72, 0.80), ink * vStrength * uFade);
}
`;

/** Writing on the ground of the diagram: what it is, and what its rings mean. One draw. */
export class Lettering {
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly #fade: IUniform<number> = { value: 0 };
  readonly #text: IUniform<DataTexture> = { value: new DataTexture(new Uint8Array(1), 1, 1, RedFormat) };

  constructor() {
    this.mesh = new Mesh(
      new InstancedBufferGeometry(),
      new ShaderMaterial({
        uniforms: { uText: this.#text, uFade: this.#fade },
        vertexShader: vertex,
        fragmentShader: fragment,
        transparent: true,
        depthTest: false,
        depthWrite: false,
      }),
    );
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 402;
  }

  fade(fade: number): void {
    this.#fade.value = fade;
  }

  write(letters: readonly Letters[], paint: LabelPainter): void {
    const atlas = paint(letters.map(({ text }) => text));
    const quad = new BufferGeometry();
    quad.setAttribute(
      "position",
      new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3),
    );
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute("position", quad.getAttribute("position"));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    const [at, cell] = [new Float32Array(letters.length * 4), new Float32Array(letters.length * 4)];
    letters.forEach((each, i) => {
      const [x, y, wide, tall] = atlas.cells.subarray(i * 4, i * 4 + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      at.set([each.at.x, each.at.z, (each.tallM * wide) / tall, each.tallM], i * 4);
      cell.set([x / atlas.width, y / atlas.height, wide / atlas.width, tall / atlas.height], i * 4);
    });
    geometry.setAttribute("iAt", new InstancedBufferAttribute(at, 4));
    geometry.setAttribute("iCell", new InstancedBufferAttribute(cell, 4));
    geometry.setAttribute(
      "iStrength",
      new InstancedBufferAttribute(
        Float32Array.from(letters, ({ strength }) => strength),
        1,
      ),
    );
    geometry.instanceCount = letters.length;
    this.mesh.geometry.dispose();
    this.mesh.geometry = geometry;
    this.#text.value.dispose();
    const texture = new DataTexture(atlas.coverage, atlas.width, atlas.height, RedFormat);
    texture.minFilter = LinearMipmapLinearFilter;
    texture.magFilter = LinearFilter;
    texture.generateMipmaps = true;
    texture.anisotropy = 8;
    texture.needsUpdate = true;
    this.#text.value = texture;
  }
}

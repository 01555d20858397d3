import {
  DataTexture,
  InstancedBufferAttribute,
  type InstancedBufferGeometry,
  type IUniform,
  LinearFilter,
  LinearMipmapLinearFilter,
  type Mesh,
  RedFormat,
} from "three";
import type { LabelPainter } from "#renderer/scene/campus/labels.ts";
import type { Spot } from "./diagram.ts";
import { type MarkUniforms, markMesh, spreadGlsl, squares } from "./marks.ts";

/** Words that lie flat on the plane, north up. */
export interface Letters {
  readonly text: string;
  /** Their middle. */
  readonly at: Spot;
  /** Height of a line, m, as the eye sees it from where the region is looked at. */
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
${spreadGlsl}
/** Writing is stretched towards the eye by what the slant takes from it. */
const float slant = 1.35;
void main() {
  vec2 at = spread(iAt.xy) + vec2(position.x * iAt.z, -position.y * iAt.w * slant) * 0.5;
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
  gl_FragColor = vec4(vec3(0.74, 0.84, 0.92), ink * vStrength * uFade);
}
`;

/** Writing on the ground of the diagram: what it is, and what its rings mean. One draw. */
export class Lettering {
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly #text: IUniform<DataTexture> = { value: new DataTexture(new Uint8Array(1), 1, 1, RedFormat) };

  constructor({ uFade, uSpread }: MarkUniforms) {
    this.mesh = markMesh(squares(0), {
      uniforms: { uText: this.#text, uFade, uSpread },
      vertex,
      fragment,
      order: 402,
    });
  }

  write(letters: readonly Letters[], paint: LabelPainter): void {
    const atlas = paint(letters.map(({ text }) => text));
    const geometry = squares(letters.length);
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

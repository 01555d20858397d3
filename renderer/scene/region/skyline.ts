import { BoxGeometry, type IUniform, type Mesh, ShaderMaterial, Vector2 } from "three";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import { place } from "#renderer/scene/shader/light.glsl.ts";
import { Stage } from "#twins/model/twin.ts";

const vertex = /* glsl */ `
attribute vec4 iPose;
attribute vec3 iSize;
attribute vec4 iExtra;
/** How many times wider and taller than it is everything stands. */
uniform vec2 uGrow;
uniform vec2 uMiddle;
varying float vUp;
varying float vSide;
flat varying float vStage;
${place}
void main() {
  vec3 local = vec3(position.x * iSize.x, (position.y + 0.5) * iSize.y, position.z * iSize.z);
  local *= vec3(uGrow.x * 1.15, uGrow.y, uGrow.x * 1.15);
  vUp = position.y + 0.5;
  vSide = abs(normal.y) > 0.5 ? 1.0 : abs(normal.x) > 0.5 ? 0.62 : 0.78;
  vStage = iExtra.x;
  gl_Position = projectionMatrix * viewMatrix * vec4(vec3(mix(uMiddle, iPose.xz, uGrow.x), 0.0).xzy + turned(local, iPose.w), 1.0);
}
`;

const fragment = /* glsl */ `
uniform float uFade;
varying float vUp;
varying float vSide;
flat varying float vStage;
void main() {
  vec3 foot = vec3(0.30, 0.45, 0.64);
  vec3 crown = vec3(1.0, 0.965, 0.89);
  float solid = vStage > 1.5 ? 1.0 : 0.35;
  vec3 colour = mix(foot, crown, pow(vUp, 1.6)) * vSide;
  gl_FragColor = vec4(colour, uFade * solid * mix(0.42, 1.0, vUp * vUp));
}
`;

/** How many times wider and taller the campus stands when it is a point among others: else it would be a speck. */
const [widest, tallest] = [2, 118] as const;

/** The campus as a small silhouette of light: its buildings where they stand, taller the farther one is away. */
export class Skyline {
  readonly mesh: Mesh;
  readonly #fade: IUniform<number> = { value: 0 };
  readonly #grow = new Vector2(1, 1);

  constructor(layout: Layout) {
    const boxes = layout.buildings
      .filter(({ stage }) => stage !== Stage.planned)
      .map((building): Placed => ({ ...building, extra: [building.stage] }));
    const kit = new BoxGeometry(1, 1, 1);
    kit.deleteAttribute("uv");
    this.mesh = instancesOf(
      kit,
      boxes,
      new ShaderMaterial({
        uniforms: {
          uFade: this.#fade,
          uGrow: { value: this.#grow },
          uMiddle: { value: [layout.centre.x, layout.centre.z] },
        },
        vertexShader: vertex,
        fragmentShader: fragment,
        transparent: true,
        depthTest: false,
        depthWrite: false,
      }),
    );
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 404;
  }

  /** @param view as the region has it; its third: 0 as it is, 1 as a point among others */
  look(view: Float64Array): void {
    const away = view[2]!;
    if (this.#fade.value !== view[1]) this.#fade.value = view[1]!;
    this.#grow.set(1 + (widest - 1) * away, 1 + (tallest - 1) * away);
  }
}

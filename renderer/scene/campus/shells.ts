import { FrontSide, Group, type IUniform, ShaderMaterial } from "three";
import { instancesOf, type Placed } from "./instances.ts";
import type { OpenUniforms } from "./opening.ts";
import { facade } from "./shellFacade.ts";
import { shellGeometry, shellVertex } from "./shellForm.ts";
import { shellGlass } from "./shellGlass.ts";
import type { SkyUniforms } from "./sky.ts";

/** Building volumes: one opaque draw and, while anything is open, one of glass. */
export class Shells {
  readonly root = new Group();
  readonly #glass;

  constructor(sky: SkyUniforms, open: OpenUniforms, volumes: readonly Placed[]) {
    const uniforms = { ...sky, ...open } as Record<string, IUniform>;
    const solid = new ShaderMaterial({
      uniforms,
      vertexShader: shellVertex,
      fragmentShader: facade,
      side: FrontSide,
    });
    const clear = new ShaderMaterial({
      uniforms,
      vertexShader: shellVertex,
      fragmentShader: shellGlass,
      transparent: true,
      depthWrite: false,
    });
    const geometry = shellGeometry();
    const shells = instancesOf(geometry, volumes, solid);
    // Names and values stand over them: without, a campus in motion is none.
    shells.userData["keep"] = true;
    this.#glass = instancesOf(geometry, volumes, clear);
    this.#glass.renderOrder = 200;
    this.#glass.visible = false;
    this.root.add(shells, this.#glass);
  }

  /** Draws the glass pass only while some shell is open. */
  setOpen(open: boolean): void {
    this.#glass.visible = open;
  }
}

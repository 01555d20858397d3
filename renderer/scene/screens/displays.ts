import { Group } from "three";
import type { CampusState } from "#renderer/data/state.ts";
import type { Language } from "#renderer/i18n/translate.ts";
import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import { type IconPainter, Portals } from "./portals.ts";
import { type ScreenFrame, Screens, type ScreenView, type SurfaceMaker } from "./screens.ts";

/** What paints words and icons; it comes from outside, because the scene's own code knows no DOM. */
export interface DisplayPainters {
  readonly surfaces: SurfaceMaker;
  readonly icons: IconPainter;
}

/** Most boxes that names keep clear of. */
const mostCovers = 64;

/** Everything in the scene that shows published words: screens, and the city portals with their signs. */
export class Displays {
  readonly root = new Group();
  /** Boxes that throw a shadow. */
  readonly casters: readonly Placed[];
  /** What lies over the picture: panels, then lit screens. Left, top, right, bottom; row-major, boxes × 4. */
  readonly covers = new Float32Array(mostCovers * 4);
  readonly #screens: Screens;
  readonly #portals: Portals;
  #panels = 0;

  constructor(
    layout: Layout,
    state: CampusState,
    uniforms: { readonly sky: SkyUniforms; readonly open: OpenUniforms },
  ) {
    this.#screens = new Screens(layout, state, uniforms);
    this.#portals = new Portals(layout, uniforms.sky, uniforms.open);
    this.casters = this.#portals.casters;
    this.root.add(this.#screens.root, this.#portals.root);
  }

  /** Lights screens and signs; without it they are dark. */
  light(language: Language, { surfaces, icons }: DisplayPainters): void {
    this.#screens.speak(language, surfaces);
    this.#portals.show(icons);
  }

  /** Panels over the picture: left, top, right, bottom, CSS pixels. Row-major, boxes × 4. */
  cover(boxes: Float32Array): void {
    this.#panels = Math.min(boxes.length / 4, mostCovers);
    for (let i = 0; i < this.#panels * 4; i++) this.covers[i] = boxes[i]!;
  }

  /** Adds the screens to what names keep clear of. @returns how many boxes `covers` holds. */
  look(view: ScreenView): number {
    return this.#screens.cover(view, this.covers, this.#panels);
  }

  frame(view: ScreenFrame): void {
    this.#screens.frame(view);
  }

  dispose(): void {
    this.#screens.dispose();
  }
}

import type { ViewState } from "#renderer/stores/view.ts";
import type { CampusRenderer } from "./campus/campusRenderer.ts";
import type { LabelPainter } from "./campus/labels.ts";
import { canvasPainter, namePx } from "./paintLabels.ts";
import { canvasIcons } from "./screens/paintIcons.ts";
import { canvasSurfaces } from "./screens/paintScreen.ts";

/** Names and values of the region, CSS pixels: on a wall they are read from metres away (UX §7). */
const regionLabelPx = { desk: 16, wall: 24 } as const;

/** Everything that is written in the scene: names, the region's values, screens. Painted anew only when it has to be. */
export class Lettering {
  readonly #campus: CampusRenderer;
  readonly #pixelRatio: () => number;
  #painters: { readonly at: (fontPx: number) => LabelPainter; readonly names: LabelPainter } | null = null;
  #lit: { readonly language: string; readonly paint: LabelPainter } | null = null;

  constructor(campus: CampusRenderer, pixelRatio: () => number) {
    this.#campus = campus;
    this.#pixelRatio = pixelRatio;
  }

  /** Forgets what was painted: the typeface has come, or another piece of it. */
  renew(): void {
    this.#painters = null;
  }

  write({ language, mode }: Pick<ViewState, "language" | "mode">): void {
    this.#painters ??= this.#made(mode);
    const { at, names } = this.#painters;
    this.#campus.name(language, names);
    const labelPx = mode === "wall" ? regionLabelPx.wall : regionLabelPx.desk;
    this.#campus.region?.speak({ language, labelPx, paint: at });
    if (this.#lit?.language === language && this.#lit.paint === names) return;
    this.#lit = { language, paint: names };
    this.#campus.displays.light(language, { surfaces: canvasSurfaces, icons: canvasIcons });
  }

  #made(mode: ViewState["mode"]): {
    readonly at: (fontPx: number) => LabelPainter;
    readonly names: LabelPainter;
  } {
    const ratio = this.#pixelRatio();
    const at = (fontPx: number): LabelPainter => canvasPainter(ratio, fontPx);
    return { at, names: at(namePx[mode]) };
  }
}

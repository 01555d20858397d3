import { DataTexture, type IUniform, NearestFilter, Vector2 } from "three";
import { paletteLut, paletteSize } from "#renderer/data/colormap.ts";
import { type HeatmapId, heatmapIds, heatmaps } from "#renderer/data/heatmaps.ts";
import type { PaletteName } from "#renderer/data/palettes.ts";
import { scaleInForce, type Zoom } from "#renderer/data/scales.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { StateTexture } from "./stateTexture.ts";

const paletteRows: readonly PaletteName[] = ["cividis", "viridis", "inferno"];

const paletteTexture = (): DataTexture => {
  const data = new Uint8Array(paletteSize * 4 * paletteRows.length);
  paletteRows.forEach((name, row) => {
    data.set(paletteLut(name), row * paletteSize * 4);
  });
  const texture = new DataTexture(data, paletteSize, paletteRows.length);
  texture.minFilter = NearestFilter;
  texture.magFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
};

/** Uniforms of one class' state texture. */
export const stateUniforms = (texture: StateTexture): Record<string, IUniform> => ({
  uValues: { value: texture.values },
  uStatus: { value: texture.status },
  uShape: { value: new Vector2(texture.texelsPerRow, texture.blocksPerLayer) },
});

/**
 * Columns that the data surfaces of a class read, one per heat map in the order of `heatmapIds`; racks stop before
 * those that show their room's value.
 */
export const shownColumns = (className: "rack" | "room" | "building"): number[] =>
  heatmapIds
    .map((id) => heatmaps[id])
    .filter((heatmap) => className !== "rack" || !heatmap.inherited)
    .map(({ rack, room }) => metricIndex(className, className === "rack" ? rack.metric : room));

/** Which metric the data surfaces show. Everything a switch changes is a uniform: nothing is uploaded. */
export class Heat {
  readonly uniforms = {
    uPalette: { value: paletteTexture() },
    uPaletteRow: { value: 0 },
    /** Column of the state textures (`shownColumns`). */
    uColumn: { value: 0 },
    /** Low end and 1 / span of the range in force. */
    uHeat: { value: new Vector2(0, 1) },
    /** 1 where racks show their room's value. */
    uInherited: { value: 0 },
    /** 1 where a room's sum is shown as the mean per rack. */
    uPerRack: { value: 0 },
  };

  show(id: HeatmapId, zoom: Zoom | null): void {
    const heatmap = scaleInForce(id, zoom);
    const u = this.uniforms;
    u.uPaletteRow.value = paletteRows.indexOf(heatmap.palette);
    u.uColumn.value = heatmapIds.indexOf(heatmap.id);
    u.uHeat.value.set(heatmap.range[0], 1 / (heatmap.range[1] - heatmap.range[0]));
    u.uInherited.value = heatmap.inherited ? 1 : 0;
    u.uPerRack.value = heatmap.id === "power" ? 1 : 0;
  }
}

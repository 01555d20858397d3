import { expect, it } from "vitest";
import { legendColor } from "#renderer/data/colormap.ts";
import { heatmapIds } from "#renderer/data/heatmaps.ts";
import { fixedScales, scaleInForce, type Zoom } from "#renderer/data/scales.ts";
import { Heat } from "./heat.ts";

/** What the shader makes of a value: part of the range, then the entry of the palette's row. */
const shownBy = ({ uniforms }: Heat, value: number): number[] => {
  const { x: low, y: perSpan } = uniforms.uHeat.value;
  const { image } = uniforms.uPalette.value;
  const at = Math.min(1, Math.max(0, (value - low) * perSpan)) * (image.width - 1);
  const entry = Math.min(image.width - 2, Math.floor(at));
  const first = (uniforms.uPaletteRow.value * image.width + entry) * 4;
  const data = image.data as Uint8Array;
  return [0, 1, 2].map((c) =>
    Math.round(data[first + c]! + (data[first + 4 + c]! - data[first + c]!) * (at - entry)),
  );
};

it.each(heatmapIds)("surfaces and legend have one colour in the range in force: %s", (id) => {
  const [low, high] = fixedScales[id].range;
  const middle = low + (high - low) / 2;
  const zoom: Zoom = { scale: id, of: "halls", range: [middle, middle + (high - low) / 10] };
  const heat = new Heat();
  for (const each of [zoom, null, { ...zoom, scale: "pvTable" } as const]) {
    heat.show(id, each);
    for (let i = -3; i <= 23; i++) {
      const value = low + ((high - low) * i) / 20;
      const legend = legendColor(scaleInForce(id, each), value);
      shownBy(heat, value).forEach((channel, c) => {
        expect(Math.abs(channel - legend[c]!)).toBeLessThanOrEqual(1);
      });
    }
  }
});

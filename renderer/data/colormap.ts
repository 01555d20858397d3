import type { Heatmap } from "./heatmaps.ts";
import { type PaletteName, publishedPalettes } from "./palettes.ts";

/** An sRGB colour, 0…255. */
export type Rgb = readonly [r: number, g: number, b: number];

/** Hues that belong to alarm priorities and to nothing else (UX §2). */
export const alarmHues = {
  critical: [0xff, 0x4d, 0x4f],
  high: [0xff, 0x9a, 0x1f],
  medium: [0xff, 0xe0, 0x4d],
  low: [0x4c, 0xc2, 0xff],
} as const satisfies Record<string, Rgb>;

/** Entries in a drawn colour map. */
export const paletteSize = 256;

/**
 * Part of each published map that keeps CIEDE2000 ≥ 20 from every alarm hue: the far end of all three runs into
 * the yellow or orange of a priority. Inferno also loses its black start, which would vanish on a dark wall.
 * colormap.test.ts proves the bounds.
 */
const trims: Readonly<Record<PaletteName, readonly [first: number, last: number]>> = {
  cividis: [0, 183],
  viridis: [0, 217],
  inferno: [16, 125],
};

const published = (name: PaletteName, entry: number, channel: number): number =>
  Number.parseInt(publishedPalettes[name].slice(entry * 6 + channel * 2, entry * 6 + channel * 2 + 2), 16);

const trimmed = (name: PaletteName): Uint8Array => {
  const [first, last] = trims[name];
  const lut = new Uint8Array(paletteSize * 4);
  for (let i = 0; i < paletteSize; i++) {
    const at = first + ((last - first) * i) / (paletteSize - 1);
    const low = Math.floor(at);
    const high = Math.min(last, low + 1);
    for (let channel = 0; channel < 3; channel++) {
      const a = published(name, low, channel);
      lut[i * 4 + channel] = Math.round(a + (published(name, high, channel) - a) * (at - low));
    }
    lut[i * 4 + 3] = 255;
  }
  return lut;
};

const luts: Readonly<Record<PaletteName, Uint8Array>> = {
  cividis: trimmed("cividis"),
  viridis: trimmed("viridis"),
  inferno: trimmed("inferno"),
};

/** A colour map as drawn: sRGB bytes, 256 × RGBA. Shared memory: do not write. */
export const paletteLut = (name: PaletteName): Uint8Array => luts[name];

/**
 * The one colour of a value: legend and pixels both come from here (the shader repeats these lines, GLSL `heatColour`).
 * Values outside the fixed range take the end colours.
 */
export const legendColor = (
  heatmap: Pick<Heatmap, "palette" | "range">,
  value: number,
): [r: number, g: number, b: number] => {
  const [low, high] = heatmap.range;
  const lut = luts[heatmap.palette];
  const at = Math.min(1, Math.max(0, (value - low) / (high - low))) * (paletteSize - 1);
  const entry = Math.min(paletteSize - 2, Math.floor(at));
  const channel = (c: number): number => {
    const a = lut[entry * 4 + c]!;
    return Math.round(a + (lut[entry * 4 + 4 + c]! - a) * (at - entry));
  };
  return [channel(0), channel(1), channel(2)];
};

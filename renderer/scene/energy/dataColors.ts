import type { Rgb } from "#renderer/data/colormap.ts";

/**
 * Colours of gauges and of what runs over lines: sRGB as written, kept clear of alarm hues by test. `charge` is the filled part of
 * a battery's gauge, `track` what is behind it, `arrow` all that shows a direction.
 */
export const dataColors = {
  charge: [0x8f, 0xd6, 0xb4],
  track: [0x22, 0x2b, 0x33],
  arrow: [0xf2, 0xf6, 0xf8],
} as const satisfies Record<string, Rgb>;

/** A colour as a GLSL literal. */
export const glsl = ([r, g, b]: Rgb): string =>
  `vec3(${[r, g, b].map((c) => (c / 255).toFixed(5)).join(", ")})`;

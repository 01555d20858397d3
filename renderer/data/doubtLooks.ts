import type { Rgb } from "./colormap.ts";

/**
 * How doubt looks on every data surface, and on the legend's swatches of it: one source for shaders and pages. Each differs by
 * value, so that it is told apart from afar, and by pattern, so that colour is never the only code: stale is dim with
 * level lines, bad is light with dark lines aslant, never seen is grey with dots. colormap.test.ts proves how far apart.
 */
export const doubtLooks = {
  stale: {
    /** What is left of the colour, and of its light. 0…1. */
    colour: 0.22,
    light: 0.5,
    /** What is left of that light on a line, and the share of the surface that lines cover. */
    line: 0.5,
    share: 0.3,
  },
  bad: { ground: [204, 209, 219], line: [25, 28, 33], share: 0.28 },
  never: { ground: [69, 77, 87], dot: [120, 128, 140] },
} as const satisfies Record<string, Record<string, Rgb | number>>;

/** A stale value's colour between its lines: what the centre of a face shows. */
export const staleColor = ([r, g, b]: Rgb): [r: number, g: number, b: number] => {
  const { colour, light } = doubtLooks.stale;
  const luma = 0.299 * r + 0.587 * g + 0.114 * b;
  const drained = (channel: number): number => (luma + (channel - luma) * colour) * light;
  return [drained(r), drained(g), drained(b)];
};

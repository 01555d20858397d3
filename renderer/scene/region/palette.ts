/** Colours of what the diagram shows, sRGB 0…1: cool lines and light, warm data that moves; none comes near an alarm hue. */
export const regionColours = {
  /** Rings and points. */
  ice: [0.84, 0.88, 0.9],
  /** Links where they leave a centre, and where they come to the campus. */
  linkFar: [0.38, 0.51, 0.61],
  linkNear: [0.84, 0.88, 0.9],
  /** Grains of jobs. */
  grain: [0.92, 0.95, 0.96],
  /** Dashes of data. */
  data: [1, 0.94, 0.86],
  hub: [0.42, 0.5, 0.57],
  /** What is not usable. */
  doubt: [0.38, 0.42, 0.46],
} as const;

/** A colour as a shader writes it. */
export const glsl = ([r, g, b]: readonly [number, number, number]): string =>
  `vec3(${r.toFixed(3)}, ${g.toFixed(3)}, ${b.toFixed(3)})`;

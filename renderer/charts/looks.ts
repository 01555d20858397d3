/** How one curve is drawn. Colour is never alone: no two curves have both hue and stroke. */
export interface Look {
  readonly color: string;
  /** Of the band between least and greatest. */
  readonly band: string;
  /** Lengths of line and gap, CSS pixels; empty: unbroken. */
  readonly dash: readonly number[];
}

/** CIEDE2000 ≥ 20 from each other with normal, protan and deutan sight, and from every alarm hue (looks.test.ts). */
export const hues = ["#ece6f6", "#8fdc6a", "#b26bf0", "#6f9a86"] as const;

const strokes: readonly (readonly number[])[] = [[], [6, 3]];

/** By slot of a trend, 0…7. */
export const lookOf = (slot: number): Look => {
  const color = hues[slot % hues.length]!;
  return { color, band: `${color}38`, dash: strokes[Math.floor(slot / hues.length) % strokes.length]! };
};

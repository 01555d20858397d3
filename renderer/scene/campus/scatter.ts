/** A repeatable number in 0…1 for placing things. */
export const chance = (a: number, b = 0): number => {
  const x = Math.sin(a * 127.1 + b * 311.7) * 43758.5453;
  return x - Math.floor(x);
};

/** Fills its box; what stands on a roof goes when its building is cut away below it. */
export const scaled = (seed: number, roofOf = -1): readonly [number, number, number, number] => [
  roofOf + 1,
  0,
  1,
  seed,
];
/** Drawn in metres as it is, whatever its box. */
export const metric = (seed: number): readonly [number, number, number, number] => [0, 0, 0, seed];

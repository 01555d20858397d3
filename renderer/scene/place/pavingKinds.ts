/**
 * What a flat piece of ground is made of: iExtra.x. Higher codes lie on lower ones. The other three are
 * lamps (gap, first one's place along, aside) for verges and roads; the house on it (width, depth, height) for aprons;
 * half widths of the two roads and the arms for junctions.
 */
export const Paving = {
  lawn: 0,
  yard: 1,
  verge: 2,
  apron: 3,
  plaza: 4,
  parking: 5,
  bed: 6,
  path: 7,
  drive: 8,
  lane: 9,
  road: 10,
  junction: 11,
} as const;

/**
 * What a flat piece of ground is made of: iExtra.x. Higher codes lie on lower ones, 3 cm for each whole one. The other
 * three are lamps (gap, first one's place along, aside) for verges and roads; the house on it (width, depth, shift) for
 * aprons, or 1 in the last for a round one; half widths of the two roads and the arms for junctions; rows of bays for parking.
 */
export const Paving = {
  lawn: 0,
  /** Unwatered grass with a trodden path across. */
  rough: 0.6,
  /** Grass that is cut for hay: swaths. */
  hay: 0.7,
  yard: 1,
  /** Ground kept for later: bare soil and gravel, thinly grown over. */
  reserve: 1.1,
  /** Basin for rain and for the fire brigade. */
  basin: 1.2,
  track: 1.35,
  verge: 2,
  apron: 3,
  plaza: 4,
  /** Ball court. */
  court: 4.4,
  /** Where trucks stand before a gate. */
  dock: 4.65,
  parking: 5,
  bed: 6,
  path: 7,
  /** A round place of slabs. */
  round: 7.3,
  drive: 8,
  lane: 9,
  road: 10,
  junction: 11,
} as const;

import { exp } from "#twins/physics/maths.ts";

/**
 * Heat exchangers by effectiveness and number of transfer units (counterflow; Kays and London, Compact Heat
 * Exchangers; ASHRAE Handbook, Fundamentals). Both are written for the stream that is to be cooled, whichever of the
 * two is the larger: it comes down by ε of the distance to the temperature at which the other stream enters.
 */

/** Beyond this the exponential leaves nothing that a double could show. */
const longest = 40;

/**
 * Effectiveness for the cooled stream.
 * @param ntu UA over the heat capacity rate of the cooled stream
 * @param share heat capacity rate of the other stream over that of the cooled one
 */
export const effectiveness = (ntu: number, share: number): number => {
  if (share <= 0 || ntu <= 0) return 0;
  const ratio = 1 / share;
  const x = ntu * (1 - ratio);
  if (Math.abs(x) < 1e-6) return ntu / (1 + ntu);
  if (x < -longest) return share;
  const e = exp(-x);
  return (1 - e) / (1 - ratio * e);
};

/** Slope of the effectiveness over the share, where it has `reached` so much: the exponential follows from that. */
const slopeAt = (ntu: number, share: number, reached: number): number => {
  const ratio = 1 / share;
  const x = ntu * (1 - ratio);
  if (Math.abs(x) < 1e-6) return (0.5 * ntu * ntu) / ((1 + ntu) * (1 + ntu));
  const left = 1 - ratio * reached;
  const e = (1 - reached) / left;
  return ((x - 1 + e) * (1 - reached) * left) / ((share - 1) * (share - 1));
};

/** How near the search comes to the wanted effectiveness, and a bound for its turns: five or so are enough. */
const nearness = 1e-12;
const mostTurns = 50;

/** An exchanger whose other stream is to be found. Numbers of their own would be boxed on their way. */
export interface ShareSearch {
  /** Effectiveness that is wanted, transfer units, and the largest share there is. */
  wanted: number;
  ntu: number;
  most: number;
  /** The share that gives it; infinite where that of `most` is not enough. */
  share: number;
}

/**
 * Finds the other stream's share that gives an effectiveness. It grows with the wanted effectiveness and never lies
 * below it (an exchanger cannot pass the other stream's whole warming).
 */
export const findShare = (search: ShareSearch): void => {
  const { wanted, ntu, most } = search;
  // The effectiveness is concave in the share and never above it: Newton's steps come from below and pass nothing.
  let share = Math.min(Math.max(0, wanted), most);
  for (let turn = 0; ; turn++) {
    const missing = wanted - effectiveness(ntu, share);
    const isFound = missing <= nearness || turn === mostTurns;
    if (isFound || share >= most) {
      search.share = isFound ? share : Number.POSITIVE_INFINITY;
      return;
    }
    share = Math.min(most, share + missing / slopeAt(ntu, share, wanted - missing));
  }
};

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

/**
 * The other stream's share that gives an effectiveness; `most` where that is not enough. It grows with the wanted
 * effectiveness and never lies below it (an exchanger cannot pass the other stream's whole warming).
 */
export const shareFor = (wanted: number, ntu: number, most: number): number => {
  if (wanted <= 0) return 0;
  if (effectiveness(ntu, most) <= wanted) return most;
  // The effectiveness is concave in the share: chords from both sides close in (Illinois rule).
  let low = wanted;
  let high = most;
  let below = effectiveness(ntu, low) - wanted;
  let above = effectiveness(ntu, high) - wanted;
  for (let turn = 0; turn < 60 && high - low > 1e-9 * high; turn++) {
    const middle = low - (below * (high - low)) / (above - below);
    const off = effectiveness(ntu, middle) - wanted;
    if (Math.abs(off) < 1e-10) return middle;
    if (off < 0) {
      low = middle;
      below = off;
      above /= 2;
    } else {
      high = middle;
      above = off;
      below /= 2;
    }
  }
  return high;
};

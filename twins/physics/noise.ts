/**
 * Seeded, stateless variation: the same seed and argument give the same bits in every process.
 * Everything in the simulated plant that is not a formula comes from here, never from Math.random.
 */

/** Mixes two integers to 32 well-spread bits (finaliser of MurmurHash3, A. Appleby, public domain). */
const hash32 = (seed: number, n: number): number => {
  let h = (seed ^ Math.imul(n, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A fixed number in [0, 1) for an integer. */
export const unit = (seed: number, n: number): number => hash32(seed, n) / 0x100000000;

/** A fixed number in [−1, 1) for an integer. */
export const signed = (seed: number, n: number): number => unit(seed, n) * 2 - 1;

/** Value noise in [−1, 1]: random at integers, with continuous slope between them. Correlation length is 1. */
export const smoothNoise = (seed: number, x: number): number => {
  const cell = Math.floor(x);
  const t = x - cell;
  const blend = t * t * (3 - 2 * t);
  const from = signed(seed, cell);
  return from + (signed(seed, cell + 1) - from) * blend;
};

export const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** 0 below `from`, 1 above `to`, smooth between. */
export const smoothStep = (from: number, to: number, x: number): number => {
  const t = clamp((x - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
};

/** Piecewise linear look-up; flat outside. `xs` ascending, same length as `ys`. */
export const lookUp = (xs: readonly number[], ys: readonly number[], x: number): number => {
  const last = xs.length - 1;
  if (x <= xs[0]!) return ys[0]!;
  for (let i = 1; i <= last; i++) {
    const right = xs[i]!;
    if (x <= right) {
      const left = xs[i - 1]!;
      return ys[i - 1]! + ((ys[i]! - ys[i - 1]!) * (x - left)) / (right - left);
    }
  }
  return ys[last]!;
};

import { signed, unit } from "#twins/physics/noise.ts";

/** Entries of each table; a power of two. */
export const entries = 65_536;
/** Keeps an index within a table. */
export const mask = entries - 1;

/**
 * Errors and noise, once for all sensors: each begins at a place of its own, which costs a look-up instead of a hash.
 * Shape of each: `entries`.
 */
export interface Errors {
  /** Uniform in [−1, 1): how sensors of one kind differ. */
  readonly constant: Float32Array;
  /** Bell-shaped in [−1, 1), standard deviation 0.29 (mean of four uniform ones). */
  readonly noise: Float32Array;
}

export const createErrors = (seed: number): Errors => ({
  constant: Float32Array.from({ length: entries }, (_, i) => signed(seed + 701, i)),
  noise: Float32Array.from({ length: entries }, (_, i) => {
    const quarter = (k: number): number => signed(seed + 702, 4 * i + k) / 4;
    return quarter(0) + quarter(1) + quarter(2) + quarter(3);
  }),
});

/** Where a reading's noise begins in the table: another place at every time. */
export const noiseStart = (key: number, timeMs: number): number =>
  Math.floor(unit(key, Math.floor(timeMs)) * entries);

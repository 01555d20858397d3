/** A small, seeded source of chance: a mutant is its seed and its number, and comes again whenever it is asked for. */
export interface Chance {
  /** Whole number from 0 up to, but not, `below`. */
  int(below: number): number;
  /** True once in `times`, on average. */
  oneIn(times: number): boolean;
  of<T>(items: readonly T[]): T;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state are enough for a test. */
export const createChance = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return { int, oneIn: (times) => int(times) === 0, of: (items) => items[int(items.length)]! };
};

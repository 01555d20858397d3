type Range = readonly [low: number, high: number];

/** A window is never narrower than this part of the fixed range: noise is not blown up to look like a difference. */
const leastPart = 1 / 50;
/** Most steps from end to end: each has a number under it. */
const mostSteps = 6;
/** So few values may stand so far off that, without them, the window is less than this part as wide: they are left to its ends. */
const [straysPart, strayWidth] = [0.02, 0.5];
/** Quotients of decimal fractions miss whole numbers by less than this. */
const nearly = 1e-9;

const firstStep = (low: number, high: number): number =>
  10 ** Math.floor(Math.log10((high - low) / mostSteps));

/** Smallest of 1, 2 and 5 times a power of ten that takes at most six steps over a range widened to its multiples. */
export const roundStep = ([low, high]: Range): number => {
  for (let power = firstStep(low, high); ; power *= 10)
    for (const digit of [1, 2, 5]) {
      const step = digit * power;
      const steps = Math.ceil(high / step - nearly) - Math.floor(low / step + nearly);
      if (steps <= mostSteps) return step;
    }
};

/** Digits after the point that tell the multiples of a step apart. */
export const digitsOf = (step: number): number => Math.max(0, -Math.floor(Math.log10(step) + nearly));

/** Takes the error of a multiplication out of a decimal fraction. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** Lowest and highest, but for a few that stand far off. @param sorted ascending */
const coreOf = (sorted: Float64Array): Range => {
  const strays = Math.floor(sorted.length * straysPart);
  const whole: Range = [sorted[0]!, sorted.at(-1)!];
  // They may stand on either side: those that leave the narrowest rest are the strays.
  let core = whole;
  for (let below = 0; below <= strays; below++) {
    const rest: Range = [sorted[below]!, sorted[sorted.length - 1 - (strays - below)]!];
    if (rest[1] - rest[0] < core[1] - core[0]) core = rest;
  }
  return core[1] - core[0] < (whole[1] - whole[0]) * strayWidth ? core : whole;
};

/**
 * Round ends around values, within the fixed range; null without values.
 *
 * @param values usable ones, in the unit of the range, in any order
 */
export const zoomedRange = (values: Float64Array, fixed: Range): Range | null => {
  if (values.length === 0) return null;
  const within = (value: number): number => Math.min(fixed[1], Math.max(fixed[0], value));
  let [low, high] = coreOf(values.toSorted()).map(within) as [number, number];
  const least = (fixed[1] - fixed[0]) * leastPart;
  if (high - low < least) {
    // Moved inward at an end of the fixed range, not cut: round ends are then those of the range that is shown.
    const from = Math.min(fixed[1] - least, Math.max(fixed[0], (low + high - least) / 2));
    [low, high] = [from, from + least];
  }
  const step = roundStep([low, high]);
  return [
    within(tidy(Math.floor(low / step + nearly) * step)),
    within(tidy(Math.ceil(high / step - nearly) * step)),
  ];
};

/** Both ends of a zoomed range and the round values between them, none so near an end that its number would touch. */
export const zoomedTicks = (range: Range): readonly number[] => {
  const step = roundStep(range);
  const [low, high] = range;
  const between: number[] = [];
  for (let n = Math.ceil(low / step); n * step < high; n++)
    if (n * step - low > step * 0.6 && high - n * step > step * 0.6) between.push(tidy(n * step));
  return [low, ...between, high];
};

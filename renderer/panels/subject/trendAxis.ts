import type { History } from "#feed/contract/bridge.ts";

/** Round steps between the two values of an axis, times a power of ten. */
const steps = [5, 2, 1] as const;
/** Labels stand off the ends of an axis by this share of it, and span at least so much of it. */
const off = 0.06;
const spanned = 0.7;

/** Two round values near both ends of a range, as round as they can be: what an axis is labelled with. */
export const axisOf = ([low, high]: readonly [number, number]): readonly [number, number] => {
  const power = 10 ** Math.floor(Math.log10(high - low));
  for (const scale of [power, power / 10, power / 100])
    for (const step of steps) {
      const least = Math.ceil((low + (high - low) * off) / (step * scale)) * step * scale;
      const most = Math.floor((high - (high - low) * off) / (step * scale)) * step * scale;
      if (most - least >= (high - low) * spanned)
        return [Number(least.toPrecision(12)), Number(most.toPrecision(12))];
    }
  return [low, high];
};

/** Decimals that these values need. */
export const decimalsOf = (values: readonly number[]): number =>
  Math.max(...values.map((value) => (String(value).split(".")[1] ?? "").length));

/** How long the curve has been going on, ms; null where it fills its window or is not there at all. */
export const sinceMs = ({ last, stepMs }: Pick<History, "last" | "stepMs">): number | null => {
  const first = last.findIndex((value) => value !== null);
  return first <= 1 ? null : (last.length - first) * stepMs;
};

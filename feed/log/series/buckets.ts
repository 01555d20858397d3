import type { Series } from "#feed/contract/replay.ts";
import { Doubt } from "./doubt.ts";

/** Widths of buckets, ms: round in a person's eyes, so that a window that moves on keeps its buckets. */
const steps = [
  10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
] as const;

const bucketsOf = (fromMs: number, toMs: number, stepMs: number): number =>
  Math.max(1, Math.ceil(toMs / stepMs) - Math.floor(fromMs / stepMs));

/** The narrowest round bucket of at least `leastMs` with which a range takes at most `most` of them. */
export const stepFor = (fromMs: number, toMs: number, { most, leastMs = 0 }: StepBounds): number => {
  const found = steps.find((step) => step >= leastMs && bucketsOf(fromMs, toMs, step) <= most);
  if (found !== undefined) return found;
  const day = steps.at(-1)!;
  let days = Math.max(1, Math.floor((toMs - fromMs) / (day * most)));
  while (bucketsOf(fromMs, toMs, day * days) > most) days++;
  return day * days;
};

interface StepBounds {
  readonly most: number;
  readonly leastMs?: number;
}

/** What is not covered by any time of the recording yet. Below every `Doubt`, so that the worst wins. */
const untouched = -1;

/**
 * One point over a range, cut into buckets of equal width that begin at whole multiples of it. A value counts for every
 * bucket in which it was in force for any time, however short; what is stale is in force no more. Times rise.
 */
export class Buckets {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly count: number;
  /** NaN: none. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  readonly doubt: Int8Array;

  constructor(fromMs: number, toMs: number, stepMs: number) {
    this.fromMs = Math.floor(fromMs / stepMs) * stepMs;
    this.stepMs = stepMs;
    this.count = bucketsOf(fromMs, toMs, stepMs);
    this.min = new Float64Array(this.count).fill(Number.NaN);
    this.max = new Float64Array(this.count).fill(Number.NaN);
    this.last = new Float64Array(this.count).fill(Number.NaN);
    this.doubt = new Int8Array(this.count).fill(untouched);
  }

  /** A value that held from `fromMs` until just before `toMs`; a moment where both are the same. NaN: none did. */
  hold(
    fromMs: number,
    toMs: number,
    { value, doubt }: { readonly value: number; readonly doubt: Doubt },
  ): void {
    const first = Math.max(0, Math.floor((fromMs - this.fromMs) / this.stepMs));
    const end = toMs > fromMs ? Math.ceil((toMs - this.fromMs) / this.stepMs) : first + 1;
    for (let bucket = first; bucket < Math.min(end, this.count); bucket++)
      this.merge(bucket, { min: value, max: value, last: value, doubt });
  }

  /** Adds what a stretch within a bucket, later than all before, was like. */
  merge(
    bucket: number,
    {
      min,
      max,
      last,
      doubt,
    }: { readonly min: number; readonly max: number; readonly last: number; readonly doubt: number },
  ): void {
    if (doubt > this.doubt[bucket]!) this.doubt[bucket] = doubt;
    // Comparisons with NaN are false: what is there first wins over nothing.
    if (!(this.min[bucket]! <= min)) this.min[bucket] = Number.isNaN(min) ? this.min[bucket]! : min;
    if (!(this.max[bucket]! >= max)) this.max[bucket] = Number.isNaN(max) ? this.max[bucket]! : max;
    if (!Number.isNaN(last)) this.last[bucket] = last;
  }

  get toMs(): number {
    return this.fromMs + this.count * this.stepMs;
  }

  get series(): Series {
    const list = (values: Float64Array): (number | null)[] =>
      Array.from(values, (value) => (Number.isNaN(value) ? null : value));
    return {
      fromMs: this.fromMs,
      stepMs: this.stepMs,
      min: list(this.min),
      max: list(this.max),
      last: list(this.last),
      doubt: Array.from(this.doubt, (doubt) => (doubt === untouched ? Doubt.unknown : doubt)),
    };
  }
}

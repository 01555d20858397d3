import type { Doubt } from "#feed/log/series/doubt.ts";

/** No time of the file falls into a bucket. Below every `Doubt`, so that the worst wins. */
export const untouched = -1;

/** Buckets of one point at one width, from the file's first on. In steps of the column's resolution; NaN: no value. */
export interface Curve {
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  /** Weighted by how long each value held. */
  readonly mean: Float64Array;
  /** The worst of each; `untouched` where no time of the file falls into it. */
  readonly doubt: Int8Array;
}

export const createCurve = (buckets: number): Curve => ({
  min: new Float64Array(buckets),
  max: new Float64Array(buckets),
  last: new Float64Array(buckets),
  mean: new Float64Array(buckets),
  doubt: new Int8Array(buckets),
});

/** Memory of one bucket of one cell while a sidecar is built, bytes. */
export const bytesPerBucket = 8 * 4 + 4 + 1;

/** Buckets that are emptied between two breaths. */
const clearedAtOnce = 65_536;

/** How a file's time is cut: buckets of `stepMs` that begin at whole multiples of it. */
export interface Cut {
  readonly stepMs: number;
  /** Number of the first bucket, from the epoch on. */
  readonly first: number;
  readonly count: number;
}

export const cutOf = (fromMs: number, toMs: number, stepMs: number): Cut => {
  const first = Math.floor(fromMs / stepMs);
  return { stepMs, first, count: Math.floor(toMs / stepMs) - first + 1 };
};

/** Buckets of many cells at the narrowest width, while a file is read. Shape of all: cells × buckets. */
export class CurveBlock {
  readonly #cut: Cut;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #last: Float64Array;
  /** Steps × ms in force. */
  readonly #sum: Float64Array;
  readonly #inForceMs: Float32Array;
  readonly #doubt: Int8Array;

  constructor(cells: number, cut: Cut) {
    const size = cells * cut.count;
    this.#cut = cut;
    this.#min = new Float64Array(size);
    this.#max = new Float64Array(size);
    this.#last = new Float64Array(size);
    this.#sum = new Float64Array(size);
    this.#inForceMs = new Float32Array(size);
    this.#doubt = new Int8Array(size);
  }

  /** Makes all empty; iterate to the end. Memory that is touched for the first time takes the system its time. */
  *clear(): Generator<void, void, void> {
    const size = this.#doubt.length;
    for (let from = 0; from < size; from += clearedAtOnce) {
      const end = Math.min(size, from + clearedAtOnce);
      for (const list of [this.#min, this.#max, this.#last]) list.fill(Number.NaN, from, end);
      for (const list of [this.#sum, this.#inForceMs]) list.fill(0, from, end);
      this.#doubt.fill(untouched, from, end);
      yield;
    }
  }

  hold(
    cell: number,
    {
      fromMs,
      toMs,
      steps,
      doubt,
    }: { readonly fromMs: number; readonly toMs: number; readonly steps: number; readonly doubt: Doubt },
  ): void {
    const { stepMs, first, count } = this.#cut;
    const from = Math.max(0, Math.floor(fromMs / stepMs) - first);
    const end = Math.min(count, toMs > fromMs ? Math.ceil(toMs / stepMs) - first : from + 1);
    for (let bucket = from; bucket < end; bucket++) {
      const at = cell * count + bucket;
      if (doubt > this.#doubt[at]!) this.#doubt[at] = doubt;
      if (Number.isNaN(steps)) continue;
      // Comparisons with NaN are false: what comes first is taken.
      if (!(this.#min[at]! <= steps)) this.#min[at] = steps;
      if (!(this.#max[at]! >= steps)) this.#max[at] = steps;
      this.#last[at] = steps;
      const startMs = (first + bucket) * stepMs;
      const heldMs = Math.min(toMs, startMs + stepMs) - Math.max(fromMs, startMs);
      this.#sum[at] = this.#sum[at]! + steps * heldMs;
      this.#inForceMs[at] = this.#inForceMs[at]! + heldMs;
    }
  }

  /** One cell's buckets put together to wider ones. @param cut of a width that is a multiple of this block's */
  readInto(cell: number, cut: Cut, out: Curve): void {
    const { stepMs, first, count } = this.#cut;
    const ratio = cut.stepMs / stepMs;
    for (const list of [out.min, out.max, out.last, out.mean]) list.fill(Number.NaN);
    out.doubt.fill(untouched);
    for (let wide = 0; wide < cut.count; wide++) {
      const from = Math.max(0, (cut.first + wide) * ratio - first);
      const end = Math.min(count, (cut.first + wide + 1) * ratio - first);
      this.#gather(cell * count + from, cell * count + end, { out, wide });
    }
  }

  #gather(from: number, end: number, { out, wide }: { readonly out: Curve; readonly wide: number }): void {
    let sum = 0;
    let inForceMs = 0;
    let last = Number.NaN;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    let doubt = untouched;
    for (let at = from; at < end; at++) {
      doubt = Math.max(doubt, this.#doubt[at]!);
      if (Number.isNaN(this.#last[at]!)) continue;
      min = Math.min(min, this.#min[at]!);
      max = Math.max(max, this.#max[at]!);
      last = this.#last[at]!;
      sum += this.#sum[at]!;
      inForceMs += this.#inForceMs[at]!;
    }
    out.doubt[wide] = doubt;
    if (Number.isNaN(last)) return;
    out.min[wide] = min;
    out.max[wide] = max;
    out.last[wide] = last;
    out.mean[wide] = inForceMs > 0 ? sum / inForceMs : last;
  }
}

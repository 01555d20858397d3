import { Freshness, freshnessOf, isOnlyStale, isUsable, Origin, originOf } from "#twins/model/quality.ts";

/** A point as KPI code sees it: a number, its status byte (twins/model/quality.ts) and its time. */
export interface KpiInput {
  readonly value: number;
  readonly status: number;
  /** Source time and receive time, ms UTC. */
  readonly sampleMs: number;
  readonly receivedMs: number;
}

/** Sum of several inputs and how far it can be trusted. */
export interface KpiSum {
  /** NaN when an input is missing, or measured and simulated values would mix. */
  readonly value: number;
  readonly usable: number;
  readonly needed: number;
  /** True when nothing but age keeps the sum from being a number: each input is usable, or was until it went stale. */
  readonly aged: boolean;
  /** Weakest origin among the usable inputs; at least derived. */
  readonly origin: Origin;
  /** Newest source time and receive time among the usable inputs, ms UTC; 0 for none. */
  readonly sampleMs: number;
  readonly receivedMs: number;
  /** True when an input is overdue, though still usable. */
  readonly late: boolean;
  /** True when measured and simulated inputs met: no KPI ever mixes the two. */
  readonly mixed: boolean;
}

/** Adds up inputs as they come. */
class KpiAccumulator {
  #sum = 0;
  #usable = 0;
  #stale = 0;
  #needed = 0;
  #origin: Origin = Origin.derived;
  #sampleMs = 0;
  #receivedMs = 0;
  #late = false;
  #hasMeasured = false;
  #hasSimulated = false;

  add({ value, status, sampleMs, receivedMs }: KpiInput): void {
    this.#needed++;
    if (!isUsable(status)) {
      if (isOnlyStale(status)) this.#stale++;
      return;
    }
    this.#usable++;
    this.#sum += value;
    if (sampleMs > this.#sampleMs) this.#sampleMs = sampleMs;
    if (receivedMs > this.#receivedMs) this.#receivedMs = receivedMs;
    const origin = originOf(status);
    if (origin > this.#origin) this.#origin = origin;
    if (origin === Origin.simulated) this.#hasSimulated = true;
    else if (origin === Origin.measured) this.#hasMeasured = true;
    if (freshnessOf(status) === Freshness.late) this.#late = true;
  }

  result(): KpiSum {
    const mixed = this.#hasMeasured && this.#hasSimulated;
    const isComplete = this.#needed > 0 && this.#usable === this.#needed && !mixed;
    return {
      value: isComplete ? this.#sum : Number.NaN,
      usable: this.#usable,
      needed: this.#needed,
      aged: this.#stale > 0 && this.#usable + this.#stale === this.#needed && !mixed,
      origin: this.#origin,
      sampleMs: this.#sampleMs,
      receivedMs: this.#receivedMs,
      late: this.#late,
      mixed,
    };
  }
}

/** Sum over some rows; every one of them is needed: no meter, no number. */
export const sumOf = (rows: readonly number[], read: (row: number) => KpiInput): KpiSum => {
  const sum = new KpiAccumulator();
  for (const row of rows) sum.add(read(row));
  return sum.result();
};

/**
 * Ratio of total to IT power or energy; NaN where either is missing, IT is zero, or the total is less: all that IT draws is
 * part of the total (ISO/IEC 30134-2), so a source is not among its meters (a UPS on battery), or a meter is wrong.
 */
export const ratioOf = (total: number, it: number): number =>
  it > 0 && !isBelow(total, it) ? total / it : Number.NaN;

/** True where a total says less than the IT that it contains; false where either is missing. */
export const isBelow = (total: number, it: number): boolean => total < it;

/** Main minus the sum of its sub-meters over main, %; null where either is missing. Over 2 flags the value. */
export const balancePercent = (main: number, subs: number): number | null =>
  main > 0 && !Number.isNaN(subs) ? ((main - subs) / main) * 100 : null;

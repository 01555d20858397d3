import { type MeterRole, meterRoles, type Twin } from "#twins/model/twin.ts";

/** Registers are sampled this often; windows are measured in whole steps. */
export const registerStepMs = 60_000;
/** Longest window: 24 hours. */
const steps = 24 * 60 + 1;
/**
 * Where registers end: at powers of ten from 100,000 (drums and displays of five digits and more), and at 2³¹ and 2³²
 * counts of 1, 0.1, 0.01 or 0.001 (integers of a field bus).
 */
const registerEnds: readonly number[] = [
  ...Array.from({ length: 8 }, (_, k) => 10 ** (5 + k)),
  ...[2 ** 31, 2 ** 32].flatMap((end) => [1, 10, 100, 1000].map((part) => end / part)),
];
/** A register that turned over stood in the last hundredth before its end, and stands in the first one after it. */
const nearEnd = 0.01;

const slotOf = (meter: number, step: number): number => meter * steps + (((step % steps) + steps) % steps);

const beforeFirst = Number.NEGATIVE_INFINITY;

/** What a new register reading meant. */
export type RegisterEvent = "first" | "advance" | "wrap" | "reset";

/** End at which a register that stood at `last` turned over to `next`; undefined when it did not. */
const turnOf = (last: number, next: number): number | undefined =>
  registerEnds.find((end) => last <= end && last > end * (1 - nearEnd) && next >= 0 && next < end * nearEnd);

/** What the next reading of a register that only grows means: a fall is a turn-over or a reset, by where it fell from. */
export const registerEvent = (last: number, next: number): Exclude<RegisterEvent, "first"> => {
  if (next >= last) return "advance";
  return turnOf(last, next) === undefined ? "reset" : "wrap";
};

const netRoles: ReadonlySet<MeterRole | undefined> = new Set<MeterRole>(["grid", "storage"]);

/** True for a meter that counts both ways (grid, storage): a smaller reading is export or charge. */
export const isNetMeter = (twin: Twin, row: number): boolean =>
  netRoles.has(meterRoles[twin.table("meter").attribute("role")?.[row] ?? -1]);

/**
 * Energy by registers (表底) for a set of meters: unwrapped totals, one a minute for 24 hours. A register that turned
 * over is followed; one that was reset or replaced starts anew, and windows that would reach across it are shortened.
 */
export class RegisterHistory {
  readonly #meters: number;
  /** Unwrapped energy, kWh. Row-major, meters × steps; NaN for none. */
  readonly #energy: Float64Array;
  readonly #last: Float64Array;
  readonly #total: Float64Array;
  /** First step whose energy is comparable with the present. */
  readonly #validFrom: Float64Array;
  /** Meters that count both ways (grid, storage): a smaller reading is export or charge, no reset. */
  readonly #isNet: Uint8Array;
  #step = beforeFirst;

  constructor(meters: number, isNet: (meter: number) => boolean) {
    this.#meters = meters;
    this.#energy = new Float64Array(meters * steps).fill(Number.NaN);
    this.#last = new Float64Array(meters).fill(Number.NaN);
    this.#total = new Float64Array(meters);
    this.#validFrom = new Float64Array(meters).fill(Number.POSITIVE_INFINITY);
    this.#isNet = Uint8Array.from({ length: meters }, (_, meter) => (isNet(meter) ? 1 : 0));
  }

  /**
   * Moves to the present, after its readings were taken, and notes every register when a minute begins.
   * @param carryKwh energy since a meter's last reading, by its power: registers come at different moments.
   * NaN when the meter is not usable now; windows then begin later.
   */
  advance(nowMs: number, carryKwh: (meter: number) => number): void {
    const step = Math.floor(nowMs / registerStepMs);
    const before = this.#step;
    if (step === before) return;
    this.#step = step;
    if (before === beforeFirst) return; // in the middle of a minute: no comparable moment
    for (let s = Math.max(before + 1, step - steps + 1); s <= step; s++)
      for (let meter = 0; meter < this.#meters; meter++)
        this.#energy[slotOf(meter, s)] = s === step ? this.#total[meter]! + carryKwh(meter) : Number.NaN;
  }

  /** Takes the register of one meter, kWh. */
  read(meter: number, registerKwh: number): RegisterEvent {
    const last = this.#last[meter]!;
    this.#last[meter] = registerKwh;
    if (Number.isNaN(last)) return this.#startAnew(meter, "first");
    const step = registerKwh - last;
    if (step >= 0 || this.#isNet[meter] === 1) {
      this.#total[meter] = this.#total[meter]! + step;
      return "advance";
    }
    const end = turnOf(last, registerKwh);
    if (end === undefined) return this.#startAnew(meter, "reset");
    this.#total[meter] = this.#total[meter]! + (end - last) + registerKwh;
    return "wrap";
  }

  /**
   * Energy of several meters over the same window, kWh; NaN when one of them has none.
   * The window is as long as all their registers allow: `actualMs` of the `windowMs` asked for.
   */
  window(
    meters: readonly number[],
    windowMs: number,
  ): { readonly actualMs: number; readonly startStep: number } {
    let startStep = this.#step - windowMs / registerStepMs;
    for (const meter of meters) startStep = Math.max(startStep, this.#validFrom[meter]!);
    while (startStep < this.#step && meters.some((meter) => Number.isNaN(this.#at(meter, startStep))))
      startStep++;
    const isEmpty = meters.length === 0 || !(startStep < this.#step);
    return { actualMs: isEmpty ? 0 : (this.#step - startStep) * registerStepMs, startStep };
  }

  /** Energy since the beginning of a step, kWh. */
  since(meters: readonly number[], startStep: number): number {
    let sum = 0;
    for (const meter of meters) sum += this.#at(meter, this.#step) - this.#at(meter, startStep);
    return sum;
  }

  /** Register reading at the beginning of a step, kWh, or null. */
  registerAt(meter: number, startStep: number): number | null {
    const reading = this.#last[meter]! - (this.#total[meter]! - this.#at(meter, startStep));
    return Number.isNaN(reading) ? null : reading;
  }

  /** Comparable from the next whole minute on: until then its energy would span less time than the others'. */
  #startAnew(meter: number, event: RegisterEvent): RegisterEvent {
    this.#total[meter] = 0;
    this.#validFrom[meter] = this.#step + 1;
    return event;
  }

  #at(meter: number, step: number): number {
    return this.#energy[slotOf(meter, step)]!;
  }
}

import type { Segment } from "#feed/log/decode.ts";
import { none } from "#feed/log/int-list.ts";
import { Doubt, doubtOf, inForce } from "./doubt.ts";

/** Some rows of one column, and the first of their cells in a block. */
export interface RowRange {
  readonly firstRow: number;
  readonly rows: number;
  readonly cell: number;
}

/** What a cell was like from one moment until just before another. */
export interface Held {
  fromMs: number;
  /** Equal to `fromMs` for what was only there for a moment. */
  toMs: number;
  /** In steps of its column's resolution, as it is logged; NaN: none, or it counts no more. */
  steps: number;
  doubt: Doubt;
}

/** Takes what held, in the order of its times cell by cell. `held` is valid during the call. */
export type TakeHeld = (cell: number, held: Held) => void;

/** Doubt of a cell of which nothing was said yet. */
const unsaid = -1;

/**
 * Cells while a log is read: what is known of them, and what has held since when. A value holds until the next one was
 * received, or until it was noticed that it is to be doubted.
 */
export class CellBlock {
  readonly count: number;
  readonly #take: TakeHeld;
  readonly #held: Held = { fromMs: 0, toMs: 0, steps: 0, doubt: Doubt.none };
  readonly #steps: Float64Array;
  readonly #status: Uint8Array;
  readonly #sampleMs: Float64Array;
  readonly #receivedMs: Float64Array;
  readonly #heldSinceMs: Float64Array;
  readonly #heldReceivedMs: Float64Array;
  readonly #heldSteps: Float64Array;
  readonly #heldDoubt: Int8Array;
  /** It is from before a pause, and nothing has said since that it still is so. */
  readonly #isCarried: Uint8Array;

  constructor(count: number, take: TakeHeld) {
    this.count = count;
    this.#take = take;
    this.#steps = new Float64Array(count).fill(Number.NaN);
    this.#status = new Uint8Array(count);
    this.#sampleMs = new Float64Array(count);
    this.#receivedMs = new Float64Array(count);
    this.#heldSinceMs = new Float64Array(count);
    this.#heldReceivedMs = new Float64Array(count);
    this.#heldSteps = new Float64Array(count);
    this.#heldDoubt = new Int8Array(count).fill(unsaid);
    this.#isCarried = new Uint8Array(count);
  }

  /** Before a key: it says of every cell that was ever seen what it is. */
  clear(): void {
    this.#steps.fill(Number.NaN);
    this.#status.fill(0);
    this.#sampleMs.fill(0);
    this.#receivedMs.fill(0);
  }

  /**
   * Takes cells out of a segment of their column.
   * @param noticedMs when it says what holds from now on; null for a part of a key, of which all is read before it is judged
   */
  take(
    segment: Segment,
    { firstRow, rows: count, cell: firstCell }: RowRange,
    noticedMs: number | null,
  ): void {
    const { rows, changed, changes, difference, isRaw } = segment;
    const offset = firstRow - segment.firstRow;
    let change = 0;
    for (let i = firstAtLeast(rows, segment.count, offset); i < segment.count; i++) {
      const row = rows[i]! - offset;
      if (row >= count) return;
      if (change === 0) change = firstAtLeast(changed, changes, i);
      const cell = firstCell + row;
      this.#takeTimes(cell, segment, i);
      if (change < changes && changed[change] === i) {
        const by = difference[change++]!;
        const before = this.#steps[cell]!;
        this.#steps[cell] = by === none ? Number.NaN : isRaw || Number.isNaN(before) ? by : before + by;
      }
      if (noticedMs !== null) this.settle(cell, noticedMs);
    }
  }

  #takeTimes(cell: number, { sample, lag, status, timeMs }: Segment, i: number): void {
    if (sample[i] !== none) this.#sampleMs[cell] = timeMs + sample[i]!;
    if (lag[i] !== none) this.#receivedMs[cell] = this.#sampleMs[cell]! + lag[i]!;
    this.#status[cell] = status[i]!;
  }

  /** What a cell says now holds from the moment it was received, or else was noticed. */
  settle(cell: number, noticedMs: number): void {
    const number = this.#steps[cell]!;
    const status = this.#status[cell]!;
    const steps = inForce(status, number);
    const doubt = doubtOf(status, number);
    const receivedMs = this.#receivedMs[cell]!;
    const isReceived = receivedMs > this.#heldReceivedMs[cell]!;
    this.#heldReceivedMs[cell] = receivedMs;
    if (this.#heldDoubt[cell] === unsaid) {
      this.#hold(cell, { sinceMs: noticedMs, steps, doubt });
    } else if (this.#heldDoubt[cell] === doubt && Object.is(this.#heldSteps[cell], steps)) {
      if (isReceived) this.#isCarried[cell] = 0;
    } else {
      const earliestMs = this.#heldSinceMs[cell]!;
      const sinceMs = isReceived ? Math.max(earliestMs, Math.min(receivedMs, noticedMs)) : noticedMs;
      this.#put(cell, sinceMs);
      this.#hold(cell, { sinceMs, steps, doubt });
    }
  }

  settleAll(noticedMs: number): void {
    for (let cell = 0; cell < this.count; cell++) this.settle(cell, noticedMs);
  }

  /** Nothing was recorded for a while: what was held ends, and holds again from where the recording goes on. */
  pause(fromMs: number, toMs: number): void {
    for (let cell = 0; cell < this.count; cell++) {
      if (this.#heldDoubt[cell] !== unsaid) this.#put(cell, fromMs);
      this.#heldSinceMs[cell] = toMs;
      this.#isCarried[cell] = 1;
      Object.assign(this.#held, { fromMs, toMs, steps: Number.NaN, doubt: Doubt.unknown });
      this.#take(cell, this.#held);
    }
  }

  /** Something was lost: nothing is held any more. */
  lose(fromMs: number, toMs: number): void {
    this.pause(fromMs, toMs);
    this.#heldDoubt.fill(unsaid);
  }

  /** Nothing more is said of a cell than up to here. */
  end(cell: number, untilMs: number): void {
    if (this.#heldDoubt[cell] !== unsaid) this.#put(cell, untilMs);
    this.#heldDoubt[cell] = unsaid;
  }

  endAll(untilMs: number): void {
    for (let cell = 0; cell < this.count; cell++) this.end(cell, untilMs);
  }

  #hold(
    cell: number,
    { sinceMs, steps, doubt }: { readonly sinceMs: number; readonly steps: number; readonly doubt: Doubt },
  ): void {
    this.#heldSinceMs[cell] = sinceMs;
    this.#heldSteps[cell] = steps;
    this.#heldDoubt[cell] = doubt;
    this.#isCarried[cell] = 0;
  }

  #put(cell: number, untilMs: number): void {
    const fromMs = this.#heldSinceMs[cell]!;
    if (this.#isCarried[cell] === 1 && untilMs <= fromMs) return;
    const held = this.#held;
    held.fromMs = fromMs;
    held.toMs = untilMs;
    held.steps = this.#heldSteps[cell]!;
    held.doubt = this.#heldDoubt[cell] as Doubt;
    this.#take(cell, held);
  }
}

/** Place of the first item that is not below a bound, in a list that rises. */
const firstAtLeast = (list: Int32Array, count: number, bound: number): number => {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
};

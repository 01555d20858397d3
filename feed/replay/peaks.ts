import type { Segment } from "#feed/log/decode.ts";
import type { ClassState } from "#feed/log/state.ts";

/** A peak stays this long, as a person sees time: several frames of any screen. */
export const holdMs = 250;

/** Growing list of cells. */
class CellList {
  cells = new Int32Array(1024);
  count = 0;

  push(cell: number): void {
    if (this.count === this.cells.length) {
      const longer = new Int32Array(this.cells.length * 2);
      longer.set(this.cells);
      this.cells = longer;
    }
    this.cells[this.count++] = cell;
  }
}

/** Peaks of one class. All arrays column-major, like its state's. */
class ClassPeaks {
  /** What is shown: steps of the state, or the peak that is held. */
  readonly shown: Float64Array;
  /** Steps of the state one frame ago, and two: what stood for one frame only is a peak too. */
  #last: Float64Array;
  #before: Float64Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** When the hold of a cell ends, monotonic ms; 0: it shows what is. */
  readonly #heldUntilMs: Float64Array;
  readonly #held: Float64Array;
  readonly #isListed: Uint8Array;
  readonly #touched = new CellList();
  #holding = new CellList();
  #released = new CellList();

  constructor(cells: number) {
    this.shown = new Float64Array(cells).fill(Number.NaN);
    this.#last = this.shown.slice();
    this.#before = this.shown.slice();
    this.#low = new Float64Array(cells);
    this.#high = new Float64Array(cells);
    this.#heldUntilMs = new Float64Array(cells);
    this.#held = new Float64Array(cells);
    this.#isListed = new Uint8Array(cells);
  }

  /** Takes the values that a segment brought. */
  take({ steps, layout }: ClassState, { column, firstRow, rows, changed, changes }: Segment): void {
    const base = column * layout.rows + firstRow;
    for (let i = 0; i < changes; i++) {
      const cell = base + rows[changed[i]!]!;
      const value = steps[cell]!;
      if (Number.isNaN(value)) continue;
      if (this.#isListed[cell] === 0) {
        this.#isListed[cell] = 1;
        this.#touched.push(cell);
        this.#low[cell] = value;
        this.#high[cell] = value;
      } else if (value < this.#low[cell]!) this.#low[cell] = value;
      else if (value > this.#high[cell]!) this.#high[cell] = value;
    }
  }

  /** Shows these steps, but for peaks since the last time: those are held. @param nowMs monotonic */
  show(steps: Float64Array, nowMs: number): void {
    const { shown } = this;
    this.#findPeaks(steps, nowMs);
    const oldest = this.#before;
    this.#before = this.#last;
    this.#last = oldest;
    oldest.set(steps);
    shown.set(steps);
    const holding = this.#holding;
    const still = this.#released;
    still.count = 0;
    for (let i = 0; i < holding.count; i++) {
      const cell = holding.cells[i]!;
      if (this.#heldUntilMs[cell]! <= nowMs) {
        this.#heldUntilMs[cell] = 0;
        continue;
      }
      shown[cell] = this.#held[cell]!;
      still.push(cell);
    }
    this.#holding = still;
    this.#released = holding;
  }

  /** Shows these steps as they are. */
  showExactly(steps: Float64Array): void {
    for (let i = 0; i < this.#holding.count; i++) this.#heldUntilMs[this.#holding.cells[i]!] = 0;
    this.#holding.count = 0;
    this.#forget();
    this.shown.set(steps);
    this.#last.set(steps);
    this.#before.set(steps);
  }

  #findPeaks(steps: Float64Array, nowMs: number): void {
    const { cells, count } = this.#touched;
    for (let i = 0; i < count; i++) {
      const cell = cells[i]!;
      const now = steps[cell]!;
      const before = this.#before[cell]!;
      const high = greater(this.#high[cell]!, this.#last[cell]!);
      const low = smaller(this.#low[cell]!, this.#last[cell]!);
      const above = high - greater(before, now);
      const below = smaller(before, now) - low;
      if (above <= 0 && below <= 0) continue;
      const peak = above >= below ? high : low;
      if (this.#heldUntilMs[cell] === 0) this.#holding.push(cell);
      else if (Math.abs(peak - now) <= Math.abs(this.#held[cell]! - now)) continue;
      this.#held[cell] = peak;
      this.#heldUntilMs[cell] = nowMs + holdMs;
    }
    this.#forget();
  }

  #forget(): void {
    const touched = this.#touched;
    for (let i = 0; i < touched.count; i++) this.#isListed[touched.cells[i]!] = 0;
    touched.count = 0;
  }
}

/** NaN, no number, counts for nothing. */
const greater = (a: number, b: number): number => (Number.isNaN(a) ? b : a > b ? a : Number.isNaN(b) ? a : b);
const smaller = (a: number, b: number): number => (Number.isNaN(a) ? b : a < b ? a : Number.isNaN(b) ? a : b);

/**
 * Hold of least and greatest values: at 1000× a frame passes fifty seconds, and a spike of one second would fall between
 * two frames. What stood out of the values before and after it is shown for a quarter of a second instead.
 */
export class Peaks {
  readonly #classes = new Map<string, { readonly of: ClassPeaks; readonly cells: number }>();

  /** Takes what a walk tells of (`WalkHooks.onSegment`). */
  readonly take = (state: ClassState, segment: Segment): void => this.#of(state).take(state, segment);

  /** Steps to show of a class while it plays. @param nowMs monotonic */
  show(state: ClassState, nowMs: number): Float64Array {
    const peaks = this.#of(state);
    peaks.show(state.steps, nowMs);
    return peaks.shown;
  }

  /** Steps to show of a class that stands, or was sought: what is, and nothing held. */
  showExactly({ layout, steps }: ClassState): Float64Array {
    const known = this.#classes.get(layout.name);
    // Peaks cost seven times what the steps do: who never plays does not pay for them.
    if (known?.cells === steps.length) known.of.showExactly(steps);
    return steps;
  }

  #of({ layout, steps }: ClassState): ClassPeaks {
    const known = this.#classes.get(layout.name);
    if (known?.cells === steps.length) return known.of;
    const of = new ClassPeaks(steps.length);
    this.#classes.set(layout.name, { of, cells: steps.length });
    return of;
  }
}

import { type ClassLayout, fromSteps, type Scale, scaleOf } from "./layout.ts";

/**
 * What a log says of one class at one moment: the writer holds what it logged last, the reader what it read.
 * Column-major, columns × rows: a column is read, written and handed on as one piece, and a seek that takes one column
 * after another stays within the processor's cache (docs/decisions/0004-black-box.md).
 */
export interface ClassState {
  readonly layout: ClassLayout;
  /** Values as whole steps of their column's resolution; a bit-exact column's values themselves. NaN: no number. */
  readonly steps: Float64Array;
  /** Status bytes (twins/model/quality.ts). */
  readonly status: Uint8Array;
  /** Source time, whole ms UTC; 0 for none. */
  readonly sampleTimeMs: Float64Array;
  /** Receive time, whole ms UTC; 0 for none. */
  readonly receivedTimeMs: Float64Array;
  /** By column. */
  readonly scales: readonly Scale[];
}

export const createState = (layout: ClassLayout): ClassState => {
  const cells = layout.rows * layout.columns.length;
  return {
    layout,
    steps: new Float64Array(cells).fill(Number.NaN),
    status: new Uint8Array(cells),
    sampleTimeMs: new Float64Array(cells),
    receivedTimeMs: new Float64Array(cells),
    scales: layout.columns.map(scaleOf),
  };
};

/** Back to never seen. */
export const clearState = (state: ClassState): void => {
  state.steps.fill(Number.NaN);
  state.status.fill(0);
  state.sampleTimeMs.fill(0);
  state.receivedTimeMs.fill(0);
};

/** Value of one cell (column × rows + row); NaN for no number. */
export const cellValue = ({ layout, steps, scales }: ClassState, cell: number): number =>
  fromSteps(steps[cell]!, scales[Math.floor(cell / layout.rows)]!);

/** Writes all values into `out`, column-major. */
export const valuesOf = ({ layout, steps, scales }: ClassState, out: Float32Array | Float64Array): void => {
  const { rows } = layout;
  scales.forEach(({ divisor, multiplier }, column) => {
    const end = (column + 1) * rows;
    if (multiplier === 1)
      for (let cell = column * rows; cell < end; cell++) out[cell] = steps[cell]! / divisor;
    else for (let cell = column * rows; cell < end; cell++) out[cell] = steps[cell]! * multiplier;
  });
};

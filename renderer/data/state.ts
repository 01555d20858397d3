import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";

/** Rows per dirty block, and per layer of a state texture. */
export const blockRows = 1024;

/**
 * Latest values of one class in the renderer: plain memory that frames are decoded into and textures are filled from.
 * Never put into React or zustand.
 */
export interface ClassState {
  readonly className: ClassName;
  readonly rows: number;
  /** Metrics of the class, in catalogue order. */
  readonly columns: number;
  /** Row-major, rows × columns; NaN for none. */
  readonly value: Float32Array | Float64Array;
  /** Status bytes (twins/model/quality.ts). Row-major, rows × columns. */
  readonly status: Uint8Array;
  /** Source time, ms UTC; 0 for none. Row-major, rows × columns. */
  readonly sampleTimeMs: Float64Array;
  /** Receive time, ms UTC; 0 for none. Row-major, rows × columns. */
  readonly receivedTimeMs: Float64Array;
  /** 1 where a block of `blockRows` rows changed since the scene last uploaded it; the scene clears it. */
  readonly dirtyBlocks: Uint8Array;
  /** Grows with every frame applied: cheap "did anything change" for samplers. */
  version: number;
}

/** All class states of the campus shown. */
export interface CampusState {
  readonly twin: Twin;
  of(className: ClassName): ClassState;
  /** Called once per applied frame, after its cells are in place; the scene invalidates in it. */
  onChange(listener: (className: ClassName) => void): () => void;
  /** Site clock, ms UTC: the player's cursor, or the frozen time. */
  nowMs(): number;
  /** False while the bridge or the feed is gone: everything shown ages. */
  readonly connected: boolean;
}

/** Index of a cell in the row-major arrays of a class state. */
export const cellOf = (state: ClassState, row: number, metric: number): number =>
  row * state.columns + metric;

/**
 * What halls need to know of a frame. Numbers that change with every frame lie in an array: in a field, or given to a
 * function, each would be allocated anew.
 */
export interface HallsFrame {
  /** deltaMs, site clock (ms UTC; coolant and fans move by it), sine of the look's elevation, passedMs (FrameView). */
  readonly numbers: Float64Array;
  /** Jumps instead of easing. */
  still: boolean;
  /** Shells and cut still move: what another storey holds is not taken away yet. */
  isOpening: boolean;
}

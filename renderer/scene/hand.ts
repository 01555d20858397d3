/** A full picture is begun when the camera has rested this long, ms. */
const restMs = 300;
/** The same since the pointer last moved over the picture or pressed on it: a hand is about to turn it, ms. */
const nearMs = 600;
/** So long after its last move a hand is taken to be gone, ms. */
const goneMs = 10_000;
/** While it is not, data leaves the processor this many times as long alone as a picture takes. */
const restsNear = 5;

/** When a hand last moved the camera, or was about to: where the processor draws, it is not to wait for a full picture. */
export class Hand {
  /** Last frame of a move, when it was begun, then when it was drawn. */
  movedMs = Number.NEGATIVE_INFINITY;
  /** Last time that it moved over the picture or pressed on it. */
  nearMs = Number.NEGATIVE_INFINITY;

  /**
   * How long a full picture, or the next piece of one, has to wait for a hand that has only just stopped or is about to move, ms.
   *
   * @param isAwaited somebody waits for the picture as it is: a hand that is only near has to wait then
   */
  waitMs(nowMs: number, isAwaited: boolean): number {
    const clearMs = Math.max(
      this.movedMs + restMs,
      isAwaited ? Number.NEGATIVE_INFINITY : this.nearMs + nearMs,
    );
    return Math.max(0, clearMs - nowMs);
  }

  /** So many times as long as a picture takes, data leaves the processor alone after it. */
  rests(nowMs: number): number {
    return nowMs - this.nearMs < goneMs ? restsNear : 1;
  }
}

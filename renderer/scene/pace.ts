/**
 * How often telemetry may redraw. A frame that took T is followed by at least T without one, so that a slow machine
 * spends half of its time on something else; where frames are fast the next data comes later than that anyway.
 * Moves of the camera and of the hand never wait.
 */
export class RedrawPace {
  #beganMs = 0;
  #restUntilMs = 0;
  #isDrawing = false;

  /** A frame's first command was given. */
  begin(nowMs: number): void {
    this.#beganMs = nowMs;
    this.#isDrawing = true;
  }

  /**
   * The device has drawn the frame last begun.
   *
   * @param rests times as long that no data is drawn
   * @param tookMs what the device was busy with it: less than has passed, where it waited meanwhile
   */
  end(nowMs: number, rests = 1, tookMs = nowMs - this.#beganMs): void {
    this.#isDrawing = false;
    this.#restUntilMs = nowMs + tookMs * rests;
  }

  /** @returns time until data may ask for a frame, ms; null while one is being drawn: ask again when it ends. */
  waitMs(nowMs: number): number | null {
    return this.#isDrawing ? null : Math.max(0, this.#restUntilMs - nowMs);
  }
}

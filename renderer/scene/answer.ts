/**
 * How long the picture takes to answer a hand: from the input event (its own time stamp) until the device has drawn
 * the first frame in which the camera has moved because of it.
 */
export class AnswerGauge {
  /** Answers so far. */
  count = 0;
  /** The last one, ms; null before the first. */
  lastMs: number | null = null;
  #askedMs: number | null = null;
  #drawnFor: number | null = null;

  /** A hand moved the camera; the first of several that wait for one frame counts. */
  ask(eventMs: number): void {
    this.#askedMs ??= eventMs;
  }

  /** A frame was given to the device. */
  drew(moved: boolean): void {
    if (moved) this.#drawnFor ??= this.#askedMs;
    this.#askedMs = null;
  }

  /** The device has drawn what it was given. */
  drawn(nowMs: number): void {
    if (this.#drawnFor === null) return;
    this.lastMs = nowMs - this.#drawnFor;
    this.#drawnFor = null;
    this.count++;
  }
}

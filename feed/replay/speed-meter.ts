/** Over how long speed is measured. */
const windowMs = 1000;

/** Measures how fast a cursor really moves: seconds of the recording per second. */
export class SpeedMeter {
  /** Over the last second; null before the first is over. */
  speed: number | null = null;
  #startMs: number | null = null;
  #movedMs = 0;

  reset(): void {
    this.speed = null;
    this.#startMs = null;
  }

  /** @param nowMs monotonic @param movedMs by which the cursor moved since the last note */
  note(nowMs: number, movedMs: number): void {
    if (this.#startMs === null) {
      this.#startMs = nowMs;
      this.#movedMs = 0;
      return;
    }
    this.#movedMs += movedMs;
    const passedMs = nowMs - this.#startMs;
    if (passedMs < windowMs) return;
    this.speed = this.#movedMs / passedMs;
    this.#startMs = nowMs;
    this.#movedMs = 0;
  }
}

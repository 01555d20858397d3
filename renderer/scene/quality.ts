/** Shares of the screen's own pixel ratio; data colours are the same at each. */
const rungs = [1, 0.75, 0.5] as const;

/** A moving picture with frames this far apart stutters, ms. */
const slowMs = 50;
/** So many in a row are no accident. */
const slowFrames = 3;

/** Renderers that draw on the processor: SwiftShader, Mesa's llvmpipe, Windows' basic renderer. */
export const isSoftware = (rendererName: string): boolean =>
  /swiftshader|llvmpipe|softpipe|basic render/i.test(rendererName);

/**
 * Quality ladder, first rung: pixel ratio. A picture that moves too slowly gets fewer pixels, and all of them again
 * as soon as it rests; what was learnt is kept for the next move.
 */
export class QualityLadder {
  #rung: number;
  #slow = 0;
  #wasMoving = false;

  constructor(software: boolean) {
    this.#rung = software ? rungs.length - 1 : 0;
  }

  /** Called for each frame with the time since the one before. @returns share of the full pixel ratio to draw with. */
  pace(intervalMs: number, moving: boolean): number {
    const counts = moving && this.#wasMoving;
    this.#wasMoving = moving;
    if (!moving) {
      this.#slow = 0;
      return 1;
    }
    if (counts) this.#slow = intervalMs > slowMs ? this.#slow + 1 : 0;
    if (this.#slow >= slowFrames && this.#rung < rungs.length - 1) {
      this.#rung++;
      this.#slow = 0;
    }
    return rungs[this.#rung]!;
  }
}

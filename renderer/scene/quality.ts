import type { PictureStep } from "#renderer/stores/picture.ts";

interface Rung {
  /** Shares of the screen's own pixel ratio that a moving picture is drawn with, best first; at rest it is always 1. */
  readonly ratios: readonly number[];
  /** Which of them it begins with. */
  readonly first: number;
  /** A moving frame shall be drawn within this time, ms. */
  readonly goalMs: number;
  /** Drawn by the processor: the hand never waits for a full picture, costly scenery rests while the camera moves. */
  readonly isThrifty: boolean;
}

const rungs: Readonly<Record<PictureStep, Rung>> = {
  wall: { ratios: [1], first: 0, goalMs: 50, isThrifty: false },
  desktop: { ratios: [1, 0.75, 0.5], first: 0, goalMs: 50, isThrifty: false },
  laptop: { ratios: [0.75, 0.5, 0.35], first: 0, goalMs: 50, isThrifty: false },
  // A processor that draws is slow until it has shown the contrary: the first hand is not to wait for that.
  software: { ratios: [0.35, 0.25, 0.18], first: 2, goalMs: 120, isThrifty: true },
};

/** So many slow frames in a row are no accident. */
const slowFrames = 3;
/** A frame drawn within this share of the goal leaves room for the next better ratio. */
const easyShare = 0.3;
const easyFrames = 12;

/** Renderers that draw on the processor: SwiftShader, Mesa's llvmpipe, Windows' basic renderer. */
export const isSoftware = (rendererName: string): boolean =>
  /swiftshader|llvmpipe|softpipe|basic render/i.test(rendererName);

/** Full pictures at rest that the self-test looks at, after the first ones, which compile and upload. */
const skippedPictures = 2;
const testedPictures = 3;
/** A full picture drawn within this time suits the step, ms. */
const desktopMs = 25;
const laptopMs = 100;

/**
 * Quality ladder: how a picture in motion is made cheap enough to follow the hand. The pixel ratio comes first, costly
 * scenery last, data colours never; at rest the full picture comes back. Which step suits is found out by the first
 * pictures at rest, or by moves that stay too slow; a person may say another one.
 */
export class QualityLadder {
  readonly #isWall: boolean;
  #step: PictureStep;
  #chosen: PictureStep | null = null;
  #at = 0;
  #slow = 0;
  #easy = 0;
  #pictures = 0;
  #leastMs = Number.POSITIVE_INFINITY;

  /** @param isWall the picture is shown on a wall: fast enough, it is drawn in full whatever moves. */
  constructor(isSoftwareDevice: boolean, isWall = false) {
    this.#isWall = isWall;
    this.#step = isSoftwareDevice ? "software" : "desktop";
    this.#at = rungs[this.#step].first;
  }

  get step(): PictureStep {
    return this.#chosen ?? this.#step;
  }

  /** Takes a person's word for the step; null: its own again. */
  choose(step: PictureStep | null): void {
    if (step === this.#chosen) return;
    this.#chosen = step;
    this.#at = rungs[this.step].first;
    this.#slow = 0;
  }

  get isThrifty(): boolean {
    return rungs[this.step].isThrifty;
  }

  /** Share of the full pixel ratio to draw the next moving frame with. */
  get ratio(): number {
    return rungs[this.step].ratios[this.#at]!;
  }

  /** A full picture at rest took so long to draw. */
  tookAtRest(drawnMs: number): void {
    if (this.#step === "software" || this.#pictures >= skippedPictures + testedPictures) return;
    if (++this.#pictures <= skippedPictures) return;
    this.#leastMs = Math.min(this.#leastMs, drawnMs);
    if (this.#pictures < skippedPictures + testedPictures) return;
    const own = this.#leastMs <= desktopMs ? (this.#isWall ? "wall" : "desktop") : "laptop";
    this.#step = this.#leastMs <= laptopMs ? own : "software";
    const { ratios, first } = rungs[this.step];
    this.#at = Math.max(first, Math.min(this.#at, ratios.length - 1));
  }

  /** A frame of a move took so long to draw. */
  tookMoving(drawnMs: number): void {
    const { ratios, goalMs } = rungs[this.step];
    this.#slow = drawnMs > goalMs ? this.#slow + 1 : 0;
    this.#easy = drawnMs < goalMs * easyShare ? this.#easy + 1 : 0;
    // Far too slow is no accident even once.
    if (this.#slow >= slowFrames || drawnMs > goalMs * 2) this.#lower(ratios.length - 1);
    else if (this.#easy >= easyFrames && this.#at > 0) {
      this.#at--;
      this.#easy = 0;
    }
  }

  #lower(last: number): void {
    this.#slow = 0;
    this.#easy = 0;
    if (this.#at < last) this.#at++;
    else if (this.#chosen === null && this.#step !== "software") {
      this.#step = this.#step === "wall" ? "desktop" : this.#step === "desktop" ? "laptop" : "software";
      this.#at = rungs[this.#step].first;
    }
  }
}

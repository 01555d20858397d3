import type { ReplayCommand, TimeRange } from "#feed/contract/replay.ts";

/** A stretch that the cursor passed; backwards where `fromMs` is after `toMs`. */
export type Passed = TimeRange;

/** The cursor of one client: where it is, and where it goes with the time that passes. Knows nothing of what is recorded there. */
export class Playback {
  cursorMs: number;
  speed = 1;
  isPlaying = false;
  loop: TimeRange | null = null;
  readonly #range: () => TimeRange;
  readonly #isGrowing: () => boolean;

  /** @param isGrowing the end of the range moves on by itself: a cursor that reaches it goes with it */
  constructor(range: () => TimeRange, isGrowing: () => boolean) {
    this.#range = range;
    this.#isGrowing = isGrowing;
    this.cursorMs = range().toMs;
  }

  /** Does what was asked. @returns true when the cursor was sent elsewhere */
  control({ loop, seekMs, speed, isPlaying }: ReplayCommand): boolean {
    if (loop !== undefined) this.loop = loop && loop.toMs > loop.fromMs ? loop : null;
    if (speed !== undefined) this.speed = speed;
    if (seekMs !== undefined) this.cursorMs = this.#within(Math.floor(seekMs));
    if (isPlaying !== undefined) this.isPlaying = isPlaying;
    const isAtEnd = seekMs === undefined && isPlaying === true && this.#isSpent();
    // Played to its end, it begins again: what else could be meant.
    if (isAtEnd) this.cursorMs = this.#start();
    return seekMs !== undefined || isAtEnd;
  }

  /** Lets time pass. @returns what the cursor passed, in order: two stretches where its loop began anew; none when it stood */
  advance(wallMs: number): readonly Passed[] {
    if (!this.isPlaying || wallMs <= 0) return [];
    const fromMs = this.cursorMs;
    const wanted = fromMs + wallMs * this.speed;
    const { loop } = this;
    // A cursor that was set outside of its loop plays on until it comes into it.
    if (loop && fromMs >= loop.fromMs && fromMs <= loop.toMs) return this.#advanceInLoop(loop, wanted);
    const toMs = this.#within(wanted);
    this.cursorMs = toMs;
    if (toMs !== wanted && !(this.speed > 0 && this.#isGrowing())) this.isPlaying = false;
    return [{ fromMs, toMs }];
  }

  #advanceInLoop(loop: TimeRange, wanted: number): readonly Passed[] {
    const before = this.cursorMs;
    const lengthMs = loop.toMs - loop.fromMs;
    const isOver = this.speed > 0 ? wanted > loop.toMs : wanted < loop.fromMs;
    if (!isOver) {
      this.cursorMs = wanted;
      return [{ fromMs: before, toMs: wanted }];
    }
    const beyond = (this.speed > 0 ? wanted - loop.toMs : loop.fromMs - wanted) % lengthMs;
    const [start, end, sign] = this.speed > 0 ? [loop.fromMs, loop.toMs, 1] : [loop.toMs, loop.fromMs, -1];
    this.cursorMs = start + sign * beyond;
    return [
      { fromMs: before, toMs: end },
      { fromMs: start, toMs: this.cursorMs },
    ];
  }

  #within(timeMs: number): number {
    const { fromMs, toMs } = this.#range();
    return Math.min(toMs, Math.max(fromMs, timeMs));
  }

  #isSpent(): boolean {
    const { fromMs, toMs } = this.#range();
    if (this.speed > 0) return this.cursorMs >= toMs && !this.#isGrowing();
    return this.cursorMs <= fromMs;
  }

  #start(): number {
    const { fromMs, toMs } = this.#range();
    if (this.speed > 0) return this.loop?.fromMs ?? fromMs;
    return this.loop?.toMs ?? toMs;
  }
}

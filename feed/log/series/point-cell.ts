import type { Segment } from "#feed/log/decode.ts";
import { none } from "#feed/log/int-list.ts";
import { fromSteps, type Scale } from "#feed/log/layout.ts";
import type { Buckets } from "./buckets.ts";
import { Doubt, doubtOf, inForce } from "./doubt.ts";

/** One point while a log is read: what is known of its cell, and what has held since when. */
export class PointCell {
  readonly #buckets: Buckets;
  #scale: Scale = noScale;
  #steps = Number.NaN;
  #status = 0;
  #sampleMs = 0;
  #receivedMs = 0;
  #held: Held | null = null;

  constructor(buckets: Buckets) {
    this.#buckets = buckets;
  }

  /** The next messages are of another file, which may write its values in other steps. */
  enter(scale: Scale): void {
    this.#scale = scale;
  }

  /** Before a key: it says of every cell that was ever seen what it is. */
  clear(): void {
    this.#steps = Number.NaN;
    this.#status = 0;
    this.#sampleMs = 0;
    this.#receivedMs = 0;
  }

  /** Takes the cell of one row out of a segment of its column. @returns false when it is not in it */
  take(segment: Segment, row: number): boolean {
    const i = segment.rows.subarray(0, segment.count).indexOf(row - segment.firstRow);
    if (i < 0) return false;
    if (segment.sample[i] !== none) this.#sampleMs = segment.timeMs + segment.sample[i]!;
    if (segment.lag[i] !== none) this.#receivedMs = this.#sampleMs + segment.lag[i]!;
    this.#status = segment.status[i]!;
    const change = segment.changed.subarray(0, segment.changes).indexOf(i);
    if (change < 0) return true;
    const by = segment.difference[change]!;
    if (by === none) this.#steps = Number.NaN;
    else this.#steps = segment.isRaw || Number.isNaN(this.#steps) ? by : this.#steps + by;
    return true;
  }

  /** What the cell says now holds from the moment it was received, or else was noticed. */
  settle(noticedMs: number): void {
    const number = fromSteps(this.#steps, this.#scale);
    const value = inForce(this.#status, number);
    const doubt = doubtOf(this.#status, number);
    const held = this.#held;
    if (!held) {
      this.#held = { sinceMs: noticedMs, receivedMs: this.#receivedMs, value, doubt, isCarried: false };
      return;
    }
    const isSame = held.doubt === doubt && Object.is(held.value, value);
    const isReceived = this.#receivedMs > held.receivedMs;
    held.receivedMs = this.#receivedMs;
    if (isSame) {
      held.isCarried &&= !isReceived;
      return;
    }
    const sinceMs = isReceived ? Math.max(held.sinceMs, Math.min(this.#receivedMs, noticedMs)) : noticedMs;
    this.#put(held, sinceMs);
    Object.assign(held, { sinceMs, value, doubt, isCarried: false });
  }

  /** Nothing was recorded for a while: what was held ends, and holds again from where the recording goes on. */
  pause(fromMs: number, toMs: number): void {
    const held = this.#held;
    if (held) {
      this.#put(held, fromMs);
      held.sinceMs = toMs;
      held.isCarried = true;
    }
    this.#buckets.hold(fromMs, toMs, { value: Number.NaN, doubt: Doubt.unknown });
  }

  /** Something was lost: nothing is held any more. */
  lose(fromMs: number, toMs: number): void {
    this.pause(fromMs, toMs);
    this.#held = null;
  }

  /** Nothing more is said of the point than up to here. */
  end(untilMs: number): void {
    if (this.#held) this.#put(this.#held, untilMs);
    this.#held = null;
  }

  #put(held: Held, untilMs: number): void {
    if (!held.isCarried || untilMs > held.sinceMs) this.#buckets.hold(held.sinceMs, untilMs, held);
  }
}

const noScale: Scale = { isRaw: true, perUnit: 1, divisor: 1, multiplier: 1 };

interface Held {
  sinceMs: number;
  receivedMs: number;
  value: number;
  doubt: Doubt;
  /** It is from before a pause, and nothing has said since that it still is so. */
  isCarried: boolean;
}

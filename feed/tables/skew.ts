import { publisherLimit } from "./publishers.ts";

/**
 * How far publishers' clocks are from ours, from the times of their samples: for those without heartbeats. A sample
 * takes time on its way, so the smallest delay of a window tells most: the clock is at least that far ahead of us, and
 * behind by no more. Where all samples are refused because they are of the future, the least of them tells how far.
 */
export class SkewEstimates {
  /** Largest source − receive time of accepted samples, ms, in this window and the one before. Shape: publishers. */
  #lead = new Float64Array(publisherLimit).fill(Number.NEGATIVE_INFINITY);
  #leadBefore = new Float64Array(publisherLimit).fill(Number.NEGATIVE_INFINITY);
  /** Smallest of refused ones. Shape: publishers. */
  #refused = new Float64Array(publisherLimit).fill(Number.POSITIVE_INFINITY);
  #refusedBefore = new Float64Array(publisherLimit).fill(Number.POSITIVE_INFINITY);

  /** Takes one sample's source time minus its receive time. */
  note(publisher: number, leadMs: number): void {
    if (leadMs > this.#lead[publisher]!) this.#lead[publisher] = leadMs;
  }

  /** Takes one that was refused as being of the future. */
  noteRefused(publisher: number, leadMs: number): void {
    if (leadMs < this.#refused[publisher]!) this.#refused[publisher] = leadMs;
  }

  /** Begins a new window. */
  roll(): void {
    [this.#lead, this.#leadBefore] = [this.#leadBefore.fill(Number.NEGATIVE_INFINITY), this.#lead];
    [this.#refused, this.#refusedBefore] = [
      this.#refusedBefore.fill(Number.POSITIVE_INFINITY),
      this.#refused,
    ];
  }

  /** Our clock was set: what was noted is against the old time. */
  forget(): void {
    this.roll();
    this.roll();
  }

  /** Estimated publisher clock minus ours, ms; null without a sample. */
  of(publisher: number): number | null {
    const lead = Math.max(this.#lead[publisher]!, this.#leadBefore[publisher]!);
    if (Number.isFinite(lead)) return lead;
    const refused = Math.min(this.#refused[publisher]!, this.#refusedBefore[publisher]!);
    return Number.isFinite(refused) ? refused : null;
  }
}

import type { CampusState } from "#renderer/data/state.ts";

/** Site time may be off from where its pace leads by as much again, and by so much more, before it has jumped. */
const slackMs = 2000;
/** What goes on for so long is no jump but a pace: a recording is played fast, or backwards. */
const paceMs = 1000;
/** A recording is played in steps of its clock, this long at most, ms of the wall's. */
const stepMs = 100;
/** The fastest pace there is. */
const mostPace = 1000;

/**
 * Notices when all that was drawn has become untrue at once: the link to the feed was lost or came back, or site time
 * jumped, as it does when a recording is searched. Where a full picture takes seconds, a plain one is drawn first then.
 * Time that is played fast is none: a plain picture would stand for good.
 */
export class Turn {
  readonly #state: Pick<CampusState, "connected" | "nowMs">;
  #connected: boolean;
  #siteMs: number;
  #atMs: number;
  /** Site time that passes in a moment of the wall's. */
  #pace = 1;
  /** From where the pace is being measured. */
  #markSiteMs: number;
  #markMs: number;
  /** Since when each look found a jump; null when the last one found none. */
  #jumping: { readonly siteMs: number; readonly atMs: number } | null = null;

  constructor(state: Pick<CampusState, "connected" | "nowMs">, atMs: number) {
    this.#state = state;
    this.#connected = state.connected;
    this.#siteMs = state.nowMs();
    this.#atMs = atMs;
    this.#markSiteMs = this.#siteMs;
    this.#markMs = atMs;
  }

  /** True when it has, since it was last taken. @param atMs of a clock that only goes forward */
  isDue(atMs: number): boolean {
    return this.#state.connected !== this.#connected || this.#hasJumped(atMs);
  }

  /** The same, and from now on it counts from here. */
  take(atMs: number): boolean {
    const { connected } = this.#state;
    const siteMs = this.#state.nowMs();
    const hasJumped = this.#hasJumped(atMs);
    if (!hasJumped) {
      if (siteMs !== this.#siteMs) this.#jumping = null;
      if (atMs - this.#markMs >= paceMs / 2) this.#keepPace(siteMs, atMs);
    } else {
      if (!this.#jumping) {
        this.#jumping = { siteMs, atMs };
        this.#mark(siteMs, atMs);
      } else if (atMs - this.#jumping.atMs >= paceMs) {
        this.#keepPace(siteMs, atMs);
        this.#jumping = null;
      }
    }
    const isDue = connected !== this.#connected || hasJumped;
    this.#connected = connected;
    this.#siteMs = siteMs;
    this.#atMs = atMs;
    return isDue;
  }

  #hasJumped(atMs: number): boolean {
    const passedMs = atMs - this.#atMs;
    const off = Math.abs(this.#state.nowMs() - this.#siteMs - this.#pace * passedMs);
    return off > slackMs + Math.max(1, Math.abs(this.#pace)) * (passedMs + stepMs);
  }

  #mark(siteMs: number, atMs: number): void {
    this.#markSiteMs = siteMs;
    this.#markMs = atMs;
  }

  /** Takes over the pace since the mark, and marks anew. */
  #keepPace(siteMs: number, atMs: number): void {
    const pace = (siteMs - this.#markSiteMs) / (atMs - this.#markMs);
    this.#pace = Math.min(mostPace, Math.max(-mostPace, pace));
    this.#mark(siteMs, atMs);
  }
}

import type { CampusState } from "#renderer/data/state.ts";

/** Site time may run ahead of the clock on the wall by this factor, and so much more, before it has jumped. */
const pace = 2;
const slackMs = 2000;

/**
 * Notices when all that was drawn has become untrue at once: the link to the feed was lost or came back, or site time
 * jumped, as it does when a recording is searched. Where a full picture takes seconds, a plain one is drawn first then.
 */
export class Turn {
  readonly #state: Pick<CampusState, "connected" | "nowMs">;
  #connected: boolean;
  #siteMs: number;
  #atMs: number;

  constructor(state: Pick<CampusState, "connected" | "nowMs">, atMs: number) {
    this.#state = state;
    this.#connected = state.connected;
    this.#siteMs = state.nowMs();
    this.#atMs = atMs;
  }

  /** True when it has, since it was last taken. @param atMs of a clock that only goes forward */
  isDue(atMs: number): boolean {
    const { connected, nowMs } = this.#state;
    if (connected !== this.#connected) return true;
    const passedMs = nowMs() - this.#siteMs;
    return passedMs < -slackMs || passedMs > (atMs - this.#atMs) * pace + slackMs;
  }

  /** The same, and from now on it counts from here. */
  take(atMs: number): boolean {
    const isDue = this.isDue(atMs);
    this.#connected = this.#state.connected;
    this.#siteMs = this.#state.nowMs();
    this.#atMs = atMs;
    return isDue;
  }
}

/**
 * - unborn: data was seen, a birth never was.
 * - live: every message since the birth has come.
 * - unsynced: messages were lost since. One of them may have been a change, or a birth that gave aliases other meanings.
 * - unheard: our own connection was lost. Nobody knows whether the node lives until it is heard again.
 * - dead: its NDEATH has come.
 */
export type SessionState = "unborn" | "live" | "unsynced" | "unheard" | "dead";

/**
 * What became of a message's place in its session.
 *
 * - next: the one that was expected.
 * - resumed: the one that was expected, after our own connection was lost: nothing was missed.
 * - gap: messages before it were lost.
 * - repeated: the last one again.
 * - refused: of a node that has not been born, or has died.
 */
export type Sequence = "next" | "resumed" | "gap" | "repeated" | "refused";

const seqCount = 256;

/**
 * Session of one edge node as a host sees it (Sparkplug B 3.0 §4–6): a pure state machine. Births begin it, `seq`
 * orders its messages, those of its devices included, and the death with its birth's `bdSeq` ends it.
 */
export class SparkplugSession {
  #state: SessionState = "unborn";
  /** Of the birth; NaN when it had none. */
  #bdSeq = Number.NaN;
  #seq = 0;
  /** What the session was when our connection was lost. */
  #before: "live" | "unsynced" = "live";
  #lost = 0;

  get state(): SessionState {
    return this.#state;
  }

  get bdSeq(): number {
    return this.#bdSeq;
  }

  /** Messages missing before the last gap: modulo 256, so at least so many. */
  get lost(): number {
    return this.#lost;
  }

  /** NBIRTH: a new session, or the running one again after a rebirth request. */
  birth(seq: number, bdSeq: number): void {
    this.#state = "live";
    this.#seq = seq;
    this.#bdSeq = bdSeq;
    this.#lost = 0;
  }

  /** NDATA, DBIRTH, DDATA or DDEATH. */
  next(seq: number): Sequence {
    if (this.#state === "unborn" || this.#state === "dead") return "refused";
    const lost = (seq - this.#seq - 1 + 2 * seqCount) % seqCount;
    const wasUnheard = this.#state === "unheard";
    // NaN is no sequence number: then nobody knows what was lost.
    if (lost === 0) {
      this.#seq = seq;
      if (!wasUnheard) return "next";
      this.#state = this.#before;
      return "resumed";
    }
    if (lost === seqCount - 1 && !wasUnheard) return "repeated";
    this.#state = "unsynced";
    this.#lost = Number.isNaN(lost) ? 0 : lost;
    if (!Number.isNaN(seq)) this.#seq = seq % seqCount;
    return "gap";
  }

  /**
   * NDEATH. A will may come late, when its node has long been born again: only the one of the running session counts.
   * @returns false when it belongs to another session
   */
  death(bdSeq: number): boolean {
    // A birth or a will without bdSeq cannot be told apart: then the side to err on is "stale".
    if (bdSeq !== this.#bdSeq && !Number.isNaN(bdSeq) && !Number.isNaN(this.#bdSeq)) return false;
    this.#state = "dead";
    return true;
  }

  /** Our own connection was lost: wills and messages pass us by. */
  unhear(): void {
    if (this.#state !== "live" && this.#state !== "unsynced") return;
    this.#before = this.#state;
    this.#state = "unheard";
  }
}

import type { Transport } from "#feed/contract/bridge.ts";

type Message = string | ArrayBuffer;

/**
 * The receiving half of a pipe: keeps messages until there is a handler, and the end of the pipe
 * until somebody asks for it.
 */
export class Inbox implements Pick<Transport, "onMessage" | "onClose"> {
  #handler: ((message: Message) => void) | null = null;
  #early: Message[] = [];
  readonly #closeListeners: ((reason: string) => void)[] = [];
  #endReason: string | null = null;

  get isOpen(): boolean {
    return this.#endReason === null;
  }

  /** Takes a message from the wire. After the end there are none. */
  take(message: Message): void {
    if (!this.isOpen) return;
    if (this.#handler) this.#handler(message);
    else this.#early.push(message);
  }

  /** The pipe ended; only the first reason counts. */
  end(reason: string): void {
    if (!this.isOpen) return;
    this.#endReason = reason;
    for (const listener of this.#closeListeners.splice(0)) listener(reason);
  }

  onMessage(handler: (message: Message) => void): void {
    this.#handler = handler;
    for (const message of this.#early.splice(0)) handler(message);
  }

  onClose(listener: (reason: string) => void): void {
    if (this.#endReason === null) this.#closeListeners.push(listener);
    else listener(this.#endReason);
  }
}

import type { Incoming } from "./context.ts";

/** Most messages held, and most bytes of them: a value of DSX has about a hundred. */
const countLimit = 100_000;
const byteLimit = 64 * 1024 * 1024;

/** The latest message of each topic that waits for its metadata. Bounded in number and in bytes. */
export class Waiting {
  readonly #messages = new Map<string, Incoming>();
  #bytes = 0;

  get size(): number {
    return this.#messages.size;
  }

  /** Keeps a copy in place of the topic's last one; false when there is no room. */
  hold(message: Incoming): boolean {
    this.take(message.topic);
    if (this.#messages.size >= countLimit || this.#bytes + bytesOf(message) > byteLimit) return false;
    // The payload is a view on a network buffer that would be kept whole.
    this.#messages.set(message.topic, { ...message, payload: Uint8Array.from(message.payload) });
    this.#bytes += bytesOf(message);
    return true;
  }

  /** Hands out what a topic has waiting, and forgets it. */
  take(topic: string): Incoming | undefined {
    const message = this.#messages.get(topic);
    if (!message) return undefined;
    this.#messages.delete(topic);
    this.#bytes -= bytesOf(message);
    return message;
  }

  takeAll(): readonly Incoming[] {
    const messages = this.all();
    this.#messages.clear();
    this.#bytes = 0;
    return messages;
  }

  all(): readonly Incoming[] {
    return [...this.#messages.values()];
  }
}

const bytesOf = ({ topic, payload }: Incoming): number => topic.length + payload.length;

import type { MessageChannelMain, MessagePortMain, UtilityProcess } from "electron";
import { feedGaveUpStatus } from "#electron/common/session-env.ts";
import type { FromFeedHost, ToFeedHost } from "./feed-host.ts";

/** What is used of Electron, so that tests need none. */
export interface FeedProcessParts {
  readonly fork: () => Pick<UtilityProcess, "postMessage" | "kill"> & {
    on(event: "exit", listener: (code: number) => void): unknown;
    on(event: "message", listener: (message: unknown) => void): unknown;
  };
  readonly channel: () => Pick<MessageChannelMain, "port1" | "port2">;
  /** Runs something later; returns how to call it off. */
  readonly later: (delayMs: number, action: () => void) => () => void;
  readonly log: (line: string) => void;
  /** The feed cannot start, and never did: its reason is on stderr, and there is nothing to show. */
  readonly gaveUp: () => void;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;
const stopLimitMs = 4000;

/**
 * Keeps the feed's process alive and hands pages ports to it. A page whose port closed asks again by itself, so a
 * restart needs no reload; pauses between restarts double while they follow each other without a first good value.
 */
export class FeedProcess {
  readonly #parts: FeedProcessParts;
  readonly #live = Promise.withResolvers<void>();
  #host: ReturnType<FeedProcessParts["fork"]> | null = null;
  #pauseMs = firstPauseMs;
  #wasLive = false;
  #stopped: { readonly done: () => void } | null = null;

  constructor(parts: FeedProcessParts) {
    this.#parts = parts;
    this.#fork();
  }

  /** Resolves at the first good value. */
  get live(): Promise<void> {
    return this.#live.promise;
  }

  /** One end of a new pipe to the feed; null while the process is being restarted. */
  connect(): MessagePortMain | null {
    if (!this.#host) return null;
    const { port1, port2 } = this.#parts.channel();
    this.#host.postMessage("port" satisfies ToFeedHost, [port1]);
    return port2;
  }

  /** Lets the feed close its broker and plant; a feed that does not is killed. */
  stop(): Promise<void> {
    const host = this.#host;
    if (!host || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const callOff = this.#parts.later(stopLimitMs, () => host.kill());
      this.#stopped = {
        done: () => {
          callOff();
          resolve();
        },
      };
      host.postMessage("stop" satisfies ToFeedHost);
    });
  }

  #fork(): void {
    const host = this.#parts.fork();
    this.#host = host;
    host.on("message", (message) => {
      if ((message as FromFeedHost) !== "live") return;
      this.#pauseMs = firstPauseMs;
      this.#wasLive = true;
      this.#live.resolve();
    });
    host.on("exit", (code) => {
      this.#host = null;
      if (this.#stopped) return this.#stopped.done();
      if (code === feedGaveUpStatus && !this.#wasLive) return this.#parts.gaveUp();
      this.#parts.log(`the feed ended with ${code}; starting it again in ${this.#pauseMs} ms`);
      this.#parts.later(this.#pauseMs, () => this.#fork());
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    });
  }
}

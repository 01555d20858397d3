import type { Transport } from "#feed/contract/bridge.ts";
import { Inbox } from "./inbox.ts";

/** Two ends of a pipe in one process: what one sends, the other gets in a later microtask, in order. */
export const memoryPair = (): readonly [Transport, Transport] => {
  const inboxes = [new Inbox(), new Inbox()] as const;
  const end = (own: Inbox, other: Inbox): Transport => ({
    send: (message) => {
      if (!own.isOpen) return;
      const copy = typeof message === "string" ? message : message.slice(0);
      queueMicrotask(() => other.take(copy));
    },
    onMessage: (handler) => own.onMessage(handler),
    onClose: (handler) => own.onClose(handler),
    close: () => {
      own.end("closed here");
      queueMicrotask(() => other.end("closed by the other end"));
    },
    bufferedBytes: 0,
  });
  return [end(inboxes[0], inboxes[1]), end(inboxes[1], inboxes[0])];
};

/** What a MessagePort of node:worker_threads, of a browser and of Electron have in common. */
export interface PortLike {
  postMessage(message: string | ArrayBuffer, transfer?: readonly ArrayBuffer[]): void;
  close(): void;
}

export interface PortTransport {
  readonly transport: Transport;
  /** To be called with every message of the port. */
  receive(message: string | ArrayBuffer): void;
  /** To be called when the port closed. */
  closed(reason: string): void;
}

/**
 * A transport over a message port; the caller wires the port's events, which differ by platform.
 * @param canMove true where buffers may be moved instead of copied (not across Electron processes).
 */
export const portTransport = (port: PortLike, canMove: boolean): PortTransport => {
  const inbox = new Inbox();
  return {
    receive: (message) => inbox.take(message),
    closed: (reason) => inbox.end(reason),
    transport: {
      send: (message) => {
        if (!inbox.isOpen) return;
        if (canMove && typeof message !== "string") port.postMessage(message, [message]);
        else port.postMessage(message);
      },
      onMessage: (handler) => inbox.onMessage(handler),
      onClose: (handler) => inbox.onClose(handler),
      close: () => {
        inbox.end("closed here");
        port.close();
      },
      bufferedBytes: 0,
    },
  };
};

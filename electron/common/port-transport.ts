import type { Transport } from "#feed/contract/bridge.ts";
import { Inbox } from "./inbox.ts";

/** What Node's `MessagePort` and Electron's `MessagePortMain` have in common, once their events are evened out. */
export interface PortLike {
  post(message: string | ArrayBuffer): void;
  close(): void;
  listen(onMessage: (data: unknown) => void, onClose: () => void): void;
}

/**
 * A transport over a message port. Bytes are cloned by the port: Electron loses buffers given in transfer lists.
 * A port tells nothing about what is on its way, so `bufferedBytes` is 0 and credits alone pace streams.
 */
export const portTransport = (port: PortLike): Transport => {
  const inbox = new Inbox();
  port.listen(
    (data) => {
      // The other side is a page: whatever else it posts is not ours to interpret.
      if (typeof data === "string" || data instanceof ArrayBuffer) inbox.take(data);
    },
    () => inbox.end("the other side closed the port"),
  );
  return {
    send: (message) => {
      if (inbox.isOpen) port.post(message);
    },
    onMessage: (handler) => inbox.onMessage(handler),
    onClose: (listener) => inbox.onClose(listener),
    close: () => {
      if (!inbox.isOpen) return;
      inbox.end("closed");
      port.close();
    },
    bufferedBytes: 0,
  };
};

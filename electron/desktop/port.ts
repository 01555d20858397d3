import type { MessageEvent, MessagePortMain } from "electron";
import { portTransport } from "#feed/bridge/transports.ts";
import type { Transport } from "#feed/contract/bridge.ts";

/** What is used of Electron's port: its messages are events, and buffers in transfer lists are lost. */
export interface MainPort extends Pick<MessagePortMain, "close" | "start"> {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: MessageEvent) => void): unknown;
  on(event: "close", listener: () => void): unknown;
}

/** A transport over Electron's port, in the feed's process. */
export const mainPortTransport = (port: MainPort): Transport => {
  const { transport, receive, closed } = portTransport(port, false);
  port.on("message", ({ data }) => {
    // The other side is a page: whatever else it posts is not ours to interpret.
    if (typeof data === "string" || data instanceof ArrayBuffer) receive(data);
  });
  port.on("close", () => closed("the page closed its port"));
  port.start(); // Electron keeps messages back until then
  return transport;
};

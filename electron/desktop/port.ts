import type { MessagePortMain } from "electron";
import { portTransport } from "#electron/common/port-transport.ts";
import type { Transport } from "#feed/contract/bridge.ts";

/** A transport over Electron's port, in the feed's process. */
export const mainPortTransport = (port: MessagePortMain): Transport => {
  const transport = portTransport({
    post: (message) => port.postMessage(message),
    close: () => port.close(),
    listen: (onMessage, onClose) => {
      port.on("message", ({ data }) => onMessage(data));
      port.on("close", onClose);
    },
  });
  port.start(); // Electron keeps messages back until then
  return transport;
};

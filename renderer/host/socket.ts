import type { Transport } from "#feed/contract/bridge.ts";
import { createInbox } from "./inbox.ts";

/** The bridge's path on the origin that served this page. */
const bridgePath = "/bridge";

/** In the address of a page that shows an opened recording: its name. */
const logParameter = "log";

/** Address of the page that shows an opened recording, on this origin. */
export const recordingAddress = (name: string): string => `/?${logParameter}=${encodeURIComponent(name)}`;

/** Address of the bridge for a page: same origin, ws: under http:, wss: under https:, and the recording that it shows. */
export const bridgeUrl = (page: string): string => {
  const url = new URL(bridgePath, page);
  const log = new URL(page).searchParams.get(logParameter);
  if (log !== null) url.searchParams.set(logParameter, log);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
};

/**
 * A WebSocket as a transport: one message each way is one bridge message.
 * Rejects when the server cannot be reached or refuses the upgrade.
 */
export const openSocket = (url: string): Promise<Transport> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    const inbox = createInbox<string | ArrayBuffer>();
    const closed = createInbox<string>();
    let isOpen = false;
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => inbox.push(event.data);
    socket.onclose = (event) => {
      const reason = event.reason || `connection closed (${event.code})`;
      if (isOpen) closed.push(reason);
      else reject(new Error(reason));
    };
    socket.onopen = () => {
      isOpen = true;
      resolve({
        send: (message) => socket.send(message),
        onMessage: inbox.onMessage,
        onClose: closed.onMessage,
        close: () => socket.close(),
        get bufferedBytes() {
          return socket.bufferedAmount;
        },
      });
    };
  });

import type { WebSocket } from "ws";
import { Inbox } from "#feed/bridge/inbox.ts";
import type { Transport } from "#feed/contract/bridge.ts";

/** A peer that answers no ping for this long is gone, whatever TCP still believes. */
const pingEveryMs = 15_000;

/** A transport over the server's end of a WebSocket: one WebSocket message is one transport message. */
export const socketTransport = (socket: WebSocket): Transport => {
  const inbox = new Inbox();
  let answered = true;
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingEveryMs);
  ping.unref();

  socket.binaryType = "arraybuffer";
  socket.on("pong", () => {
    answered = true;
  });
  socket.on("message", (data, isBinary) => {
    if (isBinary) inbox.take(data as ArrayBuffer);
    else inbox.take(Buffer.from(data as ArrayBuffer).toString("utf8"));
  });
  // `ws` closes the socket by itself after an error, such as a message over the size cap; the reason is told there.
  socket.on("error", () => {});
  socket.on("close", (code, reason) => {
    clearInterval(ping);
    inbox.end(reason.length > 0 ? reason.toString("utf8") : `WebSocket closed with code ${code}`);
  });

  return {
    send: (message) => {
      // A copy: `ws` keeps what the socket cannot take yet, and the buffer is the sender's again at once.
      if (inbox.isOpen) socket.send(typeof message === "string" ? message : Buffer.from(message.slice(0)));
    },
    onMessage: (handler) => inbox.onMessage(handler),
    onClose: (listener) => inbox.onClose(listener),
    close: () => {
      clearInterval(ping);
      inbox.end("closed");
      socket.close(1000);
    },
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
  };
};

import type { Transport } from "#feed/contract/bridge.ts";
import type { DesktopShell } from "#feed/contract/shell.ts";
import { createInbox } from "./inbox.ts";

/** The shell answers within a start of the feed process. */
const answerMs = 10_000;

const asTransport = (port: MessagePort): Transport => {
  const inbox = createInbox<string | ArrayBuffer>();
  const closed = createInbox<string>();
  port.onmessage = (event: MessageEvent<string | ArrayBuffer>) => inbox.push(event.data);
  // Chromium tells when the other side is gone; the type library does not know the event yet.
  port.addEventListener("close", () => closed.push("the feed process is gone"));
  port.start();
  return {
    send: (message) => port.postMessage(message),
    onMessage: inbox.onMessage,
    onClose: closed.onMessage,
    close: () => port.close(),
    // A port copies at once and tells nothing of its queue; credits bound what is under way.
    bufferedBytes: 0,
  };
};

/** Asks the desktop shell for a port to the feed; rejects when none comes. */
export const openPort = (shell: DesktopShell): Promise<Transport> =>
  new Promise((resolve, reject) => {
    const nonce = crypto.randomUUID();
    const done = new AbortController();
    const timer = setTimeout(() => {
      done.abort();
      reject(new Error("the desktop shell gave no port to the feed"));
    }, answerMs);
    window.addEventListener(
      "message",
      (event: MessageEvent<unknown>) => {
        const [port] = event.ports;
        if (event.source !== window || event.data !== nonce || !port) return;
        clearTimeout(timer);
        done.abort();
        resolve(asTransport(port));
      },
      { signal: done.signal },
    );
    shell.connectFeed(nonce);
  });

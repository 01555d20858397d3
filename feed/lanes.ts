import { Inbox } from "./bridge/inbox.ts";
import type { Transport } from "./contract/bridge.ts";

/** What a lane is chosen by: the rest of a message is judged by whoever gets it. */
interface Head {
  readonly t?: unknown;
  readonly id?: unknown;
  readonly method?: unknown;
  readonly topic?: unknown;
  readonly spec?: { readonly kind?: unknown };
}

/** Answered as of the cursor's moment while a client shows a recording. */
const momentMethods: readonly unknown[] = ["point.detail", "point.history", "kpi.explain"];

export interface Lanes {
  /** To whom the present is asked. */
  readonly live: Transport;
  /** To whom a recording is. */
  readonly log: Transport;
}

/**
 * Splits a client's transport in two: the present is served by the ingest thread, recordings by the reader's, and
 * neither waits for the other. A client knows nothing of it: methods `log.…`, streams of kind `replay` and the topic of
 * that name go to the reader, and so does all that refers to them.
 * @param onLog called with the first message for the reader
 */
export const splitLanes = (transport: Transport, onLog: () => void): Lanes => {
  const live = new Inbox();
  const log = new Inbox();
  /** Requests, subscriptions and streams of the reader, by id. */
  const ofLog = new Set<unknown>();
  const replays = new Set<unknown>();
  let hasAskedLog = false;

  const isForLog = (head: Head): boolean => {
    const { t, id } = head;
    if (t === "request")
      return (
        (typeof head.method === "string" && head.method.startsWith("log.")) ||
        (replays.size > 0 && momentMethods.includes(head.method))
      );
    if (t === "subscribe") return head.topic === "replay";
    if (t === "open") return head.spec?.kind === "replay";
    return ofLog.has(id);
  };
  const note = ({ t, id }: Head): void => {
    if (t === "close" || t === "unsubscribe" || t === "cancel") ofLog.delete(id);
    else if (t !== "credit") ofLog.add(id);
    if (t === "open") replays.add(id);
    if (t === "close") replays.delete(id);
  };

  transport.onMessage((message) => {
    const head = headOf(message);
    if (!isForLog(head)) {
      live.take(message);
      return;
    }
    note(head);
    if (!hasAskedLog) onLog();
    hasAskedLog = true;
    log.take(message);
  });
  transport.onClose((reason) => {
    live.end(reason);
    log.end(reason);
  });
  const lane = (inbox: Inbox, onSend: (message: string | ArrayBuffer) => void): Transport => ({
    send: (message) => {
      onSend(message);
      transport.send(message);
    },
    onMessage: (handler) => inbox.onMessage(handler),
    onClose: (handler) => inbox.onClose(handler),
    close: () => transport.close(),
    get bufferedBytes() {
      return transport.bufferedBytes;
    },
  });
  return { live: lane(live, () => {}), log: lane(log, (message) => forgetAnswered(ofLog, message)) };
};

/** Numbers of requests that were answered are needed no more. */
const forgetAnswered = (ofLog: Set<unknown>, message: string | ArrayBuffer): void => {
  if (typeof message !== "string") return;
  const { t, id } = headOf(message);
  if (t === "answer" || t === "failure") ofLog.delete(id);
};

/** Nothing at all of what is no JSON: that is for the bridge to refuse. */
const headOf = (message: string | ArrayBuffer): Head => {
  if (typeof message !== "string") return {};
  try {
    const parsed = JSON.parse(message) as Head | null;
    return parsed ?? {};
  } catch {
    return {};
  }
};

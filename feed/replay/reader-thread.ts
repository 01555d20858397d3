import { MessageChannel, Worker } from "node:worker_threads";
import type { BridgeFailure, ToRenderer, Transport } from "#feed/contract/bridge.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { backoffMs } from "#feed/sources/backoff.ts";
import type { Problem } from "#twins/model/result.ts";
import type { FromReader, ReaderInput, ToReader } from "./reader-messages.ts";

/** A reader in a thread of its own, as the supervisor sees it. */
export interface ReaderThread {
  connect(transport: Transport): void;
  /** Of a session that shows a recording and nothing else; null before the first, and beside a live session. */
  readonly status: FeedStatus | null;
  close(): Promise<void>;
}

export interface ReaderHooks {
  readonly log: (line: string) => void;
  readonly onStatus: (status: FeedStatus) => void;
  /** The recording that the session is of is open; told once. */
  readonly onReady?: () => void;
  /** The recording that the session is of cannot be opened. */
  readonly onRefused: (problem: Problem) => void;
  /** The thread ended by itself. */
  readonly onCrash?: () => void;
}

const closeTimeoutMs = 2000;

/**
 * Starts a reader, at once or, beside a live session, with the first client that asks it something. A reader that crashes
 * is started again; its clients are closed, and come back by themselves.
 */
export const startReader = (input: ReaderInput, hooks: ReaderHooks): ReaderThread => {
  const clients = new Set<Transport>();
  let worker: Worker | null = null;
  let status: FeedStatus | null = null;
  let isClosing = false;
  let crashes = 0;
  let restart: ReturnType<typeof setTimeout> | undefined;

  const start = (): void => {
    const started = new Worker(new URL("./worker.ts", import.meta.url), { workerData: input });
    worker = started;
    started.on("message", (message: FromReader) => {
      if (message.t === "log") hooks.log(message.line);
      else if (message.t === "status") {
        status = message.status;
        hooks.onStatus(message.status);
      } else if (message.t === "ready") hooks.onReady?.();
      else if (message.t === "refused" && input.session) hooks.onRefused(message.problem);
    });
    started.on("error", (error) =>
      hooks.log(`reader: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    );
    started.on("exit", () => {
      worker = null;
      status = null;
      if (isClosing) return;
      hooks.onCrash?.();
      for (const client of [...clients]) client.close();
      if (input.session) restart = setTimeout(start, backoffMs(crashes++));
    });
  };
  if (input.session) start();

  return {
    get status() {
      return status;
    },
    connect: (transport) => {
      clients.add(transport);
      transport.onClose(() => clients.delete(transport));
      if (!worker) start();
      pipe(transport, worker!);
    },
    close: async () => {
      isClosing = true;
      clearTimeout(restart);
      for (const client of clients) client.close();
      if (!worker) return;
      const ending = worker;
      const exited = new Promise((resolve) => ending.once("exit", resolve));
      const timer = setTimeout(() => void ending.terminate(), closeTimeoutMs);
      ending.postMessage({ t: "close" } satisfies ToReader);
      await exited;
      clearTimeout(timer);
    },
  };
};

const pipe = (transport: Transport, worker: Worker): void => {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ t: "connect", port: port1 } satisfies ToReader, [port1]);
  port2.on("message", (message: string | ArrayBuffer) => transport.send(message));
  port2.on("close", () => transport.close());
  transport.onMessage((message) =>
    port2.postMessage(typeof message === "string" ? message : new ArrayBuffer(0)),
  );
  transport.onClose(() => port2.close());
};

const nothingRecorded: Problem = {
  code: "log-none",
  message: "nothing is recorded here",
  tip: "Start with --record DIR, or open a recording with --log.",
};

/** Answers for a session without any recording. */
export const refuseLog = (transport: Transport): void => refuseAll(transport, nothingRecorded);

/** Answers every request of a client with this problem. */
export const refuseAll = (transport: Transport, problem: Problem): void => {
  const error: BridgeFailure = { code: "refused", message: problem.message, problem };
  transport.onMessage((message) => {
    if (typeof message !== "string") return transport.close();
    const { t, id } = JSON.parse(message) as { t: string; id: number };
    if (t === "request") transport.send(JSON.stringify({ t: "failure", id, error } satisfies ToRenderer));
  });
};

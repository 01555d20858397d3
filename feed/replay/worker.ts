import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { portTransport } from "#feed/bridge/transports.ts";
import { Reader } from "./reader.ts";
import type { FromReader, ReaderInput, ToReader } from "./reader-messages.ts";

/** The reader's thread: recordings are read, sought and played here, so that none of it ever delays ingest. */
const port = parentPort;
if (!port) throw new Error("worker.ts runs as a worker thread (feed/replay/reader-thread.ts)");

/** As often as the present is served. */
const tickMs = 33;
const secondMs = 1000;
/** Between two steps of what is read ahead, requests and ticks have their turn. */
const restMs = 5;
/** A recording that has no second yet is looked for again. */
const retryMs = 1000;

const tell = (message: FromReader): void => port.postMessage(message);
const log = (line: string): void => tell({ t: "log", line });

const attach = (client: MessagePort) => {
  const { transport, receive, closed } = portTransport(client as never, true);
  client.on("message", receive);
  client.on("close", () => closed("the client is gone"));
  return transport;
};

const input = workerData as ReaderInput;
const timers: ReturnType<typeof setInterval>[] = [];
/** Clients that came before there was anything to read; their messages wait in their ports. */
let waiting: MessagePort[] = [];
let reader: Reader | null = null;
let isClosed = false;

const open = (): void => {
  const opened = Reader.open({ ...input, log });
  if (!opened.ok) {
    tell({ t: "refused", problem: opened.error });
    if (input.session === null) setTimeout(open, retryMs);
    return;
  }
  reader = opened.value;
  for (const client of waiting) reader.connect(attach(client));
  waiting = [];
  timers.push(
    setInterval(() => reader?.tick(), tickMs),
    setInterval(everySecond, secondMs),
  );
  everySecond();
  readOn();
  tell({ t: "ready" });
};

const everySecond = (): void => {
  reader?.everySecond();
  const status = reader?.status();
  if (status) tell({ t: "status", status });
};

/** Between display ticks, until all has been read; then again when the recording may have grown. */
const readOn = (): void => {
  if (isClosed) return;
  const hasMore = reader?.idle() ?? false;
  setTimeout(readOn, hasMore ? restMs : secondMs).unref();
};

port.on("message", (message: ToReader) => {
  if (message.t === "connect") {
    if (reader) reader.connect(attach(message.port));
    else waiting.push(message.port);
    return;
  }
  isClosed = true;
  for (const timer of timers) clearInterval(timer);
  reader?.close();
  tell({ t: "closed" });
  port.close();
});
open();

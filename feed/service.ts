import { MessageChannel, Worker } from "node:worker_threads";
import { backoffMs } from "#feed/sources/backoff.ts";
import { err, type Problem, type Result } from "#twins/model/result.ts";
import type { Transport } from "./contract/bridge.ts";
import type { SessionConfig } from "./contract/config.ts";
import type { FeedStatus } from "./contract/status.ts";
import type { FromWorker, ToWorker, WorkerInput } from "./ingest/worker-messages.ts";
import { splitLanes } from "./lanes.ts";
import { ownFolder } from "./own-folder.ts";
import { type AskPlant, type NumberedAsk, plantStarting } from "./plant/asks.ts";
import { PlantSupervisor } from "./plant/supervisor.ts";
import { type OpenAsk, OpenedRecordings } from "./replay/opened.ts";
import { refuseLog, startReader } from "./replay/reader-thread.ts";
import { healthyMs } from "./restarts.ts";
import { createRing } from "./ring.ts";
import { Watchdog } from "./watchdog.ts";

/** A running feed, as a shell sees it. */
export interface Feed {
  /**
   * Serves a client over this transport until it closes. Clients of a worker that crashed are closed, and come again.
   * @param log name of an opened recording, which is then all that the client sees
   */
  connect(transport: Transport, log?: string): void;
  /** Opens a recording beside what is shown. @returns its name for `connect` */
  open(ask: OpenAsk): Promise<Result<string>>;
  /** Latest status, at most half a second old while the worker lives; null before the first, and while there is no worker. */
  status(): FeedStatus | null;
  /** Called when the feed gave up: its worker cannot start. The shell should end. */
  onExit(listener: (reason: string) => void): () => void;
  /** Ends worker, plant and clients. */
  close(): Promise<void>;
}

export interface FeedHooks {
  /** One line for the log, at moments a person may care about. */
  readonly log?: (line: string) => void;
  readonly onStatus?: (status: FeedStatus) => void;
}

/** A worker that cannot start this often in a row will not start at all. */
const failedStartLimit = 3;
const closeTimeoutMs = 3000;

/**
 * Starts the feed: an ingest worker, and, without an outside broker or with `fillSimulated`, the embedded broker and
 * simulated plant in a process of their own. Returns at once: clients may connect before the worker has loaded the
 * twin. Worker and plant are started again, with back-off, when they crash.
 */
export const startFeed = (config: SessionConfig, hooks: FeedHooks = {}): Feed =>
  config.log ? startLogFeed(config, config.log, hooks) : startLiveFeed(config, hooks);

/** Shows a recording and nothing else: no broker, no plant. */
const startLogFeed = (config: SessionConfig, paths: readonly string[], hooks: FeedHooks): Feed => {
  const { log = () => {}, onStatus = () => {} } = hooks;
  const exit = new ExitWord();
  const reader = startReader(
    { paths, origin: "file", ownFolder: ownFolder(), session: config },
    { log, onStatus, onRefused: (problem) => exit.say(wordsOf(problem)) },
  );
  const opened = new OpenedRecordings(config, log);
  return {
    connect: (transport, id) =>
      id === undefined ? reader.connect(transport) : opened.connect(transport, id),
    open: (ask) => opened.open(ask),
    status: () => reader.status,
    onExit: (listener) => exit.onSaid(listener),
    close: async () => {
      await Promise.all([reader.close(), opened.close()]);
    },
  };
};

const wordsOf = ({ message, tip }: Problem): string => `${message}. ${tip}`;

const startLiveFeed = (config: SessionConfig, hooks: FeedHooks): Feed => {
  const log = hooks.log ?? (() => {});
  const exit = new ExitWord();
  // Nobody winds back a display wall.
  const ring = config.record || config.mode === "wall" ? null : createRing(log);
  const record = config.record ?? ring?.record ?? null;
  const reader = record
    ? startReader(
        {
          paths: [record.directory],
          origin: config.record ? "recording" : "ring",
          ownFolder: ownFolder(),
          session: null,
        },
        { log, onStatus: () => {}, onRefused: () => {} },
      )
    : null;
  const supervisor = new WorkerSupervisor(config, ring?.record ?? null, {
    log,
    onStatus: hooks.onStatus ?? (() => {}),
    onExit: (reason) => {
      plant?.close();
      exit.say(reason);
    },
    askPlant: (ask) => plant?.ask(ask) ?? Promise.resolve(err(plantStarting)),
  });
  const needsPlant = config.brokers.length === 0 || config.fillSimulated;
  const plant = needsPlant
    ? new PlantSupervisor(config, { log, onUrl: (url) => supervisor.plantAt(url) })
    : null;
  const opened = new OpenedRecordings(config, log);
  return {
    connect: (transport, id) => {
      if (id !== undefined) return opened.connect(transport, id);
      const lanes = splitLanes(transport, () => (reader ? reader.connect(lanes.log) : refuseLog(lanes.log)));
      supervisor.connect(lanes.live);
    },
    open: (ask) => opened.open(ask),
    status: () => supervisor.status,
    onExit: (listener) => exit.onSaid(listener),
    close: async () => {
      plant?.close();
      await Promise.all([supervisor.close(), reader?.close(), opened.close()]);
      ring?.remove();
    },
  };
};

/** Why a feed gave up: told to whoever listens, and to whoever comes later. */
class ExitWord {
  readonly #listeners = new Set<(reason: string) => void>();
  #reason: string | null = null;

  say(reason: string): void {
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
  }

  onSaid(listener: (reason: string) => void): () => void {
    if (this.#reason !== null) listener(this.#reason);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

interface WorkerHooks {
  readonly log: (line: string) => void;
  readonly onStatus: (status: FeedStatus) => void;
  readonly onExit: (reason: string) => void;
  readonly askPlant: AskPlant;
}

/** Keeps one ingest worker alive and pipes clients into it. */
class WorkerSupervisor {
  status: FeedStatus | null = null;
  readonly #config: SessionConfig;
  readonly #ring: WorkerInput["ring"];
  readonly #hooks: WorkerHooks;
  readonly #clients = new Set<Transport>();
  #worker: Worker | null = null;
  #plantUrl: string | null = null;
  /** What was edited of an announced campus: a worker that crashes takes nothing of it along. */
  #edits: WorkerInput["edits"] = null;
  #failedStarts = 0;
  #crashes = 0;
  #restart: ReturnType<typeof setTimeout> | undefined;
  #isClosing = false;
  #everReady = false;

  constructor(config: SessionConfig, ring: WorkerInput["ring"], hooks: WorkerHooks) {
    this.#config = config;
    this.#ring = ring;
    this.#hooks = hooks;
    this.#start();
  }

  plantAt(url: string): void {
    this.#plantUrl = url;
    this.#tell({ t: "plant", url });
  }

  connect(transport: Transport): void {
    this.#clients.add(transport);
    transport.onClose(() => this.#clients.delete(transport));
    if (this.#worker) this.#pipe(transport, this.#worker);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#restart);
    const worker = this.#worker;
    for (const transport of this.#clients) transport.close();
    if (!worker) return;
    const exited = new Promise((resolve) => worker.once("exit", resolve));
    const timer = setTimeout(() => void worker.terminate(), closeTimeoutMs);
    this.#tell({ t: "close" });
    await exited;
    clearTimeout(timer);
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #start(): void {
    const input: WorkerInput = { config: this.#config, ring: this.#ring, edits: this.#edits };
    const worker = new Worker(new URL("./ingest/worker.ts", import.meta.url), { workerData: input });
    this.#worker = worker;
    let readyMs: number | null = null;
    let cause: Error | null = null;
    const watchdog = new Watchdog((silentMs) => {
      cause = new Error(`ingest worker said nothing for ${Math.round(silentMs / 1000)} s: ended`);
      void worker.terminate();
    });
    worker.on("message", (message: FromWorker) => {
      watchdog.heard();
      if (message.t === "status") {
        this.status = message.status;
        this.#hooks.onStatus(message.status);
      } else if (message.t === "log") this.#hooks.log(message.line);
      else if (message.t === "edits") this.#edits = message.edits;
      else if (message.t === "ask") void this.#ask(worker, message.message);
      else if (message.t === "ready") {
        readyMs = performance.now();
        this.#everReady = true;
        this.#failedStarts = 0;
      }
    });
    worker.on("error", (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    worker.on("exit", (code) => {
      watchdog.stop();
      if (this.#worker !== worker) return;
      this.#worker = null;
      // What a dead worker said last must not pass for the present: a monitor would read "ok" for ever.
      this.status = null;
      if (!this.#isClosing)
        this.#crashed(cause ?? new Error(`ingest worker ended with code ${code}`), readyMs);
    });
    if (this.#plantUrl !== null) this.#tell({ t: "plant", url: this.#plantUrl });
    for (const transport of this.#clients) this.#pipe(transport, worker);
  }

  /** A worker's death takes its clients' streams with it: they are closed, so that they come back and open them again. */
  #crashed(error: Error, readyMs: number | null): void {
    const wasReady = readyMs !== null;
    if (wasReady && performance.now() - readyMs > healthyMs) this.#crashes = 0;
    this.#hooks.log(`ingest worker: ${error.stack ?? error.message}`);
    if (wasReady) for (const transport of [...this.#clients]) transport.close();
    if (!wasReady) this.#failedStarts++;
    // What keeps it from ever starting (a twin directory that cannot be read) does not heal by waiting.
    if (!this.#everReady || this.#failedStarts >= failedStartLimit) {
      this.#hooks.onExit(error.message);
      return;
    }
    this.#restart = setTimeout(() => this.#start(), backoffMs(this.#crashes++));
  }

  async #ask(worker: Worker, { id, ask }: NumberedAsk): Promise<void> {
    const answer = await this.#hooks.askPlant(ask);
    worker.postMessage({ t: "answered", message: { id, answer } } satisfies ToWorker);
  }

  #pipe(transport: Transport, worker: Worker): void {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ t: "connect", port: port1 } satisfies ToWorker, [port1]);
    port2.on("message", (message: string | ArrayBuffer) => transport.send(message));
    port2.on("close", () => transport.close());
    transport.onMessage((message) => {
      // Clients send text only; the bridge server judges everything else.
      port2.postMessage(typeof message === "string" ? message : new ArrayBuffer(0));
    });
    transport.onClose(() => port2.close());
  }
}

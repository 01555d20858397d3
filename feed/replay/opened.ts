import { randomBytes } from "node:crypto";
import type { Transport } from "#feed/contract/bridge.ts";
import type { SessionConfig } from "#feed/contract/config.ts";
import { ownFolder } from "#feed/own-folder.ts";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import { type ReaderThread, refuseAll, startReader } from "./reader-thread.ts";

/** A recording that somebody wants to see beside what the product was started with. */
export interface OpenAsk {
  /** Files, or folders of them. */
  readonly paths: readonly string[];
  /** The files are copies that go with the session. */
  readonly isCopy: boolean;
  /** Whoever asked has gone: what is being opened then is closed again. */
  readonly signal: AbortSignal;
  /** Called once, when it was open and is no more. */
  readonly onClosed: () => void;
}

interface Opened {
  readonly reader: ReaderThread;
  readonly onClosed: () => void;
  clients: number;
  /** When a client last came or went. A clock that never steps, ms. */
  usedMs: number;
}

/** Each has a thread and its tables. */
const mostOpened = 4;

const gone: Problem = {
  code: "log-gone",
  message: "this recording is no longer open",
  tip: "Open its file again.",
};

const onAWall: Problem = {
  code: "log-wall",
  message: "nobody opens recordings on a display wall",
  tip: "Open it at a workstation, or start with --log.",
};

const calledOff: Problem = {
  code: "log-upload",
  message: "nobody waits for this recording any more",
  tip: "Open it again.",
};

const crashed: Problem = {
  code: "log-unreadable",
  message: "reading this recording failed",
  tip: "The log on stderr says why; try another file.",
};

/** Recordings that were opened while the product runs, each by itself, at most four at a time. */
export class OpenedRecordings {
  readonly #config: SessionConfig;
  readonly #log: (line: string) => void;
  readonly #opened = new Map<string, Opened>();
  /** Readers that have not said yet whether they can. */
  readonly #opening = new Set<ReaderThread>();

  constructor(config: SessionConfig, log: (line: string) => void) {
    this.#config = config;
    this.#log = log;
  }

  /** Resolves with the recording's name for `connect` once it can be shown; where four are open, the one unused longest is closed. */
  async open({ paths, isCopy, signal, onClosed }: OpenAsk): Promise<Result<string>> {
    if (this.#config.mode === "wall") return err(onAWall);
    const verdict = Promise.withResolvers<Result<null>>();
    const beside = this.#config.log ? "log" : "live";
    const reader = startReader(
      {
        paths,
        origin: "file",
        ownFolder: ownFolder(),
        session: { ...this.#config, brokers: [], timeMs: null },
        opened: { beside, isCopy },
      },
      {
        log: this.#log,
        onStatus: () => {},
        onReady: () => verdict.resolve(ok(null)),
        onRefused: (problem) => verdict.resolve(err(problem)),
        onCrash: () => verdict.resolve(err(crashed)),
      },
    );
    this.#opening.add(reader);
    signal.addEventListener("abort", () => verdict.resolve(err(calledOff)), { once: true });
    if (signal.aborted) verdict.resolve(err(calledOff));
    const judged = await verdict.promise;
    this.#opening.delete(reader);
    if (!judged.ok) {
      await reader.close();
      return judged;
    }
    // Its place is free at once, before its thread has ended: two that open at a time are two.
    const closing = this.#opened.size >= mostOpened ? this.#closeUnused() : null;
    const id = randomBytes(12).toString("base64url");
    this.#opened.set(id, { reader, onClosed, clients: 0, usedMs: performance.now() });
    await closing;
    return ok(id);
  }

  /** Serves a client; one that asks for what is not open any more is told so. */
  connect(transport: Transport, id: string): void {
    const opened = this.#opened.get(id);
    if (!opened) {
      refuseAll(transport, gone);
      return;
    }
    const count = (change: number): void => {
      opened.clients += change;
      opened.usedMs = performance.now();
    };
    count(1);
    transport.onClose(() => count(-1));
    opened.reader.connect(transport);
  }

  async close(): Promise<void> {
    await Promise.all([
      ...[...this.#opening].map((reader) => reader.close()),
      ...[...this.#opened.keys()].map((id) => this.#close(id)),
    ]);
  }

  /** One that is being looked at goes only where all are. */
  async #closeUnused(): Promise<void> {
    const [first] = [...this.#opened].sort(
      ([, a], [, b]) => Number(a.clients > 0) - Number(b.clients > 0) || a.usedMs - b.usedMs,
    );
    if (first) await this.#close(first[0]);
  }

  async #close(id: string): Promise<void> {
    const opened = this.#opened.get(id);
    if (!opened) return;
    this.#opened.delete(id);
    await opened.reader.close();
    opened.onClosed();
  }
}

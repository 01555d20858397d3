import { basename, dirname } from "node:path";
import type { SessionDescription, Transport } from "#feed/contract/bridge.ts";
import type { SessionConfig } from "#feed/contract/config.ts";
import type { LogOverview } from "#feed/contract/replay.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { ok, type Result } from "#twins/model/result.ts";
import { createLogDesk, type LogDesk } from "./log-handlers.ts";
import { type LogSource, openLogSource } from "./log-source.ts";
import { logStatus } from "./log-status.ts";
import { ReplayClient, type WholeSession } from "./replay-client.ts";

export interface ReaderOptions {
  readonly paths: readonly string[];
  readonly origin: LogOverview["origin"];
  /** Folder of ours, for what belongs to recordings that cannot be written to. */
  readonly ownFolder: string;
  /** The session shows this recording and nothing else; null beside a live one. */
  readonly session: SessionConfig | null;
  /** Set where a page opened the recording, beside what the product was started with. */
  readonly opened?: OpenedReading;
  readonly log: (line: string) => void;
}

export interface OpenedReading {
  /** What the product was started with: where a page goes back to. */
  readonly beside: NonNullable<SessionDescription["openedBeside"]>;
  /** The files are copies that go with the session. */
  readonly isCopy: boolean;
}

/** A recording is opened this long after its beginning: by then each point has come once, if not slower than every ten seconds. */
const openedAfterMs = 15_000;

/** A file that was ended a minute ago has its curves soon enough. */
const keepUpS = 60;

/** Serves a recording to any number of clients, each with a cursor of its own, in the thread that calls it. */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #source: LogSource;
  readonly #desk: LogDesk;
  readonly #clients = new Set<ReplayClient>();
  readonly #sinceMs = Date.now();
  /** Made ahead, so that the first picture does not wait for it. */
  #spare: ReplayClient | null = null;
  #lastStatus: FeedStatus | null = null;
  #seconds = 0;

  private constructor(options: ReaderOptions, source: LogSource) {
    this.#options = options;
    this.#source = source;
    const { ownFolder, opened, log } = options;
    const onTrouble = (error: unknown): void => log(`curves: ${String(error)}`);
    const goesAway = source.origin === "ring" || opened?.isCopy === true;
    this.#desk = createLogDesk({ source, ownFolder, goesAway, onTrouble });
    if (options.session) this.#spare = this.#createClient();
  }

  static open(options: ReaderOptions): Result<Reader> {
    const { paths, origin } = options;
    const source = openLogSource({ paths, origin });
    return source.ok ? ok(new Reader(options, source.value)) : source;
  }

  /** Takes over a client's transport until it closes. */
  connect(transport: Transport): void {
    const client = this.#spare ?? this.#createClient();
    this.#spare = null;
    this.#clients.add(client);
    transport.onClose(() => this.#clients.delete(client));
    client.connect(transport);
  }

  /** Called at display rate. */
  tick(): void {
    const nowMs = performance.now();
    for (const client of this.#clients) client.tick(nowMs);
  }

  /** Called in between: reads on for what the timeline shows. @returns false when there is nothing to do for now */
  idle(): boolean {
    return this.#desk.step();
  }

  /** Called once a second: takes what was written since, and tells how things stand. */
  everySecond(): void {
    if (this.#seconds++ % keepUpS === 0) this.#desk.keepUp();
    if (this.#source.origin !== "file" && this.#source.refresh())
      for (const client of this.#clients) client.grew();
    for (const client of this.#clients) client.publishStatus();
  }

  /** Of the client that came last, or of the one that is made ahead; null beside a live session. */
  status(): FeedStatus | null {
    const client = [...this.#clients].at(-1) ?? this.#spare;
    if (this.#options.session && client) this.#lastStatus = this.#statusOf(client);
    return this.#lastStatus;
  }

  close(): void {
    for (const client of this.#clients) client.close();
    this.#desk.close();
    this.#source.close();
  }

  #createClient(): ReplayClient {
    const { session, log } = this.#options;
    const client = new ReplayClient({
      source: this.#source,
      answers: this.#desk.answers,
      session: session && this.#wholeSession(session),
      log,
    });
    if (session) client.replay.control({ seekMs: this.#openingMs(session) }, performance.now());
    return client;
  }

  #openingMs({ timeMs }: SessionConfig): number {
    return timeMs ?? this.#source.log.startMs + openedAfterMs;
  }

  #wholeSession(session: SessionConfig): WholeSession {
    const { files, racks } = this.#source.campus;
    const describe = (): SessionDescription => ({
      version: session.version,
      mode: session.mode,
      language: session.language,
      twin: { files, options: racks === null ? {} : { racks } },
      fixedTimeMs: null,
      seed: session.seed,
      source: { kind: "log", address: this.#name },
      demo: false,
      announced: false,
      canSave: false,
      ...(this.#options.opened && { openedBeside: this.#options.opened.beside }),
    });
    return { describe, status: (tables) => this.#statusFor(tables) };
  }

  #statusOf({ tables }: ReplayClient): FeedStatus {
    return this.#statusFor(tables);
  }

  #statusFor(tables: ReplayClient["tables"]): FeedStatus {
    return logStatus({
      tables,
      version: this.#options.session?.version ?? "",
      name: this.#name,
      sinceMs: this.#sinceMs,
      nowMs: Date.now(),
      clients: this.#clients.size,
    });
  }

  /** The file, or the folder of several. */
  get #name(): string {
    const { files } = this.#source.log;
    const { path } = files[0]!;
    return files.length === 1 ? basename(path) : basename(dirname(path));
  }
}

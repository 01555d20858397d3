import { BridgeServer, type Handlers, type LogHandlers } from "#feed/bridge/server.ts";
import type { SessionDescription, Transport } from "#feed/contract/bridge.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { type ClassTables, createTables } from "#feed/tables/class-table.ts";
import { exportAnswers } from "./export-desk.ts";
import { logSessionAnswers, pointAnswers } from "./live-answers.ts";
import type { LogAnswers } from "./log-handlers.ts";
import type { LogSource } from "./log-source.ts";
import { Replay } from "./replay.ts";

/** The reader's thread does nothing else: a seek's frames go out at once, as far as the client has credit for them. */
const framesPerTick = 64;
/** How often a client hears where its playing cursor is; frames tell it in between. */
const tellMs = 250;

/** What a session has to say that shows a recording and nothing else. */
export interface WholeSession {
  readonly describe: () => SessionDescription;
  readonly status: (tables: ClassTables) => FeedStatus;
}

export interface ReplayClientOptions {
  readonly source: LogSource;
  /** Answers that need no cursor. */
  readonly answers: LogAnswers;
  /** null where the present is served by somebody else. */
  readonly session: WholeSession | null;
  readonly log: (line: string) => void;
}

/** One client's replay with its tables, and the bridge that serves them. */
export class ReplayClient {
  readonly #options: ReplayClientOptions;
  readonly #bridge: BridgeServer;
  /** Made with the first question that needs it: a client that only looks at the timeline costs no tables. */
  #made: { readonly replay: Replay; readonly tables: ClassTables } | null = null;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(options: ReplayClientOptions) {
    this.#options = options;
    const { source, answers, session, log } = options;
    const tables = (): ClassTables => this.tables;
    const handlers: Partial<Handlers & LogHandlers> = {
      ...(session && logSessionAnswers(session.describe, () => session.status(this.tables))),
      ...pointAnswers({ tables, series: answers["log.series"] }),
      ...answers,
      ...exportAnswers(source),
      "log.control": (command) => {
        this.replay.control(command, performance.now());
        this.#tell();
        return this.replay.state;
      },
    };
    this.#bridge = new BridgeServer({
      get tables() {
        return tables();
      },
      handlers,
      // Times in frames are whole offsets from the frame's.
      nowMs: () => Math.floor(this.replay.cursorMs),
      dropCount: () => 0,
      framesPerTick,
      log,
    });
  }

  get replay(): Replay {
    return this.#make().replay;
  }

  get tables(): ClassTables {
    return this.#make().tables;
  }

  connect(transport: Transport): void {
    this.#bridge.connect(transport);
    this.publishStatus();
    if (this.#made) this.#tell();
  }

  /** Lets time pass, and sends what is due. @param nowMs monotonic */
  tick(nowMs: number): void {
    if (!this.#made) return;
    const { replay } = this.#made;
    const wasPlaying = replay.state.isPlaying;
    replay.step(nowMs);
    const { isPlaying } = replay.state;
    if (wasPlaying && (!isPlaying || nowMs - this.#toldMs >= tellMs)) this.#tell(nowMs);
    this.#bridge.tick();
  }

  publishStatus(): void {
    const { session } = this.#options;
    if (session) this.#bridge.publish("status", session.status(this.tables));
  }

  /** The recording has grown. */
  grew(): void {
    if (this.#made) this.#tell();
  }

  close(): void {
    this.#bridge.close();
  }

  #make(): { readonly replay: Replay; readonly tables: ClassTables } {
    if (this.#made) return this.#made;
    const { log, campus, origin } = this.#options.source;
    const tables = createTables(campus.twin);
    this.#made = { replay: new Replay({ log, tables, isGrowing: origin !== "file" }), tables };
    return this.#made;
  }

  #tell(nowMs = performance.now()): void {
    this.#toldMs = nowMs;
    this.#bridge.publish("replay", this.replay.state);
  }
}

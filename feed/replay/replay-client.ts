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
  readonly replay: Replay;
  readonly tables: ClassTables;
  readonly #bridge: BridgeServer;
  readonly #session: WholeSession | null;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor({ source, answers, session, log }: ReplayClientOptions) {
    this.#session = session;
    this.tables = createTables(source.campus.twin);
    this.replay = new Replay({
      log: source.log,
      tables: this.tables,
      isGrowing: source.origin !== "file",
    });
    const handlers: Partial<Handlers & LogHandlers> = {
      ...(session && logSessionAnswers(session.describe, () => session.status(this.tables))),
      ...pointAnswers({ tables: this.tables, series: answers["log.series"] }),
      ...answers,
      ...exportAnswers(source),
      "log.control": (command) => {
        this.replay.control(command, performance.now());
        this.#tell();
        return this.replay.state;
      },
    };
    this.#bridge = new BridgeServer({
      tables: this.tables,
      handlers,
      // Times in frames are whole offsets from the frame's.
      nowMs: () => Math.floor(this.replay.cursorMs),
      dropCount: () => 0,
      framesPerTick,
      log,
    });
  }

  connect(transport: Transport): void {
    this.#bridge.connect(transport);
    this.publishStatus();
    this.#tell();
  }

  /** Lets time pass, and sends what is due. @param nowMs monotonic */
  tick(nowMs: number): void {
    const wasPlaying = this.replay.state.isPlaying;
    this.replay.step(nowMs);
    const { isPlaying } = this.replay.state;
    if (wasPlaying && (!isPlaying || nowMs - this.#toldMs >= tellMs)) this.#tell(nowMs);
    this.#bridge.tick();
  }

  publishStatus(): void {
    if (this.#session) this.#bridge.publish("status", this.#session.status(this.tables));
  }

  /** The recording has grown. */
  grew(): void {
    this.#tell();
  }

  close(): void {
    this.#bridge.close();
  }

  #tell(nowMs = performance.now()): void {
    this.#toldMs = nowMs;
    this.#bridge.publish("replay", this.replay.state);
  }
}

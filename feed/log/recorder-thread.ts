import { Worker } from "node:worker_threads";
import type { FeedStatus, RecordingStatus } from "#feed/contract/status.ts";
import type { ClassTables } from "#feed/tables/class-table.ts";
import { layoutOf } from "./layout.ts";
import { newsOf } from "./news.ts";
import type { RecordedCampus } from "./recorder.ts";
import type { FromRecorder, RecorderInput, ToRecorder } from "./recorder-messages.ts";

/** A recording that goes on in a thread of its own, as the ingest thread sees it. */
export interface RecorderThread {
  /** As of the last second. */
  readonly status: RecordingStatus;
  /** Records these tables from now on. @param twin as `SessionOptions.twin` */
  campus(tables: ClassTables, twin: string): void;
  /** Takes what a status has to tell that the one before did not. */
  note(status: FeedStatus): void;
  /** Ends file and thread. */
  close(): Promise<void>;
}

export interface ThreadHooks {
  readonly log: (line: string) => void;
  /** Every message of the thread. */
  readonly onMessage?: (message: FromRecorder) => void;
}

const closeTimeoutMs = 2000;
/** A thread that died is started again after this long. */
const restartMs = 5000;

const idle: RecordingStatus = { file: null, bytes: 0, sinceMs: 0, lostSeconds: 0, stopped: null };

/** Tables with points, as another thread can see them. */
export const recordedCampus = ({ all }: ClassTables, twin: string): RecordedCampus => {
  const tables = all.filter(({ status }) => status.length > 0);
  return {
    twin,
    layouts: tables.map(layoutOf),
    tables: tables.map(({ rows, columns, value, status, sampleTimeMs, receivedTimeMs, version }) => {
      return { rows, columns, value, status, sampleTimeMs, receivedTimeMs, version };
    }),
  };
};

export const startRecorder = (input: RecorderInput, { log, onMessage }: ThreadHooks): RecorderThread => {
  let status = idle;
  let before: FeedStatus | null = null;
  let campus: RecordedCampus | null = null;
  let isClosing = false;
  let restart: ReturnType<typeof setTimeout> | undefined;
  let worker: Worker;

  const tell = (message: ToRecorder): void => worker.postMessage(message);
  const start = (): void => {
    worker = new Worker(new URL("./recorder-worker.ts", import.meta.url), { workerData: input });
    worker.on("message", (message: FromRecorder) => {
      if (message.t === "status") status = message.status;
      else if (message.t === "log") log(message.line);
      onMessage?.(message);
    });
    worker.on("error", (error) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log(`recorder: ${detail}`);
      status = { ...status, stopped: { code: "crashed", detail, sinceMs: Date.now() } };
    });
    worker.on("exit", () => {
      if (!isClosing) restart = setTimeout(start, restartMs);
    });
    if (campus) tell({ t: "campus", campus });
  };
  start();
  return {
    get status() {
      return status;
    },
    campus: (tables, twin) => {
      campus = recordedCampus(tables, twin);
      tell({ t: "campus", campus });
    },
    note: (now) => {
      const news = newsOf(before, now);
      before = now;
      if (news.events.length > 0 || news.quality) tell({ t: "news", news });
    },
    close: async () => {
      isClosing = true;
      clearTimeout(restart);
      const exited = new Promise((resolve) => worker.once("exit", resolve));
      const timer = setTimeout(() => void worker.terminate(), closeTimeoutMs);
      tell({ t: "close" });
      await exited;
      clearTimeout(timer);
    },
  };
};

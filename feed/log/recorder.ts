import { statfsSync } from "node:fs";
import type { RecordConfig } from "#feed/contract/config.ts";
import type { RecordingStatus, RecordingStopCode } from "#feed/contract/status.ts";
import { makeFolder } from "#feed/make-folder.ts";
import type { FileSink } from "./file-writer.ts";
import type { ClassLayout } from "./layout.ts";
import type { LoggedEvent } from "./ranges.ts";
import { SessionWriter } from "./session-writer.ts";
import { type SharedTable, TableSource } from "./snapshot.ts";

/** A campus to record: its class tables in shared memory, those without points left out. */
export interface RecordedCampus {
  readonly layouts: readonly ClassLayout[];
  readonly tables: readonly SharedTable[];
  /** As `SessionOptions.twin`. */
  readonly twin: string;
}

/** What happened since the last news, and where things stand. */
export interface News {
  readonly events: readonly Omit<LoggedEvent, "timeMs">[];
  readonly quality: Readonly<Record<string, unknown>> | null;
}

export interface RecorderOptions {
  readonly config: RecordConfig;
  /** Version of the product. */
  readonly product: string;
  readonly log: (line: string) => void;
  /** Tests let it fail. */
  readonly openSink?: (path: string) => FileSink;
}

/** After an error it is tried again after this long. */
const retryMs = 30_000;
/** A full disk has to have this much room first. */
const roomBytes = 256 * 1024 * 1024;
/** Events that wait for a file; later ones are dropped, and counted. */
const eventLimit = 10_000;

/**
 * Records a campus, a second at a time. What goes wrong with the disk stops the recording, which says so, and is tried
 * again; it never throws.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  #writer: SessionWriter | null = null;
  #sources: readonly TableSource[] = [];
  #events: Omit<LoggedEvent, "timeMs">[] = [];
  #eventsLost = 0;
  #quality: News["quality"] = null;
  #sinceMs = 0;
  #tickMs = 0;
  #bytes = 0;
  #lostSeconds = 0;
  #stopped: RecordingStatus["stopped"] = null;
  #retryMs = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  get status(): RecordingStatus {
    return {
      file: this.#writer?.fileName ?? null,
      bytes: this.#bytes + (this.#writer?.bytes ?? 0),
      sinceMs: this.#sinceMs,
      lostSeconds: this.#lostSeconds,
      stopped: this.#stopped,
    };
  }

  /** Blocks of tables that could not be copied in their second, since the start. */
  get postponed(): number {
    return this.#sources.reduce((sum, { postponed }) => sum + postponed, 0);
  }

  /** Records this campus from now on, in a file of its own. */
  campus({ layouts, tables, twin }: RecordedCampus): void {
    this.#end();
    if (layouts.length === 0) return;
    const { config, product, openSink } = this.#options;
    const { directory, roll, keep } = config;
    this.#sources = tables.map((table) => new TableSource(table));
    this.#writer = new SessionWriter({
      directory,
      product,
      layouts,
      twin,
      roll,
      keep,
      ...(openSink && { openSink }),
    });
    this.#happened({ code: "recording-begins" });
  }

  /** Takes what the next second has to tell. */
  note({ events, quality }: News): void {
    for (const event of events) this.#happened(event);
    this.#quality = quality ?? this.#quality;
  }

  /** Records the second that ended. @param nowMs ms UTC */
  tick(nowMs: number): void {
    const passed = this.#tickMs === 0 ? 1 : Math.round((nowMs - this.#tickMs) / 1000);
    this.#tickMs = nowMs;
    if (!this.#writer) return;
    if (this.#sinceMs === 0) this.#sinceMs = nowMs;
    if (this.#stopped && (nowMs < this.#retryMs || !this.#hasRoom(nowMs))) {
      this.#lostSeconds += Math.max(0, passed);
      return;
    }
    this.#lostSeconds += Math.max(0, passed - 1);
    this.#write(this.#writer, nowMs);
  }

  /** Ends the file. */
  close(): void {
    this.#end();
  }

  #write(writer: SessionWriter, nowMs: number): void {
    try {
      if (writer.fileName === null) makeFolder(this.#options.config.directory);
      if (this.#stopped) this.#happened({ code: "recording-resumes", lostSeconds: this.#lostSeconds });
      if (this.#eventsLost > 0) this.#happened({ code: "events-lost", count: this.#eventsLost });
      const events = this.#events;
      writer.write({ timeMs: Math.floor(nowMs), sources: this.#sources, events, quality: this.#quality });
      if (this.#stopped) this.#options.log(`recording again, in ${writer.fileName}`);
      this.#stopped = null;
      this.#quality = null;
      this.#events = [];
      this.#eventsLost = 0;
    } catch (error) {
      this.#stop(error, nowMs);
    }
  }

  #stop(error: unknown, nowMs: number): void {
    if (!(error instanceof Error && "code" in error)) throw error;
    const code = stopCode(String(error.code));
    this.#options.log(`recording stopped (${code}): ${error.message}`);
    const sinceMs = this.#stopped?.sinceMs ?? nowMs;
    this.#stopped = { code, detail: error.message, sinceMs };
    this.#retryMs = nowMs + retryMs;
    this.#lostSeconds++;
  }

  /** Trying to write on a full disk would only take the room that somebody makes. */
  #hasRoom(nowMs: number): boolean {
    if (this.#stopped?.code !== "disk-full") return true;
    this.#retryMs = nowMs + retryMs;
    try {
      const { bavail, bsize } = statfsSync(this.#options.config.directory);
      return bavail * bsize >= roomBytes;
    } catch {
      return true; // writing will tell what is wrong
    }
  }

  #end(): void {
    const writer = this.#writer;
    if (!writer) return;
    this.#writer = null;
    this.#bytes += writer.bytes;
    try {
      writer.close();
    } catch (error) {
      // The file is whole up to here: a reader finds its way without an index.
      this.#options.log(`recording: the file's end could not be written: ${String(error)}`);
    }
  }

  #happened(event: Omit<LoggedEvent, "timeMs">): void {
    if (this.#events.length < eventLimit) this.#events.push(event);
    else this.#eventsLost++;
  }
}

const stopCode = (code: string): RecordingStopCode => {
  if (code === "ENOSPC" || code === "EDQUOT") return "disk-full";
  return ["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR"].includes(code) ? "directory" : "write-failed";
};

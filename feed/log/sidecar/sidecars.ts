import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Log } from "#feed/log/log.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { buildSidecar } from "./build.ts";
import { type FileKey, keyOf, sidecarSuffix } from "./head.ts";
import { openSidecar, type Sidecar } from "./sidecar.ts";

export interface SidecarOptions {
  /** Where sidecars go whose recording is in a folder that cannot be written; null: they are not built then. */
  readonly cacheDirectory: string | null;
  readonly mostBytes?: number;
}

/** How far building is. */
export interface SidecarProgress {
  /** Of all files that had none when it began, 0…1. */
  readonly progress: number;
  /** File that is at work. */
  readonly path: string;
}

interface Known {
  readonly key: FileKey;
  readonly sidecar: Sidecar | null;
}

/** Share of the thread's time that building takes: who asks in the meantime waits for one step of some milliseconds. */
const busyShare = 0.5;
const longestStepMs = 8;

/** The sidecars of a log's files. What is missing, torn or of another file is as good as not there, and built anew. */
export class Sidecars {
  readonly #options: SidecarOptions;
  readonly #known = new Map<string, Known>();
  /** Files for which it failed: not tried again. */
  readonly #failed = new Set<string>();

  constructor(options: SidecarOptions) {
    this.#options = options;
  }

  /** Null where there is none; a file that is still written has none. */
  of(file: LogFile): Sidecar | null {
    if (isGrowing(file)) return null;
    const key = keyOf(file);
    const known = this.#known.get(file.path);
    if (known && JSON.stringify(known.key) === JSON.stringify(key)) return known.sidecar;
    let sidecar: Sidecar | null = null;
    for (const path of this.#places(file)) sidecar ??= openSidecar(path, file);
    this.#known.set(file.path, { key, sidecar });
    return sidecar;
  }

  /** It could not be read: it is built anew, once. */
  drop(file: LogFile): void {
    this.#known.set(file.path, { key: keyOf(file), sidecar: null });
  }

  /**
   * Builds what is missing, latest file first, with breaks in between that leave the thread to others. Ends when nothing
   * is missing or `signal` is aborted, which leaves nothing unfinished behind. May be called again when the log has grown.
   */
  async *build(log: Pick<Log, "files">, signal: AbortSignal): AsyncGenerator<SidecarProgress, void, void> {
    const missing = log.files
      .filter((file) => !isGrowing(file) && !this.#failed.has(file.path) && this.of(file) === null)
      .reverse();
    const bytes = missing.map((file) => file.bytes.size);
    const total = bytes.reduce((sum, each) => sum + each, 0);
    let done = 0;
    for (const [i, file] of missing.entries()) {
      for await (const share of this.#buildOne(file, signal)) {
        if (signal.aborted) return;
        yield { progress: (done + share * bytes[i]!) / total, path: file.path };
      }
      if (signal.aborted) return;
      done += bytes[i]!;
    }
  }

  /** Deletes those of these files, wherever they are. What cannot be deleted stays. */
  remove(log: Pick<Log, "files">): void {
    for (const file of log.files) {
      this.#known.delete(file.path);
      for (const path of this.#places(file)) rmSync(path, { force: true });
    }
  }

  async *#buildOne(file: LogFile, signal: AbortSignal): AsyncGenerator<number, void, void> {
    for (const path of this.#places(file)) {
      try {
        if (path !== beside(file)) mkdirSync(this.#options.cacheDirectory!, { recursive: true });
        yield* paced(buildSidecar(file, path, this.#options), signal);
        this.#known.delete(file.path);
        return;
      } catch (error) {
        if (!(error instanceof Error && "code" in error)) throw error;
      }
    }
    this.#failed.add(file.path);
  }

  #places(file: LogFile): readonly string[] {
    const { cacheDirectory } = this.#options;
    if (cacheDirectory === null) return [beside(file)];
    const hash = createHash("sha256").update(file.path).digest("hex").slice(0, 12);
    return [beside(file), join(cacheDirectory, `${hash}-${basename(file.path)}${sidecarSuffix}`)];
  }
}

/** A recorder writes something every ten seconds; a file without an end that is older was torn, and stays as it is. */
const growingMs = 60_000;

const isGrowing = (file: LogFile): boolean =>
  file.isOpen && Date.now() - file.index.timeMs[file.index.count - 1]! < growingMs;

const beside = (file: LogFile): string => file.path + sidecarSuffix;

/** Runs steps one after another for some milliseconds, then leaves the thread for as long. */
async function* paced(
  steps: Generator<number, void, void>,
  signal: AbortSignal,
): AsyncGenerator<number, void, void> {
  try {
    for (let startMs = performance.now(); !signal.aborted; ) {
      const step = steps.next();
      if (step.done) return;
      const tookMs = performance.now() - startMs;
      if (tookMs < longestStepMs) continue;
      yield step.value;
      await setTimeout((tookMs * (1 - busyShare)) / busyShare);
      startMs = performance.now();
    }
  } finally {
    steps.return();
  }
}

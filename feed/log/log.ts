import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import { isLogName } from "./file-name.ts";
import { type LogFile, openLogFile } from "./log-file.ts";
import { type LoggedEvent, LogRanges, type RangeAsk, type Samples } from "./ranges.ts";
import { chunkAt } from "./seek-index.ts";
import { type LogState, StateReader } from "./state-reader.ts";

/** A stretch of time that was recorded without a pause, ms UTC. */
export interface Covered {
  readonly fromMs: number;
  readonly toMs: number;
}

/** While recording, something is written at least every 10 s: a longer silence is a pause. */
export const pauseMs = 15_000;

/** One log: the files of a directory, or those named, in the order of their times. */
export class Log {
  readonly #paths: readonly string[];
  readonly #states = new StateReader();
  readonly #ranges = new LogRanges();
  #files: readonly LogFile[] = [];
  /** Files that are none of ours, by path: they are looked at again when their size has changed. */
  readonly #refused = new Map<string, { readonly bytes: number; readonly problem: Problem | null }>();
  #pathProblems: readonly Problem[] = [];
  #isWanted: (file: LogFile) => boolean = () => true;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
    this.refresh();
  }

  get files(): readonly LogFile[] {
    return this.#files;
  }

  /** Files that could not be opened, and why. */
  get problems(): readonly Problem[] {
    return [...this.#pathProblems, ...[...this.#refused.values()].flatMap(({ problem }) => problem ?? [])];
  }

  /** Leaves out files that are not wanted, now and when it is refreshed. */
  keepOnly(isWanted: (file: LogFile) => boolean): void {
    this.#isWanted = isWanted;
    this.#files = this.#files.filter((file) => this.#keep(file));
  }

  /**
   * Takes what was written since the last look, and files that are new; leaves those that are gone.
   * @returns true when there is news
   */
  refresh(): boolean {
    const problems: Problem[] = [];
    const paths = this.#paths.flatMap((each) => filesAt(each, problems));
    this.#pathProblems = problems;
    const known = new Map(this.#files.map((file) => [file.path, file]));
    for (const path of this.#refused.keys()) if (!paths.includes(path)) this.#refused.delete(path);
    const files = paths.flatMap((path) => known.get(path) ?? this.#open(path));
    const gone = this.#files.filter((file) => !files.includes(file));
    for (const { bytes } of gone) bytes.close();
    const hasNew = files.some((file) => !known.has(file.path));
    const grown = files.filter((file) => known.has(file.path) && file.isOpen && file.grow()).length;
    this.#files = files.sort((a, b) => a.index.timeMs[0]! - b.index.timeMs[0]!);
    return hasNew || gone.length > 0 || grown > 0;
  }

  #open(path: string): LogFile | readonly [] {
    const bytes = bytesOf(path);
    if (this.#refused.get(path)?.bytes === bytes) return [];
    this.#refused.delete(path);
    const opened = openLogFile(path);
    if (!opened.ok) this.#refused.set(path, { bytes, problem: opened.error });
    else if (opened.value.index.count > 0) return this.#keep(opened.value) ? opened.value : [];
    else {
      opened.value.bytes.close();
      const problem = nothingIn(path, "log-empty", "no second of it is whole");
      this.#refused.set(path, { bytes, problem });
    }
    return [];
  }

  #keep(file: LogFile): boolean {
    if (this.#isWanted(file)) return true;
    this.#refused.set(file.path, { bytes: file.bytes.size, problem: null });
    file.bytes.close();
    return false;
  }

  /** First and last moment recorded, ms UTC. */
  get startMs(): number {
    return this.files[0]!.index.timeMs[0]!;
  }

  get endMs(): number {
    return Math.max(...this.files.map(({ index }) => index.timeMs[index.count - 1]!));
  }

  /**
   * What was known at a moment: everything received until then, and nothing after it, at the log's cadence of one value
   * a point and second. Its arrays are valid until the next call. Null before the log begins.
   */
  stateAt(timeMs: number): LogState | null {
    const file = this.fileAt(timeMs);
    return file ? this.#states.stateAt(file, timeMs) : null;
  }

  /** The file that tells of a moment; null before the log begins. */
  fileAt(timeMs: number): LogFile | null {
    return this.files.findLast(({ index }) => index.timeMs[0]! <= timeMs) ?? null;
  }

  /** The pause in the recording that a moment lies in; null where it was recorded, and before and after the log. */
  gapAt(timeMs: number): Covered | null {
    const file = this.fileAt(timeMs);
    if (!file) return null;
    const { timeMs: times, count } = file.index;
    const chunk = chunkAt(file.index, timeMs);
    const fromMs = times[chunk]!;
    const toMs =
      chunk + 1 < count ? times[chunk + 1]! : this.files[this.files.indexOf(file) + 1]?.index.timeMs[0];
    if (toMs === undefined || toMs - fromMs <= pauseMs || timeMs === fromMs) return null;
    return { fromMs, toMs };
  }

  /** Every value of one point that was logged within [fromMs, toMs], by receive time, and the one before it. */
  range(ask: RangeAsk): Samples {
    return this.#ranges.read(this.files, ask);
  }

  /** What happened within [fromMs, toMs]. */
  events(fromMs: number, toMs: number): readonly LoggedEvent[] {
    return this.#ranges.events(this.files, fromMs, toMs);
  }

  /** When there was a recording at all. */
  coverage(): readonly Covered[] {
    const covered: Covered[] = [];
    for (const { index } of this.files)
      for (let chunk = 0; chunk < index.count; chunk++) {
        const timeMs = index.timeMs[chunk]!;
        const last = covered.at(-1);
        if (last && timeMs <= last.toMs + pauseMs)
          covered[covered.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, timeMs) };
        else covered.push({ fromMs: timeMs, toMs: timeMs });
      }
    return covered;
  }

  close(): void {
    for (const { bytes } of this.files) bytes.close();
  }
}

/** Opens a log: a directory of recordings, or files. It opens when one of its files does. */
export const openLog = (paths: readonly string[]): Result<Log> => {
  const log = new Log(paths);
  if (log.files.length > 0) return ok(log);
  return err(log.problems[0] ?? nothingIn(paths.join(", "), "log-none", "no recording is there"));
};

const bytesOf = (path: string): number => {
  try {
    return statSync(path).size;
  } catch {
    return -1; // opening it will tell what is wrong
  }
};

const nothingIn = (file: string, code: string, message: string): Problem => ({
  code,
  message: `${file}: ${message}`,
  tip: "Choose a .mcap file, or a directory that --record wrote to.",
  file,
});

const whyNot = (error: unknown): string => {
  if (!(error instanceof Error && "code" in error)) throw error;
  return error.code === "ENOENT" ? "there is no such file or folder" : error.message;
};

const filesAt = (path: string, problems: Problem[]): readonly string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter(isLogName)
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    problems.push({
      code: "log-unreadable",
      message: `${path}: ${whyNot(error)}`,
      tip: "Check the path and who may read it.",
      file: path,
    });
    return [];
  }
};

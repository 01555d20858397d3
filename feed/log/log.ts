import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import { isLogName } from "./file-name.ts";
import { type LogFile, openLogFile } from "./log-file.ts";
import { type LoggedEvent, LogRanges, type RangeAsk, type Samples } from "./ranges.ts";
import { type LogState, StateReader } from "./state-reader.ts";

/** A stretch of time that was recorded without a pause, ms UTC. */
export interface Covered {
  readonly fromMs: number;
  readonly toMs: number;
}

/** While recording, something is written at least this often. */
const mostSilentMs = 10_000;

/** One log: the files of a directory, or those named, in the order of their times. */
export class Log {
  readonly files: readonly LogFile[];
  /** Files that could not be opened, and why. */
  readonly problems: readonly Problem[];
  readonly #states = new StateReader();
  readonly #ranges = new LogRanges();

  constructor(files: readonly LogFile[], problems: readonly Problem[]) {
    this.files = files;
    this.problems = problems;
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
    const file = this.files.findLast(({ index }) => index.timeMs[0]! <= timeMs);
    return file ? this.#states.stateAt(file, timeMs) : null;
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
        if (last && timeMs <= last.toMs + mostSilentMs * 1.5)
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
  const problems: Problem[] = [];
  const files: LogFile[] = [];
  for (const path of paths.flatMap((each) => filesAt(each, problems))) {
    const opened = openLogFile(path);
    if (!opened.ok) problems.push(opened.error);
    else if (opened.value.index.count > 0) files.push(opened.value);
    else {
      opened.value.bytes.close();
      problems.push(nothingIn(path, "log-empty", "no second of it is whole"));
    }
  }
  files.sort((a, b) => a.index.timeMs[0]! - b.index.timeMs[0]!);
  if (files.length > 0) return ok(new Log(files, problems));
  return err(problems[0] ?? nothingIn(paths.join(", "), "log-none", "no recording is there"));
};

const nothingIn = (file: string, code: string, message: string): Problem => ({
  code,
  message: `${file}: ${message}`,
  tip: "Choose a .mcap file, or a directory that --record wrote to.",
  file,
});

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
      message: error instanceof Error ? error.message : String(error),
      tip: "Check the path and who may read it.",
      file: path,
    });
    return [];
  }
};

import type { LogFileFacts, LogOverview } from "#feed/contract/replay.ts";
import { Log } from "#feed/log/log.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { loadTwin } from "#twins/model/load.ts";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import type { Twin, TwinFiles } from "#twins/model/twin.ts";

/** The campus that a log was recorded of. */
export interface LoggedTwin {
  readonly twin: Twin;
  readonly files: TwinFiles;
  readonly racks: number | null;
  /** As it stands in the files. */
  readonly text: string;
}

/** What can be replayed: the recordings of one campus at some paths, as they are now. */
export interface LogSource {
  readonly log: Log;
  readonly campus: LoggedTwin;
  readonly origin: LogOverview["origin"];
  overview(): Omit<LogOverview, "curves">;
  /** Takes what was written since. @returns true when there is news */
  refresh(): boolean;
  close(): void;
}

export interface LogSourceOptions {
  readonly paths: readonly string[];
  readonly origin: LogOverview["origin"];
  /** The campus that has to be the log's, as its files have it; null: that of the newest file. */
  readonly text?: string | null;
}

const otherTwin = (path: string): Problem => ({
  code: "log-other-twin",
  message: `${path}: recorded of another campus, or of this one before it was changed`,
  tip: "Open it by itself.",
  file: path,
});

const noTwin = (path: string): Problem => ({
  code: "log-no-twin",
  message: `${path}: the campus it was recorded of is damaged`,
  tip: "Open another file of the same recording beside it.",
  file: path,
});

const noLog = (paths: readonly string[]): Problem => ({
  code: "log-none",
  message: `${paths.join(", ")}: no recording is there`,
  tip: "Choose a .mcap file, or a directory that --record wrote to.",
});

/**
 * Opens recordings. Rows of different campuses mean different assets: files of another one than the newest file's are
 * left out, and told as problems.
 */
export const openLogSource = ({ paths, origin, text }: LogSourceOptions): Result<LogSource> => {
  const texts = new Map<LogFile, string | null>();
  const textOf = (file: LogFile): string | null => {
    if (!texts.has(file)) texts.set(file, file.twin());
    return texts.get(file)!;
  };
  const log = new Log(paths);
  const newest = log.files.findLast((file) => textOf(file) !== null);
  const wanted = text ?? (newest ? textOf(newest) : null);
  if (wanted === null) {
    const [first] = log.files;
    const problem = log.problems[0] ?? (first ? noTwin(first.path) : noLog(paths));
    log.close();
    return err(problem);
  }
  const { files, racks } = JSON.parse(wanted) as { files: TwinFiles; racks: number | null };
  const twin = loadTwin(files, racks === null ? {} : { racks });
  const others: Problem[] = [];
  log.keepOnly((file) => {
    const isOurs = textOf(file) === wanted;
    if (!isOurs) others.push(textOf(file) === null ? noTwin(file.path) : otherTwin(file.path));
    return isOurs;
  });
  if (log.files.length === 0) return err(noLog(paths));
  return ok({
    log,
    campus: { twin, files, racks, text: wanted },
    origin,
    overview: () => ({
      fromMs: log.startMs,
      toMs: log.endMs,
      origin,
      isGrowing: origin !== "file",
      files: log.files.map(factsOf),
      covered: log.coverage(),
      problems: [...log.problems, ...others],
    }),
    refresh: () => log.refresh(),
    close: () => log.close(),
  });
};

const factsOf = (file: LogFile): LogFileFacts => {
  const { index, path, bytes, mended } = file;
  const isTorn = mended !== null && !file.isOpen ? mended.breaks.length > 0 : (mended?.lostBytes ?? 0) > 0;
  return {
    name: path.slice(path.search(/[^/\\]*$/)),
    bytes: bytes.size,
    fromMs: index.timeMs[0]!,
    toMs: index.timeMs[index.count - 1]!,
    mended: isTorn ? `${mended!.lostBytes} bytes are lost, at ${mended!.breaks.join(", ")}` : null,
  };
};

import type { Log } from "./log.ts";
import type { LogFile } from "./log-file.ts";
import { chunkAt } from "./seek-index.ts";

/** One second of a log: all chunks of one log time. */
export interface LogSecond {
  readonly file: LogFile;
  /** Its last chunk: with it, the second is whole. */
  readonly chunk: number;
  readonly timeMs: number;
  /** Of all its chunks. */
  readonly bytes: number;
}

/** Seconds of a log within [fromMs, toMs], in order. Where files overlap, the one that began last tells. */
export function* secondsOf(
  { files }: Pick<Log, "files">,
  fromMs: number,
  toMs: number,
): Generator<LogSecond> {
  for (const [i, file] of files.entries()) {
    const { index } = file;
    const nextMs = files[i + 1]?.index.timeMs[0] ?? Number.POSITIVE_INFINITY;
    const end = Math.min(chunkAt(index, nextMs - 1), chunkAt(index, toMs));
    let bytes = 0;
    for (let chunk = chunkAt(index, fromMs - 1) + 1; chunk <= end; chunk++) {
      bytes += index.bytes[chunk]!;
      const timeMs = index.timeMs[chunk]!;
      if (chunk < end && index.timeMs[chunk + 1] === timeMs) continue;
      yield { file, chunk, timeMs, bytes };
      bytes = 0;
    }
  }
}

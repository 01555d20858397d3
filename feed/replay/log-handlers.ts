import { RefusedRequest } from "#feed/bridge/refused.ts";
import type { LogHandlers } from "#feed/bridge/server.ts";
import { MarkStore, placesOf } from "#feed/log/marks.ts";
import { SeriesReader } from "#feed/log/series/series-reader.ts";
import type { Result } from "#twins/model/result.ts";
import type { LogSource } from "./log-source.ts";

/** Answers about a recording that need no cursor; one set for all clients. */
export type LogAnswers = Pick<LogHandlers, "log.overview" | "log.series" | "log.marks" | "log.mark">;

/** @param ownFolder folder of ours, for what belongs to recordings that cannot be written to */
export const logAnswers = (source: LogSource, ownFolder: string): LogAnswers => {
  const places = placesOf(source.log, ownFolder);
  // The minutes behind a live session are deleted with it.
  const marks = new MarkStore(source.origin === "ring" ? { ...places, inLog: null } : places);
  const series = new SeriesReader(source.log);
  return {
    "log.overview": () => source.overview(),
    "log.series": (ask, signal) => series.read(ask, signal),
    "log.marks": () => marks.read(),
    "log.mark": (edit) => accepted(marks.edit(edit)),
  };
};

/** @throws RefusedRequest with the problem */
const accepted = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new RefusedRequest(result.error);
};

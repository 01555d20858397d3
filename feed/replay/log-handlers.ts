import { RefusedRequest } from "#feed/bridge/refused.ts";
import type { LogHandlers } from "#feed/bridge/server.ts";
import { Lanes } from "#feed/log/lanes.ts";
import { MarkStore, placesOf } from "#feed/log/marks.ts";
import { SeriesReader } from "#feed/log/series/series-reader.ts";
import { limits } from "#twins/alarm/limits.ts";
import type { Result } from "#twins/model/result.ts";
import type { LogSource } from "./log-source.ts";

/** Answers about a recording that need no cursor; one set for all clients. */
export type LogAnswers = Omit<
  LogHandlers,
  "log.control" | "log.export" | "log.exportPart" | "log.exportCancel"
>;

export interface LogDesk {
  readonly answers: LogAnswers;
  /** Reads on for what the timeline shows, a few milliseconds. @returns false when all has been read */
  step(): boolean;
}

/** @param ownFolder folder of ours, for what belongs to recordings that cannot be written to */
export const createLogDesk = (source: LogSource, ownFolder: string): LogDesk => {
  const places = placesOf(source.log, ownFolder);
  // The minutes behind a live session are deleted with it.
  const marks = new MarkStore(source.origin === "ring" ? { ...places, inLog: null } : places);
  const series = new SeriesReader(source.log);
  const lanes = new Lanes(source.log, source.campus.twin, limits);
  return {
    answers: {
      "log.overview": () => source.overview(),
      "log.lanes": (ask) => lanes.lanes(ask),
      "log.events": (ask) => lanes.events(ask),
      "log.series": (ask, signal) => series.read(ask, signal),
      "log.marks": () => marks.read(),
      "log.mark": (edit) => accepted(marks.edit(edit)),
    },
    step: () => lanes.step(),
  };
};

/** @throws RefusedRequest with the problem */
const accepted = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new RefusedRequest(result.error);
};

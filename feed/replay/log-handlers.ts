import { join } from "node:path";
import { RefusedRequest } from "#feed/bridge/refused.ts";
import type { LogHandlers } from "#feed/bridge/server.ts";
import { Lanes } from "#feed/log/lanes.ts";
import { MarkStore, placesOf } from "#feed/log/marks.ts";
import { SeriesReader } from "#feed/log/series/series-reader.ts";
import { Sidecars } from "#feed/log/sidecar/sidecars.ts";
import { limits } from "#twins/alarm/limits.ts";
import type { Result } from "#twins/model/result.ts";
import { CurvesDesk } from "./curves-desk.ts";
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
  /** Called once a minute, and at the beginning: does what may be due. */
  keepUp(): void;
  close(): void;
}

const noCurves = {
  code: "curves-none",
  message: "the last minutes of a live session have no curves of their own",
  tip: "Start with --record DIR to keep a recording.",
} as const;

export interface LogDeskOptions {
  readonly source: LogSource;
  /** Folder of ours, for what belongs to recordings that cannot be written to. */
  readonly ownFolder: string;
  /** The files go with the session: nothing that should stay is written beside them. */
  readonly goesAway?: boolean;
  readonly onTrouble: (error: unknown) => void;
}

export const createLogDesk = ({
  source,
  ownFolder,
  goesAway = false,
  onTrouble,
}: LogDeskOptions): LogDesk => {
  const places = placesOf(source.log, ownFolder);
  // Kept by what the recording is: who opens it again finds them.
  const marks = new MarkStore(goesAway ? { ...places, inLog: null } : places);
  // Nobody looks at the curves of minutes that are about to go.
  const sidecars =
    source.origin === "ring" ? null : new Sidecars({ cacheDirectory: join(ownFolder, "curves") });
  const curves = sidecars && new CurvesDesk(source.log, sidecars, onTrouble);
  const series = new SeriesReader(source.log, sidecars);
  const lanes = new Lanes(source.log, source.campus.twin, limits);
  return {
    answers: {
      "log.overview": () => ({ ...source.overview(), curves: curves?.state ?? null }),
      "log.curves": ({ action }) => {
        if (!curves) throw new RefusedRequest(noCurves);
        return curves.act(action);
      },
      "log.lanes": (ask) => lanes.lanes(ask),
      "log.events": (ask) => lanes.events(ask),
      "log.series": (ask, signal) => series.read(ask, signal),
      "log.marks": () => marks.read(),
      "log.mark": (edit) => accepted(marks.edit(edit)),
    },
    step: () => lanes.step(),
    keepUp: () => curves?.keepUp(),
    close: () => curves?.close(),
  };
};

/** @throws RefusedRequest with the problem */
const accepted = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new RefusedRequest(result.error);
};

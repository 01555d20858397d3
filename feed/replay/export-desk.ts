import { RefusedRequest } from "#feed/bridge/refused.ts";
import type { LogHandlers } from "#feed/bridge/server.ts";
import { createExport, type Export } from "#feed/log/export/export.ts";
import type { LogSource } from "./log-source.ts";

const noExport = {
  code: "export-none",
  message: "no export was begun, or it is done",
  tip: "Begin it again.",
} as const;

/** One client's exports: one at a time, read on as far as the client asks for parts. To begin another ends the one before. */
export const exportAnswers = ({
  log,
  campus,
}: LogSource): Pick<LogHandlers, "log.export" | "log.exportPart" | "log.exportCancel"> => {
  let current: Export | null = null;
  return {
    "log.export": (ask) => {
      const begun = createExport(log, campus.twin, ask);
      if (!begun.ok) throw new RefusedRequest(begun.error);
      current = begun.value;
      return { name: current.name };
    },
    "log.exportPart": () => {
      if (!current) throw new RefusedRequest(noExport);
      const part = current.next();
      if (part.isDone) current = null;
      return part;
    },
    "log.exportCancel": () => {
      current = null;
      return null;
    },
  };
};

import { RefusedRequest } from "#feed/bridge/refused.ts";
import type { Handlers } from "#feed/bridge/server.ts";
import type { PointDetail, PointParams, SessionDescription } from "#feed/contract/bridge.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { createEngine, type Engine } from "#feed/engine/engine.ts";
import { findCell, readCell } from "#feed/tables/cell-reading.ts";
import type { ClassTables } from "#feed/tables/class-table.ts";
import type { LogAnswers } from "./log-handlers.ts";

const noPlant = {
  code: "plant-outside",
  message: "a recording is shown: there is no plant to break",
  tip: "Start without --log.",
} as const;

const noEdit = {
  code: "edit-not-announced",
  message: "a recording is shown: its campus stands as it was recorded",
  tip: "Start without --log.",
} as const;

export interface PointAnswersOf {
  readonly tables: () => ClassTables;
  readonly series: LogAnswers["log.series"];
}

/** Answers about single points and KPI, as they stood at the cursor's moment. */
export const pointAnswers = ({
  tables,
  series,
}: PointAnswersOf): Pick<Handlers, "point.detail" | "point.history" | "kpi.explain"> => {
  let engine: Engine | null = null;
  return {
    "point.detail": (params) => detailOf(tables(), params),
    "point.history": async ({ fromMs, toMs, maxPoints, ...point }, signal) => {
      const ask = { points: [point], fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs), maxPoints };
      const [found] = await series(ask, signal);
      return found ?? { fromMs, stepMs: 1000, min: [], max: [], last: [] };
    },
    "kpi.explain": ({ name, scope }) => {
      engine ??= createEngine(tables());
      const explained = engine.explain(name, scope);
      // Registers at the window's start are in the recording, and not read: nothing is claimed of the window.
      return explained && { ...explained, coveredMs: null };
    },
  };
};

/** Answers of a session that shows a recording and nothing else. */
export const logSessionAnswers = (
  describe: () => SessionDescription,
  status: () => FeedStatus,
): Omit<Handlers, "point.detail" | "point.history" | "kpi.explain"> => {
  const refusePlant = (): never => {
    throw new RefusedRequest(noPlant);
  };
  const refuseEdit = (): never => {
    throw new RefusedRequest(noEdit);
  };
  return {
    "session.describe": describe,
    "feed.status": status,
    "faults.list": () => [],
    "faults.clear": () => null,
    "unmapped.list": () => ({ total: 0, topics: [] }),
    "quality.list": () => ({
      total: 0,
      points: [],
      silent: 0,
      beyond: 0,
      faultsPerMinute: 0,
      whole: { received: 0, expected: 0 },
      classes: [],
    }),
    "twin.edit": refuseEdit,
    "twin.save": refuseEdit,
    "plant.faults": () => [],
    "plant.inject": refusePlant,
    "plant.clear": refusePlant,
    "plant.play": refusePlant,
  };
};

const detailOf = (tables: ClassTables, params: PointParams): PointDetail | null => {
  const at = findCell(tables, params);
  if (!at) return null;
  const { periodMs } = at.table.spec.metrics[at.cell % at.table.columns]!;
  return { topic: null, publisher: null, wire: null, ...readCell(at), periodMs, faults: [] };
};

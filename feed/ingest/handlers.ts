import { RefusedRequest } from "#feed/bridge/refused.ts";
import type { Handlers } from "#feed/bridge/server.ts";
import type { PointDetail, TwinEdit } from "#feed/contract/bridge.ts";
import type { SessionConfig, WireName } from "#feed/contract/config.ts";
import type { EditProblem } from "#feed/contract/edit.ts";
import type { PlantProblem } from "#feed/contract/plant.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import type { Engine } from "#feed/engine/engine.ts";
import type { AskPlant, PlantAsk } from "#feed/plant/asks.ts";
import { shownAddress } from "#feed/sources/address.ts";
import { findCell, readCell } from "#feed/tables/cell-reading.ts";
import type { CellRef } from "#feed/tables/class-table.ts";
import type { HistoryRing } from "#feed/tables/history.ts";
import type { Publisher } from "#feed/tables/publishers.ts";
import { shownId } from "#feed/tables/publishers.ts";
import { periodOf } from "#feed/tables/take.ts";
import { sparkplugPrefix } from "#feed/wire/sparkplug-topic.ts";
import { err } from "#twins/model/result.ts";
import type { TwinFiles } from "#twins/model/twin.ts";
import type { FaultInForce } from "#twins/physics/faults/order.ts";
import type { IntakeContext } from "./context.ts";
import { topicOf } from "./point-faults.ts";
import { listQuality } from "./quality.ts";

export interface HandlerInputs {
  readonly config: SessionConfig;
  readonly files: TwinFiles;
  readonly context: IntakeContext;
  readonly history: HistoryRing;
  readonly engine: Engine;
  readonly status: () => FeedStatus;
  /** null where a twin directory says what there is. */
  readonly editor: TwinEditor | null;
  /** null where the plant is not our own. */
  readonly askPlant: AskPlant | null;
}

/** Changes an announced campus, and saves it. Both throw a RefusedRequest that says why not. */
export interface TwinEditor {
  edit(edits: readonly TwinEdit[]): void;
  save(): Promise<{ directory: string; files: number }>;
}

const notAnnounced: EditProblem = {
  code: "edit-not-announced",
  message: "only an announced campus can be edited (docs/ANNOUNCED.md)",
  tip: "Edit the files of the twin directory.",
};

const plantOutside: PlantProblem = {
  code: "plant-outside",
  message:
    "faults and scenarios are for the product's own simulated plant only, and this session reads a broker",
  tip: "Start without --mqtt.",
};

/** @throws RefusedRequest with the plant's reason */
const plantAnswer = async (askPlant: AskPlant | null, ask: PlantAsk): Promise<readonly FaultInForce[]> => {
  const answer = askPlant ? await askPlant(ask) : err(plantOutside);
  if (!answer.ok) throw new RefusedRequest(answer.error);
  return answer.value;
};

const defaultLimit = 100;

/** Answers of the bridge's methods, from one feed's state. */
export const createHandlers = (inputs: HandlerInputs): Handlers => {
  const { config, files, context, history, engine, editor, status, askPlant } = inputs;
  const { faults, unmapped, store } = context;
  return {
    "session.describe": () => ({
      version: config.version,
      mode: config.mode,
      language: config.language,
      twin: { files, options: config.racks === null || config.announced ? {} : { racks: config.racks } },
      fixedTimeMs: config.timeMs,
      seed: config.seed,
      source: {
        kind: config.brokers.length > 0 ? "mqtt" : "plant",
        address: config.brokers.map(({ url }) => shownAddress(url)).join(", ") || "127.0.0.1",
      },
      demo: config.brokers.length === 0,
      announced: config.announced,
      canSave: config.announced && config.saveDirectory !== null,
    }),
    "feed.status": status,
    "faults.list": ({ limit }) => faults.list((topic) => pointOfTopic(context, topic), limit ?? defaultLimit),
    "faults.clear": () => {
      faults.clear();
      store.ledger.clear(context.clock.nowMs());
      return null;
    },
    "unmapped.list": ({ limit, text }) => ({
      total: unmapped.total,
      topics: unmapped.list(limit ?? defaultLimit, text ?? ""),
    }),
    "point.detail": (params) => {
      const at = findCell(store.tables, params);
      return at && detailOf(context, at);
    },
    "point.history": ({ fromMs, toMs, maxPoints, ...point }) => {
      const at = findCell(store.tables, point);
      if (!at) return { fromMs, stepMs: 1000, min: [], max: [], last: [] };
      return history.read(at, { fromMs, toMs, maxPoints });
    },
    "kpi.explain": ({ name, scope }) => engine.explain(name, scope),
    "quality.list": (params) => listQuality(context, params),
    "twin.edit": ({ edits }) => {
      if (!editor) throw new RefusedRequest(notAnnounced);
      editor.edit(edits);
      return null;
    },
    "twin.save": () => {
      if (!editor) throw new RefusedRequest(notAnnounced);
      return editor.save();
    },
    "plant.faults": () => plantAnswer(askPlant, { t: "faults" }),
    "plant.inject": (order) => plantAnswer(askPlant, { t: "inject", order }),
    "plant.clear": (clearance) => plantAnswer(askPlant, { t: "clear", clearance }),
    "plant.play": ({ scenario }) => plantAnswer(askPlant, { t: "play", scenario }),
  };
};

/** JSON has no Infinity: a publisher that reports changes only has no period. */
const shownPeriod = (periodMs: number): number | null => (Number.isFinite(periodMs) ? periodMs : null);

const wireOf = (topic: string | null, { session }: Publisher): WireName => {
  if (topic === null) return session === null ? "bulk" : "sparkplug";
  if (topic.startsWith(sparkplugPrefix)) return "sparkplug";
  // A place in a message: # is in no topic.
  return topic.includes("#") ? "json" : "dsx";
};

const detailOf = (context: IntakeContext, { table, cell }: CellRef): PointDetail => {
  const { store, bindings } = context;
  const publisher = store.publishers.all[table.publisher[cell]!]!;
  const ownTopic = bindings.topicOf(table.binding[cell]!) ?? null;
  const metric = table.spec.metrics[cell % table.columns]!;
  const { rows } = store.ledger;
  return {
    topic: topicOf(context, { table, cell }),
    publisher: shownId(publisher) || null,
    wire: metric.derived || table.stamp[cell] === 0 ? null : wireOf(ownTopic, publisher),
    ...readCell({ table, cell }),
    periodMs: metric.derived ? metric.periodMs : shownPeriod(periodOf(table, cell, publisher)),
    faults: rows.of(store.ledger.pointOf({ table, cell })).map(({ code, count }) => ({ code, count })),
  };
};

/** Asset and metric that a topic is bound to: beside a fault in the list. */
const pointOfTopic = (
  { store, bindings, twin }: IntakeContext,
  topic: string,
): { asset: string | null; metric: string | null } => {
  const index = bindings.find(topic);
  if (index === undefined) return { asset: null, metric: null };
  const table = store.tables.all[bindings.classIndex[index]!]!;
  const cell = bindings.cell[index]!;
  const row = Math.trunc(cell / table.columns);
  return {
    asset: twin.idOf({ className: table.spec.name, row }),
    metric: table.spec.metrics[cell % table.columns]!.id,
  };
};

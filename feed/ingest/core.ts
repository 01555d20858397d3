import {
  type AnnouncedCampus,
  type AnnouncedOptions,
  createAnnouncedCampus,
} from "#feed/announced/announced-campus.ts";
import type { BridgeServer } from "#feed/bridge/server.ts";
import { brokerAt, type MqttConfig, type SessionConfig } from "#feed/contract/config.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import type { RecorderThread } from "#feed/log/recorder-thread.ts";
import type { AskPlant } from "#feed/plant/asks.ts";
import { shownAddress } from "#feed/sources/address.ts";
import { createSparkplugHost } from "#feed/sources/publish.ts";
import { followClock } from "#feed/tables/clock-set.ts";
import { sweep } from "#feed/tables/sweep.ts";
import type { Twin, TwinFiles } from "#twins/model/twin.ts";
import { countDrop, type IntakeCounters } from "./context.ts";
import { createFeedCampus, createLasting, type FeedCampus } from "./feed-campus.ts";
import { type OpenSource, openSource } from "./open-source.ts";
import { createRateMeter, feedStatus } from "./status.ts";
import { succeed } from "./succession.ts";

/** Display ticks: streams are served at most this often. */
const tickMs = 33;
const sweepMs = 1000;
/** Where a publisher declares a period this short, a second is too coarse to show "stale" in time. */
const shortPeriodMs = 5000;
const shortSweepMs = 100;
/** Of a large campus these sweeps wait longer: together they take a quarter of the thread at most. */
const shortSweepRest = 3;
const statusMs = 500;
const announcedMs = 100;
/** Name of this product among Sparkplug hosts, where no client id was given. */
const hostId = "horinger-twin";

export interface CoreOptions {
  readonly config: SessionConfig;
  readonly twin: Twin;
  readonly files: TwinFiles;
  /** The campus is laid out from what the plant announces; `twin` stands until then. */
  readonly announced?: AnnouncedOptions;
  /** Records what comes in; ended with the feed. */
  readonly recorder?: RecorderThread | undefined;
  /** Puts questions to our own plant, where the session runs one. */
  readonly askPlant?: AskPlant;
  readonly onStatus: (status: FeedStatus) => void;
  readonly log: (line: string) => void;
}

/** One feed: tables, sources, engine and bridge, in the thread that calls it. */
export interface FeedCore {
  /** Serves the clients of the campus in use. */
  readonly bridge: BridgeServer;
  /** Running totals of what came in. */
  readonly counters: Readonly<IntakeCounters>;
  /** Our own plant's broker is at this address now. */
  plantAt(url: string): void;
  close(): Promise<void>;
}

const noCounts = { known: 0, fresh: 0, late: 0, stale: 0, bad: 0, simulated: false, trace: false };

/** Builds a feed for a loaded twin and starts reading. */
export const createCore = ({ config, twin, files, log, recorder, ...options }: CoreOptions): FeedCore => {
  const lasting = createLasting((shown) => campus.bridge.publish("scenario", shown));
  const { clock, counters, publishers } = lasting;
  const rates = createRateMeter(lasting);
  let counts = noCounts;
  let plant: OpenSource | null = null;
  let announced: AnnouncedCampus | null = null;
  // Beside an outside broker our plant only fills gaps: a drill there would stand among measured values.
  const askPlant = (config.brokers.length === 0 && options.askPlant) || null;

  const createCampus = (of: Pick<CoreOptions, "twin" | "files">): FeedCampus =>
    createFeedCampus({ ...of, config, lasting, editor: announced, askPlant, status: () => status(), log });
  const outside: OpenSource[] = [];
  const sources = (): readonly OpenSource[] => (plant ? [...outside, plant] : outside);

  announced = options.announced
    ? createAnnouncedCampus(
        {
          twin: () => campus.context.twin,
          isKeptComplete: () =>
            outside.every(({ isKeptComplete, mqtt }) => isKeptComplete || mqtt.snapshot().error !== null),
          replace: (next) => {
            const before = campus;
            campus = createCampus(next);
            succeed({ before, after: campus, lasting, sources: outside, heard: next });
            record(next.files);
            // Its clients have their answers by then. They come back by themselves, and describe the new twin.
            setImmediate(() => before.bridge.close());
          },
          drop: () => countDrop(counters, "bounds"),
          log,
        },
        options.announced,
      )
    : null;
  let campus = createCampus({ twin, files });
  const record = (of: TwinFiles): void =>
    recorder?.campus(campus.context.store.tables, JSON.stringify({ files: of, racks: config.racks }));
  record(files);

  const open = (
    connection: MqttConfig,
    { isPlant, filler }: { readonly isPlant: boolean; readonly filler: boolean },
  ): OpenSource => {
    const number = outside.length;
    const mayPublish = config.allowPublish && (connection.wire === "auto" || connection.wire === "sparkplug");
    return openSource({
      connection,
      isPlant,
      filler,
      context: campus.context,
      host: mayPublish && !isPlant ? createSparkplugHost(connection.clientId ?? hostId) : undefined,
      apart: number === 0 || isPlant ? null : shownAddress(connection.url),
      hear: (message, isBound) => announced?.hear(number, message, isBound) ?? false,
      log,
    });
  };
  for (const broker of config.brokers) outside.push(open(broker, { isPlant: false, filler: false }));

  const status = (): FeedStatus =>
    feedStatus({
      context: campus.context,
      version: config.version,
      kind: outside.length > 0 ? "mqtt" : "plant",
      sources:
        outside.length > 0 || plant
          ? (outside.length > 0 ? outside : [plant!]).map(({ mqtt, wires }) => ({
              ...mqtt.snapshot(),
              wires: [...wires],
            }))
          : [waitingForPlant],
      counts,
      rates: rates.rates,
      clients: campus.bridge.clients,
      announced: announced?.progress ?? null,
      // What is kept for winding back goes with the session: that is no recording.
      recording: (config.record && recorder?.status) ?? null,
    });

  const waitingSinceMs = clock.nowMs();
  const waitingForPlant = {
    state: "connecting",
    address: "127.0.0.1",
    protocol: null,
    sinceMs: waitingSinceMs,
    reconnects: 0,
    error: null,
    wires: [],
  } as const;

  const everySecond = (): void => {
    const { context, engine, history } = campus;
    const setByMs = clock.follow();
    if (setByMs !== 0) {
      log(`the wall clock was set by ${Math.round(setByMs / 1000)} s; following it`);
      followClock(context.store, setByMs);
      for (const { mqtt } of sources()) mqtt.clockWasSet(setByMs);
    }
    const nowMs = clock.nowMs();
    for (const { router } of sources()) router.tick(nowMs);
    counts = sweep(context.store, nowMs);
    engine.step(nowMs);
    history.record(nowMs);
  };
  let shortSweepDueMs = 0;
  const sweepShortPeriods = (): void => {
    const isShort = ({ periodMs }: { periodMs: number | null }) =>
      periodMs !== null && periodMs < shortPeriodMs;
    const startMs = performance.now();
    if (startMs < shortSweepDueMs || !publishers.all.some(isShort)) return;
    sweep(campus.context.store, clock.nowMs());
    const endMs = performance.now();
    shortSweepDueMs = endMs + shortSweepRest * (endMs - startMs);
  };
  const publishStatus = (): void => {
    rates.update(performance.now());
    const now = status();
    campus.bridge.publish("status", now);
    options.onStatus(now);
    recorder?.note(now);
  };
  const timers = [
    setInterval(() => campus.bridge.tick(), tickMs),
    setInterval(everySecond, sweepMs),
    setInterval(sweepShortPeriods, shortSweepMs),
    setInterval(publishStatus, statusMs),
    setInterval(() => announced?.tick(), announcedMs),
  ];

  return {
    get bridge() {
      return campus.bridge;
    },
    counters,
    plantAt: (url) => {
      if (plant) plant.mqtt.moveTo(url);
      else plant = open(brokerAt(url), { isPlant: true, filler: outside.length > 0 });
    },
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      campus.bridge.close();
      await Promise.all([...sources().map(({ mqtt }) => mqtt.close()), recorder?.close()]);
    },
  };
};

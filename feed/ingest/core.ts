import { BridgeServer } from "#feed/bridge/server.ts";
import type { MqttConfig, SessionConfig, WireName } from "#feed/contract/config.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { createEngine } from "#feed/engine/engine.ts";
import { MqttSource } from "#feed/sources/mqtt.ts";
import { Bindings } from "#feed/tables/bindings.ts";
import { createTables } from "#feed/tables/class-table.ts";
import { createClock } from "#feed/tables/clock.ts";
import { followClock } from "#feed/tables/clock-set.ts";
import { createFaults } from "#feed/tables/faults.ts";
import { createHistory } from "#feed/tables/history.ts";
import { createPublishers } from "#feed/tables/publishers.ts";
import { sweep } from "#feed/tables/sweep.ts";
import type { Twin, TwinFiles } from "#twins/model/twin.ts";
import { createCounters, type IntakeContext, type IntakeCounters, type SourceTraits } from "./context.ts";
import { createHandlers } from "./handlers.ts";
import { createIntakes } from "./intakes.ts";
import { createRouter, type Router } from "./router.ts";
import { createRateMeter, feedStatus } from "./status.ts";
import { createUnmapped } from "./unmapped.ts";

/** Display ticks: streams are served at most this often. */
const tickMs = 33;
const sweepMs = 1000;
/** Where a publisher declares a period this short, a second is too coarse to show "stale" in time. */
const shortPeriodMs = 5000;
const shortSweepMs = 200;
const statusMs = 500;

export interface CoreOptions {
  readonly config: SessionConfig;
  readonly twin: Twin;
  readonly files: TwinFiles;
  readonly onStatus: (status: FeedStatus) => void;
  readonly log: (line: string) => void;
}

/** One feed: tables, sources, engine and bridge, in the thread that calls it. */
export interface FeedCore {
  readonly bridge: BridgeServer;
  /** Running totals of what came in. */
  readonly counters: Readonly<IntakeCounters>;
  /** Our own plant's broker is at this address now. */
  plantAt(url: string): void;
  close(): Promise<void>;
}

interface OpenSource {
  readonly mqtt: MqttSource;
  readonly router: Router;
  readonly wires: ReadonlySet<WireName>;
}

const createContext = (twin: Twin): IntakeContext => {
  const clock = createClock();
  return {
    twin,
    clock,
    store: { tables: createTables(twin), publishers: createPublishers() },
    bindings: new Bindings(),
    faults: createFaults(clock.nowMs),
    unmapped: createUnmapped(),
    counters: createCounters(),
  };
};

const noCounts = { known: 0, fresh: 0, late: 0, stale: 0, bad: 0, simulated: false, trace: false };

/** Builds a feed for a loaded twin and starts reading. */
export const createCore = ({ config, twin, files, onStatus, log }: CoreOptions): FeedCore => {
  const context = createContext(twin);
  const { clock, store, counters } = context;
  const history = createHistory(store.tables);
  const engine = createEngine(store.tables);
  const rates = createRateMeter(context);
  let counts = noCounts;
  let plant: OpenSource | null = null;

  const openSource = (
    connection: MqttConfig,
    { isPlant, filler }: Pick<SourceTraits, "isPlant" | "filler">,
  ): OpenSource => {
    const traits: SourceTraits = { isPlant, filler, wires: new Set() };
    const router = createRouter(context, traits, createIntakes(context, traits, connection));
    const mqtt = new MqttSource({
      config: connection,
      twin,
      clock,
      protocols: traits.isPlant ? [4] : [5, 4],
      sweep: !traits.isPlant,
      onMessage: router.message,
      onMetadataComplete: router.metadataComplete,
      onConnection: router.connection,
      publishers: () => store.publishers.all.map((publisher) => publisher.id).filter((id) => id !== ""),
      log,
    });
    return { mqtt, router, wires: traits.wires };
  };
  const outside = config.brokers.map((broker) => openSource(broker, { isPlant: false, filler: false }));
  const sources = (): readonly OpenSource[] => (plant ? [...outside, plant] : outside);

  const status = (): FeedStatus =>
    feedStatus({
      context,
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
      clients: bridge.clients,
    });

  const bridge: BridgeServer = new BridgeServer({
    tables: store.tables,
    handlers: createHandlers({ config, files, context, history, engine, status }),
    nowMs: clock.nowMs,
    dropCount: () => [...counters.drops.values()].reduce((sum, count) => sum + count, 0),
    log,
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
    const setByMs = clock.follow();
    if (setByMs !== 0) {
      log(`the wall clock was set by ${Math.round(setByMs / 1000)} s; following it`);
      followClock(store, setByMs);
      for (const { mqtt } of sources()) mqtt.clockWasSet(setByMs);
    }
    const nowMs = clock.nowMs();
    for (const { router } of sources()) router.tick(nowMs);
    counts = sweep(store, nowMs);
    engine.step(nowMs);
    history.record(nowMs);
  };
  const sweepShortPeriods = (): void => {
    const isShort = ({ periodMs }: { periodMs: number | null }) =>
      periodMs !== null && periodMs < shortPeriodMs;
    if (store.publishers.all.some(isShort)) sweep(store, clock.nowMs());
  };
  const publishStatus = (): void => {
    rates.update(performance.now());
    const now = status();
    bridge.publishStatus(now);
    onStatus(now);
  };
  const timers = [
    setInterval(() => bridge.tick(), tickMs),
    setInterval(everySecond, sweepMs),
    setInterval(sweepShortPeriods, shortSweepMs),
    setInterval(publishStatus, statusMs),
  ];

  return {
    bridge,
    counters,
    plantAt: (url) => {
      if (plant) plant.mqtt.moveTo(url);
      else plant = openSource(plantConnection(url), { isPlant: true, filler: outside.length > 0 });
    },
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      bridge.close();
      await Promise.all(sources().map(({ mqtt }) => mqtt.close()));
    },
  };
};

const plantConnection = (url: string): MqttConfig => ({
  url,
  caFile: null,
  certFile: null,
  keyFile: null,
  username: null,
  password: null,
  clientId: null,
  alpn: [],
  wire: "auto",
  mappingFile: null,
  filters: null,
});

import { encodeBulk } from "#feed/wire/bulk.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { Plant } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";
import type { EpwYear } from "#twins/physics/weather/epw.ts";
import type { LedWeather } from "#twins/physics/weather/shift.ts";
import type { Outlet } from "./outlet.ts";
import type { WirePoint } from "./point.ts";
import { valuePayload, wirePoint } from "./point.ts";
import type { Publisher, PublisherCounts } from "./publisher.ts";
import { createPublisher } from "./publisher.ts";
import type { Relay } from "./relay.ts";
import { createRelay } from "./relay.ts";
import type { BulkPart, PlantWire, Schedule, SinglePoint } from "./schedule.ts";
import { createSchedule, cycleTicks } from "./schedule.ts";

/** Publisher id of the simulated plant. */
export const plantId = "ht-plant";

export interface PlantRunOptions {
  readonly publisherId: string;
  readonly seed: number;
  /** Site time to start at, ms UTC; null for now. */
  readonly timeMs: number | null;
  /** Seconds of plant time per second. */
  readonly speed: number;
  readonly wire: PlantWire;
  readonly dsxRacks: number;
  /** Source and metadata only, no values. */
  readonly metadataOnly: boolean;
  /** Instead of the seeded weather. */
  readonly weather?: EpwYear | null;
  /** Where a scenario leads the weather. */
  readonly shifts?: LedWeather;
  /** Who steps the plant instead of the run itself: a scenario. Called once, before the first value leaves. */
  readonly stepper?: (plant: Plant) => Plant["step"];
}

/** A plant that plays into an outlet until it is stopped. */
export interface PlantRun {
  readonly plant: Plant;
  readonly counts: Readonly<PublisherCounts>;
  /** Retained metadata messages of its own. */
  readonly metadataCount: number;
  /** Ticks left out because the broker did not take what was already sent. */
  readonly heldBack: number;
  /** Sends every value once more, soon: somebody has just begun to listen. */
  refresh(): void;
  /** Source and metadata once more: the broker came back and may have forgotten them. */
  announce(): Promise<void>;
  stop(): void;
}

const tickMs = 1000;
/** Values are expected twice as long as they take, so that one lost message is not yet late. */
const declaredPeriodMs = 2 * cycleTicks * tickMs;
/** Beyond this the broker is too slow: values are left out, and counted, rather than piled up. */
const backlogLimitBytes = 32 * 1024 * 1024;
const refreshDelayMs = 60;

const sourceName = { zh: "仿真园区", en: "Simulated plant" };

interface PreparedPoint extends SinglePoint {
  readonly topic: string;
}

/**
 * Announces the plant (Source, heartbeat, metadata) and plays it, one step a second.
 * Values carry the time they were published at, by their gateway's clock: `timeMs` and `speed` move the simulated world, not
 * its clocks on the wire.
 */
export const runPlant = async (outlet: Outlet, twin: Twin, options: PlantRunOptions): Promise<PlantRun> => {
  const { seed, timeMs, weather, shifts } = options;
  const plant = createPlant(twin, {
    seed,
    startMs: timeMs ?? Date.now(),
    ...(weather ? { weather } : {}),
    ...(shifts ? { shifts } : {}),
  });
  const step = options.stepper?.(plant) ?? plant.step;
  const schedule = createSchedule(twin, plant.columns, options);
  const publisher = createPublisher(outlet, options.publisherId);
  const relay = createRelay(plant.instruments.gateways);
  const player = createPlayer({ twin, publisher, schedule, relay });
  const { points } = player;
  const announce = async (): Promise<void> => {
    await publisher.announce({
      origin: "simulated",
      name: sourceName,
      periodMs: declaredPeriodMs,
      metadataCount: points.length + 1,
    });
    await player.describe();
  };
  await announce();
  let tick = 0;
  let heldBack = 0;
  let pending: NodeJS.Timeout | undefined;
  const sendAll = (): void => {
    player.send(points, schedule.parts);
  };
  let lastMs = Date.now();
  const onTick = (): void => {
    const nowMs = Date.now();
    // A clock that was set back stands still for one tick, not until it is where it was.
    const elapsed = Math.max(0, nowMs - lastMs) / 1000;
    lastMs = nowMs;
    // A plant of now keeps to the clock; one that starts at a given time takes equal steps, so that it can be repeated.
    step(options.speed * (options.timeMs === null ? elapsed : tickMs / 1000), elapsed);
    tick++;
    if (publisher.backlogBytes > backlogLimitBytes) {
      heldBack++;
      return;
    }
    const share = Math.ceil(points.length / cycleTicks);
    const first = (tick % cycleTicks) * share;
    player.send(
      points.slice(first, first + share),
      schedule.parts.filter((part) => tick % part.every === part.phase),
    );
  };
  if (!options.metadataOnly) sendAll();
  const timer = options.metadataOnly ? undefined : setInterval(onTick, tickMs);
  return {
    plant,
    counts: publisher.counts,
    metadataCount: points.length + 1,
    get heldBack() {
      return heldBack;
    },
    refresh: () => {
      pending ??= setTimeout(() => {
        pending = undefined;
        sendAll();
      }, refreshDelayMs);
    },
    announce,
    stop: () => {
      clearInterval(timer);
      clearTimeout(pending);
      publisher.stop();
    },
  };
};

interface Player {
  readonly points: readonly PreparedPoint[];
  /** Publishes the retained metadata of every single point. */
  describe(): Promise<void>;
  send(points: readonly PreparedPoint[], parts: readonly BulkPart[]): void;
}

const createPlayer = ({
  twin,
  publisher,
  schedule,
  relay,
}: {
  twin: Twin;
  publisher: Publisher;
  schedule: Schedule;
  relay: Relay;
}): Player => {
  const sequences = new Map<BulkPart, number>();
  const sendPart = (part: BulkPart, nowMs: number): void => {
    const passing = relay.partOf(part);
    if (!passing) return;
    const timeMs = relay.timeOf(part, nowMs);
    const sequence = sequences.get(part) ?? 0;
    sequences.set(part, sequence + 1);
    const { firstRow, rowCount } = part;
    const columns = passing.columns.map(({ metric, source, quality }) => {
      const values = source.subarray(firstRow, firstRow + rowCount);
      const isCounter = classSpec(part.className).metrics[metric]!.kind === "counter";
      return { metric, quality, values: isCounter ? values : new Float32Array(values) };
    });
    publisher.value(
      `HT/v1/PUB/Bulk/${publisher.id}/${part.className}/${part.part}`,
      encodeBulk({ sequence, layout: twin.epoch, timeMs, firstRow, rowCount, columns }),
      passing.points,
    );
  };
  const wireOf = (point: SinglePoint): WirePoint =>
    wirePoint(twin, point, {
      metric: classSpec(point.className).metrics[point.metric]!,
      publisher: publisher.id,
    });
  function* metadataOf(): Generator<readonly [string, string]> {
    for (const point of schedule.points) {
      const { metadataTopic, metadata } = wireOf(point);
      yield [metadataTopic, metadata];
    }
  }
  return {
    points: schedule.points.map((point) => ({ ...point, topic: wireOf(point).valueTopic })),
    describe: () => publisher.describe(metadataOf()),
    send: (points, parts) => {
      const nowMs = Date.now();
      for (const part of parts) sendPart(part, nowMs);
      for (const point of points) {
        if (!relay.passes(point)) continue;
        const { topic, source, row, scale } = point;
        const value = source[row]!;
        const timeMs = relay.timeOf(point, nowMs);
        publisher.value(topic, valuePayload(scale ? Math.round(value * scale) / scale : value, timeMs), 1);
      }
    },
  };
};

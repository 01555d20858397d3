import type { Outlet } from "#feed/plant/outlet.ts";
import { describedPoint, valuePayload } from "#feed/plant/point.ts";
import type { PublisherCounts } from "#feed/plant/publisher.ts";
import { createPublisher } from "#feed/plant/publisher.ts";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { OpenTrace } from "./library.ts";
import { rowsUntil } from "./series.ts";

export interface TraceRunOptions {
  readonly publisherId: string;
  /** Recorded seconds per second. */
  readonly speed: number;
  /** Begin again at the end; the recording's clock is shifted anew. */
  readonly loop: boolean;
}

/** A recording that plays into an outlet until it ends or is stopped. */
export interface TraceRun {
  readonly counts: Readonly<PublisherCounts>;
  readonly metadataCount: number;
  /** Instant of the recording's own clock that is being played, ms UTC. */
  readonly positionMs: number;
  /** ms to add to a time of the recording, at its start, to get the published time. */
  readonly shiftMs: number;
  /** Rows left out because more fell into one tick than are sent. */
  readonly skippedRows: number;
  readonly ended: Promise<void>;
  /** Source and metadata once more: the broker came back and may have forgotten them. */
  announce(): Promise<void>;
  stop(): void;
}

const tickMs = 200;
/** Rows sent in one tick at most: enough for a 2 s recording at 200×. */
const rowsPerTick = 100;
const leastPeriodMs = 10_000;

/**
 * Plays a recording with its own times shifted so that its first row is now. Each row is published when it is due,
 * stamped with its shifted time. A blank cell and a gap publish nothing.
 */
export const playTrace = async (
  outlet: Outlet,
  { twin, trace }: { twin: Twin; trace: OpenTrace },
  options: TraceRunOptions,
): Promise<TraceRun> => {
  const { kind, series } = trace;
  const publisher = createPublisher(outlet, options.publisherId);
  const points = kind.points(twin).map((point) => ({
    ...point,
    wire: describedPoint(point.className, {
      metric: classSpec(point.className).metrics[metricIndex(point.className, point.metric)]!,
      publisher: options.publisherId,
      identity: { id: point.assetId, name: point.assetId, servesId: [] },
    }),
  }));
  const announce = async (): Promise<void> => {
    await publisher.announce({
      origin: "trace",
      name: kind.title,
      attribution: kind.attribution,
      periodMs: Math.max(leastPeriodMs, (2 * series.holdMs) / options.speed),
      metadataCount: points.length + 1,
    });
    await publisher.describe(points.map(({ wire }) => [wire.metadataTopic, wire.metadata] as const));
  };
  await announce();

  const firstMs = series.timesMs[0]!;
  let beganMs = Date.now();
  let sentRows = 0;
  let skippedRows = 0;
  const publishedMs = (timeMs: number): number => Math.round(beganMs + (timeMs - firstMs) / options.speed);
  const positionMs = (): number => firstMs + (Date.now() - beganMs) * options.speed;
  const sendRow = (row: number): void => {
    const timeMs = publishedMs(series.timesMs[row]!);
    for (const { column, wire } of points) {
      const value = series.columns[column]![row]!;
      if (!Number.isNaN(value)) publisher.value(wire.valueTopic, valuePayload(value, timeMs), 1);
    }
  };
  let finish: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const onTick = (): void => {
    const due = rowsUntil(series, positionMs());
    const from = Math.max(sentRows, due - rowsPerTick);
    skippedRows += from - sentRows;
    for (let row = from; row < due; row++) sendRow(row);
    sentRows = due;
    if (due < series.timesMs.length) return;
    if (options.loop) {
      beganMs = Date.now();
      sentRows = 0;
    } else stop();
  };
  const stop = (): void => {
    clearInterval(timer);
    publisher.stop();
    finish();
  };
  const timer = setInterval(onTick, tickMs);
  onTick();
  return {
    counts: publisher.counts,
    metadataCount: points.length + 1,
    get positionMs() {
      return positionMs();
    },
    get shiftMs() {
      return beganMs - firstMs;
    },
    get skippedRows() {
      return skippedRows;
    },
    ended,
    announce,
    stop,
  };
};

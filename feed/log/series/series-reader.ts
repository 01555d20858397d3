import { setImmediate } from "node:timers/promises";
import type { Series, SeriesAsk } from "#feed/contract/replay.ts";
import type { Log } from "#feed/log/log.ts";
import { Buckets, stepFor } from "./buckets.ts";
import { PointScan } from "./point-scan.ts";

/** Buckets that are answered at most, and at least: what a screen has pixels for. */
const bucketBounds = { least: 2, most: 8000 } as const;
/** Points of one answer. */
const mostPoints = 32;

/**
 * Answers `log.series`. Buckets are cut at whole multiples of a round width, at most as many as were asked for, so that a
 * window that moves on keeps its buckets; narrower than the log's second they show each value when it was received.
 */
export class SeriesReader {
  readonly #log: Pick<Log, "files">;

  /** @param log may grow: its files are looked at anew at every read */
  constructor(log: Pick<Log, "files">) {
    this.#log = log;
  }

  /**
   * In the order of the points asked for; of a point that the log does not know, nothing is known in any bucket.
   * Reads a few megabytes at a time and lets others have their turn in between.
   * @throws the signal's reason once it is aborted
   */
  async read({ points, fromMs, toMs, maxPoints }: SeriesAsk, signal?: AbortSignal): Promise<Series[]> {
    const most = Math.max(bucketBounds.least, Math.min(bucketBounds.most, Math.floor(maxPoints)));
    const stepMs = stepFor(fromMs, toMs, { most });
    const asked = points
      .slice(0, mostPoints)
      .map((point) => ({ ...point, buckets: new Buckets(fromMs, toMs, stepMs) }));
    const whole = asked[0]?.buckets;
    if (!whole) return [];
    for (const _ of new PointScan().read(this.#log.files, asked, whole)) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    return asked.map(({ buckets }) => buckets.series);
  }
}

import { setImmediate } from "node:timers/promises";
import type { Series, SeriesAsk, TimeRange } from "#feed/contract/replay.ts";
import { LogFormatError } from "#feed/log/bytes.ts";
import type { Log } from "#feed/log/log.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { chunkAt } from "#feed/log/seek-index.ts";
import type { PointCurve, Sidecar } from "#feed/log/sidecar/sidecar.ts";
import type { Sidecars } from "#feed/log/sidecar/sidecars.ts";
import { Buckets, stepFor } from "./buckets.ts";
import { pauseMs, type Stretch } from "./chunk-scan.ts";
import { mergeCurve } from "./merge-curve.ts";
import { PointScan, type ScannedPoint } from "./point-scan.ts";

/** Buckets that are answered at most, and at least: what a screen has pixels for. */
const bucketBounds = { least: 2, most: 8000 } as const;
/** Points of one answer. */
const mostPoints = 32;
/**
 * So much of a recording is read for buckets narrower than its sidecar has; of a longer stretch the sidecar's own are
 * answered, which are wider than asked for.
 */
const mostDirectBytes = 64 * 1024 * 1024;

/** One file of the answer, and where its values come from: its sidecar, or null for the recording itself. */
interface Piece {
  readonly file: LogFile;
  readonly stretch: Stretch;
  readonly sidecar: Sidecar | null;
}

/**
 * Answers `log.series`. Buckets are cut at whole multiples of a round width, at most as many as were asked for, so that a
 * window that moves on keeps its buckets; narrower than the log's second they show each value when it was received.
 */
export class SeriesReader {
  readonly #log: Pick<Log, "files">;
  readonly #sidecars: Sidecars | null;

  /**
   * @param log may grow: its files are looked at anew at every read
   * @param sidecars make long ranges short work; without them all is read from the recording
   */
  constructor(log: Pick<Log, "files">, sidecars: Sidecars | null = null) {
    this.#log = log;
    this.#sidecars = sidecars;
  }

  /**
   * In the order of the points asked for; of a point that the log does not know, nothing is known in any bucket.
   * Reads a few megabytes at a time and lets others have their turn in between.
   * @throws the signal's reason once it is aborted
   */
  async read({ points, fromMs, toMs, maxPoints }: SeriesAsk, signal?: AbortSignal): Promise<Series[]> {
    const most = Math.max(bucketBounds.least, Math.min(bucketBounds.most, Math.floor(maxPoints)));
    const wantedMs = stepFor(fromMs, toMs, { most });
    const pieces = this.#pieces({ fromMs, toMs });
    const leastMs = leastStep(pieces, wantedMs);
    const stepMs = stepFor(fromMs, toMs, { most, leastMs });
    const asked = points
      .slice(0, mostPoints)
      .map((point) => ({ ...point, buckets: new Buckets(fromMs, toMs, stepMs) }));
    for (const _ of this.#steps(asked, pieces, stepMs)) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    return asked.map(({ buckets }) => buckets.series);
  }

  #pieces({ fromMs, toMs }: TimeRange): readonly Piece[] {
    const { files } = this.#log;
    return files.flatMap((file, i) => {
      const stretch = { fromMs, toMs, nextMs: files[i + 1]?.index.timeMs[0] ?? Number.POSITIVE_INFINITY };
      return isWithin(file, stretch) ? [{ file, stretch, sidecar: this.#sidecars?.of(file) ?? null }] : [];
    });
  }

  *#steps(
    points: readonly ScannedPoint[],
    pieces: readonly Piece[],
    stepMs: number,
  ): Generator<void, void, void> {
    const scan = new PointScan(points);
    for (const { file, stretch, sidecar } of pieces) {
      const curves = sidecar && this.#curves(file, { sidecar, points, stepMs });
      if (curves) {
        scan.passOver(file);
        curves.forEach((curve, i) => {
          if (curve) mergeCurve(points[i]!.buckets, curve);
        });
        yield;
      } else {
        const whole = points[0]?.buckets ?? stretch;
        yield* scan.read(file, { fromMs: whole.fromMs, toMs: whole.toMs, nextMs: stretch.nextMs });
      }
    }
    scan.end();
  }

  /** @returns null where the sidecar has no buckets that fit, or cannot be read */
  #curves(
    file: LogFile,
    {
      sidecar,
      points,
      stepMs,
    }: { readonly sidecar: Sidecar; readonly points: readonly ScannedPoint[]; readonly stepMs: number },
  ): readonly (PointCurve | null)[] | null {
    const fitting = sidecar.stepFor(stepMs);
    if (fitting === null) return null;
    try {
      return sidecar.read(points, fitting);
    } catch (error) {
      if (!(error instanceof LogFormatError || (error instanceof Error && "code" in error))) throw error;
      this.#sidecars?.drop(file);
      return null;
    }
  }
}

const isWithin = ({ index }: LogFile, { fromMs, toMs, nextMs }: Stretch): boolean =>
  index.count > 0 &&
  index.timeMs[0]! <= toMs &&
  nextMs > fromMs - pauseMs &&
  index.timeMs[index.count - 1]! >= fromMs - pauseMs;

/** The narrowest bucket that is to be answered: as wanted where the recording is read for it, else the sidecars'. */
const leastStep = (pieces: readonly Piece[], wantedMs: number): number => {
  const spared = pieces.filter(({ sidecar }) => sidecar && sidecar.leastStepMs > wantedMs);
  const bytes = spared.reduce((sum, { file, stretch }) => sum + bytesWithin(file, stretch), 0);
  if (bytes <= mostDirectBytes) return wantedMs;
  return Math.max(...spared.map(({ sidecar }) => sidecar!.leastStepMs));
};

const bytesWithin = ({ index }: LogFile, { fromMs, toMs }: TimeRange): number => {
  const last = chunkAt(index, toMs);
  const first = Math.max(0, chunkAt(index, fromMs));
  return last < first ? 0 : index.offset[last]! + index.bytes[last]! - index.offset[first]!;
};

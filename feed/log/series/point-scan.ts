import { deltaChannel, keyChannel } from "#feed/log/channels.ts";
import { MessageDecoder } from "#feed/log/decode.ts";
import { fromSteps, type Scale, scaleOf } from "#feed/log/layout.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { type ClassState, createState } from "#feed/log/state.ts";
import type { Buckets } from "./buckets.ts";
import { CellBlock } from "./cell-block.ts";
import { ChunkScan, type MessageOf, type ScannedCells, type Stretch } from "./chunk-scan.ts";

/** A point, and the buckets that its values go into. */
export interface ScannedPoint {
  readonly className: string;
  readonly row: number;
  readonly metric: string;
  readonly buckets: Buckets;
}

interface Reading {
  readonly cell: number;
  readonly row: number;
  readonly column: number;
  readonly key: number;
  readonly delta: number;
  /** For the decoder: layout and scales, without cells. */
  readonly state: ClassState;
}

const noScale: Scale = scaleOf({ id: "", unit: "", resolution: 0 });

/** Reads points straight from the chunks of a log, in one pass over a stretch of it. */
export class PointScan implements ScannedCells {
  readonly #decoder = new MessageDecoder();
  readonly #scan = new ChunkScan(this);
  readonly #points: readonly ScannedPoint[];
  readonly #cells: CellBlock;
  /** By cell: how the file being read writes its values. */
  readonly #scales: Scale[];
  #readings: readonly Reading[] = [];

  constructor(points: readonly ScannedPoint[]) {
    this.#points = points;
    this.#scales = points.map(() => noScale);
    this.#cells = new CellBlock(points.length, (cell, { fromMs, toMs, steps, doubt }) => {
      const value = fromSteps(steps, this.#scales[cell]!);
      points[cell]!.buckets.hold(fromMs, toMs, { value, doubt });
    });
  }

  /** Reads a stretch of the next file; iterate to the end. A value that held at the end of a file holds on. */
  *read(file: LogFile, stretch: Stretch): Generator<void, void, void> {
    this.#enter(file);
    yield* this.#scan.read(file, stretch);
  }

  /** Somebody else reads the next file. */
  passOver({ index }: LogFile): void {
    this.end();
    this.#scan.passOver({ fromMs: index.timeMs[0]!, toMs: index.timeMs[index.count - 1]! });
    this.#readings = [];
  }

  /** What holds ends where the log is read to. */
  end(): void {
    const { readMs } = this.#scan;
    if (readMs !== null) this.#cells.endAll(readMs);
  }

  clear(): void {
    this.#cells.clear();
  }

  take(payload: Uint8Array, { channel, isKey, timeMs }: MessageOf): void {
    for (const { key, delta, cell, row, column, state } of this.#readings)
      if (channel === (isKey ? key : delta))
        this.#decoder.visit(payload, state, {
          wanted: { row, column },
          visit: (segment) =>
            this.#cells.take(segment, { firstRow: row, rows: 1, cell }, isKey ? null : timeMs),
        });
  }

  settle(timeMs: number): void {
    for (const { cell } of this.#readings) this.#cells.settle(cell, timeMs);
  }

  pause(fromMs: number, toMs: number): void {
    this.#cells.pause(fromMs, toMs);
  }

  lose(fromMs: number, toMs: number): void {
    this.#cells.lose(fromMs, toMs);
  }

  #enter(file: LogFile): void {
    const { readMs } = this.#scan;
    this.#readings = this.#points.flatMap((point, cell) => {
      const reading = readingOf(file, point, cell);
      const scale = reading?.state.scales[reading.column] ?? noScale;
      // What it held was written in other steps, or it is a point no more.
      const isOther =
        scale.perUnit !== this.#scales[cell]!.perUnit || scale.isRaw !== this.#scales[cell]!.isRaw;
      if (readMs !== null && (isOther || !reading)) this.#cells.end(cell, readMs);
      this.#scales[cell] = scale;
      return reading ?? [];
    });
  }
}

const readingOf = (
  { layouts }: LogFile,
  { className, row, metric }: ScannedPoint,
  cell: number,
): Reading | null => {
  const layout = layouts.find(({ name }) => name === className);
  const column = layout ? layout.columns.findIndex(({ id }) => id === metric) : -1;
  if (!layout || column < 0 || row >= layout.rows) return null;
  const state = { ...createState({ ...layout, rows: 0 }), layout };
  return { cell, row, column, key: keyChannel(layout), delta: deltaChannel(layout), state };
};

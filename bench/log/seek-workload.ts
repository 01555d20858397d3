import { mkdirSync } from "node:fs";
import type { BlockCopy, BlockSource } from "#feed/log/encode.ts";
import type { ClassLayout } from "#feed/log/layout.ts";
import { SessionWriter } from "#feed/log/session-writer.ts";
import { blockRows } from "#feed/tables/class-table.ts";
import { classIndex, classSpec } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";

export interface Workload {
  readonly hours: number;
  readonly racks: number;
  /** Every metric bit for bit. */
  readonly isExact: boolean;
}

const spec = classSpec("rack");
const columns = spec.metrics.length;
const startMs = Date.UTC(2026, 6, 1);
/** Points that change a second. */
const changeShare = 0.01;
/** Standard deviation of a change, in steps of the metric's resolution. */
export const sigmaSteps = 5;

/** A fast generator: Marsaglia's xorshift, 32 bits (2003). */
const createRandom = () => {
  let state = 0x9e3779b9;
  return (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

export const random = createRandom();

/** About normal: the sum of four uniform numbers, deviation 1. */
export const gauss = (): number => (random() + random() + random() + random() - 2) * Math.sqrt(3);

/** What the racks' class is written as. */
export const rackLayout = (racks: number, isExact = false): ClassLayout => ({
  name: "rack",
  index: classIndex("rack"),
  rows: racks,
  storage: spec.storage,
  columns: spec.metrics.map(({ id, unit, resolution = 0 }) => ({
    id,
    unit,
    resolution: isExact ? 0 : resolution,
  })),
});

/** Racks whose points walk, as blocks for an encoder: only rows that were written are looked at. */
export class Walk {
  readonly value: Float32Array;
  readonly sampleTimeMs: Float64Array;
  readonly receivedTimeMs: Float64Array;
  readonly source: BlockSource;
  points = 0;
  readonly #status: Uint8Array;
  readonly #written: Uint8Array;
  readonly #blocks: readonly (BlockCopy & { only: Int32Array })[];

  constructor(racks: number) {
    const cells = racks * columns;
    this.value = new Float32Array(cells);
    this.sampleTimeMs = new Float64Array(cells);
    this.receivedTimeMs = new Float64Array(cells);
    this.#status = new Uint8Array(cells).fill(packStatus(Quality.good, Freshness.fresh, Origin.measured));
    this.#written = new Uint8Array(racks);
    this.#blocks = Array.from({ length: Math.ceil(racks / blockRows) }, (_, block) =>
      this.#block(block, racks),
    );
    this.source = { read: (block) => this.#read(block), again: () => {} };
    for (let cell = 0; cell < cells; cell++) {
      const { range, resolution = 1 } = spec.metrics[cell % columns]!;
      const steps = Math.round((range[0] + (range[1] - range[0]) * (0.3 + 0.4 * random())) / resolution);
      this.value[cell] = steps * resolution;
    }
  }

  /** One second that ends at `nowMs`. */
  second(nowMs: number, isStep: boolean): void {
    const cells = this.value.length;
    if (isStep) for (let cell = 0; cell < cells; cell++) this.#change(cell, nowMs);
    else for (let i = 0; i < cells * changeShare; i++) this.#change(Math.floor(random() * cells), nowMs);
  }

  /** Gives a cell this value within the second that ends at `nowMs`. */
  set(cell: number, value: number, nowMs: number): void {
    this.value[cell] = value;
    this.#receive(cell, nowMs);
  }

  #change(cell: number, nowMs: number): void {
    const { kind, resolution = 1 } = spec.metrics[cell % columns]!;
    const before = this.value[cell]!;
    this.value[cell] =
      kind === "state" ? 1 - before : before + (Math.round(gauss() * sigmaSteps) || 1) * resolution;
    this.#receive(cell, nowMs);
  }

  #receive(cell: number, nowMs: number): void {
    // A reading of the second that ended, and 5 to 25 ms on its way.
    this.sampleTimeMs[cell] = nowMs - 30 - Math.floor(random() * 970);
    this.receivedTimeMs[cell] = this.sampleTimeMs[cell]! + 5 + random() * 20;
    this.#written[Math.floor(cell / columns)] = 1;
    this.points++;
  }

  #block(block: number, racks: number): BlockCopy & { only: Int32Array } {
    const rows = Math.min(blockRows, racks - block * blockRows);
    const [from, to] = [block * blockRows * columns, (block * blockRows + rows) * columns];
    return {
      rows,
      only: new Int32Array(rows),
      value: this.value.subarray(from, to),
      status: this.#status.subarray(from, to),
      sampleTimeMs: this.sampleTimeMs.subarray(from, to),
      receivedTimeMs: this.receivedTimeMs.subarray(from, to),
    };
  }

  #read(index: number): BlockCopy | null {
    const block = this.#blocks[index]!;
    const first = index * blockRows;
    const rows = Math.min(blockRows, this.#written.length - first);
    const only: Int32Array = new Int32Array(rows);
    let count = 0;
    for (let row = 0; row < rows; row++) {
      if (this.#written[first + row] === 0) continue;
      this.#written[first + row] = 0;
      only[count++] = row;
    }
    return count === 0 ? null : { ...block, only: only.subarray(0, count) };
  }
}

/** Writes a log of so many hours, hour by hour a file. @returns values that changed */
export const writeDay = (directory: string, { hours, racks, isExact }: Workload): number => {
  mkdirSync(directory);
  const walk = new Walk(racks);
  const writer = new SessionWriter({
    directory,
    product: "bench",
    layouts: [rackLayout(racks, isExact)],
    twin: "{}",
    roll: { bytes: 2 ** 40, ms: 3_600_000 },
    keep: { bytes: Number.POSITIVE_INFINITY, ageMs: Number.POSITIVE_INFINITY },
  });
  for (let second = 0; second < hours * 3600; second++) {
    const timeMs = startMs + second * 1000;
    walk.second(timeMs, second % 3600 === 0);
    writer.write({ timeMs, sources: [walk.source], events: [], quality: null });
  }
  writer.close();
  return walk.points;
};

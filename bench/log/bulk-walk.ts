import type { Batch, TargetColumn } from "#feed/ingest/bulk-writer.ts";
import type { ClassTable } from "#feed/tables/class-table.ts";
import { gauss, random, sigmaSteps } from "./seek-workload.ts";

/** Points that change a second. */
const changeShare = 0.1;

/** Racks whose points walk, frame after frame: the benchmark walk of DESIGN §9. */
export class BulkWalk {
  readonly #table: ClassTable;
  readonly #frameRacks: number;
  /** By metric; all racks. */
  readonly #values: readonly Float32Array[];
  readonly #resolutions: readonly number[];
  #sequence = 0;

  constructor(table: ClassTable, frameRacks: number) {
    this.#table = table;
    this.#frameRacks = frameRacks;
    const { metrics } = table.spec;
    this.#resolutions = metrics.map(({ resolution = 1 }) => resolution);
    this.#values = metrics.map(({ range: [low, high], resolution = 1 }) =>
      Float32Array.from(
        { length: table.rows },
        () => Math.round((low + (high - low) * (0.3 + 0.4 * random())) / resolution) * resolution,
      ),
    );
  }

  /** Changes the racks of one frame, and hands it on. @param timeMs when it is received; now by default */
  write(
    frame: number,
    take: (batch: Omit<Batch, "publisher">, columns: readonly TargetColumn[]) => void,
    timeMs = Date.now(),
  ): void {
    const firstRow = frame * this.#frameRacks;
    const columns = this.#values.map((all, metric) => {
      const values = all.subarray(firstRow, firstRow + this.#frameRacks);
      const resolution = this.#resolutions[metric]!;
      const isState = this.#table.spec.metrics[metric]!.kind === "state";
      for (let i = 0; i < values.length; i++) {
        if (random() >= changeShare) continue;
        const by = (Math.round(gauss() * sigmaSteps) || 1) * resolution;
        values[i] = isState ? 1 - values[i]! : values[i]! + by;
      }
      return { metric, column: { metric, values, quality: null } };
    });
    const head = {
      timeMs: timeMs - 5,
      firstRow,
      rowCount: this.#frameRacks,
      layout: 0,
      sequence: this.#sequence++,
    };
    const bulk = { ...head, columns: columns.map(({ column }) => column) };
    take({ frame: bulk, receivedMs: timeMs, layout: null, kept: false }, columns);
  }
}

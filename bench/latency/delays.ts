import type { ConnectedBridge } from "#feed/contract/client.ts";
import { decodeFrame, neverOffset } from "#feed/contract/frame.ts";
import { classIndex, metricIndex } from "#twins/model/catalogue.ts";

export interface Delay {
  readonly values: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const delayOf = (values: readonly number[]): Delay => {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    values: sorted.length,
    p50Ms: at(sorted, 0.5),
    p95Ms: at(sorted, 0.95),
    p99Ms: at(sorted, 0.99),
    maxMs: at(sorted, 1),
  };
};

/**
 * What a window of the live session sees of the racks that have topics of their own. Of each value: from its source
 * time, which is when it was published, to its receive time, which the ingest thread stamps when it takes the message
 * from its socket. Both are whole milliseconds.
 */
export class Delays {
  #taken: number[] = [];
  readonly #sampleMs: Float64Array;

  constructor(bridge: ConnectedBridge, racks: number) {
    this.#sampleMs = new Float64Array(racks);
    const [rack, power] = [classIndex("rack"), metricIndex("rack", "power")];
    const stream = bridge.openStream({ kind: "display", classes: ["rack"] }, (bytes, offset) => {
      stream.credit(1);
      const frame = decodeFrame(bytes, offset);
      if (frame.classIndex !== rack) return;
      for (const column of frame.columns) {
        if (column.metric !== power) continue;
        for (let i = 0; i < column.count; i++) {
          const row = column.rows ? column.rows[i]! : column.firstRow + i;
          const offsetMs = column.sampleOffsetMs[i]!;
          if (row >= racks || offsetMs === neverOffset) continue;
          // Offsets are rounded from a frame time that has fractions.
          const sampleMs = frame.timeMs + offsetMs;
          if (Math.abs(sampleMs - this.#sampleMs[row]!) < 2) continue;
          this.#sampleMs[row] = sampleMs;
          this.#taken.push(column.receivedOffsetMs[i]! - offsetMs);
        }
      }
    });
    stream.credit(32);
  }

  /** Those since the last call. */
  take(): readonly number[] {
    const taken = this.#taken;
    this.#taken = [];
    return taken;
  }
}

import type { CampusState, ClassState } from "#renderer/data/state.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { freshnessOf, isUsable, Quality, qualityOf } from "#twins/model/quality.ts";

/** How a value may be shown: 0 never seen, 1 seen but not usable now, 2 usable. */
const Look = { never: 0, doubtful: 1, usable: 2 } as const;

const metrics = {
  idleP: metricIndex("centre", "idleCompute"),
  latencyMs: metricIndex("centre", "latency"),
  jobs: metricIndex("centre", "jobs"),
  gbitPerS: metricIndex("centre", "transferRate"),
  movedTb: metricIndex("centre", "stagedData"),
} as const;

/** What is shown of a centre. */
export type CentreMetric = keyof typeof metrics;

/** Latest values of compute centres as the diagram may show them. */
export class CentreFlow {
  readonly #centres: ClassState;

  constructor(state: CampusState) {
    this.#centres = state.of("centre");
  }

  /** The value while it is usable; NaN else: what is late or bad never moves nor is written. */
  value(row: number, metric: CentreMetric): number {
    const cell = row * this.#centres.columns + metrics[metric];
    return isUsable(this.#centres.status[cell]!) ? this.#centres.value[cell]! : Number.NaN;
  }

  look(row: number, metric: CentreMetric): number {
    const status = this.#centres.status[row * this.#centres.columns + metrics[metric]]!;
    if (isUsable(status)) return Look.usable;
    return qualityOf(status) === Quality.unknown || freshnessOf(status) === 0 ? Look.never : Look.doubtful;
  }
}

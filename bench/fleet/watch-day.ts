import { setTimeout as sleep } from "node:timers/promises";
import { memoryPair } from "#feed/bridge/transports.ts";
import { type ConnectedBridge, connectBridge } from "#feed/contract/client.ts";
import { decodeFrame } from "#feed/contract/frame.ts";
import type { Feed } from "#feed/service.ts";
import { classIndex, metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, freshnessOf } from "#twins/model/quality.ts";

/** What a window shows of one metric of one class, by row. */
interface Shown {
  readonly values: Float64Array;
  readonly status: Uint8Array;
}

/** Racks by how fresh their power is shown. */
export interface Counted {
  readonly fresh: number;
  readonly late: number;
  readonly stale: number;
  readonly never: number;
}

const quietMs = 300;
const patienceMs = 20_000;

/** A client of the feed that sees a recording's frames as a window does. */
export class DayWatch {
  readonly bridge: ConnectedBridge;
  readonly power: Shown;
  readonly inlet: Shown;
  /** Warmest inlet of the site: what the engine made of the racks. */
  readonly site: Shown = { values: new Float64Array(1).fill(Number.NaN), status: new Uint8Array(1) };
  #frameMs = 0;
  #heardMs = 0;

  constructor(feed: Feed, racks: number) {
    const blank = (): Shown => ({
      values: new Float64Array(racks).fill(Number.NaN),
      status: new Uint8Array(racks),
    });
    this.power = blank();
    this.inlet = blank();
    const rack = classIndex("rack");
    const shownOf = new Map<string, Shown>([
      [`${rack} ${metricIndex("rack", "power")}`, this.power],
      [`${rack} ${metricIndex("rack", "inletTemperature")}`, this.inlet],
      [`${classIndex("site")} ${metricIndex("site", "inletMax")}`, this.site],
    ]);
    this.bridge = connectBridge({
      capabilities: { shell: "web", windows: false, fileDialogs: false },
      open: async () => {
        const [near, far] = memoryPair();
        feed.connect(far);
        return near;
      },
    });
    const stream = this.bridge.openStream({ kind: "replay" }, (bytes, offset) => {
      stream.credit(1);
      const frame = decodeFrame(bytes, offset);
      this.#frameMs = frame.timeMs;
      this.#heardMs = performance.now();
      for (const column of frame.columns) {
        const shown = shownOf.get(`${frame.classIndex} ${column.metric}`);
        if (!shown) continue;
        for (let i = 0; i < column.count; i++) {
          const row = column.rows ? column.rows[i]! : column.firstRow + i;
          shown.values[row] = column.values[i]!;
          shown.status[row] = column.status[i]!;
        }
      }
    });
    stream.credit(64);
  }

  /** Goes to a moment, and waits until its frames have come. @throws when none comes */
  async seek(timeMs: number): Promise<void> {
    await this.bridge.request("log.control", { seekMs: timeMs, isPlaying: false });
    const deadlineMs = performance.now() + patienceMs;
    while (this.#frameMs !== timeMs || performance.now() - this.#heardMs < quietMs) {
      if (performance.now() > deadlineMs) throw new Error(`no frame of ${new Date(timeMs).toISOString()}`);
      await sleep(20);
    }
  }

  get counted(): Counted {
    const counts = [0, 0, 0, 0];
    for (const status of this.power.status) counts[freshnessOf(status)]!++;
    return {
      fresh: counts[Freshness.fresh]!,
      late: counts[Freshness.late]!,
      stale: counts[Freshness.stale]!,
      never: counts[Freshness.never]!,
    };
  }
}

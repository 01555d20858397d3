import type { LogLanes, TimelineEvent, TimeRange } from "#feed/contract/replay.ts";
import type { Limit } from "#twins/alarm/limit.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import { AlarmRecord } from "./alarm-record.ts";
import { LanePass } from "./lane-pass.ts";
import type { Covered, Log } from "./log.ts";
import { Places } from "./places.ts";
import { type Buckets, QualityRecord } from "./quality-record.ts";
import type { LoggedEvent } from "./ranges.ts";
import { chunkAt, chunkKind } from "./seek-index.ts";

/**
 * What the timeline shows of a log beside its values: coverage, quality, alarms by place and priority, events. Alarms and
 * quality come from one pass over the log, in steps that the caller makes between other work; until it has come to the
 * end of a range, that range is told as incomplete.
 */
export class Lanes {
  readonly #log: Log;
  readonly #twin: Pick<Twin, "table" | "rangeBelow" | "idOf">;
  readonly #places: Places;
  readonly #pass: LanePass;
  #quality = new QualityRecord();
  #alarms: AlarmRecord;
  /** Classes whose rows are the twin's, in the file being read. */
  #known: ReadonlySet<string> = new Set();
  #covered: readonly Covered[] = [];
  #coveredOf = "";

  /** @param limits what alarms are evaluated by */
  constructor(log: Log, twin: Pick<Twin, "table" | "rangeBelow" | "idOf">, limits: readonly Limit[]) {
    this.#log = log;
    this.#twin = twin;
    this.#places = new Places(twin);
    this.#alarms = new AlarmRecord(this.#places);
    this.#pass = new LanePass(log, limits, {
      onAlarm: (change) =>
        this.#alarms.note(change, this.#known.has((change.now ?? change.before)!.className)),
      onQuality: (message, timeMs) => this.#quality.note(message, timeMs),
      onLayouts: ({ layouts }) => {
        const known = layouts.filter(({ name, rows }) => twin.table(name as ClassName).count === rows);
        this.#known = new Set(known.map(({ name }) => name));
      },
      onRestart: () => {
        this.#quality = new QualityRecord();
        this.#alarms = new AlarmRecord(this.#places);
      },
    });
  }

  /** Share of the log that has been read, 0…1. */
  get progress(): number {
    return this.#pass.progress;
  }

  /** Reads on, for some milliseconds; to be called again when the log has grown. @returns false when all has been read */
  step(): boolean {
    return this.#pass.step();
  }

  lanes({ fromMs, toMs, buckets }: TimeRange & { readonly buckets: number }): LogLanes {
    const by: Buckets = { fromMs, stepMs: (toMs - fromMs) / buckets, buckets };
    const covered = sharesOf(this.#coverage(), by);
    return {
      fromMs,
      toMs,
      buckets,
      covered,
      fresh: this.#quality.fresh(by).map((share, i) => (covered[i] === 0 ? null : share)),
      drops: this.#quality.drops(by),
      faults: this.#quality.faults(by),
      alarms: this.#alarms.lanes(by, this.#pass.doneMs),
      isComplete: this.#pass.doneMs >= Math.min(toMs, this.#log.endMs),
    };
  }

  /** Events of the log and alarms that began, in the order of their times: at most `limit`, from `fromMs` on. */
  events({ fromMs, toMs, limit }: TimeRange & { readonly limit: number }): readonly TimelineEvent[] {
    const logged: TimelineEvent[] = [];
    for (const event of this.#loggedEvents(fromMs, toMs)) {
      logged.push(shown(event));
      if (logged.length >= limit) break;
    }
    const alarms = this.#alarms.events({ fromMs, toMs, limit }, ({ limit: { className }, row }) =>
      this.#twin.idOf({ className, row }),
    );
    return [...logged, ...alarms].sort((a, b) => a.timeMs - b.timeMs).slice(0, limit);
  }

  /** Second by second, so that nobody reads a month of them for the first ten. */
  *#loggedEvents(fromMs: number, toMs: number): Generator<LoggedEvent> {
    let lastMs = Number.NEGATIVE_INFINITY;
    for (const { index } of this.#log.files) {
      const end = chunkAt(index, toMs);
      for (let chunk = chunkAt(index, fromMs - 1) + 1; chunk <= end; chunk++) {
        const timeMs = index.timeMs[chunk]!;
        if ((index.kind[chunk]! & chunkKind.events) === 0 || timeMs === lastMs) continue;
        lastMs = timeMs;
        yield* this.#log.events(timeMs, timeMs);
      }
    }
  }

  #coverage(): readonly Covered[] {
    const { files } = this.#log;
    const of = files.map(({ path, index }) => `${path} ${index.count}`).join();
    if (of !== this.#coveredOf) {
      this.#covered = this.#log.coverage();
      this.#coveredOf = of;
    }
    return this.#covered;
  }
}

/** Share of each bucket that lies in one of the stretches. */
const sharesOf = (covered: readonly Covered[], { fromMs, stepMs, buckets }: Buckets): number[] => {
  const shares = new Array<number>(buckets).fill(0);
  for (const stretch of covered) {
    const first = Math.max(0, Math.floor((stretch.fromMs - fromMs) / stepMs));
    const last = Math.min(buckets - 1, Math.floor((stretch.toMs - fromMs) / stepMs));
    for (let bucket = first; bucket <= last; bucket++) {
      const startMs = fromMs + bucket * stepMs;
      const withinMs = Math.min(stretch.toMs, startMs + stepMs) - Math.max(stretch.fromMs, startMs);
      shares[bucket] = Math.min(1, shares[bucket]! + Math.max(0, withinMs) / stepMs);
    }
  }
  return shares;
};

const shown = ({ timeMs, code, ...detail }: LoggedEvent): TimelineEvent => {
  const { address, id } = detail as { readonly address?: unknown; readonly id?: unknown };
  const about = address ?? id;
  return { timeMs, code, about: typeof about === "string" ? about : null, priority: null, detail };
};

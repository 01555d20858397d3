import type { FeedStatus } from "#feed/contract/status.ts";

/** Racks of a run, and the period that their publisher declares: short, so that ageing is quick. */
export const racks = 200;
export const expectedPeriodMs = 2000;

/** What the watching process prints. */
export type Seen =
  | {
      readonly t: "status";
      readonly atMs: number;
      readonly state: FeedStatus["source"]["state"];
      readonly protocol: string | null;
      readonly reconnects: number;
      readonly error: string | null;
      /** Metadata messages received, topics without a place, faults; so far. */
      readonly metadata: number;
      readonly unmapped: number;
      readonly faults: number;
      readonly fresh: number;
      readonly late: number;
      readonly stale: number;
    }
  /** The ingest thread ended, and was started again. */
  | { readonly t: "crash"; readonly atMs: number }
  | {
      readonly t: "frame";
      readonly atMs: number;
      /** Different samples seen so far. */
      readonly samples: number;
      /** Age of the oldest new sample of the frame, ms; 0 without one. */
      readonly slowestMs: number;
      readonly fresh: number;
      readonly late: number;
      readonly stale: number;
      /** Age at which points became late, and stale, in this frame, ms. */
      readonly lateAgesMs: readonly number[];
      readonly staleAgesMs: readonly number[];
    };

export interface Made {
  readonly atMs: number;
  readonly made: number;
}

/** Figures of one outage; times in seconds since its cause began, or ended for `recovered`. Null: it did not happen. */
export interface OutageFigures {
  readonly scenario: string;
  /** passed, failed with reasons, or skipped with the reason: never silently. */
  readonly outcome: "passed" | "failed" | "skipped";
  readonly reasons: readonly string[];
  readonly causeS: number;
  /** Age of a value, in its periods, when it was first shown as late and as stale: youngest and oldest. */
  readonly lateAtPeriods: readonly [number, number] | null;
  readonly staleAtPeriods: readonly [number, number] | null;
  /** When the first point was shown stale. */
  readonly staleS: number | null;
  /** When the status named the source as anything but live, and what it said first and last. */
  readonly namedS: number | null;
  readonly errors: readonly string[];
  /** When all points were fresh again. */
  readonly recoveredS: number | null;
  readonly reconnects: number;
  readonly crashes: number;
  readonly protocol: string | null;
  /** Metadata messages that came again: what the broker had kept, or the plant said anew. */
  readonly metadataAgain: number;
  /** Values made from the cause's beginning until recovery, and those of them that were never shown. */
  readonly made: number;
  readonly lost: number;
  /** Age at display of the values that came meanwhile, s: median and oldest. */
  readonly ageS: readonly [number, number] | null;
}

const seconds = (ms: number): number => Math.round(ms / 10) / 100;
const periods = (ms: number): number => Math.round((ms / expectedPeriodMs) * 100) / 100;

const metadataOf = (seen: Seen | undefined): number => (seen?.t === "status" ? seen.metadata : 0);

/** All that was seen and made in one run, in order. */
export class OutageRecord {
  readonly seen: Seen[] = [];
  readonly made: Made[] = [];

  /** All racks fresh in the latest frame. */
  get isWhole(): boolean {
    return this.#frames().at(-1)?.fresh === racks;
  }

  /** Figures between a cause's beginning and `untilMs`; its end is where recovery is counted from. */
  figures(
    beganMs: number,
    endedMs: number,
    untilMs: number,
  ): Omit<OutageFigures, "scenario" | "outcome" | "reasons"> {
    const frames = this.#frames().filter(({ atMs }) => atMs >= beganMs && atMs <= untilMs);
    const statuses = this.seen.filter(
      (each) => each.t === "status" && each.atMs >= beganMs && each.atMs <= untilMs,
    );
    const late = frames.flatMap(({ lateAgesMs }) => lateAgesMs);
    const stale = frames.flatMap(({ staleAgesMs }) => staleAgesMs);
    const firstStale = frames.find(({ staleAgesMs }) => staleAgesMs.length > 0);
    const named = statuses.find((each) => each.t === "status" && each.state !== "live");
    const errors = statuses.flatMap((each) =>
      each.t === "status" && each.error !== null ? [each.error] : [],
    );
    const recovered = this.#wholeSince(endedMs, untilMs);
    const ages = frames.flatMap(({ slowestMs }) => (slowestMs > 0 ? [slowestMs] : [])).sort((a, b) => a - b);
    const made = this.#madeAt(untilMs) - this.#madeAt(beganMs);
    const shown = (frames.at(-1)?.samples ?? 0) - (frames[0]?.samples ?? 0);
    const last = this.seen.findLast((each) => each.t === "status");
    return {
      causeS: seconds(endedMs - beganMs),
      lateAtPeriods: late.length === 0 ? null : [periods(Math.min(...late)), periods(Math.max(...late))],
      staleAtPeriods: stale.length === 0 ? null : [periods(Math.min(...stale)), periods(Math.max(...stale))],
      staleS: firstStale ? seconds(firstStale.atMs - beganMs) : null,
      namedS: named ? seconds(named.atMs - beganMs) : null,
      errors: [...new Set(errors)],
      recoveredS: recovered === null ? null : seconds(recovered - endedMs),
      reconnects: last?.t === "status" ? last.reconnects : 0,
      crashes: this.seen.filter(({ t }) => t === "crash").length,
      protocol: last?.t === "status" ? last.protocol : null,
      metadataAgain: metadataOf(statuses.at(-1)) - metadataOf(statuses[0]),
      made,
      lost: Math.max(0, made - shown),
      ageS: ages.length === 0 ? null : [seconds(ages[ages.length >> 1]!), seconds(ages.at(-1)!)],
    };
  }

  #frames() {
    return this.seen.filter((each) => each.t === "frame");
  }

  #madeAt(atMs: number): number {
    return this.made.findLast((each) => each.atMs <= atMs)?.made ?? 0;
  }

  /** When all points became fresh and stayed so; null when they are not. */
  #wholeSince(fromMs: number, untilMs: number): number | null {
    const frames = this.#frames().filter(({ atMs }) => atMs <= untilMs);
    const broken = frames.findLastIndex(({ fresh }) => fresh < racks);
    const whole = frames[broken + 1];
    return whole ? Math.max(fromMs, whole.atMs) : null;
  }
}

import { createRandom, Recording } from "#feed/log/recording.fixture.ts";
import { stampCell } from "#feed/tables/class-table.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, freshnessOf, Quality, qualityOf, withFreshness } from "#twins/model/quality.ts";

/** The one point that is told of here: a row of many, so that it has neighbours in its section. */
export const watched = { className: "rack", row: 17, metric: "power" } as const;
const column = metricIndex("rack", "power");
const good = 7;

/** What was known of the watched point at the end of one second that was recorded. */
interface Told {
  readonly timeMs: number;
  readonly receivedMs: number;
  readonly value: number;
  readonly status: number;
}

/** A recording whose one watched point walks by chance, goes stale, bad or silent, and pauses; and what it was at each second. */
export class WatchedRecording {
  readonly recording: Recording;
  readonly told: Told[] = [];
  /** Seconds before which the recording stood still. */
  readonly resumedMs: number[] = [];
  readonly #random: () => number;

  constructor(directory: string, seed: number, roll = 45_000) {
    this.recording = new Recording(directory, {
      counts: { rack: 40, meter: 3 },
      seed,
      roll: { bytes: 2 ** 30, ms: roll },
    });
    this.#random = createRandom(seed + 1);
  }

  /** Records some seconds of a walk. */
  walk(seconds: number): void {
    const random = this.#random;
    for (let second = 0; second < seconds; second++) {
      const dice = random();
      if (dice < 0.4) this.put(this.#cell.value + Math.round((random() - 0.5) * 40) / 10, good);
      else if (dice < 0.43) this.put(Number.NaN, Quality.bad | (Freshness.fresh << 2));
      else if (dice < 0.46) this.put(this.#cell.value, Quality.uncertain | (Freshness.fresh << 2));
      else if (dice < 0.5) this.goStale();
      else this.second();
    }
  }

  /** A value comes within the next second, which is then recorded. */
  put(value: number, status: number = good): void {
    const { table, at, tables } = this.#cell;
    table.value[at] = Number.isNaN(value) && status === good ? 20 : value;
    table.status[at] = status;
    table.sampleTimeMs[at] = this.recording.timeMs + 1 + Math.floor(this.#random() * 500);
    table.receivedTimeMs[at] = table.sampleTimeMs[at]! + Math.floor(this.#random() * 490);
    stampCell(tables, table, at);
    this.second();
  }

  /** Nothing comes any more. */
  goStale(): void {
    const { table, at, tables } = this.#cell;
    table.status[at] = withFreshness(table.status[at]!, Freshness.stale);
    stampCell(tables, table, at);
    this.second();
  }

  second(): void {
    const { table, at } = this.#cell;
    // Something is told each second, so that the recording is known to go on until it pauses.
    this.recording.second(0, [{ code: "tick" }]);
    this.told.push({
      timeMs: this.recording.timeMs,
      receivedMs: table.receivedTimeMs[at]!,
      value: Math.round(table.value[at]! * 10) / 10,
      status: table.status[at]!,
    });
  }

  /** The recorder stands still for a while. @param isStopped it ends its file */
  pause(seconds: number, isStopped: boolean): void {
    if (isStopped) this.recording.writer.close();
    this.recording.timeMs += seconds * 1000;
    this.resumedMs.push(this.recording.timeMs + 1000);
  }

  get #cell() {
    const { tables } = this.recording;
    const table = tables.of(watched.className);
    const at = watched.row * table.columns + column;
    return { tables, table, at, value: table.value[at]! };
  }
}

/** What a bucket has to say, from what was told: computed moment by moment, as no reader of ours does. */
export const bucketOf = (
  { told, resumedMs }: WatchedRecording,
  fromMs: number,
  toMs: number,
): { min: number | null; max: number | null; last: number | null; doubt: number } => {
  const bucket = {
    min: null as number | null,
    max: null as number | null,
    last: null as number | null,
    doubt: -1,
  };
  for (const [i, { timeMs, receivedMs, value, status }] of told.entries()) {
    const before = told[i - 1];
    const isResumed = i === 0 || resumedMs.includes(timeMs);
    const isReceived = !isResumed && receivedMs > before!.receivedMs;
    const startMs = isReceived ? receivedMs : timeMs;
    const next = told[i + 1];
    const isLast = !next || resumedMs.includes(next.timeMs);
    const isNextReceived = !isLast && next.receivedMs > receivedMs;
    const endMs = isLast ? timeMs : isNextReceived ? next.receivedMs : next.timeMs;
    const isNews = isResumed || isReceived || status !== before!.status;
    const isMoment = isNews && endMs === startMs && startMs >= fromMs;
    const isTouched = startMs < toMs && (endMs > fromMs || isMoment);
    if (next && isLast && timeMs < toMs && next.timeMs > fromMs) bucket.doubt = 4;
    if (!isTouched) continue;
    const freshness = freshnessOf(status);
    const isBad = qualityOf(status) < Quality.uncertain;
    const isLate = qualityOf(status) === Quality.uncertain;
    const isStale = freshness === Freshness.stale;
    const isNothing = freshness === Freshness.never || (Number.isNaN(value) && !isBad);
    const doubt = isNothing ? 4 : isBad ? 3 : isStale ? 2 : isLate ? 1 : 0;
    bucket.doubt = Math.max(bucket.doubt, doubt);
    if (Number.isNaN(value) || freshness === Freshness.never || isStale) continue;
    bucket.min = Math.min(bucket.min ?? value, value);
    bucket.max = Math.max(bucket.max ?? value, value);
    bucket.last = value;
  }
  if (bucket.doubt < 0) bucket.doubt = 4;
  return bucket;
};

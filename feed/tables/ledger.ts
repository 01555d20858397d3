import type { FaultCode } from "#feed/contract/status.ts";
import { isNetMeter, registerEvent } from "#twins/kpi/register.ts";
import { classNames } from "#twins/model/metric.ts";
import { Origin, originOf, Quality, qualityOf } from "#twins/model/quality.ts";
import type { CellRef, ClassTables } from "./class-table.ts";
import { canFreeze, frozenMinutes } from "./frozen.ts";
import { LedgerRows, pointLimit } from "./ledger-rows.ts";
import { publisherLimit } from "./publishers.ts";
import { SkewEstimates } from "./skew.ts";
import { Tally } from "./tally.ts";

/** A point that comes after more than this many of its periods had a gap. */
export const gapPeriods = 1.5;
/** Nothing was swept for this long: the process stood still, and what did not come meanwhile is nobody's fault. */
const stallMs = 3_000;
const minuteMs = 60_000;
const skewWindowMinutes = 5;
/** Silent points that are named; beyond them only their number grows. */
const silentLimit = 10_000;

/** Whether one source can be heard, and since when: its outages are not its sensors' gaps. */
export interface Hearing {
  isOpen: boolean;
  sinceMs: number;
}

/** A point that should have sent by now. */
export interface SilentPoint {
  readonly at: CellRef;
  readonly sinceMs: number;
  readonly lengthMs: number;
  /** Values that are due and have not come. */
  readonly missing: number;
}

/** What the ledger has to know of a reading. */
export interface HeardReading {
  readonly value: number;
  readonly receivedMs: number;
  readonly publisher: { readonly index: number };
}

/**
 * What came of every point and what was wrong with it, since the start or the last clearing (docs/DATA-QUALITY.md).
 * Healthy points cost six bytes each; those with faults a row per fault.
 */
export class Ledger {
  /** Values that came, taken or not. By class index; row-major like the tables. */
  readonly received: readonly Uint32Array[];
  /** Whole minutes for which a point sent one value, bit for bit; 0 since it changed. By class index; row-major. */
  readonly still: readonly Uint16Array[];
  readonly rows = new LedgerRows();
  skew = new SkewEstimates();
  readonly byClass = new Tally(classNames.length);
  readonly byPublisher = new Tally(publisherLimit);
  /** Told of every fault that the ledger itself finds. */
  onFault: (code: FaultCode, at: CellRef, detail: string) => void = () => {};
  /** Points silent at the last sweep, at most `silentLimit` of them. */
  readonly silent: SilentPoint[] = [];
  silentCount = 0;

  readonly #tables: ClassTables;
  /** Number of the first point of each class. */
  readonly #base: readonly number[];
  readonly #net: Uint8Array;
  readonly #hearings: Hearing[] = [];
  readonly #hearingOf: Hearing[] = [];
  /** When points last said that they have no reading, ms UTC, by number. */
  readonly #wordless = new Map<number, number>();
  #hearing: Hearing = { isOpen: true, sinceMs: 0 };
  /** Start of the counts. */
  #sinceMs = 0;
  #sweptMs = 0;
  #minute = 0;

  constructor(tables: ClassTables) {
    this.#tables = tables;
    this.received = tables.all.map(({ status }) => new Uint32Array(status.length));
    this.still = tables.all.map(({ status }) => new Uint16Array(status.length));
    let base = 0;
    this.#base = tables.all.map(({ status }) => {
      base += status.length;
      return base - status.length;
    });
    const meters = tables.of("meter").rows;
    this.#net = Uint8Array.from({ length: meters }, (_, row) => (isNetMeter(tables.twin, row) ? 1 : 0));
  }

  /** Number of a point among all of the twin: rows × columns of the classes, one after another. */
  pointOf({ table, cell }: CellRef): number {
    return this.#base[table.index]! + cell;
  }

  cellOf(point: number): CellRef {
    const index = this.#base.findLastIndex((base) => base <= point);
    return { table: this.#tables.all[index]!, cell: point - this.#base[index]! };
  }

  /** A source of its own, that can be heard until it says otherwise. */
  listen(): Hearing {
    const hearing = { isOpen: true, sinceMs: 0 };
    this.#hearings.push(hearing);
    return hearing;
  }

  /** What is noted from now on comes from this source. */
  attend(hearing: Hearing): void {
    this.#hearing = hearing;
  }

  /** Counts a fault of a point that a decoder found. */
  count(at: CellRef, code: FaultCode, nowMs: number): void {
    this.rows.add(this.pointOf(at), code, nowMs);
  }

  /** Notes that a value came, before it is written: counts it, and the gap before it. */
  hear(at: CellRef, reading: Omit<HeardReading, "value">, periodMs: number): void {
    const { table, cell } = at;
    const received = this.received[table.index]!;
    received[cell] = received[cell]! + 1;
    const isOnTime = reading.receivedMs - table.receivedTimeMs[cell]! <= periodMs * gapPeriods;
    if (!isOnTime) this.#countReturn(at, reading, periodMs);
    this.hearMany(table.index, reading.publisher.index, 1);
  }

  #countReturn(at: CellRef, reading: Omit<HeardReading, "value">, periodMs: number): void {
    const lengthMs = this.returned(at, reading, periodMs);
    if (lengthMs > 0) this.onFault("gap", at, `${Math.round(lengthMs / 1000)} s without a value`);
  }

  /** Adds to the sums what a frame brought; the caller counts it by point. */
  hearMany(classIndex: number, publisher: number, count: number): void {
    this.byClass.received[classIndex] = this.byClass.received[classIndex]! + count;
    this.byPublisher.received[publisher] = this.byPublisher.received[publisher]! + count;
    this.#hearingOf[publisher] = this.#hearing;
  }

  /** A point came after long: counts the gap, if it was one of the point's own. Its length, ms, or 0. */
  returned(at: CellRef, { receivedMs, publisher }: Omit<HeardReading, "value">, periodMs: number): number {
    const { table, cell } = at;
    const storedMs = table.receivedTimeMs[cell]!;
    this.still[table.index]![cell] = 0; // whether it changed meanwhile, nobody saw
    if (storedMs === 0 || table.publisher[cell] !== publisher.index) return 0;
    this.#noticeStall(receivedMs);
    const point = this.pointOf(at);
    const wordlessMs = this.#wordless.get(point) ?? 0;
    const heardMs = Math.max(storedMs, wordlessMs, this.#hearing.sinceMs, this.#sinceMs);
    const lengthMs = receivedMs - heardMs;
    if (!(lengthMs > periodMs * gapPeriods)) return 0;
    const missing = Math.round(lengthMs / periodMs) - 1;
    this.rows.addGap(point, receivedMs, { lengthMs, missing });
    const { byClass, byPublisher } = this;
    byClass.missed[table.index] = byClass.missed[table.index]! + missing;
    byPublisher.missed[publisher.index] = byPublisher.missed[publisher.index]! + missing;
    return lengthMs;
  }

  /** Notes a reading without a number: the point is not silent, though its last number ages. */
  hearNothing(at: CellRef, receivedMs: number): void {
    const point = this.pointOf(at);
    if (this.#wordless.size < pointLimit || this.#wordless.has(point)) this.#wordless.set(point, receivedMs);
  }

  /** Notes a value unlike the one before, before it is written. */
  change(at: CellRef, { value, publisher, receivedMs }: HeardReading): void {
    const { table, cell } = at;
    this.still[table.index]![cell] = 0;
    const isCounter = table.spec.metrics[cell % table.columns]!.kind === "counter";
    if (isCounter && value < table.value[cell]! && table.publisher[cell] === publisher.index)
      this.fell(at, value, receivedMs);
  }

  /** A counter is about to fall to `next`: a wrap, a reset, or neither where a meter counts both ways. */
  fell(at: CellRef, next: number, nowMs: number): void {
    const { table, cell } = at;
    if (table.spec.name === "meter" && this.#net[Math.trunc(cell / table.columns)] === 1) return;
    const last = table.value[cell]!;
    const event = registerEvent(last, next);
    if (event === "advance") return;
    const code = event === "wrap" ? "counter-wrap" : "counter-reset";
    this.count(at, code, nowMs);
    this.onFault(code, at, `from ${last} to ${next}`);
  }

  /** Begins a sweep; true once a minute, when `noteMinute` is to be called for every point that is not stale. */
  beginSweep(nowMs: number): boolean {
    this.#noticeStall(nowMs);
    this.#sweptMs = nowMs;
    this.silent.length = 0;
    this.silentCount = 0;
    this.byClass.due.fill(0);
    this.byPublisher.due.fill(0);
    const minute = Math.floor(nowMs / minuteMs);
    if (minute === this.#minute) return false;
    this.#minute = minute;
    if (minute % skewWindowMinutes === 0) this.skew.roll();
    return true;
  }

  /** Notes a point that the sweep found stale: silent, when nothing else kept it from us. */
  noteStale({ table, cell }: CellRef, nowMs: number, periodMs: number): void {
    const publisher = table.publisher[cell]!;
    const hearing = this.#hearingOf[publisher];
    if (!hearing?.isOpen || qualityOf(table.status[cell]!) === Quality.bad) return;
    const sinceMs = Math.max(table.receivedTimeMs[cell]!, hearing.sinceMs, this.#sinceMs);
    if (!(nowMs - sinceMs > periodMs * gapPeriods)) return;
    const lengthMs = nowMs - sinceMs;
    const missing = Math.floor(lengthMs / periodMs);
    this.silentCount++;
    const { byClass, byPublisher } = this;
    byClass.due[table.index] = byClass.due[table.index]! + missing;
    byPublisher.due[publisher] = byPublisher.due[publisher]! + missing;
    if (this.silent.length < silentLimit)
      this.silent.push({ at: { table, cell }, sinceMs, lengthMs, missing });
  }

  /**
   * Notes that a minute passed in which the point sent nothing but its last value, unless it changed since. Only what is
   * measured can freeze: a simulated plant controls perfectly, and holds a temperature to the last bit.
   */
  noteMinute(at: CellRef, nowMs: number, periodMs: number): void {
    const { table, cell } = at;
    const metric = table.spec.metrics[cell % table.columns]!;
    if (originOf(table.status[cell]!) !== Origin.measured || !canFreeze(metric)) return;
    const still = this.still[table.index]!;
    const minutes = still[cell]!;
    if (minutes < 0xffff) still[cell] = minutes + 1;
    const limit =
      minutes < 30 ? Number.POSITIVE_INFINITY : frozenMinutes(metric, table.value[cell]!, periodMs);
    if (minutes < limit) return;
    // Counted when it froze; and when the counters were set to nought since, for it is frozen still.
    if (minutes > limit && this.rows.prolong(this.pointOf(at), "frozen", nowMs)) return;
    this.count(at, "frozen", nowMs);
    this.onFault("frozen", at, `${table.value[cell]!} for ${minutes} min`);
  }

  /** Goes on where the ledger of another expansion of the same plant ends: its sums. Points follow by `inherit`. */
  succeed(before: Ledger): void {
    this.skew = before.skew;
    this.#sinceMs = before.#sinceMs;
    this.#minute = before.#minute;
    this.rows.beyond = before.rows.beyond;
    for (const key of ["received", "missed"] as const) {
      this.byClass[key].set(before.byClass[key]);
      this.byPublisher[key].set(before.byPublisher[key]);
    }
  }

  /** Takes over what was counted of a point. */
  inherit(before: Ledger, from: CellRef, to: CellRef): void {
    this.received[to.table.index]![to.cell] = before.received[from.table.index]![from.cell]!;
    this.still[to.table.index]![to.cell] = before.still[from.table.index]![from.cell]!;
    for (const fault of before.rows.of(before.pointOf(from))) this.rows.addCounted(this.pointOf(to), fault);
  }

  /** Our clock was set: samples' times are compared with the new one, and no gap reaches back across the step. */
  clockWasSet(setByMs: number): void {
    this.skew.forget();
    this.#interrupt(this.#sweptMs + setByMs);
    this.#sinceMs = Math.min(this.#sinceMs, this.#sweptMs);
  }

  /** Sets every count to nought. */
  clear(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.rows.clear();
    this.#wordless.clear();
    for (const received of this.received) received.fill(0);
    for (const { received, missed, due } of [this.byClass, this.byPublisher])
      for (const counts of [received, missed, due]) counts.fill(0);
    this.silent.length = 0;
    this.silentCount = 0;
  }

  #noticeStall(nowMs: number): void {
    if (this.#sweptMs !== 0 && Math.abs(nowMs - this.#sweptMs) > stallMs) this.#interrupt(nowMs);
  }

  /** We could not listen: no gap reaches back before this moment. */
  #interrupt(nowMs: number): void {
    for (const hearing of [this.#hearing, ...this.#hearings]) hearing.sinceMs = nowMs;
    this.#sweptMs = nowMs;
  }
}

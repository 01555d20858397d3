import type { Limit } from "#twins/alarm/limit.ts";
import { type AlarmChange, AlarmWatch, type Ladder } from "#twins/alarm/watch.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { isUsable } from "#twins/model/quality.ts";
import { channelIds } from "./channels.ts";
import type { Segment } from "./decode.ts";
import { fromSteps } from "./layout.ts";
import { type Log, pauseMs } from "./log.ts";
import type { LogFile } from "./log-file.ts";
import { chunkAt } from "./seek-index.ts";
import type { ClassState } from "./state.ts";
import { LogWalk } from "./walk.ts";

/** A step takes about as long, ms: whoever waits for the thread has it soon. */
const stepMs = 8;
/** Chunks are read in runs of about as much. */
const runBytes = 256 * 1024;
const runChunks = 32;

interface WatchedColumn {
  readonly index: number;
  readonly ladders: readonly Ladder[];
}

export interface PassTells {
  readonly onAlarm: (change: AlarmChange) => void;
  /** A quality message, parsed. */
  readonly onQuality: (message: unknown, timeMs: number) => void;
  /** Layouts of the file that is entered, when they are others than before. Alarms of the former have ended. */
  readonly onLayouts: (file: LogFile) => void;
  /** All that was told before is void: the log was changed behind the pass, which begins anew. */
  readonly onRestart: () => void;
}

/** One pass over a whole log, from its first second to its last: alarms by limits, and quality. It goes on as the log grows. */
export class LanePass {
  readonly #log: Log;
  readonly #limits: readonly Limit[];
  readonly #tells: PassTells;
  readonly #walk: LogWalk;
  readonly #text = new TextDecoder();
  #file: LogFile | null = null;
  #chunk = -1;
  #watch: AlarmWatch | null = null;
  /** By class, and in it by column; empty for those without limits. */
  #watched = new Map<string, readonly WatchedColumn[]>();
  #layouts = "";
  /** Whole up to here. */
  #knownMs = Number.NEGATIVE_INFINITY;
  #doneMs = Number.NEGATIVE_INFINITY;
  /** Values are only taken once the second is whole, all of them: it comes after a pause. */
  #isAnew = true;

  constructor(log: Log, limits: readonly Limit[], tells: PassTells) {
    this.#log = log;
    this.#limits = limits;
    this.#tells = tells;
    this.#walk = new LogWalk({
      isWanted: (name, column) =>
        limits.some(({ className, metric }) => className === name && metric === column),
      onKey: (timeMs, beforeMs) => this.#takeKey(timeMs, beforeMs),
      onSegment: (state, segment) => this.#takeSegment(state, segment),
      onText: (channel, payload, timeMs) => {
        if (channel === channelIds.quality) tells.onQuality(this.#parsed(payload), timeMs);
      },
    });
  }

  /** Everything up to here has been told, ms UTC; −Infinity before the first step. */
  get doneMs(): number {
    return this.#doneMs;
  }

  /** Share of the log's time that has been read, 0…1. */
  get progress(): number {
    const { startMs, endMs } = this.#log;
    return endMs > startMs ? Math.min(1, Math.max(0, (this.#doneMs - startMs) / (endMs - startMs))) : 1;
  }

  /** Reads on, for some milliseconds. @returns false when there is nothing to read at the moment */
  step(): boolean {
    const endMs = performance.now() + stepMs;
    while (this.#run()) if (performance.now() >= endMs) return true;
    return false;
  }

  #run(): boolean {
    if (!this.#find()) return false;
    const file = this.#file!;
    const { index } = file;
    const end = this.#endOf(file);
    const first = this.#chunk + 1;
    const isAfterPause = index.timeMs[first]! - this.#doneMs > pauseMs;
    if (isAfterPause) this.#forget();
    let last = first;
    let bytes = index.bytes[first]!;
    while (last < end) {
      const next = last + 1;
      bytes += index.bytes[next]!;
      const isSame = index.timeMs[next] === index.timeMs[last];
      // Seconds are read whole; the first one after a pause by itself, and never on into a pause.
      const isFull = bytes > runBytes || next - first >= runChunks || this.#isAnew;
      if (!isSame && (isFull || index.timeMs[next]! - index.timeMs[last]! > pauseMs)) break;
      last = next;
    }
    this.#walk.advance(file, last);
    this.#chunk = last;
    this.#doneMs = index.timeMs[last]!;
    this.#knownMs = Math.max(this.#knownMs, this.#walk.asOfMs);
    if (this.#isAnew && this.#walk.isWhole) {
      this.#takeAll(this.#doneMs);
      this.#isAnew = false;
    }
    // What waits for its delay need not wait for somebody to change.
    if (!this.#isAnew) this.#watch!.settle(this.#knownMs);
    if (!this.#isAnew && this.#doneMs - this.#knownMs > pauseMs) this.#forget();
    return true;
  }

  /** Finds the file to read on in. @returns false when there is none */
  #find(): boolean {
    const { files } = this.#log;
    const at = this.#file ? files.findIndex(({ path }) => path === this.#file!.path) : -1;
    if (at < 0) return this.#enter(files.find(({ index }) => index.timeMs[0]! > this.#doneMs));
    this.#file = files[at]!;
    if (this.#chunk < this.#endOf(this.#file)) return true;
    const next = files[at + 1];
    if (!next) return false;
    // A clock that was set back while it was recorded: what was told of the time from there on is another file's now.
    if (next.index.timeMs[0]! <= this.#doneMs) {
      this.#restart();
      return this.#enter(files[0]);
    }
    return this.#enter(next);
  }

  /** Last chunk before the next file tells of the time. */
  #endOf({ path, index }: LogFile): number {
    const { files } = this.#log;
    const next = files[files.findIndex((file) => file.path === path) + 1];
    return next ? chunkAt(index, next.index.timeMs[0]! - 1) : index.count - 1;
  }

  #enter(file: LogFile | undefined): boolean {
    if (!file) return false;
    this.#file = file;
    this.#chunk = -1;
    const layouts = JSON.stringify(file.layouts);
    if (layouts !== this.#layouts) {
      this.#forget();
      this.#tells.onLayouts(file);
      this.#layouts = layouts;
      this.#watched = this.#watchedIn(file);
    }
    // All of a file may belong to the next one's time.
    return this.#endOf(file) >= 0 || this.#find();
  }

  #restart(): void {
    this.#tells.onRestart();
    this.#watch = null;
    this.#layouts = "";
    this.#knownMs = Number.NEGATIVE_INFINITY;
    this.#doneMs = Number.NEGATIVE_INFINITY;
    this.#isAnew = true;
  }

  #watchedIn({ layouts }: LogFile): Map<string, readonly WatchedColumn[]> {
    const rowsOf = (className: ClassName): number =>
      layouts.find(({ name }) => name === className)?.rows ?? 0;
    const watch = new AlarmWatch(this.#limits, rowsOf, this.#tells.onAlarm);
    this.#watch = watch;
    const laddersOf = (name: string, column: string): readonly Ladder[] =>
      watch.ladders.filter(({ className, metric }) => className === name && metric === column);
    return new Map(
      layouts.map(({ name, columns }) => [
        name,
        columns.map(({ id }, index) => ({ index, ladders: laddersOf(name, id) })),
      ]),
    );
  }

  /** From what is known last on nothing is. */
  #forget(): void {
    if (this.#knownMs > Number.NEGATIVE_INFINITY) this.#watch?.forget(this.#knownMs);
    this.#isAnew = true;
  }

  #takeKey(timeMs: number, beforeMs: number): void {
    this.#knownMs = Math.max(this.#knownMs, beforeMs);
    if (timeMs - this.#knownMs > pauseMs) this.#forget();
    // A key is the last of its second: with it, that is whole.
    this.#takeAll(timeMs);
    this.#isAnew = false;
  }

  #takeAll(timeMs: number): void {
    this.#watch!.settle(timeMs);
    for (const state of this.#walk.states)
      for (const { index, ladders } of this.#watched.get(state.layout.name)!)
        for (const ladder of ladders)
          for (let row = 0; row < state.layout.rows; row++)
            this.#watch!.take(ladder, row, trustedValue(state, index, row));
  }

  #takeSegment(state: ClassState, { column, timeMs, count, rows, firstRow }: Segment): void {
    const watch = this.#watch!;
    if (this.#isAnew) return;
    watch.settle(timeMs);
    for (const ladder of this.#watched.get(state.layout.name)![column]!.ladders)
      for (let i = 0; i < count; i++) {
        const row = firstRow + rows[i]!;
        watch.take(ladder, row, trustedValue(state, column, row));
      }
  }

  #parsed(payload: Uint8Array): unknown {
    try {
      return JSON.parse(this.#text.decode(payload)) as unknown;
    } catch {
      return null; // another hand's file: what is no JSON tells nothing
    }
  }
}

/** By status byte: 1 for values that can be trusted. */
const trusted = Uint8Array.from({ length: 256 }, (_, status) => (isUsable(status) ? 1 : 0));

/** NaN for no number, and for one that cannot be trusted. */
const trustedValue = ({ layout, steps, status, scales }: ClassState, column: number, row: number): number => {
  const cell = column * layout.rows + row;
  return trusted[status[cell]!] === 1 ? fromSteps(steps[cell]!, scales[column]!) : Number.NaN;
};

import type { ReplayCommand, ReplayState, TimeRange } from "#feed/contract/replay.ts";
import type { Log } from "#feed/log/log.ts";
import type { LogFile } from "#feed/log/log-file.ts";
import { chunkAt } from "#feed/log/seek-index.ts";
import type { ClassState } from "#feed/log/state.ts";
import { LogWalk } from "#feed/log/walk.ts";
import type { ClassTables } from "#feed/tables/class-table.ts";
import { holdMs, Peaks } from "./peaks.ts";
import { Playback } from "./playback.ts";
import { ReplayTables } from "./replay-tables.ts";
import { SpeedMeter } from "./speed-meter.ts";

/** Up to this speed every frame shows the exact moment; above it, the last whole second, and peaks in between. */
const exactSpeed = 1;
/** Of a large campus frames come less often: reading takes this share of the thread at most. */
const busyShare = 0.7;

export interface ReplayOptions {
  readonly log: Log;
  readonly tables: ClassTables;
  /** The log is being written. */
  readonly isGrowing: boolean;
}

/** One client's replay: a cursor in a log, and class tables that hold what was known at that moment. */
export class Replay {
  readonly #log: Log;
  readonly #playback: Playback;
  readonly #tables: ReplayTables;
  readonly #peaks = new Peaks();
  readonly #walk = new LogWalk({ onSegment: this.#peaks.take });
  /** Goes ahead of a cursor that runs backwards, and tells what it passes. */
  readonly #scout = new LogWalk({ onSegment: this.#peaks.take });
  readonly #meter = new SpeedMeter();
  readonly #range: () => TimeRange;
  #asOfMs = Number.NEGATIVE_INFINITY;
  #gap: TimeRange | null = null;
  #steppedMs = 0;
  #dueMs = 0;
  /** When what is held gives way to what is, after the cursor has come to a stand by itself; never: Infinity. */
  #settleMs = Number.POSITIVE_INFINITY;

  constructor({ log, tables, isGrowing }: ReplayOptions) {
    this.#log = log;
    this.#range = () => ({ fromMs: log.startMs, toMs: log.endMs });
    this.#playback = new Playback(this.#range, () => isGrowing);
    this.#tables = new ReplayTables(tables);
    this.#showExactly();
  }

  get cursorMs(): number {
    return this.#playback.cursorMs;
  }

  get state(): ReplayState {
    const { cursorMs, speed, isPlaying, loop } = this.#playback;
    return {
      cursorMs,
      speed,
      isPlaying,
      loop,
      asOfMs: this.#asOfMs === Number.NEGATIVE_INFINITY ? null : this.#asOfMs,
      gap: this.#gap,
      range: this.#range(),
      achievedSpeed: isPlaying ? this.#meter.speed : null,
    };
  }

  /** Does what was asked; what is shown is of the cursor's moment when it returns. @param nowMs monotonic */
  control(command: ReplayCommand, nowMs: number): void {
    const wasPlaying = this.#playback.isPlaying;
    const isElsewhere = this.#playback.control(command);
    if (isElsewhere || (wasPlaying && !this.#playback.isPlaying)) this.#showExactly();
    this.#meter.reset();
    this.#steppedMs = nowMs;
  }

  /** Lets time pass. @param nowMs monotonic @returns true when what is shown may have changed */
  step(nowMs: number): boolean {
    if (nowMs < this.#dueMs) return false;
    if (!this.#playback.isPlaying) return this.#settle(nowMs);
    const before = this.#playback.cursorMs;
    const passed = this.#playback.advance(nowMs - this.#steppedMs);
    this.#steppedMs = nowMs;
    this.#meter.note(nowMs, this.#playback.cursorMs - before);
    if (passed.length === 0) return false;
    const startMs = performance.now();
    if (Math.abs(this.#playback.speed) <= exactSpeed) this.#showExactly();
    else {
      for (const each of passed) {
        if (each.toMs >= each.fromMs) this.#playTo(each);
        else this.#playBack(each);
      }
      this.#showWalk(nowMs);
      if (!this.#playback.isPlaying) this.#settleMs = nowMs + holdMs;
    }
    this.#dueMs = nowMs + (performance.now() - startMs) / busyShare;
    return true;
  }

  /** It played to its end: the last peaks have been seen by now. */
  #settle(nowMs: number): boolean {
    if (nowMs < this.#settleMs) return false;
    this.#showExactly();
    return true;
  }

  #showExactly(): void {
    this.#settleMs = Number.POSITIVE_INFINITY;
    const { cursorMs } = this.#playback;
    const state = this.#log.stateAt(cursorMs);
    this.#asOfMs = state?.asOfMs ?? Number.NEGATIVE_INFINITY;
    this.#show(state?.classes ?? [], (each) => this.#peaks.showExactly(each));
  }

  /** Walks on from where the walk is, so that everything since the last frame is seen. */
  #playTo({ fromMs, toMs }: TimeRange): void {
    const start = this.#placeOf(fromMs);
    const end = this.#placeOf(toMs);
    if (!(start && end)) return;
    const isThere = this.#walk.path === start.file.path && this.#walk.chunk === start.chunk;
    if (!isThere) this.#walk.seek(start.file, start.chunk);
    this.#advance(this.#walk, start.file, end);
  }

  #playBack({ fromMs, toMs }: TimeRange): void {
    const start = this.#placeOf(toMs);
    const end = this.#placeOf(fromMs);
    if (!(start && end)) return;
    this.#scout.seek(start.file, start.chunk);
    this.#advance(this.#scout, start.file, end);
    this.#walk.seek(start.file, start.chunk);
  }

  /** Through all files between. */
  #advance(walk: LogWalk, from: LogFile, { file, chunk }: Place): void {
    const { files } = this.#log;
    const last = files.indexOf(file);
    for (let i = files.indexOf(from); i < last; i++) walk.advance(files[i]!, files[i]!.index.count - 1);
    walk.advance(file, chunk);
  }

  #showWalk(nowMs: number): void {
    this.#asOfMs = this.#walk.isWhole ? this.#playback.cursorMs : this.#walk.asOfMs;
    this.#show(this.#walk.states, (each) => this.#peaks.show(each, nowMs));
  }

  #show(classes: readonly ClassState[], shown: (state: ClassState) => Float64Array): void {
    const { cursorMs } = this.#playback;
    const place = this.#placeOf(cursorMs);
    this.#gap = this.#log.gapAt(cursorMs);
    if (this.#gap) this.#asOfMs = Math.min(this.#asOfMs, this.#gap.fromMs);
    if (!place || this.#asOfMs === Number.NEGATIVE_INFINITY) {
      this.#tables.clear();
      return;
    }
    // Not of the cursor's moment, because that one was not recorded, or is damaged.
    const isStale = this.#gap !== null || this.#asOfMs < place.file.index.timeMs[place.chunk]!;
    for (const each of classes) this.#tables.write(each, shown(each), isStale);
  }

  #placeOf(timeMs: number): Place | null {
    const file = this.#log.fileAt(timeMs);
    return file ? { file, chunk: chunkAt(file.index, timeMs) } : null;
  }
}

interface Place {
  readonly file: LogFile;
  readonly chunk: number;
}

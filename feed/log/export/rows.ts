import type { Segment } from "#feed/log/decode.ts";
import { type Log, pauseMs } from "#feed/log/log.ts";
import { type LogSecond, secondsOf } from "#feed/log/seconds.ts";
import { type ClassState, cellValue } from "#feed/log/state.ts";
import { LogWalk } from "#feed/log/walk.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** One point of an export. */
export interface ExportPoint extends AssetRef {
  readonly metric: string;
}

/** One row: what was known of all points at the end of a second. One instance is reused: valid until the next. */
export interface ExportRow {
  timeMs: number;
  /** NaN: no number, or none that can be trusted. In the order of the points. */
  readonly values: Float64Array;
  /** Status bytes (twins/model/quality.ts). */
  readonly status: Uint8Array;
  /** False for a row that says that nothing was recorded from here on. */
  isRecorded: boolean;
}

/** After so much was read, others have their turn. */
const breathBytes = 4 * 1024 * 1024;

/** Where a point is in the states of a file. */
interface Cell {
  readonly state: ClassState;
  readonly cell: number;
}

/**
 * Rows of points over a range: one for every second in which something was heard of any of them, the first and the last
 * second too. A point that was not heard of in a row's second has what it had. Where nothing was recorded, or it is
 * damaged, one row without values says so. null now and then, for others to have their turn.
 */
export class ExportRows {
  /** The reading has come to here, ms UTC. */
  timeMs = Number.NEGATIVE_INFINITY;
  readonly #log: Log;
  readonly #points: readonly ExportPoint[];
  readonly #walk: LogWalk;
  readonly #row: ExportRow;
  /** Rows that are wanted, by class and column. */
  #wanted = new Map<string, (Uint8Array | undefined)[]>();
  #cells: readonly (Cell | null)[] = [];
  #cellsOf: readonly ClassState[] | null = null;
  #isTouched = false;

  constructor(log: Log, points: readonly ExportPoint[]) {
    this.#log = log;
    this.#points = points;
    this.#row = {
      timeMs: 0,
      values: new Float64Array(points.length),
      status: new Uint8Array(points.length),
      isRecorded: true,
    };
    this.#walk = new LogWalk({
      isWanted: (name, column) =>
        points.some(({ className, metric }) => className === name && metric === column),
      onKey: () => {
        this.#isTouched = true;
      },
      onSegment: (state, segment) => this.#touch(state, segment),
    });
  }

  *read({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): Generator<ExportRow | null> {
    let bytes = 0;
    let lastMs = Number.NEGATIVE_INFINITY;
    let toldMs = Number.NEGATIVE_INFINITY;
    let isGap = false;
    for (const second of secondsOf(this.#log, fromMs, toMs)) {
      if (second.timeMs - lastMs > pauseMs && lastMs > Number.NEGATIVE_INFINITY) {
        if (!isGap && toldMs < lastMs) yield this.#known(lastMs);
        if (!isGap) yield this.#gap(lastMs + 1000);
        isGap = true;
      }
      this.#goTo(second, lastMs === Number.NEGATIVE_INFINITY);
      const { timeMs } = second;
      if (!this.#walk.isWhole) {
        if (!isGap) yield this.#gap(timeMs);
        isGap = true;
      } else if (this.#isTouched || isGap || lastMs === Number.NEGATIVE_INFINITY) {
        yield this.#known(timeMs);
        toldMs = timeMs;
        isGap = false;
      }
      lastMs = timeMs;
      this.timeMs = timeMs;
      bytes += second.bytes;
      if (bytes >= breathBytes) {
        bytes = 0;
        yield null;
      }
    }
    if (!isGap && toldMs < lastMs) yield this.#known(lastMs);
  }

  #goTo({ file, chunk }: LogSecond, isFirst: boolean): void {
    this.#isTouched = false;
    if (isFirst) this.#walk.seek(file, chunk);
    else this.#walk.advance(file, chunk);
  }

  #known(timeMs: number): ExportRow {
    const row = this.#row;
    row.timeMs = timeMs;
    row.isRecorded = true;
    this.#find();
    this.#cells.forEach((cell, i) => {
      const status = cell ? cell.state.status[cell.cell]! : 0;
      row.status[i] = status;
      row.values[i] = cell && isUsable(status) ? cellValue(cell.state, cell.cell) : Number.NaN;
    });
    return row;
  }

  #gap(timeMs: number): ExportRow {
    const row = this.#row;
    row.timeMs = timeMs;
    row.isRecorded = false;
    row.values.fill(Number.NaN);
    row.status.fill(0);
    return row;
  }

  /** Finds the points in the walk's states, which are others in a file with other layouts. */
  #find(): void {
    const { states } = this.#walk;
    if (this.#cellsOf === states) return;
    this.#cellsOf = states;
    this.#wanted = new Map();
    this.#cells = this.#points.map(({ className, row, metric }) => {
      const state = states.find(({ layout }) => layout.name === className);
      const column = state ? state.layout.columns.findIndex(({ id }) => id === metric) : -1;
      if (!state || column < 0 || row >= state.layout.rows) return null;
      const columns = this.#wanted.get(className) ?? [];
      this.#wanted.set(className, columns);
      columns[column] ??= new Uint8Array(state.layout.rows);
      columns[column][row] = 1;
      return { state, cell: column * state.layout.rows + row };
    });
  }

  #touch({ layout }: ClassState, { column, count, rows, firstRow }: Segment): void {
    if (this.#isTouched) return;
    this.#find();
    const wanted = this.#wanted.get(layout.name)?.[column];
    if (!wanted) return;
    for (let i = 0; i < count; i++)
      if (wanted[firstRow + rows[i]!] === 1) {
        this.#isTouched = true;
        return;
      }
  }
}

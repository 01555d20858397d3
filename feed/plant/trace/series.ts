import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/**
 * A recording, as columns over one time axis. A blank is NaN: nobody measured it, so nobody may fill it in.
 */
export interface Series {
  /** ms UTC of the original clock, ascending. Shape: rows. */
  readonly timesMs: Float64Array;
  /** One array per column. Shape: columns × rows. */
  readonly columns: readonly Float64Array[];
  /** A row is valid this long; a longer silence is a gap. */
  readonly holdMs: number;
}

/** Text of a recording, gzipped or not. */
export const readText = (file: string): string => {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
};

/** Lines of a CSV without its header, split at commas. No quotes occur in our traces. */
export const csvLines = (text: string): readonly (readonly string[])[] =>
  text
    .split("\n")
    .slice(1)
    .filter((line) => line.trim() !== "")
    .map((line) => line.trimEnd().split(","));

/** A cell as a number; blank or unreadable is NaN, never 0. */
export const cell = (text: string | undefined): number =>
  text === undefined || text.trim() === "" ? Number.NaN : Number(text);

/** Number of rows at or before an instant. */
export const rowsUntil = ({ timesMs }: Series, tMs: number): number => {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! <= tMs) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Row whose time is the last at or before `tMs` and still valid, or −1 in a gap, before the start and after the end. */
export const rowAt = (series: Series, tMs: number): number => {
  const row = rowsUntil(series, tMs) - 1;
  return row >= 0 && tMs - series.timesMs[row]! <= series.holdMs ? row : -1;
};

/** Puts rows in order of time. A row that repeats a time is left out: the first one stands. */
export const sortedSeries = (
  rows: readonly (readonly [timeMs: number, ...values: number[]])[],
  holdMs: number,
): Series => {
  const ordered = rows
    .filter(([timeMs]) => Number.isFinite(timeMs))
    .toSorted((a, b) => a[0] - b[0])
    .filter(([timeMs], i, all) => i === 0 || timeMs !== all[i - 1]![0]);
  const width = (ordered[0]?.length ?? 1) - 1;
  return {
    timesMs: Float64Array.from(ordered, ([timeMs]) => timeMs),
    columns: Array.from({ length: width }, (_, column) =>
      Float64Array.from(ordered, (row) => row[column + 1] ?? Number.NaN),
    ),
    holdMs,
  };
};

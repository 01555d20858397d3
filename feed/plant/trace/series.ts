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

/** Lines of a CSV, gzipped or not, without its header and split at commas. No quotes occur in our traces. */
export const readCsv = (file: string): readonly (readonly string[])[] => {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .slice(1)
    .filter((line) => line.trim() !== "")
    .map((line) => line.trimEnd().split(","));
};

/** A cell as a number; blank or unreadable is NaN, never 0. */
export const cell = (text: string | undefined): number =>
  text === undefined || text.trim() === "" ? Number.NaN : Number(text);

/** Row whose time is the last at or before `tMs` and still valid, or −1 in a gap, before the start and after the end. */
export const rowAt = (series: Series, tMs: number): number => {
  const { timesMs, holdMs } = series;
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! <= tMs) low = middle + 1;
    else high = middle;
  }
  const row = low - 1;
  return row >= 0 && tMs - timesMs[row]! <= holdMs ? row : -1;
};

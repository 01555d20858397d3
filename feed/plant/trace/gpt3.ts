import type { Series } from "./series.ts";
import { cell, csvLines, readText, rowAt } from "./series.ts";

export const gpt3Nodes = 64;

/** Sum over the nodes that have a reading. */
export interface NodeSum {
  readonly kw: number;
  readonly nodes: number;
  /** Time of the row in the recording's own clock, ms UTC. */
  readonly rowTimeMs: number;
}

/** Wall power of 64 servers of 8×H100 during three GPT-3 175B training runs (assets/NOTICE.md). */
export interface Gpt3Trace {
  /** Columns are node 01 … node 64, kW. Rows come about every 2 s; the runs are an hour apart. */
  readonly series: Series;
  readonly startMs: number;
  readonly endMs: number;
  /**
   * The file's own sum at an instant of its own clock: blanks are left out, not counted as zero.
   * null between runs, before the start and after the end.
   */
  sumAt(tMs: number): NodeSum | null;
}

/** Rows are 1.9 to 2.1 s apart within a run. */
const holdMs = 2_500;

/**
 * Reads the recording.
 * @param file .csv or .csv.gz with the columns `utc_ms, run, node_01_w … node_64_w`
 * @throws when the file has other columns.
 */
export const readGpt3 = (file: string): Gpt3Trace => {
  const lines = csvLines(readText(file));
  if (lines[0]?.length !== gpt3Nodes + 2)
    throw new Error(`${file}: expected ${gpt3Nodes + 2} columns, found ${lines[0]?.length ?? 0}`);
  const timesMs = Float64Array.from(lines, (line) => cell(line[0]));
  const columns = Array.from({ length: gpt3Nodes }, (_, node) =>
    Float64Array.from(lines, (line) => cell(line[node + 2]) / 1000),
  );
  const series: Series = { timesMs, columns, holdMs };
  return {
    series,
    startMs: timesMs[0]!,
    endMs: timesMs.at(-1)!,
    sumAt: (tMs) => {
      const row = rowAt(series, tMs);
      if (row < 0) return null;
      let kw = 0;
      let nodes = 0;
      for (const column of columns) {
        const value = column[row]!;
        if (Number.isNaN(value)) continue;
        kw += value;
        nodes++;
      }
      return { kw, nodes, rowTimeMs: timesMs[row]! };
    },
  };
};

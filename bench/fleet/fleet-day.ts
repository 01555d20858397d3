import { existsSync } from "node:fs";
import { join } from "node:path";
import { cell, csvLines, readText } from "#feed/plant/trace/series.ts";

/**
 * A day of 1,689 servers as their management controllers told it, minute by minute; they were switched off at 02:37 and
 * some of them on again from 21:54 (fasrc/hpc_sustainability_dataset, MIT). Readings in the order of their times.
 */
export interface FleetDay {
  /** By name. */
  readonly nodes: readonly string[];
  /** Shape: readings. */
  readonly timeMs: Float64Array;
  /** Index into `nodes`. Shape: readings. */
  readonly node: Uint16Array;
  /** W; NaN: a blank. Shape: readings. */
  readonly powerW: Float64Array;
  /** °C; NaN: a blank. Shape: readings. */
  readonly inletC: Float64Array;
}

const path = join(import.meta.dirname, "..", "..", "..", "shared", "data", "harvard_ipmi_2025-06-03.csv.gz");

/** @param file another place of it. @returns null where the file is not there */
export const readFleetDay = (file = path): FleetDay | null => {
  if (!existsSync(file)) return null;
  const lines = csvLines(readText(file)).map((line) => ({
    timeMs: Date.parse(`${line[0]!.replace(" ", "T")}Z`),
    node: line[1]!,
    powerW: cell(line[2]),
    inletC: cell(line[5]),
  }));
  const nodes = [...new Set(lines.map(({ node }) => node))].sort();
  const indexOf = new Map(nodes.map((node, index) => [node, index]));
  lines.sort((a, b) => a.timeMs - b.timeMs);
  return {
    nodes,
    timeMs: Float64Array.from(lines, ({ timeMs }) => timeMs),
    node: Uint16Array.from(lines, ({ node }) => indexOf.get(node)!),
    powerW: Float64Array.from(lines, ({ powerW }) => powerW),
    inletC: Float64Array.from(lines, ({ inletC }) => inletC),
  };
};

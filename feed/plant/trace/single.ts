import type { Series } from "./series.ts";
import { cell, csvLines, readText, sortedSeries } from "./series.ts";

/** Recordings with one column of interest. */

const minuteMs = 60_000;

/** `2020-01-01 00:15:00` in a zone, as ms UTC. */
const timeIn = (text: string | undefined, offset: string): number =>
  Date.parse(`${(text ?? "").replace(" ", "T")}${offset}`);

/** A Chinese wind farm: total power, kW. The file says `target`, at most 98.6: MW is presumed. Clock UTC+8. */
export const readWindFarm = (file: string): Series =>
  sortedSeries(
    csvLines(readText(file)).map((line) => [timeIn(line[0], "+08:00"), cell(line[7]) * 1000] as const),
    15 * minuteMs * 1.5,
  );

/** One PV inverter, AC kW. Only daytime rows exist: the night is a gap, not zero. Clock UTC. */
export const readInverter = (file: string): Series =>
  sortedSeries(
    csvLines(readText(file)).map((line) => [timeIn(line[2], "Z"), cell(line[4])] as const),
    5 * minuteMs * 1.5,
  );

/** A PUE below 1 is impossible and above 3 a glitch of a meter (the file's own min and max fields hold −25.9). */
const plausiblePue = (value: unknown): number =>
  typeof value === "number" && value >= 1 && value <= 3 ? value : Number.NaN;

/**
 * Measured PUE of one site. Only `pue` is read: the `min_` and `max_` fields hold raw glitches.
 * @throws when the file is no such list.
 */
export const readPue = (file: string): Series => {
  const rows: unknown = JSON.parse(readText(file));
  if (!Array.isArray(rows)) throw new Error(`${file}: expected a list of readings`);
  const readings = rows.map((row: { readonly timestamp?: unknown; readonly pue?: unknown }) => {
    const timeMs = typeof row.timestamp === "number" ? row.timestamp : Number.NaN;
    return [timeMs, plausiblePue(row.pue)] as const;
  });
  const steps = readings.slice(1).map(([timeMs], i) => timeMs - readings[i]![0]);
  return sortedSeries(readings, Math.min(...steps.filter((step) => step > 0)) * 1.5);
};

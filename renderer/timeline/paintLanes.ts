import type { LogLanes, LogOverview, TimelineEvent } from "#feed/contract/replay.ts";
import type { AlarmRow } from "./alarmRows.ts";
import { alarmRowHeight, type Band } from "./laneLayout.ts";
import { type LaneData, pausesOf } from "./model.ts";
import { alarmHues, glyphPath, ink } from "./palette.ts";
import { fillStretch, type Surface, strokeAt } from "./surface.ts";

/** Walks the buckets that are in sight: index, left edge and width in whole CSS pixels, so that no seam shows between two. */
const eachBucket = (
  { x, width }: Surface,
  { fromMs, toMs, buckets }: LogLanes,
  visit: (index: number, left: number, wide: number) => void,
): void => {
  const step = (toMs - fromMs) / buckets;
  for (let i = 0; i < buckets; i++) {
    const left = Math.round(x(fromMs + i * step));
    if (left > width) return;
    const right = Math.round(x(fromMs + (i + 1) * step));
    if (right >= 0) visit(i, left, Math.max(1, right - left));
  }
};

/** An empty lane, so that nothing there reads as a lane, not as a hole in the panel. */
export const paintTrack = ({ context, width }: Surface, { top, height }: Band): void => {
  context.fillStyle = ink.track;
  context.fillRect(0, top, width, height);
};

/** What was recorded, solid; pauses hatched; beyond both ends nothing. */
export const paintCoverage = (surface: Surface, overview: LogOverview, band: Band): void => {
  const { context } = surface;
  context.fillStyle = ink.bar;
  for (const range of overview.covered) fillStretch(surface, range, band);
  context.fillStyle = surface.hatch;
  for (const pause of pausesOf(overview)) fillStretch(surface, pause, band);
};

/** Nothing is known of a pause in any lane: no alarm there does not mean that there was none. */
export const paintPauses = (surface: Surface, overview: LogOverview, band: Band): void => {
  surface.context.fillStyle = surface.hatchFaint;
  for (const pause of pausesOf(overview)) fillStretch(surface, pause, band);
};

const logShare = (count: number, most: number): number => Math.log1p(count) / Math.log1p(most);
const mostOf = (counts: readonly number[]): number => counts.reduce((most, each) => Math.max(most, each), 1);

/** Share of fresh points as a hill with a line on its ridge; faults as columns from above, drops as full lines. */
export const paintQuality = (surface: Surface, lanes: LogLanes, { top, height }: Band): void => {
  const { context } = surface;
  const foot = top + height;
  context.fillStyle = ink.fresh;
  eachBucket(surface, lanes, (i, left, wide) => {
    const share = lanes.fresh[i];
    if (share != null) context.fillRect(left, foot - share * height, wide, share * height);
  });
  context.fillStyle = ink.accent;
  eachBucket(surface, lanes, (i, left, wide) => {
    const share = lanes.fresh[i];
    if (share != null) context.fillRect(left, foot - Math.max(1, share * height), wide, 1);
  });
  const mostFaults = mostOf(lanes.faults);
  context.fillStyle = ink.text;
  eachBucket(surface, lanes, (i, left, wide) => {
    if ((lanes.drops[i] ?? 0) > 0) context.fillRect(left, top, Math.min(2, wide), height);
    const faults = lanes.faults[i] ?? 0;
    if (faults > 0)
      context.fillRect(left, top, Math.max(1, wide - 0.5), 2 + logShare(faults, mostFaults) * height * 0.4);
  });
};

/** Least height of a column with any alarm. */
const leastShare = 0.3;

/** Alarms in force: higher columns are more of them, all rows of one priority to the same measure. */
const paintRow = (
  surface: Surface,
  lanes: LogLanes,
  { row, most, top }: { row: AlarmRow; most: number; top: number },
): void => {
  const { context } = surface;
  const height = alarmRowHeight - 3;
  context.fillStyle = alarmHues[row.priority];
  let lastGlyph = -99;
  let wasOn = false;
  const begins: number[] = [];
  eachBucket(surface, lanes, (i, left, wide) => {
    const count = row.count[i] ?? 0;
    if (count > 0) {
      const tall = height * (leastShare + (1 - leastShare) * logShare(count, most));
      context.fillRect(left, top + height - tall, wide, tall);
      if (!wasOn && left - lastGlyph > 60) {
        begins.push(left);
        lastGlyph = left;
      }
    }
    wasOn = count > 0;
  });
  // The shape says the priority where the hue alone would.
  for (const left of begins) {
    const glyph = glyphPath(row.priority, [left - 7, top + height / 2], 8);
    context.strokeStyle = ink.base;
    context.lineWidth = 3;
    context.stroke(glyph);
    context.fill(glyph);
  }
};

/** Alarm density, row by row, scrolled within its band. */
export const paintAlarms = (
  surface: Surface,
  data: { readonly lanes: LogLanes } & Pick<LaneData, "rows" | "most">,
  { band, scrolled }: { readonly band: Band; readonly scrolled: number },
): void => {
  const { context, width } = surface;
  context.save();
  context.beginPath();
  context.rect(0, band.top, width, band.height);
  context.clip();
  for (const [i, row] of data.rows.entries()) {
    const top = band.top + i * alarmRowHeight - scrolled;
    if (top + alarmRowHeight < band.top || top > band.top + band.height) continue;
    const most = data.most[row.priority];
    context.fillStyle = ink.track;
    context.fillRect(0, top, width, alarmRowHeight - 3);
    if (row.isFirst && i > 0) {
      context.fillStyle = ink.day;
      context.fillRect(0, top - 2, width, 1);
    }
    paintRow(surface, data.lanes, { row, most, top });
  }
  context.restore();
};

/** Alarms in a line of a few pixels: where there were any, the worst on top. */
export const paintSlimAlarms = (
  surface: Surface,
  lanes: LogLanes,
  { rows, band }: { readonly rows: readonly AlarmRow[]; readonly band: Band },
): void => {
  for (const row of [...rows].reverse()) {
    surface.context.fillStyle = alarmHues[row.priority];
    eachBucket(surface, lanes, (i, left, wide) => {
      if ((row.count[i] ?? 0) > 0) surface.context.fillRect(left, band.top, wide, band.height);
    });
  }
};

const isOfRecording = (code: string): boolean => code.startsWith("recording-") || code === "events-lost";

/** Least distance of two glyphs; closer alarms are lines of their hue. */
const glyphSpace = 11;

/** What happened: alarms by shape and hue, the recording's own as brackets, all else as short lines. */
export const paintEvents = (surface: Surface, events: readonly TimelineEvent[], band: Band): void => {
  const { context, x, width } = surface;
  const middle = band.top + band.height / 2;
  let last = -99;
  for (const { timeMs, code, priority } of events) {
    const at = x(timeMs);
    if (at < -8 || at > width + 8) continue;
    if (priority && at - last >= glyphSpace) {
      context.fillStyle = alarmHues[priority];
      context.fill(glyphPath(priority, [at, middle], 10));
      last = at;
      continue;
    }
    context.strokeStyle = priority ? alarmHues[priority] : ink.accent;
    context.lineWidth = 1;
    strokeAt(surface, timeMs, { top: middle - 5, height: 10 });
    if (isOfRecording(code)) {
      const left = Math.round(at);
      context.strokeRect(left + 0.5, middle - 5.5, 3, 11);
    }
  }
};

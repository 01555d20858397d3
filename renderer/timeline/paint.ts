import type { Band, LaneLayout } from "./laneLayout.ts";
import type { LaneData, Moment } from "./model.ts";
import {
  paintAlarms,
  paintCoverage,
  paintEvents,
  paintPauses,
  paintQuality,
  paintSlimAlarms,
  paintTrack,
} from "./paintLanes.ts";
import { paintLines, paintLoop, paintMarks, paintNoting } from "./paintMarks.ts";
import { ink, inkFont, inkFontBold } from "./palette.ts";
import { fillStretch, type Surface, strokeAt } from "./surface.ts";
import { axisTicks } from "./ticks.ts";

/** About the width of a plate with a time on it: a time of the axis that would lie half below one is left out. */
const platePx = 84;

/** Where the axis carries plates: at the cursor and at the pointer. */
const platesOf = ({ cursorText, aimMs, cursorMs, hoverMs }: Moment): readonly number[] => [
  ...(cursorText === "" ? [] : [aimMs ?? cursorMs]),
  ...(hoverMs === null ? [] : [hoverMs]),
];

/** Lines through all lanes at round times, with the times above them. */
const paintAxis = (surface: Surface, moment: Moment, axis: Band): void => {
  const { context, width, height, x } = surface;
  const { named, plain } = axisTicks(moment.view, width, moment.offsetMin);
  context.lineWidth = 1;
  context.strokeStyle = ink.day;
  for (const timeMs of plain) strokeAt(surface, timeMs, { top: axis.top + axis.height - 4, height: 4 });
  context.textBaseline = "middle";
  const plates = platesOf(moment);
  for (const { timeMs, text, isDay } of named) {
    context.strokeStyle = isDay ? ink.day : ink.grid;
    strokeAt(surface, timeMs, {
      top: axis.top + axis.height - 6,
      height: height - axis.top - axis.height + 6,
    });
    context.strokeStyle = ink.faint;
    strokeAt(surface, timeMs, { top: axis.top + axis.height - 6, height: 6 });
    context.font = isDay ? inkFontBold : inkFont;
    context.fillStyle = isDay ? ink.text : ink.dim;
    context.textAlign = "center";
    const half = context.measureText(text).width / 2;
    const at = x(timeMs);
    const isClear = plates.every((plateMs) => Math.abs(x(plateMs) - at) > half + platePx / 2);
    if (isClear && at - half >= 0 && at + half <= width) context.fillText(text, at, axis.top + 10);
  }
  context.textAlign = "start";
};

/** On the lane of what was recorded: what is shown is older than the cursor, or on its way to where it is wanted. */
const paintDoubt = (surface: Surface, { asOfMs, cursorMs, aimMs }: Moment, band: Band): void => {
  const { context } = surface;
  const line = { top: band.top + band.height / 2 - 1, height: 2 };
  context.fillStyle = ink.replay;
  if (asOfMs !== null && cursorMs - asOfMs >= 1_000)
    fillStretch(surface, { fromMs: asOfMs, toMs: cursorMs }, line);
  if (aimMs === null) return;
  const awaited = { fromMs: Math.min(cursorMs, aimMs), toMs: Math.max(cursorMs, aimMs) };
  context.fillStyle = ink.base;
  fillStretch(surface, awaited, { top: line.top - 2, height: 6 });
  context.fillStyle = ink.replay;
  fillStretch(surface, awaited, line);
};

const paintStack = (
  surface: Surface,
  data: LaneData,
  { layout, moment }: { layout: LaneLayout; moment: Moment },
): void => {
  const { axis, coverage, quality, alarms, events, marks } = layout;
  for (const band of [coverage, quality, events, marks]) paintTrack(surface, band);
  if (data.rows.length === 0) paintTrack(surface, { ...alarms, height: alarms.height - 3 });
  paintAxis(surface, moment, axis);
  paintCoverage(surface, data.overview, coverage);
  if (data.lanes) {
    paintQuality(surface, data.lanes, quality);
    paintAlarms(surface, { ...data, lanes: data.lanes }, { band: alarms, scrolled: moment.scrolled });
  }
  paintPauses(surface, data.overview, { top: quality.top, height: marks.top + marks.height - quality.top });
  paintEvents(surface, data.events, events);
  paintMarks(surface, data.marks, marks);
  paintNoting(surface, moment.noting, marks);
  paintDoubt(surface, moment, coverage);
  paintLoop(surface, moment, axis);
  paintLines(surface, moment, axis);
};

/** All in one line: what was recorded, where alarms were, the cursor. */
const paintSlim = (surface: Surface, data: LaneData, moment: Moment): void => {
  const { height } = surface;
  const band = { top: height / 2 - 4, height: 8 };
  paintTrack(surface, band);
  surface.context.globalAlpha = 0.55;
  paintCoverage(surface, data.overview, band);
  surface.context.globalAlpha = 1;
  if (data.lanes)
    paintSlimAlarms(surface, data.lanes, {
      rows: data.rows,
      band: { top: band.top + band.height - 3, height: 3 },
    });
  paintLoop(surface, moment, { top: 0, height: band.top });
  const axis = { top: 3, height: 20 };
  paintLines(surface, { ...moment, cursorText: "" }, axis);
};

/** Draws the lanes as they are at a moment. The surface is cleared first. */
export const paintTimeline = (surface: Surface, data: LaneData, moment: Moment): void => {
  const { context, width, height } = surface;
  context.clearRect(0, 0, width, height);
  if (!(moment.view.toMs > moment.view.fromMs)) return;
  if (data.layout) paintStack(surface, data, { layout: data.layout, moment });
  else paintSlim(surface, data, moment);
};

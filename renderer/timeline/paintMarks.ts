import type { Mark, TimeRange } from "#feed/contract/replay.ts";
import type { Band } from "./laneLayout.ts";
import type { Moment } from "./model.ts";
import { ink, inkFont, inkFontBold } from "./palette.ts";
import { fillStretch, type Surface, strokeAt } from "./surface.ts";

/** As much of a text as has room, with an ellipsis where something is left out; nothing where hardly any would be seen. */
const fitted = (context: CanvasRenderingContext2D, text: string, room: number): string => {
  if (room < 16) return "";
  if (context.measureText(text).width <= room) return text;
  const chars = [...text];
  while (chars.length > 0 && context.measureText(`${chars.join("")}…`).width > room) chars.pop();
  return chars.length > 0 ? `${chars.join("")}…` : "";
};

/** A pennant on its pole for a bookmark, a bar between two ends for a note on a range; their text where it has room. */
export const paintMarks = (surface: Surface, marks: readonly Mark[], band: Band): void => {
  const { context, x, width } = surface;
  context.font = inkFont;
  context.textBaseline = "middle";
  const middle = band.top + band.height / 2 + 0.5;
  for (const [i, mark] of marks.entries()) {
    const left = x(mark.fromMs);
    const next = marks[i + 1];
    const room = Math.min(next ? x(next.fromMs) : Number.POSITIVE_INFINITY, width) - left;
    context.fillStyle = ink.accent;
    context.strokeStyle = ink.accent;
    context.lineWidth = 1;
    if (mark.toMs === null) {
      strokeAt(surface, mark.fromMs, band);
      const pole = Math.round(left) + 0.5;
      context.beginPath();
      context.moveTo(pole, band.top);
      context.lineTo(pole + 8, band.top + 3.5);
      context.lineTo(pole, band.top + 7);
      context.fill();
      context.fillText(fitted(context, mark.text, room - 16), left + 12, middle);
      continue;
    }
    context.fillStyle = "rgb(197 214 228 / 20%)";
    fillStretch(
      surface,
      { fromMs: mark.fromMs, toMs: mark.toMs },
      { top: band.top + 1, height: band.height - 2 },
    );
    for (const end of [mark.fromMs, mark.toMs]) strokeAt(surface, end, band);
    context.fillStyle = ink.text;
    const inside = Math.min(room, x(mark.toMs) - left);
    context.fillText(fitted(context, mark.text, inside - 10), Math.max(0, left) + 5, middle);
  }
};

/** A text on a plate in the axis, kept within its edges. */
const plate = (
  { context, width }: Surface,
  { text, at, band }: { readonly text: string; readonly at: number; readonly band: Band },
  colors: { readonly fill: string; readonly text: string },
): void => {
  context.font = inkFontBold;
  const wide = context.measureText(text).width + 12;
  const left = Math.min(Math.max(0, at - wide / 2), width - wide);
  context.fillStyle = colors.fill;
  context.beginPath();
  context.roundRect(left, band.top + 1, wide, 17, 3);
  context.fill();
  context.fillStyle = colors.text;
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.fillText(text, left + wide / 2, band.top + 10);
  context.textAlign = "start";
};

/** The stretch that is played again and again, and its points while it is not. */
export const paintLoop = (surface: Surface, { loop }: Pick<Moment, "loop">, axis: Band): void => {
  const { context, height, x } = surface;
  const { inMs, outMs, isOn } = loop;
  if (isOn && inMs !== null && outMs !== null) {
    context.fillStyle = ink.loop;
    fillStretch(surface, { fromMs: inMs, toMs: outMs }, { top: axis.top, height: height - axis.top });
    context.fillStyle = ink.replay;
    fillStretch(surface, { fromMs: inMs, toMs: outMs }, { top: axis.top + axis.height - 3, height: 3 });
  }
  context.strokeStyle = ink.replay;
  context.lineWidth = 1;
  context.setLineDash(isOn ? [] : [3, 3]);
  for (const [timeMs, side] of [
    [inMs, 1],
    [outMs, -1],
  ] as const) {
    if (timeMs === null) continue;
    strokeAt(surface, timeMs, { top: axis.top, height: height - axis.top });
    const at = Math.round(x(timeMs)) + 0.5;
    context.beginPath();
    context.moveTo(at + side * 5, axis.top + 0.5);
    context.lineTo(at, axis.top + 0.5);
    context.stroke();
  }
  context.setLineDash([]);
};

/** The range about which somebody writes a note. */
export const paintNoting = (surface: Surface, range: TimeRange | null, band: Band): void => {
  if (!range) return;
  surface.context.fillStyle = "rgb(197 214 228 / 28%)";
  fillStretch(surface, range, band);
};

/** The cursor, where it is wanted, and the pointer, each with its exact time. */
export const paintLines = (surface: Surface, moment: Moment, axis: Band): void => {
  const { context, x, height } = surface;
  const whole = { top: axis.top, height: height - axis.top };
  const color = moment.isLive ? ink.accent : ink.replay;
  const cursorX = x(moment.cursorMs);
  const wanted = moment.aimMs ?? moment.cursorMs;
  if (moment.hoverMs !== null) {
    context.strokeStyle = ink.hover;
    context.lineWidth = 1;
    context.setLineDash([2, 2]);
    strokeAt(surface, moment.hoverMs, whole);
    context.setLineDash([]);
  }
  if (moment.aimMs !== null) {
    context.strokeStyle = color;
    context.lineWidth = 1;
    strokeAt(surface, moment.aimMs, whole);
  }
  context.fillStyle = color;
  context.fillRect(Math.round(cursorX) - 1, whole.top, 2, whole.height);
  if (moment.hoverMs !== null && Math.abs(x(moment.hoverMs) - x(wanted)) > 2)
    plate(
      surface,
      { text: moment.hoverText, at: x(moment.hoverMs), band: axis },
      { fill: "#39424a", text: ink.text },
    );
  if (moment.cursorText !== "" && cursorX >= 0 && cursorX <= surface.width)
    plate(surface, { text: moment.cursorText, at: x(wanted), band: axis }, { fill: color, text: ink.base });
};

import type { TimeRange } from "#feed/contract/replay.ts";

/** A line of the time axis with its text. */
export interface Tick {
  readonly timeMs: number;
  readonly text: string;
  /** Midnight: its text is a date. */
  readonly isDay: boolean;
}

export interface AxisTicks {
  readonly named: readonly Tick[];
  /** Lines between them without a text. */
  readonly plain: readonly number[];
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps between named lines, each with the step of the plain ones. */
const steps: readonly (readonly [named: number, plain: number])[] = [
  [second, second / 5],
  [2 * second, second],
  [5 * second, second],
  [10 * second, 2 * second],
  [15 * second, 5 * second],
  [30 * second, 5 * second],
  [minute, 10 * second],
  [2 * minute, 30 * second],
  [5 * minute, minute],
  [10 * minute, 2 * minute],
  [15 * minute, 5 * minute],
  [30 * minute, 5 * minute],
  [hour, 10 * minute],
  [2 * hour, 30 * minute],
  [3 * hour, hour],
  [6 * hour, hour],
  [12 * hour, 3 * hour],
  [day, 6 * hour],
  [2 * day, day],
  [5 * day, day],
  [10 * day, 2 * day],
  [30 * day, 10 * day],
  [90 * day, 30 * day],
];

/** CSS pixels that a named line needs, and that plain ones are apart at least. */
const namedPixels = 84;
const plainPixels = 5;

const two = (n: number): string => String(n).padStart(2, "0");

const textOf = (shiftedMs: number, stepMs: number): string => {
  const at = new Date(shiftedMs);
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  return stepMs < minute ? `${clock}:${two(at.getUTCSeconds())}` : clock;
};

/** 07-01: which day, where the year is told elsewhere. */
const shortDate = (timeMs: number, offsetMin: number): string =>
  new Date(timeMs + offsetMin * minute).toISOString().slice(5, 10);

/**
 * Lines of an axis: whole seconds, minutes, hours and days of the zone shown, as close as stays legible.
 * @param width CSS pixels of the stretch
 * @param offsetMin minutes east of UTC
 */
export const axisTicks = ({ fromMs, toMs }: TimeRange, width: number, offsetMin: number): AxisTicks => {
  const msPerPixel = (toMs - fromMs) / width;
  if (!(msPerPixel > 0 && width > 0)) return { named: [], plain: [] };
  const [namedMs, plainMs] =
    steps.find(([stepMs]) => stepMs / msPerPixel >= namedPixels) ?? steps[steps.length - 1]!;
  const shift = offsetMin * minute;
  const named: Tick[] = [];
  for (let at = Math.ceil((fromMs + shift) / namedMs) * namedMs; at <= toMs + shift; at += namedMs) {
    const timeMs = at - shift;
    const isDay = at % day === 0;
    named.push({ timeMs, isDay, text: isDay ? shortDate(timeMs, offsetMin) : textOf(at, namedMs) });
  }
  const plain: number[] = [];
  if (plainMs / msPerPixel >= plainPixels) {
    for (let at = Math.ceil((fromMs + shift) / plainMs) * plainMs; at <= toMs + shift; at += plainMs)
      if (at % namedMs !== 0) plain.push(at - shift);
  }
  return { named, plain };
};

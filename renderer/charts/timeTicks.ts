import type { TimeRange } from "#feed/contract/replay.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Widths between lines of the time axis, ms. */
const steps = [
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  5 * day,
  10 * day,
  30 * day,
  90 * day,
] as const;

/** CSS pixels that a named line needs. */
const pixels = 90;

/** Lines at whole seconds, minutes, hours or days of the zone shown. @param offsetMin minutes east of UTC */
export const timeTicks = ({ fromMs, toMs }: TimeRange, width: number, offsetMin: number): number[] => {
  const least = ((toMs - fromMs) / Math.max(1, width)) * pixels;
  const step = steps.find((each) => each >= least) ?? steps.at(-1)!;
  const shift = offsetMin * minute;
  const ticks: number[] = [];
  for (let at = Math.ceil((fromMs + shift) / step) * step; at <= toMs + shift; at += step)
    ticks.push(at - shift);
  return ticks;
};

const two = (n: number): string => String(n).padStart(2, "0");

/** 14:03, with seconds where they count, and the date at midnight: 07-15. */
export const tickText = (
  timeMs: number,
  { offsetMin, hasSeconds }: { readonly offsetMin: number; readonly hasSeconds: boolean },
): string => {
  const at = new Date(timeMs + offsetMin * minute);
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  if (clock === "00:00" && at.getUTCSeconds() === 0)
    return `${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  return hasSeconds ? `${clock}:${two(at.getUTCSeconds())}` : clock;
};

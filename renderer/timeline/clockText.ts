import { formatSiteTime } from "#renderer/ui/time.ts";

/** 14:05:30.2: a moment to the tenth of a second, rounded down. */
export const tenthText = (timeMs: number, offsetMin: number): string =>
  `${formatSiteTime(timeMs, offsetMin)}.${Math.floor((((timeMs % 1000) + 1000) % 1000) / 100)}`;

/** A moment as finely as a pixel tells: with tenths, or without. */
export const pointText = (timeMs: number, offsetMin: number, msPerPixel: number): string =>
  msPerPixel < 300 ? tenthText(timeMs, offsetMin) : formatSiteTime(timeMs, offsetMin);

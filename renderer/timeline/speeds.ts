import { replaySpeeds } from "#feed/contract/replay.ts";

/** Speeds that can be chosen with one press, and that the shuttle keys go through from 1 on. */
export const speedPresets = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 100, 300, 1000] as const;

/** The speed's share of the slider, 0…1: every decade is as wide. Direction does not count. */
export const sliderShare = (speed: number): number =>
  Math.log10(Math.abs(speed) / replaySpeeds.least) / Math.log10(replaySpeeds.most / replaySpeeds.least);

/** Within this share of the slider a preset catches the handle. */
const catchShare = 0.012;

/** Speed at a share of the slider, of two digits, caught by a preset nearby. Always forwards. */
export const speedAtShare = (share: number): number => {
  const near = speedPresets.find((preset) => Math.abs(sliderShare(preset) - share) <= catchShare);
  if (near !== undefined) return near;
  const speed = replaySpeeds.least * (replaySpeeds.most / replaySpeeds.least) ** share;
  return Math.min(replaySpeeds.most, Math.max(replaySpeeds.least, Number(speed.toPrecision(2))));
};

const faster = (size: number): number => speedPresets.find((preset) => preset > size) ?? replaySpeeds.most;

/**
 * Speed after a press of J (−1) or L (1): at once in that direction, and each further press one step faster. What stands,
 * or goes the other way, begins at 1.
 */
export const shuttled = (
  now: { readonly speed: number; readonly isPlaying: boolean },
  way: 1 | -1,
): number => {
  const goesThatWay = now.isPlaying && Math.sign(now.speed) === way;
  return way * (goesThatWay ? Math.max(1, faster(Math.abs(now.speed))) : 1);
};

/** Reading cannot keep up: what is reached is well below what was asked. */
export const fallsShort = (speed: number, achieved: number | null): achieved is number =>
  achieved !== null && Math.abs(achieved) < 0.9 * Math.abs(speed);

/** 1000, 2.5, 0.1: as many digits as tell the speed. */
export const speedDigits = (speed: number): string => String(Number(Math.abs(speed).toPrecision(2)));

import type { Weather } from "#twins/physics/weather/weather.ts";
import { createWeather } from "#twins/physics/weather/weather.ts";
import { exp } from "./maths.ts";

/** One step of the plant as all its parts see it: filled in place, never kept. */
export interface Moment {
  /** End of the step, ms UTC. */
  timeMs: number;
  /** The same in seconds since 1970. */
  seconds: number;
  /**
   * Length of the step, s. Waves shorter than two steps are averaged, never aliased into noise. What has memory
   * (temperatures, batteries, timers) moves by it; at 0 it keeps still.
   */
  stepSeconds: number;
  /** True at the first step: whatever has memory takes the state it would have settled to. */
  first: boolean;
  /** Hour of the site's day, 0…24. */
  hour: number;
  /** Day count in site time; the week starts on a Thursday. */
  day: number;
  readonly weather: Weather;
}

export const createMoment = (): Moment => ({
  timeMs: 0,
  seconds: 0,
  stepSeconds: 0,
  first: true,
  hour: 0,
  day: 0,
  weather: createWeather(),
});

/** Moves a moment on to a time; the weather is filled by whoever knows it. */
export const setMoment = (
  moment: Moment,
  { timeMs, stepSeconds, utcOffsetMin }: { timeMs: number; stepSeconds: number; utcOffsetMin: number },
): void => {
  const localDays = (timeMs + utcOffsetMin * 60_000) / 86_400_000;
  moment.timeMs = timeMs;
  moment.seconds = timeMs / 1000;
  moment.stepSeconds = stepSeconds;
  moment.day = Math.floor(localDays);
  moment.hour = (localDays - moment.day) * 24;
};

/** Approach of something with memory to where it is going: 1 at the first step, else 1 − e^(−Δt/τ). */
export const approach = (moment: Moment, timeConstantS: number): number =>
  moment.first ? 1 : 1 - exp(-moment.stepSeconds / timeConstantS);

import { type EpwYear, readEpw, readEpwSnow } from "./epw.ts";
import { createGround, type Ground, readGround } from "./ground.ts";
import { visibilityOf } from "./light.ts";
import { type Climate, readSeeded } from "./seeded.ts";
import { type LedWeather, leadWeather } from "./shift.ts";
import type { Weather } from "./weather.ts";

/** Where the weather of a plant comes from: a seed, or a file's year, and a scenario that leads it. */
export interface Sky extends Climate {
  readonly year: EpwYear | undefined;
  readonly shifts: LedWeather | undefined;
  readonly ground: Ground;
}

export interface SkyOptions extends Climate {
  /** Measured or typical weather instead of the seeded one. */
  readonly year?: EpwYear | undefined;
  readonly shifts?: LedWeather | undefined;
}

const hourMs = 3_600_000;

/** The file's clock shows the site's time: a year of another zone is not turned night for day. */
const fileTime = ({ site }: Climate, year: EpwYear, timeMs: number): number =>
  timeMs + (site.utcOffsetMin - year.site.utcOffsetMin) * (hourMs / 60);

const readAir = (out: Weather, air: SkyOptions, timeMs: number): void => {
  readSeeded(out, air, timeMs);
  if (air.year) readEpw(out, air.year, fileTime(air, air.year, timeMs));
};

export const createSky = ({ site, seed, year, shifts }: SkyOptions): Sky => {
  const air = { site, seed, year };
  const ground = createGround(site.utcOffsetMin, (out, timeMs) => readAir(out, air, timeMs));
  return { site, seed, year, shifts, ground };
};

/** Weather at a time, ms UTC, into `out`. */
export const readSky = (out: Weather, sky: Sky, timeMs: number): void => {
  readAir(out, sky, timeMs);
  readGround(out, sky.ground, timeMs);
  if (sky.year) readEpwSnow(out, sky.year, fileTime(sky, sky.year, timeMs));
  out.visibility = visibilityOf(out);
  if (sky.shifts) leadWeather(out, sky.shifts, timeMs);
};

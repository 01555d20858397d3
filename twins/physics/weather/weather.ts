import { cos, cube, exp, sin, square } from "#twins/physics/maths.ts";
import { clamp, smoothNoise, smoothStep, unit } from "#twins/physics/noise.ts";
import { saturation, wetBulbStull } from "./humidity.ts";
import { cloudTransmission, diffuseShare, haurwitz, visibilityOf } from "./light.ts";
import { readSun, type SunPosition, type SunSite } from "./sun.ts";

/** Where the sun and the seasons are computed for. */
export interface WeatherSite extends SunSite {
  readonly utcOffsetMin: number;
}

/** Weather at one instant; filled in place by `readWeather`. Temperatures in °C, irradiance in W/m² on the horizontal. */
export interface Weather extends SunPosition {
  airTemperature: number;
  wetBulb: number;
  /** Relative, %. */
  humidity: number;
  /** m/s at 10 m. */
  windSpeed: number;
  /** Where it blows from, degrees clockwise from north. */
  windDirection: number;
  /** 0…1. */
  cloud: number;
  globalIrradiance: number;
  /** The part of it that has no direction. */
  diffuseIrradiance: number;
  /** µg/m³. */
  pm10: number;
  /** Rain, or the water of snow, mm/h. */
  precipitation: number;
  /** cm. */
  snowDepth: number;
  /** m. */
  visibility: number;
  /** Share of light lost to dirt on panels (Kimber: 0.15 % a day until rain). */
  soiling: number;
  /** Part of a tilted panel under snow, 0…1. */
  panelSnow: number;
}

export const createWeather = (): Weather => ({
  airTemperature: 0,
  wetBulb: 0,
  humidity: 0,
  windSpeed: 0,
  windDirection: 0,
  cloud: 0,
  globalIrradiance: 0,
  diffuseIrradiance: 0,
  pm10: 0,
  precipitation: 0,
  snowDepth: 0,
  visibility: 0,
  sunAltitudeDeg: 0,
  sunAzimuthDeg: 0,
  soiling: 0,
  panelSnow: 0,
});

const dayMs = 86_400_000;
const yearDays = 365.2425;

/** Seeds of the independent variations, added to the plant's own. */
const salt = {
  front: 11,
  day: 12,
  hour: 13,
  dew: 21,
  cloud: 31,
  gust: 41,
  bearing: 51,
  dust: 61,
  rain: 71,
  wave: 81,
};

/** Days since panels were last washed by rain: dry spells of one to six weeks, longer in winter than in summer. */
const daysSinceRain = (day: number, seed: number, summer: number): number => {
  const spell = 9 + (1 - summer) * 30;
  const phase = day / spell + unit(seed + salt.rain, Math.floor(day / 400));
  return (phase - Math.floor(phase)) * spell;
};

/**
 * Weather of the Hohhot typical year: mean about 7 °C, January −11, July 23.3, wet bulb ≤14 °C in 79 % of hours,
 * 1,545 kWh/m² a (CAMPUS §2, STANDARDS). Smooth in time, the same for the same seed and time.
 */
export const readWeather = (out: Weather, site: WeatherSite, timeMs: number, seed: number): void => {
  const localDays = (timeMs + site.utcOffsetMin * 60_000) / dayMs;
  const season = (2 * Math.PI * (localDays - 17)) / yearDays;
  const summer = 0.5 - 0.5 * cos(season);
  const hour = (localDays - Math.floor(localDays)) * 24;
  const front = smoothNoise(seed + salt.front, localDays / 4.5);

  const cover = 0.45 + 0.62 * smoothNoise(seed + salt.cloud, localDays / 1.3);
  out.cloud = clamp(cover + 0.22 * smoothNoise(seed + salt.cloud, localDays * 5), 0, 1);
  const swing = 6.4 * (1 - 0.45 * out.cloud);
  const temperature =
    7.35 - 17.1 * cos(season) - 0.9 * cos(2 * season) - swing * cos(((hour - 3.6) * Math.PI) / 12);
  // Cold and heat waves: next to nothing on most days, up to 14 K once in some years.
  const wave = 14 * cube(cube(smoothNoise(seed + salt.wave, localDays / 8)));
  const disturbance = 5 * front + wave + 1.8 * smoothNoise(seed + salt.day, localDays / 1.1);
  out.airTemperature = clamp(
    temperature + disturbance * (1.15 - 0.5 * summer) + 0.25 * smoothNoise(seed + salt.hour, localDays * 14),
    -32.8,
    38.9,
  );

  const dewPoint = Math.min(
    -3.2 - 16.8 * cos(season) + 5.5 * smoothNoise(seed + salt.dew, localDays / 3.1) + 2 * front,
    out.airTemperature - 0.6,
  );
  out.humidity = clamp((100 * saturation(dewPoint)) / saturation(out.airTemperature), 8, 98);
  out.wetBulb = Math.min(out.airTemperature - 0.1, wetBulbStull(out.airTemperature, out.humidity));

  const afternoon = 0.86 + 0.3 * exp(-square((hour - 15) / 5));
  const spring = 1 + 0.22 * sin(season);
  const gusts =
    0.85 * smoothNoise(seed + salt.gust, localDays / 1.5) +
    0.4 * smoothNoise(seed + salt.gust + 1, localDays * 3.5);
  out.windSpeed =
    3.3 * afternoon * spring * exp(gusts + 0.06 * smoothNoise(seed + salt.gust + 2, localDays * 200));
  out.windDirection =
    (300 +
      75 * smoothNoise(seed + salt.bearing, localDays / 2) +
      15 * smoothNoise(seed + salt.bearing, localDays * 9) +
      360) %
    360;

  const storm =
    smoothStep(0.62, 0.95, smoothNoise(seed + salt.dust, localDays / 1.7)) *
    smoothStep(0.2, 0.9, sin(season));
  out.pm10 = 55 + 30 * (1 - summer) + 25 * smoothNoise(seed + salt.dust + 1, localDays) + 950 * storm;
  readLight(out, site, { timeMs, clearness: haze * (1 - 0.3 * storm) });
  out.visibility = visibilityOf(out);
  out.soiling = Math.min(0.08, 0.0015 * daysSinceRain(localDays, seed, summer) + 0.03 * storm);
};

/** Mean aerosol transmission over a dusty plateau; fitted to 1,545 kWh/m² a. */
const haze = 0.885;

const readLight = (
  out: Weather,
  site: WeatherSite,
  { timeMs, clearness }: { timeMs: number; clearness: number },
): void => {
  readSun(out, site, timeMs);
  out.globalIrradiance = clearness * haurwitz(out.sunAltitudeDeg) * cloudTransmission(out.cloud);
  out.diffuseIrradiance = out.globalIrradiance * diffuseShare(out.globalIrradiance, out);
};

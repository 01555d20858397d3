import { cos, cube, exp, sin, square } from "#twins/physics/maths.ts";
import { clamp, smoothNoise, smoothStep } from "#twins/physics/noise.ts";
import { cloudTransmission, diffuseShare, haurwitz, snowShare } from "./light.ts";
import { saturation, standardPressure, wetBulbStull } from "./moist-air.ts";
import { readSun } from "./sun.ts";
import type { Weather, WeatherSite } from "./weather.ts";

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
  shower: 71,
  wave: 81,
  pressure: 91,
};

/** What the parts of the weather share at one instant. */
interface Instant {
  seed: number;
  /** Days since 1970 in site time. */
  days: number;
  /** 0…24. */
  hour: number;
  /** Angle of the year, 0 on the coldest day. */
  season: number;
  /** 0 in mid-winter, 1 in mid-summer. */
  summer: number;
  /** Warm (+) or cold air mass, −1…1. */
  front: number;
  /** Cover before it is cut to 0…1: how much over 1 says how thick. */
  cover: number;
}

const noise = (at: Instant, salted: number, cycles: number): number =>
  smoothNoise(at.seed + salted, at.days * cycles);

const readTemperature = (out: Weather, at: Instant): void => {
  const swing = 6.4 * (1 - 0.45 * out.cloud);
  const temperature =
    7.45 - 17.1 * cos(at.season) - 0.9 * cos(2 * at.season) - swing * cos(((at.hour - 3.6) * Math.PI) / 12);
  // Cold and heat waves: next to nothing on most days, up to 14 K once in some years.
  const wave = 14 * cube(cube(smoothNoise(at.seed + salt.wave, at.days / 8)));
  const disturbance = 5 * at.front + wave + 1.8 * smoothNoise(at.seed + salt.day, at.days / 1.1);
  out.airTemperature = clamp(
    temperature + disturbance * (1.15 - 0.5 * at.summer) + 0.25 * noise(at, salt.hour, 14),
    -32.8,
    38.9,
  );
};

/** Rain in the middle of a wet season's shower, mm/h at most; fitted to 396 mm a year. */
const heaviest = 13.3;

/**
 * Showers out of thick clouds, some 200 minutes apart. The year's course is that of the climate normals, 104 mm in July
 * and August each and 2 mm in January: exp(1.95·cos) about the first of August.
 */
const readPrecipitation = (out: Weather, at: Instant): void => {
  const thick = smoothStep(0.85, 1.15, at.cover);
  out.precipitation =
    thick > 0
      ? heaviest *
        exp(1.95 * (cos(at.season - 3.37) - 1)) *
        thick *
        smoothStep(0, 0.9, noise(at, salt.shower, 7))
      : 0;
};

/** Psychrometric constant at 893 hPa, hPa/K: what air takes up in vapour as it cools by evaporation. */
const psychrometric = 0.591;

const readHumidity = (out: Weather, at: Instant): void => {
  const dewPoint = Math.min(
    -3.2 - 16.8 * cos(at.season) + 5.5 * smoothNoise(at.seed + salt.dew, at.days / 3.1) + 2 * at.front,
    out.airTemperature - 0.6,
  );
  const dry = clamp((100 * saturation(dewPoint)) / saturation(out.airTemperature), 8, 98);
  out.humidity = dry;
  out.wetBulb = Math.min(out.airTemperature - 0.1, wetBulbStull(out.airTemperature, dry));
  // Rain evaporates on its way down: the air cools towards its wet bulb, which stays.
  const raining = smoothStep(0, 3, out.precipitation * (1 - snowShare(out.airTemperature)));
  if (raining === 0) return;
  const cooled = 0.75 * raining * (out.airTemperature - out.wetBulb);
  const vapour = (dry / 100) * saturation(out.airTemperature) + psychrometric * cooled;
  out.airTemperature -= cooled;
  out.humidity = clamp((100 * vapour) / saturation(out.airTemperature), 8, 98);
};

const readWind = (out: Weather, at: Instant): void => {
  const afternoon = 0.86 + 0.3 * exp(-square((at.hour - 15) / 5));
  const spring = 1 + 0.22 * sin(at.season);
  const gusts =
    0.85 * smoothNoise(at.seed + salt.gust, at.days / 1.5) +
    0.4 * noise(at, salt.gust + 1, 3.5) +
    0.06 * noise(at, salt.gust + 2, 200);
  out.windSpeed = 3.41 * afternoon * spring * exp(gusts);
  out.windDirection =
    (300 + 75 * smoothNoise(at.seed + salt.bearing, at.days / 2) + 15 * noise(at, salt.bearing, 9) + 360) %
    360;
};

/** Mean aerosol transmission over a dusty plateau; fitted to 1,545 kWh/m² a. */
const haze = 0.885;

/** Dust of spring; what it leaves of a clear day's light. */
const readDust = (out: Weather, at: Instant): number => {
  const storm =
    smoothStep(0.62, 0.95, smoothNoise(at.seed + salt.dust, at.days / 1.7)) *
    smoothStep(0.2, 0.9, sin(at.season));
  out.pm10 = 55 + 30 * (1 - at.summer) + 25 * noise(at, salt.dust + 1, 1) + 950 * storm;
  return haze * (1 - 0.3 * storm);
};

/** High in the cold of winter, low in summer's heat and where warm air comes (amplitudes assumed). */
const readPressure = (out: Weather, { altitudeM }: WeatherSite, at: Instant): void => {
  const seasonal = 6 * cos(at.season);
  const synoptic = 6 * smoothNoise(at.seed + salt.pressure, at.days / 3) - 5 * at.front;
  out.pressure = standardPressure(altitudeM) + seasonal + synoptic * (1 - 0.4 * at.summer);
};

/** Reused: one instant at a time is looked at. */
const instant: Instant = { seed: 0, days: 0, hour: 0, season: 0, summer: 0, front: 0, cover: 0 };

/** Where and from which seed the weather is made. */
export interface Climate {
  readonly site: WeatherSite;
  readonly seed: number;
}

/**
 * Air, light and precipitation of the Hohhot typical year: mean about 7 °C, January −11, July 23.3, wet bulb ≤14 °C in
 * 79 % of hours, 1,545 kWh/m² a, 396 mm (CAMPUS §2, STANDARDS). Smooth in time, the same for the same seed and time.
 * What lies on the ground (snow, dirt) has a history: ground.ts.
 */
export const readSeeded = (out: Weather, { site, seed }: Climate, timeMs: number): void => {
  const days = (timeMs + site.utcOffsetMin * 60_000) / dayMs;
  const at = instant;
  at.seed = seed;
  at.days = days;
  at.hour = (days - Math.floor(days)) * 24;
  at.season = (2 * Math.PI * (days - 17)) / yearDays;
  at.summer = 0.5 - 0.5 * cos(at.season);
  at.front = smoothNoise(seed + salt.front, days / 4.5);
  at.cover =
    0.45 +
    0.62 * smoothNoise(seed + salt.cloud, days / 1.3) +
    0.22 * smoothNoise(seed + salt.cloud, days * 5);
  out.cloud = clamp(at.cover, 0, 1);
  readTemperature(out, at);
  readPrecipitation(out, at);
  readHumidity(out, at);
  readWind(out, at);
  readPressure(out, site, at);
  const clearness = readDust(out, at);
  readSun(out, site, timeMs);
  out.globalIrradiance = clearness * haurwitz(out.sunAltitudeDeg) * cloudTransmission(out.cloud);
  out.diffuseIrradiance = out.globalIrradiance * diffuseShare(out.globalIrradiance, out);
};

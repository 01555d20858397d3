import { snowShare } from "./light.ts";
import { planeIrradiance } from "./plane.ts";
import { createWeather, type Weather } from "./weather.ts";

/**
 * Snow on the ground, snow and dirt on panels: what the hours before have left. From 15 June on, when there is no snow
 * and panels are taken as washed, the hours of a year follow each other, each with the weather of its middle; between
 * full hours all of it runs straight. So it depends on nothing but the weather and the time, and on no step's length.
 */
export interface Ground {
  readonly utcOffsetMin: number;
  /** Fills a weather without a ground for a time, ms UTC. */
  readonly sample: (out: Weather, timeMs: number) => void;
  readonly scratch: Weather;
  /** Years that began on 15 June since 1970; NaN before the first look. */
  year: number;
  /** Full hours from its beginning; `before` holds then, `after` an hour later. */
  hour: number;
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** As `before`, for every midnight so far. Shape: days × what is kept. */
  readonly midnights: Float64Array;
  /** How many of them are known. */
  known: number;
}

/** Places in what is kept. */
const kept = { snowMm: 0, depthCm: 1, cover: 2, dirt: 3, dust: 4, rainMm: 5 } as const;
const size = Object.keys(kept).length;

const hourMs = 3_600_000;
const yearDays = 365.2425;
/** 15 June 1970. */
const firstDay = 165;
const longestYear = 366;

/** New snow is ten times as deep as its water, cm per mm; it settles to 300 kg/m³ in some five days (assumed). */
const newCmPerMm = 1;
const oldCmPerMm = 1 / 3;
const settlingPerHour = 1 / 120;
/** Degree-day melt, mm of water per K and hour (Hock 2003: 3–6 mm per K and day). */
const meltPerKHour = 4 / 24;
/** Snow that dry wind takes, mm/h (assumed: 0.3 mm a day). */
const sublimationPerHour = 0.3 / 24;

/** Marion et al. 2013: a snowfall of 1 cm in an hour covers a panel… */
const coveringCm = 1;
/** …which slides off, 1.97·sin(tilt) tenths of it an hour, when the air is warmer than −irradiance/80; 38° assumed. */
const tiltDeg = 38;
const slidePerHour = 0.197 * 0.616;
const slideSlope = 80;
/** Dry snow blows off in some two days (assumed). */
const blownPerHour = 1 / 48;

/** Kimber 2006: 0.15 % a day until a day of 6 mm of rain; crews keep it under 8 % (assumed). */
const dirtPerHour = 0.0015 / 24;
const dirtiest = 0.08;
const washingMm = 6;
/** PM10 of storms settles on top; crews wash it off in some ten days (assumed). */
const usualPm10 = 150;
const crewPerHour = 1 / 240;
const mostDust = 0.2;
/** Share of light per µg/m³ and hour: 1,000 µg/m³ for five hours take 2.5 % (Hegazy 2001 at 2 cm/s of settling; assumed). */
export const dustingPerHour = 5e-6;

export const createGround = (utcOffsetMin: number, sample: Ground["sample"]): Ground => ({
  utcOffsetMin,
  sample,
  scratch: createWeather(),
  year: Number.NaN,
  hour: 0,
  before: new Float64Array(size),
  after: new Float64Array(size),
  midnights: new Float64Array(size * (longestYear + 1)),
  known: 0,
});

const startDay = (year: number): number => Math.ceil(firstDay + year * yearDays);

const snowAnHour = (from: Float64Array, to: Float64Array, air: Weather): void => {
  const fallen = air.precipitation * snowShare(air.airTemperature);
  const melted = Math.max(0, air.airTemperature) * meltPerKHour + sublimationPerHour;
  const lying = from[kept.snowMm]! + fallen;
  const left = Math.max(0, lying - melted);
  const settled =
    from[kept.depthCm]! - (from[kept.depthCm]! - from[kept.snowMm]! * oldCmPerMm) * settlingPerHour;
  const depth = settled + fallen * newCmPerMm;
  to[kept.snowMm] = left;
  to[kept.depthCm] = lying > 0 ? depth * (left / lying) : 0;
  const covered = from[kept.cover]! * (1 - blownPerHour) + (fallen * newCmPerMm) / coveringCm;
  const slides = covered > 0 && air.airTemperature > -planeIrradiance(air, tiltDeg) / slideSlope;
  to[kept.cover] = Math.max(0, Math.min(1, covered) - (slides ? slidePerHour : 0));
};

const dirtAnHour = (from: Float64Array, to: Float64Array, air: Weather): void => {
  const rain = from[kept.rainMm]! + air.precipitation * (1 - snowShare(air.airTemperature));
  to[kept.rainMm] = rain;
  const isWashed = rain >= washingMm;
  const storm = dustingPerHour * Math.max(0, air.pm10 - usualPm10);
  to[kept.dirt] = isWashed ? 0 : Math.min(dirtiest, from[kept.dirt]! + dirtPerHour);
  to[kept.dust] = isWashed ? 0 : Math.min(mostDust, from[kept.dust]! * (1 - crewPerHour) + storm);
};

/** Fills `after` from `before`. */
const lookAhead = (ground: Ground): void => {
  const { before, after, scratch, hour } = ground;
  const localHours = startDay(ground.year) * 24 + hour + 0.5;
  ground.sample(scratch, localHours * hourMs - ground.utcOffsetMin * 60_000);
  snowAnHour(before, after, scratch);
  dirtAnHour(before, after, scratch);
};

/** Makes an hour the one that `before` and `after` lie around. */
const goTo = (ground: Ground, year: number, hour: number): void => {
  const { before, after, midnights } = ground;
  const isOnward = year === ground.year && hour > ground.hour && hour <= ground.hour + 24;
  if (!isOnward) {
    if (year !== ground.year) ground.known = 1; // The first midnight: nothing lies anywhere.
    const day = Math.min(Math.floor(hour / 24), ground.known - 1);
    for (let i = 0; i < size; i++) before[i] = day === 0 ? 0 : midnights[day * size + i]!;
    ground.year = year;
    ground.hour = day * 24;
    lookAhead(ground);
  }
  while (ground.hour < hour) {
    before.set(after);
    ground.hour++;
    if (ground.hour % 24 === 0) {
      before[kept.rainMm] = 0;
      const day = ground.hour / 24;
      if (day === ground.known) {
        midnights.set(before, day * size);
        ground.known++;
      }
    }
    lookAhead(ground);
  }
};

const between = ({ before, after }: Ground, what: number, share: number): number =>
  before[what]! + (after[what]! - before[what]!) * share;

/** Snow and dirt at a time, into `out`. */
export const readGround = (out: Weather, ground: Ground, timeMs: number): void => {
  const localHours = (timeMs + ground.utcOffsetMin * 60_000) / hourMs;
  const fullHours = Math.floor(localHours);
  const year = Math.floor((Math.floor(fullHours / 24) - firstDay) / yearDays);
  const hour = fullHours - startDay(year) * 24;
  if (year !== ground.year || hour !== ground.hour) goTo(ground, year, hour);
  const share = localHours - fullHours;
  out.snowDepth = between(ground, kept.depthCm, share);
  out.panelSnow = between(ground, kept.cover, share);
  out.soiling = between(ground, kept.dirt, share) + between(ground, kept.dust, share);
};

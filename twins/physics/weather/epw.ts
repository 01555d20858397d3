import { err, ok, type Result } from "#twins/model/result.ts";
import { clamp } from "#twins/physics/noise.ts";
import { cloudBehind, haurwitz } from "./light.ts";
import { saturation, standardPressure, wetBulbStull } from "./moist-air.ts";
import { readSun, type SunPosition } from "./sun.ts";
import type { Weather, WeatherSite } from "./weather.ts";

/**
 * A year of hourly weather from an EnergyPlus weather file (EPW data dictionary, EnergyPlus Auxiliary Programs).
 * Shape of every column: 8,760 hours of the local standard year, without 29 February. NaN: missing in the file.
 */
export interface EpwYear {
  readonly place: string;
  readonly site: WeatherSite;
  /** °C, at the end of the hour. */
  readonly dryBulb: Float32Array;
  readonly dewPoint: Float32Array;
  /** %. */
  readonly humidity: Float32Array;
  /** Pa. */
  readonly pressure: Float32Array;
  /** Energy on the horizontal during the hour, Wh/m². */
  readonly global: Float32Array;
  readonly diffuse: Float32Array;
  /** Degrees clockwise from north, and m/s. */
  readonly windDirection: Float32Array;
  readonly windSpeed: Float32Array;
  /** 0…1. */
  readonly cloud: Float32Array;
  /** cm. */
  readonly snowDepth: Float32Array;
  /** mm in the hour. */
  readonly precipitation: Float32Array;
  /** Mean clear-sky irradiance of each hour, W/m²: what `global` is spread by; filled when first asked for. */
  readonly clearSky: Float32Array;
}

const hours = 8760;
const hourMs = 3_600_000;
const headerLines = 8;
const monthStart = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

type Column = Exclude<keyof EpwYear, "place" | "site" | "clearSky">;

/** Place in a line, the value from which on it is missing, and the factor to our unit. */
const fields: Readonly<Record<Column, { at: number; missing: number; scale?: number }>> = {
  dryBulb: { at: 6, missing: 99.9 },
  dewPoint: { at: 7, missing: 99.9 },
  humidity: { at: 8, missing: 999 },
  pressure: { at: 9, missing: 999_999 },
  global: { at: 13, missing: 9999 },
  diffuse: { at: 15, missing: 9999 },
  windDirection: { at: 20, missing: 999 },
  windSpeed: { at: 21, missing: 999 },
  cloud: { at: 22, missing: 99, scale: 0.1 },
  snowDepth: { at: 30, missing: 999 },
  precipitation: { at: 33, missing: 999 },
};
const columns = Object.keys(fields) as Column[];
/** Without these nothing can be computed; of the others a gap is bridged or falls back on a formula. */
const needed: readonly Column[] = ["dryBulb", "global"];

/** Of these an hour's gap is no worse than a guess; of sums there is nothing between two hours. */
const bridged = columns.filter((name) => !["global", "diffuse", "precipitation"].includes(name));

const refuse = (line: number, message: string) =>
  err({
    code: "epw",
    message: `line ${line}: ${message}`,
    tip: "Use an EPW file of 8,760 hours, as energyplus.net or climate.onebuilding.org give them.",
    line,
  });

/** Hour of the local standard year that a date lies in, 0…8759; 29 February counts as the 28th. */
const hourOfYear = (month: number, day: number, hour: number): number =>
  (monthStart[month - 1]! + Math.min(day, month === 2 ? 28 : 31) - 1) * 24 + hour;

const emptyYear = (place: string, site: EpwYear["site"]): EpwYear => {
  const column = (): Float32Array => new Float32Array(hours).fill(Number.NaN);
  return {
    place,
    site,
    clearSky: column(),
    ...(Object.fromEntries(columns.map((name) => [name, column()])) as Record<Column, Float32Array>),
  };
};

/** Linear over gaps, around the turn of the year. */
const bridge = (column: Float32Array): void => {
  const known = [...column.keys()].filter((hour) => !Number.isNaN(column[hour]!));
  if (known.length === 0 || known.length === hours) return;
  for (const [i, from] of known.entries()) {
    const to = known[i + 1] ?? known[0]! + hours;
    const step = (column[to % hours]! - column[from]!) / (to - from);
    for (let hour = from + 1; hour < to; hour++) column[hour % hours] = column[from]! + step * (hour - from);
  }
};

/**
 * Reads an EPW file. Gaps of temperature, wind and the rest are bridged; an hour without irradiance is refused.
 * @returns the year, or what is wrong and in which line
 */
export const parseEpw = (text: string): Result<EpwYear> => {
  const lines = text.split(/\r?\n/);
  const [kind, city = "", , country = "", , , latitude, longitude, zone, altitude] = (lines[0] ?? "").split(
    ",",
  );
  const numbers = [latitude, longitude, zone, altitude].map(Number);
  if (kind?.toUpperCase() !== "LOCATION" || numbers.some((each) => !Number.isFinite(each)))
    return refuse(1, "no LOCATION with latitude, longitude, time zone and elevation");
  const [latitudeDeg = 0, longitudeDeg = 0, utcOffsetH = 0, altitudeM = 0] = numbers;
  const site = { latitudeDeg, longitudeDeg, utcOffsetMin: utcOffsetH * 60, altitudeM };
  const year = emptyYear([city, country].filter(Boolean).join(", "), site);
  const seen = new Uint8Array(hours);
  for (let i = headerLines; i < lines.length; i++) {
    const cells = lines[i]!.split(",");
    if (cells.length < 2) continue;
    const [, month = 0, day = 0, hour = 0] = cells.slice(0, 4).map(Number);
    if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour >= 1 && hour <= 24))
      return refuse(i + 1, "no month, day and hour (1 to 24)");
    if (month === 2 && day === 29) continue;
    const at = hourOfYear(month, day, hour - 1);
    if (seen[at] === 1)
      return refuse(i + 1, "this hour stands here a second time: one value an hour is read");
    seen[at] = 1;
    for (const name of columns) {
      const { at: place, missing, scale = 1 } = fields[name];
      const value = Number(cells[place] || Number.NaN);
      if (value < missing) year[name][at] = value * scale;
    }
  }
  const absent = seen.indexOf(0);
  if (absent >= 0) return refuse(lines.length, `hour ${absent + 1} of the year is missing`);
  for (const name of needed) {
    const hole = year[name].findIndex(Number.isNaN);
    if (name === "global" && hole >= 0)
      return refuse(headerLines + hole + 1, "no global horizontal radiation");
    if (year[name].every(Number.isNaN)) return refuse(headerLines + 1, `no ${name} in any hour`);
  }
  if (year.cloud.every(Number.isNaN)) guessClouds(year);
  for (const name of bridged) bridge(year[name]);
  return ok(year);
};

const substeps = 12;
/** Clear-sky mean, W/m², below which an hour has no shape of its own. */
const twilight = 0.01;

/** Clear-sky mean of one hour: the same quadrature that spreads the hour's energy over its instants. */
const clearSkyOf = (year: EpwYear, hour: number, hourStartMs: number): number => {
  const known = year.clearSky[hour]!;
  if (!Number.isNaN(known)) return known;
  let sum = 0;
  for (let step = 0; step < substeps; step++) {
    const timeMs = hourStartMs + ((step + 0.5) * hourMs) / substeps;
    readSun(sun, year.site, timeMs);
    sum += haurwitz(sun.sunAltitudeDeg);
  }
  year.clearSky[hour] = sum / substeps;
  return year.clearSky[hour]!;
};

/** Reused for the quadrature above. */
const sun: SunPosition = { sunAltitudeDeg: 0, sunAzimuthDeg: 0 };

/** Clear-sky mean, W/m², above which the light of an hour tells of its clouds. */
const telling = 100;

/** A file without cloud cover (files made from satellites) tells it by its light; nights lie between their days. */
const guessClouds = (year: EpwYear): void => {
  const newYearMs = Date.UTC(2025, 0, 1) - year.site.utcOffsetMin * 60_000;
  for (let hour = 0; hour < hours; hour++) {
    const clear = clearSkyOf(year, hour, newYearMs + hour * hourMs);
    if (clear > telling) year.cloud[hour] = cloudBehind(year.global[hour]! / clear);
  }
};

/** Hour of the file's year that a time lies in. */
const hourAt = ({ site }: EpwYear, timeMs: number): number => {
  const local = new Date(timeMs + site.utcOffsetMin * 60_000);
  return hourOfYear(local.getUTCMonth() + 1, local.getUTCDate(), local.getUTCHours());
};
const hourStartOf = ({ site }: EpwYear, timeMs: number): number =>
  Math.floor((timeMs + site.utcOffsetMin * 60_000) / hourMs) * hourMs - site.utcOffsetMin * 60_000;

/** Straight from the value at the end of the hour before to that at the end of this one. */
const between = (column: Float32Array, hour: number, share: number): number => {
  const before = column[(hour + hours - 1) % hours]!;
  return before + (column[hour]! - before) * share;
};

const readMoisture = (
  out: Weather,
  year: EpwYear,
  { hour, share }: { hour: number; share: number },
): void => {
  const humidity = between(year.humidity, hour, share);
  const dewPoint = between(year.dewPoint, hour, share);
  const known = Number.isNaN(humidity)
    ? (100 * saturation(dewPoint)) / saturation(out.airTemperature)
    : humidity;
  out.humidity = clamp(Number.isNaN(known) ? 50 : known, 1, 100);
  out.wetBulb = Math.min(out.airTemperature, wetBulbStull(out.airTemperature, out.humidity));
};

/**
 * Weather of the file's year at one instant, into `out`. Temperature, humidity, pressure, wind and cloud run straight
 * from hour to hour; irradiance follows the clear sky within each hour, scaled so that the hour's energy is the file's.
 * What the file does not know (dust, and precipitation in many) stays as it is in `out`.
 */
export const readEpw = (out: Weather, year: EpwYear, timeMs: number): void => {
  const hour = hourAt(year, timeMs);
  const hourStartMs = hourStartOf(year, timeMs);
  const share = (timeMs - hourStartMs) / hourMs;

  out.airTemperature = between(year.dryBulb, hour, share);
  readMoisture(out, year, { hour, share });
  out.pressure = between(year.pressure, hour, share) / 100 || standardPressure(year.site.altitudeM);
  out.windSpeed = between(year.windSpeed, hour, share) || 0;
  const from = year.windDirection[(hour + hours - 1) % hours]!;
  const turn = ((year.windDirection[hour]! - from + 540) % 360) - 180;
  out.windDirection = (from + turn * share + 360) % 360 || 0;
  out.cloud = clamp(between(year.cloud, hour, share) || 0, 0, 1);
  const fallen = year.precipitation[hour]!;
  if (!Number.isNaN(fallen)) out.precipitation = fallen;

  readSun(out, year.site, timeMs);
  const mean = clearSkyOf(year, hour, hourStartMs);
  // An hour with light and hardly a sun above the horizon (refraction, a file's rounding) is spread evenly.
  const shape = mean > twilight ? haurwitz(out.sunAltitudeDeg) / mean : 1;
  out.globalIrradiance = year.global[hour]! * shape;
  const diffuse = year.diffuse[hour]!;
  out.diffuseIrradiance = Number.isNaN(diffuse)
    ? out.globalIrradiance * 0.4
    : Math.min(out.globalIrradiance, diffuse * shape);
};

/** Depth of snow as the file has it; without, it stays what fell and melted. */
export const readEpwSnow = (out: Weather, year: EpwYear, timeMs: number): void => {
  const share = (timeMs - hourStartOf(year, timeMs)) / hourMs;
  const depth = between(year.snowDepth, hourAt(year, timeMs), share);
  if (!Number.isNaN(depth)) out.snowDepth = depth;
};

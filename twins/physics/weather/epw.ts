import { err, ok, type Result } from "#twins/model/result.ts";
import { clamp } from "#twins/physics/noise.ts";
import { wetBulbStull } from "./humidity.ts";
import { haurwitz, visibilityOf } from "./light.ts";
import { readSun, type SunPosition } from "./sun.ts";
import type { Weather, WeatherSite } from "./weather.ts";

/**
 * A year of hourly weather from an EnergyPlus weather file (EPW data dictionary, EnergyPlus Auxiliary Programs).
 * Shape of every column: 8,760 hours of the local standard year, without 29 February. NaN: missing in the file.
 */
export interface EpwYear {
  readonly place: string;
  readonly site: WeatherSite & { readonly elevationM: number };
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
};
const columns = Object.keys(fields) as Column[];
/** Without these nothing can be computed; of the others a gap is bridged or falls back on a formula. */
const needed: readonly Column[] = ["dryBulb", "global"];

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
  const [kind, city = "", , country = "", , , latitude, longitude, zone, elevation] = (lines[0] ?? "").split(
    ",",
  );
  const numbers = [latitude, longitude, zone, elevation].map(Number);
  if (kind?.toUpperCase() !== "LOCATION" || numbers.some((each) => !Number.isFinite(each)))
    return refuse(1, "no LOCATION with latitude, longitude, time zone and elevation");
  const [latitudeDeg = 0, longitudeDeg = 0, utcOffsetH = 0, elevationM = 0] = numbers;
  const site = { latitudeDeg, longitudeDeg, utcOffsetMin: utcOffsetH * 60, elevationM };
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
  for (const name of columns) if (name !== "global" && name !== "diffuse") bridge(year[name]);
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

/** Reused for the quadrature below. */
const sun: SunPosition = { sunAltitudeDeg: 0, sunAzimuthDeg: 0 };

/**
 * Weather of the file's year at one instant, into `out`. Temperature, humidity, wind and cloud run straight from hour to
 * hour; irradiance follows the clear sky within each hour, scaled so that the hour's energy is the file's.
 * What an EPW file does not know (dust, soiling) stays as it is in `out`.
 */
export const readEpw = (out: Weather, year: EpwYear, timeMs: number): void => {
  const { site } = year;
  const local = new Date(timeMs + site.utcOffsetMin * 60_000);
  const hour = hourOfYear(local.getUTCMonth() + 1, local.getUTCDate(), local.getUTCHours());
  const hourStartMs =
    Math.floor((timeMs + site.utcOffsetMin * 60_000) / hourMs) * hourMs - site.utcOffsetMin * 60_000;
  const share = (timeMs - hourStartMs) / hourMs;
  const before = (hour + hours - 1) % hours;
  const between = (column: Float32Array): number =>
    column[before]! + (column[hour]! - column[before]!) * share;

  out.airTemperature = between(year.dryBulb);
  const humidity = between(year.humidity);
  out.humidity = clamp(Number.isNaN(humidity) ? 50 : humidity, 1, 100);
  out.wetBulb = Math.min(out.airTemperature, wetBulbStull(out.airTemperature, out.humidity));
  out.windSpeed = between(year.windSpeed) || 0;
  const turn = ((year.windDirection[hour]! - year.windDirection[before]! + 540) % 360) - 180;
  out.windDirection = (year.windDirection[before]! + turn * share + 360) % 360 || 0;
  out.cloud = clamp(between(year.cloud) || 0, 0, 1);
  out.visibility = visibilityOf(out);

  readSun(out, site, timeMs);
  const mean = clearSkyOf(year, hour, hourStartMs);
  // An hour with light and hardly a sun above the horizon (refraction, a file's rounding) is spread evenly.
  const shape = mean > twilight ? haurwitz(out.sunAltitudeDeg) / mean : 1;
  out.globalIrradiance = year.global[hour]! * shape;
  const diffuse = year.diffuse[hour]!;
  out.diffuseIrradiance = Number.isNaN(diffuse)
    ? out.globalIrradiance * 0.4
    : Math.min(out.globalIrradiance, diffuse * shape);
};

import { asin, atan2, cos, sin, tan } from "#twins/physics/maths.ts";

/** Where the sun stands; filled in place by `readSun`. */
export interface SunPosition {
  /** Above the horizon as seen, refraction included, degrees. */
  sunAltitudeDeg: number;
  /** Clockwise from north, degrees, 0…360. */
  sunAzimuthDeg: number;
}

/** A place on the earth, degrees north and east. */
export interface SunSite {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

const radians = Math.PI / 180;
const dayMs = 86_400_000;
const centuryDays = 36_525;
/** Noon of 1 January 2000, UTC. */
const j2000Ms = Date.UTC(2000, 0, 1, 12);
/** Terrestrial time is ahead of UTC; 69 s in the 2020s, and a minute more or less moves the sun by 0.0007°. */
const aheadDays = 69 / 86_400;

/** Refraction lifts a low sun, radians (Sæmundsson 1986; Meeus, eq. 16.4). Held below the horizon, where none is seen. */
const refraction = (altitude: number): number => {
  const h = Math.max(0, altitude);
  return 0.0002967 / tan(h + 0.00312536 / (h + 0.08901179));
};

/**
 * Apparent position of the sun, within 0.02° of full theories from 1950 to 2050.
 * Source: J. Meeus, Astronomical Algorithms, 2nd ed.: solar coordinates of low accuracy (ch. 25), mean sidereal time
 * (eq. 12.4), horizontal coordinates (eq. 13.5 and 13.6).
 */
export const readSun = (out: SunPosition, site: SunSite, timeMs: number): void => {
  const days = (timeMs - j2000Ms) / dayMs;
  const t = (days + aheadDays) / centuryDays;
  const meanLongitude = 280.46646 + t * (36_000.76983 + t * 0.0003032);
  const anomaly = radians * (357.52911 + t * (35_999.05029 - t * 0.0001537));
  const centre =
    (1.914602 - t * (0.004817 + t * 0.000014)) * sin(anomaly) +
    (0.019993 - t * 0.000101) * sin(2 * anomaly) +
    0.000289 * sin(3 * anomaly);
  const node = radians * (125.04 - 1934.136 * t);
  // Aberration and the larger part of nutation.
  const longitude = radians * (meanLongitude + centre - 0.00569 - 0.00478 * sin(node));
  const obliquity = radians * (23.439291 - t * 0.0130042 + 0.00256 * cos(node));

  const rightAscension = atan2(cos(obliquity) * sin(longitude), cos(longitude));
  const declination = asin(sin(obliquity) * sin(longitude));
  const siderealTime = radians * (280.46061837 + 360.98564736629 * days + site.longitudeDeg);
  const hourAngle = siderealTime - rightAscension;

  const latitude = radians * site.latitudeDeg;
  const altitude = asin(sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hourAngle));
  const fromSouth = atan2(sin(hourAngle), cos(hourAngle) * sin(latitude) - tan(declination) * cos(latitude));
  out.sunAltitudeDeg = (altitude + refraction(altitude)) / radians;
  out.sunAzimuthDeg = (fromSouth / radians + 180) % 360;
};

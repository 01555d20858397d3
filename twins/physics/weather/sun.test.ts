import fc from "fast-check";
import { getPosition } from "suncalc";
import { expect, test } from "vitest";
import { readSun } from "./sun.ts";

const hohhot = { latitudeDeg: 40.539, longitudeDeg: 111.823 };
const at = (timeMs: number, site = hohhot) => {
  const sun = { sunAltitudeDeg: 0, sunAzimuthDeg: 0 };
  readSun(sun, site, timeMs);
  return sun;
};

test("as SunCalc, an implementation of its own, within 0.02° of the sky, anywhere outside the polar circles", () => {
  const time = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2050, 0, 1) });
  const place = fc.record({
    latitudeDeg: fc.double({ min: -66, max: 66, noNaN: true }),
    longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(time, fc.oneof(fc.constant(hohhot), place), (timeMs, site) => {
      const own = at(timeMs, site);
      const other = getPosition(new Date(timeMs), site.latitudeDeg, site.longitudeDeg);
      expect(Math.abs(own.sunAltitudeDeg - other.altitude)).toBeLessThan(0.02);
      // A degree of azimuth is little of the sky where the sun stands high.
      const turn = ((own.sunAzimuthDeg - other.azimuth + 540) % 360) - 180;
      expect(Math.abs(turn) * Math.cos((other.altitude * Math.PI) / 180)).toBeLessThan(0.02);
      expect(own.sunAzimuthDeg).toBeGreaterThanOrEqual(0);
      expect(own.sunAzimuthDeg).toBeLessThan(360);
    }),
    { numRuns: 3000 },
  );
});

test("Meeus' example 25.a: 13 October 1992, 0 h TT, declination −7.785° of a sun at right ascension 198.381°", () => {
  // Seen from the pole the altitude is the declination; Meeus reckons without refraction.
  const noRefraction = 0.0002967 / Math.tan(0.00312536 / 0.08901179) / (Math.PI / 180);
  const sun = at(Date.UTC(1992, 9, 13) - 59_000, { latitudeDeg: 90, longitudeDeg: 0 });
  expect(sun.sunAltitudeDeg - noRefraction).toBeCloseTo(-7.785, 2);
});

test("noon of the longest and shortest day: 90° − latitude ± 23.44°, due south", () => {
  // True noon at 111.823° E is about 04:33 UTC, with the equation of time of the day.
  const summer = at(Date.UTC(2026, 5, 21, 4, 34, 30));
  const winter = at(Date.UTC(2026, 11, 22, 4, 31));
  expect(summer.sunAltitudeDeg).toBeCloseTo(90 - 40.539 + 23.436, 1);
  expect(winter.sunAltitudeDeg).toBeCloseTo(90 - 40.539 - 23.436, 1);
  expect(Math.abs(summer.sunAzimuthDeg - 180)).toBeLessThan(1);
  expect(Math.abs(winter.sunAzimuthDeg - 180)).toBeLessThan(1);
});

import fc from "fast-check";
import { getPosition } from "suncalc";
import { Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { Heavens } from "./heavens.ts";
import { starAt, starCount } from "./starTable.ts";

const { site } = campusTwin(10);
const at = (iso: string): Heavens => {
  const heavens = new Heavens(site);
  heavens.turn(Date.parse(iso));
  return heavens;
};
const altitudeOf = ({ y }: Vector3): number => (Math.asin(y) * 180) / Math.PI;

describe("stars", () => {
  it("turn about the pole, which stands in the north as high as the site's latitude", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2000-01-01"), max: new Date("2050-01-01"), noInvalidDate: true }),
        (date) => {
          const pole = new Vector3(0, 0, 1).applyMatrix3(at(date.toISOString()).worldFromEquator);
          expect(altitudeOf(pole)).toBeCloseTo(site.latitudeDeg, 3);
          expect(pole.x).toBeCloseTo(0, 6);
          expect(pole.z).toBeLessThan(0);
        },
      ),
    );
  });

  it("stand where the sun stands when it is at their right ascension", () => {
    // March equinox of 2026, 14:46 UTC: the sun at right ascension and declination 0.
    const heavens = at("2026-03-20T06:00:00Z");
    const sun = getPosition(new Date("2026-03-20T06:00:00Z"), site.latitudeDeg, site.longitudeDeg);
    const there = new Vector3(1, 0, 0).applyMatrix3(heavens.worldFromEquator);
    expect(Math.abs(altitudeOf(there) - sun.altitude)).toBeLessThan(0.7);
    expect(there.angleTo(heavens.sun)).toBeLessThan(0.015);
  });

  it("are facts: Sirius first, Vega near the zenith on a summer's night, none in a place that is none", () => {
    expect(starCount).toBe(320);
    const stars = Array.from({ length: starCount }, (_, i) => starAt(i));
    expect(stars[0]!.magnitude).toBeCloseTo(-1.4, 1);
    const vega = stars.find((s) => Math.abs(s.rightAscension - 4.8736) < 0.003 && s.magnitude < 0.2)!;
    const { rightAscension: a, declination: d } = vega;
    const up = new Vector3(Math.cos(d) * Math.cos(a), Math.cos(d) * Math.sin(a), Math.sin(d)).applyMatrix3(
      at("2026-07-31T15:30:00Z").worldFromEquator,
    );
    expect(altitudeOf(up)).toBeGreaterThan(75);
    for (const { rightAscension, declination, magnitude } of stars) {
      expect(rightAscension).toBeGreaterThanOrEqual(0);
      expect(rightAscension).toBeLessThanOrEqual(2 * Math.PI + 1e-9);
      expect(Math.abs(declination)).toBeLessThan(Math.PI / 2);
      expect(magnitude).toBeLessThan(3.9);
    }
  });
});

it("the moon is full opposite to the sun and new beside it", () => {
  const full = at("2026-09-26T16:49:00Z");
  expect(full.moonLit).toBeGreaterThan(0.98);
  expect(full.moon.dot(full.sun)).toBeLessThan(-0.98);
  const young = at("2026-09-11T03:27:00Z");
  expect(young.moonLit).toBeLessThan(0.03);
  expect(young.moon.dot(young.sun)).toBeGreaterThan(0.98);
});

import { getMoonIllumination, getMoonPosition, getPosition } from "suncalc";
import { Matrix3, Vector3 } from "three";
import type { Twin } from "#twins/model/twin.ts";

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Unit vector in world axes (x east, y up, z south). */
const towards = (azimuthDeg: number, altitudeDeg: number, into: Vector3): Vector3 => {
  const [a, h] = [radians(azimuthDeg), radians(altitudeDeg)];
  return into.set(Math.sin(a) * Math.cos(h), Math.sin(h), -Math.cos(a) * Math.cos(h));
};

/** J2000.0 in ms UTC, and the turn of the sky against the sun: IAU 1982 mean sidereal time without its small terms. */
const epochMs = Date.UTC(2000, 0, 1, 12);
const siderealDeg = (timeMs: number): number =>
  280.460618 + 360.98564736629 * ((timeMs - epochMs) / 86_400_000);

/** Sun, moon and the turn of the stars over a site, for one time. Directions are world axes. */
export class Heavens {
  readonly sun = new Vector3();
  readonly moon = new Vector3();
  /** Degrees above the horizon, refracted. */
  sunAltitude = 0;
  moonAltitude = 0;
  /** Lit part of the moon's disc, 0…1. */
  moonLit = 0;
  /**
   * World from equatorial axes (x to right ascension 0, z to the pole). Of date J2000: precession moves stars by a
   * third of a degree until 2026, less than anybody sees here.
   */
  readonly worldFromEquator = new Matrix3();
  readonly #site: Twin["site"];

  constructor(site: Twin["site"]) {
    this.#site = site;
  }

  /** @param timeMs ms UTC */
  turn(timeMs: number): void {
    const { latitudeDeg, longitudeDeg } = this.#site;
    const at = new Date(timeMs);
    const sun = getPosition(at, latitudeDeg, longitudeDeg);
    const moon = getMoonPosition(at, latitudeDeg, longitudeDeg);
    this.sunAltitude = sun.altitude;
    this.moonAltitude = moon.altitude;
    this.moonLit = getMoonIllumination(at).fraction;
    towards(sun.azimuth, sun.altitude, this.sun);
    towards(moon.azimuth, moon.altitude, this.moon);
    const turn = radians((siderealDeg(timeMs) + longitudeDeg) % 360);
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const [cp, sp] = [Math.cos(radians(latitudeDeg)), Math.sin(radians(latitudeDeg))];
    this.worldFromEquator.set(-s, c, 0, cp * c, cp * s, sp, sp * c, sp * s, -cp);
  }
}

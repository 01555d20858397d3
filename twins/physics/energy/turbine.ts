import { cbrt, pow } from "#twins/physics/maths.ts";
import { clamp, lookUp } from "#twins/physics/noise.ts";

/** One wind turbine: curves by wind speed at the hub, m/s. */

/** Measured power curve of a real 1.5 MW machine (STANDARDS, formulas), kW. */
const curveSpeeds = [2.5, 3, 5, 7, 9, 11, 12, 13];
const curveKw = [0, 86, 310, 735, 1134, 1397, 1441, 1500];
const curveRatedKw = 1500;

/** Turbines turn from `cutIn` on; above `cutOut` in the mean of a minute they stop, and start again below `cutBackIn` (usual settings). */
export const cutIn = 2.5;
export const cutOut = 25;
export const cutBackIn = 22;

/** Wind at the hub over wind at 10 m by the power law; exponent 1/7 for open steppe. */
export const hubFactor = (hubHeightM: number): number => pow(hubHeightM / 10, 1 / 7);

/** Wind at 1.225 kg/m³ that gives the same power as a metre a second at a density (IEC 61400-12-1). */
export const densityFactor = (density: number): number => cbrt(density / 1.225);

/** Electrical power, kW: the measured curve scaled to the rating; nothing above cut-out. */
export const turbinePower = (standardSpeed: number, ratedKw: number): number =>
  standardSpeed > cutOut ? 0 : (ratedKw / curveRatedKw) * lookUp(curveSpeeds, curveKw, standardSpeed);

/** Rotor speed, /min: proportional to wind up to rated speed. */
export const rotorSpeedOf = (hubSpeed: number, ratedSpeed: number): number =>
  hubSpeed < cutIn ? 0 : clamp((hubSpeed / 11) * ratedSpeed, ratedSpeed * 0.42, ratedSpeed);

/** Thrust coefficient of pitch-regulated machines: flat while the rotor takes all it can, then pitched out of it (usual shape). */
const thrustSpeeds = [3, 9, 10, 11, 12, 13, 15, 20, 25];
const thrusts = [0.82, 0.82, 0.79, 0.7, 0.56, 0.43, 0.28, 0.12, 0.06];
export const thrustOf = (hubSpeed: number): number => lookUp(thrustSpeeds, thrusts, hubSpeed);

import { atan, exp, pow } from "#twins/physics/maths.ts";
import { clamp } from "#twins/physics/noise.ts";

/** Saturation vapour pressure over water, hPa (Magnus, WMO coefficients), by °C. */
export const saturation = (t: number): number => 6.112 * exp((17.62 * t) / (243.12 + t));

/** Wet bulb from temperature and relative humidity: Stull 2011, J. Appl. Meteorol. Climatol. 50, eq. 1; °C, %. */
export const wetBulbStull = (t: number, rh: number): number =>
  t * atan(0.151977 * Math.sqrt(rh + 8.313659)) +
  atan(t + rh) -
  atan(rh - 1.676331) +
  0.00391838 * rh * Math.sqrt(rh) * atan(0.023101 * rh) -
  4.686035;

/** Relative humidity, %, by the pressure of the vapour in the air, hPa; within what Stull's formula is good for. */
export const humidityOf = (vapour: number, t: number): number => clamp((100 * vapour) / saturation(t), 1, 98);

/** Pressure of the standard atmosphere at an altitude, hPa (ISO 2533): 893 at 1,050 m. */
export const standardPressure = (altitudeM: number): number =>
  1013.25 * pow(1 - 2.25577e-5 * altitudeM, 5.25588);

/** Density of dry air, kg/m³, by °C and hPa (ideal gas): 1.09 at 10 °C and 1,050 m, 11 % thinner than at the sea. */
export const airDensity = (t: number, pressure: number): number => (100 * pressure) / (287.05 * (t + 273.15));

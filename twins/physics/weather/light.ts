import { exp, pow, sin } from "#twins/physics/maths.ts";
import type { SunPosition } from "./sun.ts";

/** What reaches the ground of the sun's light, and how far one sees. Irradiance in W/m² on the horizontal. */

/** Clear-sky global irradiance (Haurwitz 1945, as in pvlib). */
export const haurwitz = (sunAltitudeDeg: number): number => {
  const cosZenith = sin((sunAltitudeDeg * Math.PI) / 180);
  return cosZenith > 0 ? 1098 * cosZenith * exp(-0.059 / cosZenith) : 0;
};

/** Part of it that clouds let through, by cover 0…1 (Kasten & Czeplak 1980). */
export const cloudTransmission = (cloud: number): number => 1 - 0.75 * pow(cloud, 3.4);

/** Cover that lets so much of the clear sky's light through: the other way round. */
export const cloudBehind = (transmission: number): number =>
  pow(Math.min(Math.max((1 - transmission) / 0.75, 0), 1), 1 / 3.4);

/** Concentration over which dust takes all but 1/e of the light, µg/m³: a storm of 950 takes 30 % (assumed). */
const dustDepth = 2700;

/** Light under one concentration of dust over light under another, µg/m³. */
export const dustTransmission = (pm10: number, thanPm10: number): number =>
  exp((thanPm10 - pm10) / dustDepth);

/**
 * Diffuse share of global irradiance by clearness index (Erbs et al. 1982).
 * @param clearness global over extraterrestrial irradiance on the horizontal
 */
const erbs = (clearness: number): number => {
  const k = clearness;
  if (k <= 0.22) return 1 - 0.09 * k;
  if (k > 0.8) return 0.165;
  return 0.9511 - k * (0.1604 - k * (4.388 - k * (16.638 - 12.336 * k)));
};

/** Diffuse share of a global irradiance with the sun where it is; 1 with no sun to speak of. */
export const diffuseShare = (globalIrradiance: number, { sunAltitudeDeg }: SunPosition): number => {
  const extraterrestrial = 1361 * sin((sunAltitudeDeg * Math.PI) / 180);
  return extraterrestrial > 1 ? erbs(globalIrradiance / extraterrestrial) : 1;
};

/** Nobody's instrument and no scene looks farther, m (WMO-No. 8: present-weather sensors end at 20 to 35 km). */
const farthest = 30_000;
/** Rayleigh scattering of clean air, 1/m. */
const cleanAir = 1.2e-5;
/** Extinction of dust, m² per µg: 8,000 µg/m³ leave some 500 m, as reported on 15 March 2021. */
const dustExtinction = 1e-6;
/** Beyond this much it is dust, which does not swell in moist air, µg/m³ (assumed). */
const haze = 100;

/** What the air holds, as one looks through it. */
export interface Murk {
  readonly pm10: number;
  readonly humidity: number;
  readonly precipitation: number;
  readonly airTemperature: number;
}

/**
 * Visibility, m: Koschmieder's 3.912/σ with σ of clean air, of haze that swells with humidity as (1 − RH)^−½
 * (Hänel 1976), of dust, and of rain (0.365·R^0.63 per km, Atlas 1953) or snow, ten times that (Rasmussen et al. 1999:
 * some 1.3 km at 1 mm/h).
 */
export const visibilityOf = ({ pm10, humidity, precipitation, airTemperature }: Murk): number => {
  const swollen = Math.min(pm10, haze) / Math.sqrt(1 - Math.min(humidity, 98) / 100);
  const falling = precipitation > 0 ? 3.65e-4 * pow(precipitation, 0.63) : 0;
  const rainLike = 1 + 9 * snowShare(airTemperature);
  const extinction = cleanAir + dustExtinction * (swollen + Math.max(0, pm10 - haze)) + falling * rainLike;
  return Math.min(farthest, 3.912 / extinction);
};

/** Part of precipitation that falls as snow: all below −0.5 °C, none from 2.5 °C on (dry continental air; assumed). */
export const snowShare = (airTemperature: number): number => {
  const t = Math.min(Math.max((2.5 - airTemperature) / 3, 0), 1);
  return t * t * (3 - 2 * t);
};

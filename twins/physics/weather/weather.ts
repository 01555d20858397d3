import type { SunPosition, SunSite } from "./sun.ts";

/** Where the sun and the seasons are computed for. */
export interface WeatherSite extends SunSite {
  readonly utcOffsetMin: number;
  readonly altitudeM: number;
}

/** Weather at one instant; filled in place by `readSky`. Temperatures in °C, irradiance in W/m² on the horizontal. */
export interface Weather extends SunPosition {
  airTemperature: number;
  wetBulb: number;
  /** Relative, %. */
  humidity: number;
  /** At the station, hPa. */
  pressure: number;
  /** m/s at 10 m. */
  windSpeed: number;
  /** Where it blows from, degrees clockwise from north. */
  windDirection: number;
  /** 0…1. */
  cloud: number;
  globalIrradiance: number;
  /** The part of it that has no direction. */
  diffuseIrradiance: number;
  /** µg/m³. */
  pm10: number;
  /** Rain, or the water of snow, mm/h. */
  precipitation: number;
  /** cm. */
  snowDepth: number;
  /** m. */
  visibility: number;
  /** Share of light lost to dirt on panels. */
  soiling: number;
  /** Part of a tilted panel under snow, 0…1. */
  panelSnow: number;
}

export const createWeather = (): Weather => ({
  airTemperature: 0,
  wetBulb: 0,
  humidity: 0,
  pressure: 0,
  windSpeed: 0,
  windDirection: 0,
  cloud: 0,
  globalIrradiance: 0,
  diffuseIrradiance: 0,
  pm10: 0,
  precipitation: 0,
  snowDepth: 0,
  visibility: 0,
  sunAltitudeDeg: 0,
  sunAzimuthDeg: 0,
  soiling: 0,
  panelSnow: 0,
});

import type { EpwYear } from "./epw.ts";
import type { WeatherSite } from "./weather.ts";

const hours = 8760;

/** A year of weather from two curves over its hours; no wind, no sun, no clouds. */
export const weatherOf = (
  site: WeatherSite,
  { dryBulb, humidity }: { dryBulb: (hour: number) => number; humidity: (hour: number) => number },
): EpwYear => {
  const column = (value: (hour: number) => number): Float32Array =>
    Float32Array.from({ length: hours }, (_, hour) => value(hour));
  const nothing = (): Float32Array => column(() => 0);
  const unknown = (): Float32Array => column(() => Number.NaN);
  return {
    place: "made up",
    site,
    dryBulb: column(dryBulb),
    humidity: column(humidity),
    dewPoint: unknown(),
    pressure: unknown(),
    global: nothing(),
    diffuse: nothing(),
    windDirection: nothing(),
    windSpeed: nothing(),
    cloud: nothing(),
    snowDepth: nothing(),
    precipitation: nothing(),
    clearSky: unknown(),
  };
};

import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";

const shown = [
  "airTemperature",
  "wetBulb",
  "windSpeed",
  "windDirection",
  "pm10",
  "humidity",
  "pressure",
  "precipitation",
  "snowDepth",
  "visibility",
] as const satisfies readonly (keyof Weather)[];

/** Weather stations show the weather as it is. Shape of columns: stations. */
export type WeatherStations = Readonly<Record<(typeof shown)[number] | "irradiance" | "cloud", Float64Array>>;

export const createWeatherStations = (columns: PlantColumns): WeatherStations =>
  // Classes other than the rack are stored in 64 bits (catalogue).
  columnsOf(columns, "weatherStation", [...shown, "irradiance", "cloud"]) as WeatherStations;

export const showWeather = (stations: WeatherStations, weather: Weather): void => {
  for (const name of shown) stations[name].fill(weather[name]);
  stations.irradiance.fill(weather.globalIrradiance);
  stations.cloud.fill(weather.cloud * 100);
};

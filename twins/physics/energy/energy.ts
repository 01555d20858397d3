import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { cos, sin } from "#twins/physics/maths.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { clamp, signed, smoothNoise } from "#twins/physics/noise.ts";
import { attributeOr } from "#twins/physics/places.ts";
import { airDensity } from "#twins/physics/weather/moist-air.ts";
import { planeIrradiance } from "#twins/physics/weather/plane.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";
import type { Storage } from "./renewables.ts";
import {
  hubWind,
  moduleTemperature,
  pvPower,
  rotorSpeed,
  stepStorage,
  turbinePower,
  wantedStorage,
} from "./renewables.ts";

type Names<T extends string> = Readonly<Record<T, Float64Array>>;

/** Sun, wind and storage, and the weather station that explains them. */
export interface Energy {
  readonly seed: number;
  readonly pv: Names<"power" | "irradiance" | "moduleTemperature"> & {
    readonly kwp: Float32Array;
    readonly tilt: number;
    readonly pose: Float32Array;
  };
  readonly turbine: Names<"power" | "windSpeed" | "rotorSpeed" | "yaw" | "status"> & {
    readonly rated: Float32Array;
    readonly hub: Float32Array;
    readonly rotor: Float32Array;
    readonly pose: Float32Array;
  };
  readonly battery: Names<"power" | "stateOfCharge" | "temperature" | "status">;
  readonly station: Names<
    | "airTemperature"
    | "wetBulb"
    | "windSpeed"
    | "windDirection"
    | "irradiance"
    | "cloud"
    | "pm10"
    | "humidity"
    | "pressure"
    | "precipitation"
    | "snowDepth"
    | "visibility"
  >;
  readonly storage: Storage;
  /** kW at this step. */
  readonly sums: { pv: number; wind: number; storage: number };
}

export const createEnergy = (twin: Twin, columns: PlantColumns, seed: number): Energy => {
  const pvTables = twin.table("pvTable");
  const turbines = twin.table("windTurbine");
  const batteryKwh = attributeOr(twin, "battery", "energyKwh", 5000);
  const batteryKw = attributeOr(twin, "battery", "powerKw", 1250);
  const capacityKwh = batteryKwh.reduce((sum, kwh) => sum + kwh, 0);
  // Classes other than the rack are stored in 64 bits (catalogue).
  return {
    seed,
    pv: {
      ...(columnsOf(columns, "pvTable", ["power", "irradiance", "moduleTemperature"]) as Names<
        "power" | "irradiance" | "moduleTemperature"
      >),
      kwp: attributeOr(twin, "pvTable", "kWp", 30),
      tilt: pvTables.attribute("tiltDeg")?.[0] ?? 38,
      pose: pvTables.pose,
    },
    turbine: {
      ...(columnsOf(columns, "windTurbine", ["power", "windSpeed", "rotorSpeed", "yaw", "status"]) as Names<
        "power" | "windSpeed" | "rotorSpeed" | "yaw" | "status"
      >),
      rated: attributeOr(twin, "windTurbine", "ratedKw", 6250),
      hub: attributeOr(twin, "windTurbine", "hubHeightM", 110),
      rotor: attributeOr(twin, "windTurbine", "rotorM", 172),
      pose: turbines.pose,
    },
    battery: columnsOf(columns, "battery", [
      "power",
      "stateOfCharge",
      "temperature",
      "status",
    ]) as Energy["battery"],
    station: columnsOf(columns, "weatherStation", [
      "airTemperature",
      "wetBulb",
      "windSpeed",
      "windDirection",
      "irradiance",
      "cloud",
      "pm10",
      "humidity",
      "pressure",
      "precipitation",
      "snowDepth",
      "visibility",
    ]) as Energy["station"],
    storage: {
      capacityKwh,
      ratedKw: batteryKw.reduce((sum, kw) => sum + kw, 0),
      energyKwh: capacityKwh * 0.52,
      powerKw: 0,
    },
    sums: { pv: 0, wind: 0, storage: 0 },
  };
};

/** Seconds that weather takes to cross a metre, eastwards and northwards: what hits one machine hits the next later. */
const travel = (weather: Weather, speed: number): readonly [east: number, north: number] => {
  const to = ((weather.windDirection + 180) * Math.PI) / 180;
  return [sin(to) / speed, cos(to) / speed];
};

/** Clouds drift over the field: tables darken and brighten in bands, never one by one. */
const stepPv = (energy: Energy, weather: Weather, seconds: number): void => {
  const { pv, seed } = energy;
  const clearPlane = planeIrradiance(weather, pv.tilt);
  const clean = (1 - weather.soiling) * (1 - weather.panelSnow);
  const broken = 0.55 * weather.cloud * (1 - weather.cloud) * 2;
  const [east, north] = travel(weather, 9);
  let sum = 0;
  for (let table = 0; table < pv.power.length; table++) {
    const late = pv.pose[table * 4]! * east + pv.pose[table * 4 + 1]! * north;
    const shade = clearPlane > 0 ? broken * smoothNoise(seed + 401, (seconds - late) / 70) : 0;
    const irradiance = clearPlane * (1 + shade);
    const moduleC = moduleTemperature(irradiance, weather.airTemperature, weather.windSpeed);
    const power = pvPower(irradiance * clean, moduleC, pv.kwp[table]!);
    pv.irradiance[table] = irradiance;
    pv.moduleTemperature[table] = moduleC;
    pv.power[table] = power;
    sum += power;
  }
  energy.sums.pv = sum;
};

/** Gusts travel through the park with the wind; each machine sees them a little later and a little different. */
const stepWind = (energy: Energy, weather: Weather, seconds: number): void => {
  const { turbine, seed } = energy;
  const density = airDensity(weather.airTemperature, weather.pressure);
  const [east, north] = travel(weather, Math.max(3, weather.windSpeed * 1.4));
  let sum = 0;
  for (let row = 0; row < turbine.power.length; row++) {
    const late = turbine.pose[row * 4]! * east + turbine.pose[row * 4 + 1]! * north;
    const gust =
      0.09 * smoothNoise(seed + 411, (seconds - late) / 180) +
      0.03 * smoothNoise(seed + 412 + row, seconds / 45);
    const speed = hubWind(weather.windSpeed, turbine.hub[row]!) * (1 + gust + 0.02 * signed(seed + 413, row));
    const rated = turbine.rated[row]!;
    const power = turbinePower(speed, density, rated);
    turbine.windSpeed[row] = speed;
    turbine.power[row] = power;
    // Tip speed of about 85 m/s at rated power.
    turbine.rotorSpeed[row] = rotorSpeed(speed, (85 * 60) / (Math.PI * turbine.rotor[row]!));
    turbine.yaw[row] = (weather.windDirection + 4 * signed(seed + 414, row) + 360) % 360;
    turbine.status[row] = speed >= 2.5 && speed <= 25.5 ? 1 : 0;
    sum += power;
  }
  energy.sums.wind = sum;
};

/** Storage follows the dispatcher; every container takes its share. */
const stepBatteries = (energy: Energy, { hour, stepSeconds, weather }: Moment, loadKw: number): void => {
  const { battery, storage, sums, seed } = energy;
  const count = battery.power.length;
  if (count === 0) return;
  stepStorage(storage, wantedStorage(hour, loadKw - sums.pv - sums.wind, storage.ratedKw), stepSeconds);
  const each = storage.powerKw / count;
  const soc = (100 * storage.energyKwh) / storage.capacityKwh;
  const warm = 22 + 6 * Math.abs(storage.powerKw / storage.ratedKw) + 0.08 * (weather.airTemperature - 10);
  let sum = 0;
  for (let row = 0; row < count; row++) {
    battery.power[row] = each;
    battery.stateOfCharge[row] = clamp(soc + 0.8 * signed(seed + 421, row), 0, 100);
    battery.temperature[row] = warm + 1.2 * signed(seed + 422, row);
    battery.status[row] = 1;
    sum += each;
  }
  sums.storage = sum;
};

/** Sun, wind and storage at a moment. @param loadKw what the campus draws */
export const stepEnergy = (energy: Energy, moment: Moment, loadKw: number): void => {
  const { weather } = moment;
  const { station } = energy;
  for (let row = 0; row < station.wetBulb.length; row++) {
    station.airTemperature[row] = weather.airTemperature;
    station.wetBulb[row] = weather.wetBulb;
    station.windSpeed[row] = weather.windSpeed;
    station.windDirection[row] = weather.windDirection;
    station.irradiance[row] = weather.globalIrradiance;
    station.cloud[row] = weather.cloud * 100;
    station.pm10[row] = weather.pm10;
    station.humidity[row] = weather.humidity;
    station.pressure[row] = weather.pressure;
    station.precipitation[row] = weather.precipitation;
    station.snowDepth[row] = weather.snowDepth;
    station.visibility[row] = weather.visibility;
  }
  stepPv(energy, weather, moment.seconds);
  stepWind(energy, weather, moment.seconds);
  stepBatteries(energy, moment, loadKw);
};

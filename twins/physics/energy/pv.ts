import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { smoothNoise } from "#twins/physics/noise.ts";
import { attributeOr } from "#twins/physics/places.ts";
import { planeIrradiance } from "#twins/physics/weather/plane.ts";
import { type Drift, type Parts, setDrift, stationsOf } from "./parts.ts";

/** Module temperature, °C (Faiman 2008). */
export const moduleTemperature = (irradiance: number, airC: number, windSpeed: number): number =>
  airC + irradiance / (25 + 6.84 * windSpeed);

/** What a module takes out as electricity it does not turn into heat: one that stands idle is so much warmer. */
const idleHeat = 0.2;

/** Wiring, mismatch, ageing and availability: 1 − Π(1 − Lᵢ) over PVWatts v5 defaults without soiling. */
const systemLoss = 0.098;
const gammaPerK = -0.0035;
const dcAcRatio = 1.2;

/** AC power of a PV table, kW (PVWatts v5, NREL/TP-6A20-62641): DC with temperature, inverter part-load curve, clipping. */
export const pvPower = (irradiance: number, moduleC: number, ratedDcKw: number): number => {
  const dc = (irradiance / 1000) * ratedDcKw * (1 + gammaPerK * (moduleC - 25)) * (1 - systemLoss);
  const acRated = ratedDcKw / dcAcRatio;
  const share = dc / (acRated / 0.96);
  // Nor does a table without a rating give anything.
  if (!(share >= 0.005)) return 0;
  const efficiency = (0.96 / 0.9637) * (-0.0162 * share - 0.0059 / share + 0.9858);
  return Math.min(Math.max(dc * efficiency, 0), acRated);
};

/** From the return of voltage to full power, s: inverters wait, then come up (GB/T 19964: a slow return; assumed). */
const returnS = 120;
/** Clouds drift with the wind aloft, m/s (assumed). */
const cloudSpeed = 9;
const cloudCycleS = 70;

/** A solar field. Shape of columns: tables. */
export interface PvField {
  readonly seed: number;
  readonly column: Readonly<Record<"power" | "irradiance" | "moduleTemperature", Float64Array>>;
  readonly kwp: Float32Array;
  /** Of the first table, for all: degrees from the horizontal, facing south. */
  readonly tilt: number;
  readonly pose: Float32Array;
  readonly failed: Float32Array;
  readonly soiled: Float32Array;
  /** Station of each table, and how far inverters at each are up, 0…1. The last station is for tables at none. */
  readonly stationOf: Int32Array;
  readonly up: Float64Array;
  readonly station: Uint8Array;
  /** 1 where a table has the rating and the station of the one before it. */
  readonly isTwinOfLast: Uint8Array;
  readonly drift: Drift;
}

export const createPvField = (
  twin: Twin,
  columns: PlantColumns,
  { conditions, supply, seed }: Parts,
): PvField => {
  const tables = twin.table("pvTable");
  const kwp = attributeOr(twin, "pvTable", "kWp", 30);
  const stationOf = stationsOf(twin, "pvTable");
  return {
    seed,
    // Classes other than the rack are stored in 64 bits (catalogue).
    column: columnsOf(columns, "pvTable", ["power", "irradiance", "moduleTemperature"]) as PvField["column"],
    kwp,
    tilt: tables.attribute("tiltDeg")?.[0] ?? 38,
    pose: tables.pose,
    failed: conditions.of("pvTable").failed,
    soiled: conditions.of("pvTable").soiled,
    stationOf,
    up: new Float64Array(twin.table("substation").count + 1),
    station: supply.station,
    isTwinOfLast: Uint8Array.from(kwp, (own, table) =>
      table > 0 && own === kwp[table - 1] && stationOf[table] === stationOf[table - 1] ? 1 : 0,
    ),
    drift: { east: 0, north: 0 },
  };
};

const followGrid = ({ up, station }: PvField, moment: Moment): void => {
  for (let row = 0; row < up.length; row++) {
    const isLive = row >= station.length || station[row] === 1;
    up[row] = isLive ? (moment.first ? 1 : Math.min(1, up[row]! + moment.stepSeconds / returnS)) : 0;
  }
};

/** Light on the whole field at a step: in its plane, W/m², how broken clouds make it, and what dirt and snow leave. Reused. */
const light = { clearPlane: 0, broken: 0, clean: 0 };

const stepTable = (field: PvField, table: number, { weather, seconds }: Moment): void => {
  const { column, pose, drift, seed } = field;
  const late = pose[table * 4]! * drift.east + pose[table * 4 + 1]! * drift.north;
  const isBroken = light.clearPlane > 0 && light.broken > 0;
  const shade = isBroken ? light.broken * smoothNoise(seed + 401, (seconds - late) / cloudCycleS) : 0;
  const irradiance = light.clearPlane * (1 + shade);
  const running = (1 - field.failed[table]!) * field.up[field.stationOf[table]!]!;
  const moduleC = moduleTemperature(
    irradiance * (1 + idleHeat * (1 - running)),
    weather.airTemperature,
    weather.windSpeed,
  );
  column.irradiance[table] = irradiance;
  column.moduleTemperature[table] = moduleC;
  column.power[table] =
    running * pvPower(irradiance * light.clean * (1 - field.soiled[table]!), moduleC, field.kwp[table]!);
};

/** Whether a table under the same light shows what the one before it does. */
const isLikeLast = ({ failed, soiled, isTwinOfLast }: PvField, table: number): boolean =>
  isTwinOfLast[table] === 1 && failed[table] === failed[table - 1] && soiled[table] === soiled[table - 1];

const copyLast = ({ column }: PvField, table: number): void => {
  column.irradiance[table] = column.irradiance[table - 1]!;
  column.moduleTemperature[table] = column.moduleTemperature[table - 1]!;
  column.power[table] = column.power[table - 1]!;
};

/**
 * Clouds drift over the field: tables darken and brighten in bands, never one by one. Snow and the field's dirt take
 * light from all tables alike, conditions from each by itself.
 * @returns kW of the field
 */
export const stepPvField = (field: PvField, moment: Moment): number => {
  const { weather } = moment;
  const { power } = field.column;
  followGrid(field, moment);
  light.clearPlane = planeIrradiance(weather, field.tilt);
  light.broken = moment.stepSeconds * 2 > cloudCycleS ? 0 : 1.1 * weather.cloud * (1 - weather.cloud);
  light.clean = (1 - weather.soiling) * (1 - weather.panelSnow);
  setDrift(field.drift, weather, cloudSpeed);
  const isEven = !(light.clearPlane > 0 && light.broken > 0);
  let sum = 0;
  for (let table = 0; table < power.length; table++) {
    if (isEven && isLikeLast(field, table)) copyLast(field, table);
    else stepTable(field, table, moment);
    sum += power[table]!;
  }
  return sum;
};

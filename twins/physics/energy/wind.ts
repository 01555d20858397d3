import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { approach } from "#twins/physics/moment.ts";
import { clamp, signed, smoothNoise } from "#twins/physics/noise.ts";
import { attributeOr } from "#twins/physics/places.ts";
import { airDensity } from "#twins/physics/weather/moist-air.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";
import { type Drift, type Parts, setDrift, stationsOf } from "./parts.ts";
import {
  cutBackIn,
  cutIn,
  cutOut,
  densityFactor,
  hubFactor,
  rotorSpeedOf,
  thrustOf,
  turbinePower,
} from "./turbine.ts";
import { createWakes, type Sector, setSector, type WakeTable, wakeAt } from "./wake.ts";

/** Codes of windTurbine.status (catalogue). */
const status = { off: 0, on: 1, fault: 2, lockedOut: 3, starting: 4 } as const;

/** From full power to standstill and back, s; a turbine that loses its grid stops at once (usual orders, assumed). */
const stopS = 30;
const startS = 120;
/** A new limit of the dispatcher is carried out within this, s (GB/T 19963: within minutes). */
const limitS = 60;
/** Ice on all of a blade takes half of the power; from this much on the rotor is too unbalanced to turn (assumed). */
const iceLoss = 0.5;
const tooMuchIce = 0.8;
/** Hours in which icing air covers blades, and in which ice melts, and goes by itself in dry frost (assumed). */
const icingH = 6;
const meltingH = 2;
const sublimingH = 48;

/** Gusts that pass the whole farm, s. */
const gustS = 180;

/** In `state`: part of the rating that the dispatcher leaves, ice from the weather, kW offered and delivered. */
const at = { limit: 0, ice: 1, available: 2, delivered: 3 } as const;

/** A wind farm. Shape of columns and of everything by turbine: turbines. */
export interface WindFarm {
  readonly seed: number;
  readonly column: Readonly<
    Record<"power" | "windSpeed" | "rotorSpeed" | "yaw" | "powerLimit" | "status", Float64Array>
  >;
  readonly rated: Float32Array;
  /** Wind at the hub over wind at 10 m, with what distinguishes one place from the next. */
  readonly exposure: Float64Array;
  /** Tip speed of about 85 m/s at rated power, /min. */
  readonly ratedSpeed: Float64Array;
  /** Error of each yaw, degrees. */
  readonly yawOff: Float64Array;
  readonly pose: Float32Array;
  readonly stationOf: Int32Array;
  readonly failed: Float32Array;
  readonly iced: Float32Array;
  readonly curtail: Float32Array;
  readonly wakes: WakeTable;
  readonly sector: Sector;
  readonly drift: Drift;
  /** 0 at a standstill … 1 at work. */
  readonly running: Float64Array;
  /** Mean wind of the last minute, by which storms are judged. */
  readonly minuteWind: Float64Array;
  /** 1: stopped by a storm that has not yet calmed enough. */
  readonly stormed: Uint8Array;
  /** Ice on each: the weather's, or more where a condition says so. */
  readonly ice: Float64Array;
  readonly station: Uint8Array;
  /** Of the whole farm: places by `at`. */
  readonly state: Float64Array;
}

export const createWindFarm = (
  twin: Twin,
  columns: PlantColumns,
  { conditions, supply, seed }: Parts,
): WindFarm => {
  const turbines = twin.table("windTurbine");
  const hub = attributeOr(twin, "windTurbine", "hubHeightM", 110);
  const rotor = attributeOr(twin, "windTurbine", "rotorM", 172);
  const { failed, iced } = conditions.of("windTurbine");
  return {
    seed,
    // Classes other than the rack are stored in 64 bits (catalogue).
    column: columnsOf(columns, "windTurbine", [
      "power",
      "windSpeed",
      "rotorSpeed",
      "yaw",
      "powerLimit",
      "status",
    ]) as WindFarm["column"],
    rated: attributeOr(twin, "windTurbine", "ratedKw", 6250),
    exposure: Float64Array.from(hub, (m, row) => hubFactor(m) * (1 + 0.02 * signed(seed + 413, row))),
    ratedSpeed: Float64Array.from(rotor, (m) => (85 * 60) / (Math.PI * m)),
    yawOff: Float64Array.from(hub, (_, row) => 4 * signed(seed + 414, row)),
    pose: turbines.pose,
    stationOf: stationsOf(twin, "windTurbine"),
    failed,
    iced,
    curtail: conditions.of("site").curtail,
    wakes: createWakes(turbines.pose, rotor),
    sector: { low: 0, high: 0, share: 0 },
    drift: { east: 0, north: 0 },
    running: new Float64Array(turbines.count),
    minuteWind: new Float64Array(turbines.count),
    stormed: new Uint8Array(turbines.count),
    ice: new Float64Array(turbines.count),
    station: supply.station,
    state: Float64Array.of(1, 0, 0, 0),
  };
};

/** Fog and wet snow just under zero grow on blades (ISO 12494: in-cloud icing and wet snow). */
const isIcing = ({ airTemperature: t, humidity, precipitation }: Weather): boolean =>
  t < 0 && t > -10 && (humidity > 94 || (precipitation > 0.2 && t > -3));

const stepFarm = ({ state, curtail }: WindFarm, { weather, stepSeconds, first }: Moment): void => {
  const wanted = 1 - clamp(curtail[0]!, 0, 1);
  const most = first ? 1 : stepSeconds / limitS;
  state[at.limit] = state[at.limit]! + clamp(wanted - state[at.limit]!, -most, most);
  const hours = stepSeconds / 3600;
  const melts = weather.airTemperature > 0.5 ? meltingH : sublimingH;
  state[at.ice] = clamp(state[at.ice]! + (isIcing(weather) ? hours / icingH : -hours / melts), 0, 1);
};

/** Starts and stops one turbine in the wind and ice that it has. */
const turn = (farm: WindFarm, row: number, { first, stepSeconds }: Moment): void => {
  const { stormed, running, station } = farm;
  farm.ice[row] = Math.max(farm.iced[row]!, farm.state[at.ice]!);
  const speed = farm.minuteWind[row]!;
  const bus = farm.stationOf[row]!;
  if (speed > cutOut) stormed[row] = 1;
  else if (speed < cutBackIn) stormed[row] = 0;
  const canTurn = stormed[row] === 0 && farm.failed[row] === 0 && farm.ice[row]! < tooMuchIce;
  const now = running[row]!;
  if (bus < station.length && station[bus] === 0) running[row] = 0;
  else if (canTurn) running[row] = first ? 1 : Math.min(1, now + stepSeconds / startS);
  else running[row] = first ? 0 : Math.max(0, now - stepSeconds / stopS);
};

const statusOf = ({ failed, stormed, running, ice, column }: WindFarm, row: number): number => {
  if (failed[row]! > 0) return status.fault;
  if (stormed[row] === 1 || ice[row]! >= tooMuchIce) return status.lockedOut;
  if (running[row] === 0 || column.windSpeed[row]! < cutIn) return status.off;
  return running[row]! < 1 ? status.starting : status.on;
};

/** Gusts travel through the park with the wind; each turbine sees them a little later and a little different, and slower behind others. */
const blow = (farm: WindFarm, moment: Moment): void => {
  const { exposure, pose, seed, drift, sector, wakes, minuteWind } = farm;
  const { windSpeed } = farm.column;
  const { weather, seconds } = moment;
  setDrift(drift, weather, Math.max(3, weather.windSpeed * 1.4));
  setSector(sector, wakes, weather.windDirection);
  const induction = 1 - Math.sqrt(1 - thrustOf(weather.windSpeed * (exposure[0] ?? 1)));
  const gustiness = moment.stepSeconds * 2 > gustS ? 0 : 1;
  const minute = approach(moment, 60);
  for (let row = 0; row < windSpeed.length; row++) {
    const late = pose[row * 4]! * drift.east + pose[row * 4 + 1]! * drift.north;
    const gust =
      0.09 * smoothNoise(seed + 411, (seconds - late) / gustS) +
      0.03 * smoothNoise(seed + 412 + row, seconds / 45);
    const slower = 1 - induction * wakeAt(wakes, sector, row);
    const speed = weather.windSpeed * exposure[row]! * (1 + gustiness * gust) * slower;
    windSpeed[row] = speed;
    minuteWind[row] = minuteWind[row]! + (speed - minuteWind[row]!) * minute;
  }
};

/** Power of each turbine as far as ice and the dispatcher let it. Returns kW of the farm. */
const deliver = (farm: WindFarm, { weather }: Moment): number => {
  const { column, rated, running, ice, state } = farm;
  const { windSpeed, power, powerLimit } = column;
  const standard = densityFactor(airDensity(weather.airTemperature, weather.pressure));
  let sum = 0;
  let available = 0;
  for (let row = 0; row < rated.length; row++) {
    const whole = turbinePower(Math.min(windSpeed[row]! * standard, cutOut), rated[row]!);
    const offered = running[row]! * (1 - iceLoss * ice[row]!) * whole;
    powerLimit[row] = state[at.limit]! * rated[row]!;
    power[row] = Math.min(offered, powerLimit[row]!);
    available += offered;
    sum += power[row]!;
  }
  state[at.available] = available;
  state[at.delivered] = sum;
  return sum;
};

const showRotors = (farm: WindFarm, { weather }: Moment): void => {
  const { column, running, ratedSpeed, yawOff } = farm;
  const { windSpeed, rotorSpeed, yaw, status: shown } = column;
  for (let row = 0; row < running.length; row++) {
    rotorSpeed[row] = running[row]! * rotorSpeedOf(windSpeed[row]!, ratedSpeed[row]!);
    yaw[row] = (weather.windDirection + yawOff[row]! + 360) % 360;
    shown[row] = statusOf(farm, row);
  }
};

/** The farm at a moment. Returns its kW. */
export const stepWindFarm = (farm: WindFarm, moment: Moment): number => {
  stepFarm(farm, moment);
  blow(farm, moment);
  for (let row = 0; row < farm.rated.length; row++) turn(farm, row, moment);
  const kw = deliver(farm, moment);
  showRotors(farm, moment);
  return kw;
};

/** What the wind offers to turbines that turn, and what the dispatcher takes of it, kW in the last step. */
export const windOffered = ({ state }: WindFarm): number => state[at.available]!;
export const windCurtailed = ({ state }: WindFarm): number => state[at.available]! - state[at.delivered]!;

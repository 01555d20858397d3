import type { Twin } from "#twins/model/twin.ts";
import type { VisitBalance } from "#twins/physics/balance.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { approach } from "#twins/physics/moment.ts";
import { clamp, signed } from "#twins/physics/noise.ts";
import { attributeOr } from "#twins/physics/places.ts";
import { createFires, type Fires, heatPerKwh, isLost, isSmoking, stepFires } from "./fire.ts";
import { type Parts, stationsOf } from "./parts.ts";

/** Codes of battery.status (catalogue). */
const status = { off: 0, on: 1, fault: 2 } as const;

/** Each way, with the converter and the container's own cooling. */
const oneWayEfficiency = 0.95;
const socFloor = 0.1;
const socCeiling = 0.95;
/** From nothing to full power, s. */
const rampS = 60;
/** How much a container that is fuller than the rest gives more than its part: 1 % by one of charge more. */
const evening = 4;
/** A container follows its air conditioning and its load within, s. */
const thermalS = 1800;

/** Storage as containers. Index of everything: container. */
export interface Storage {
  readonly column: Readonly<
    Record<"power" | "stateOfCharge" | "temperature" | "smokeDetect" | "status", Float64Array>
  >;
  readonly capacityKwh: Float32Array;
  readonly ratedKw: Float32Array;
  readonly energyKwh: Float64Array;
  /** kW at this step: into (+) the cells, lost on the way, and of the cells' charge in the fire. */
  readonly storedKw: Float64Array;
  readonly lossKw: Float64Array;
  readonly burntKw: Float64Array;
  /** Heat of a burning container, kW: the charge in it and, far more, what the cells are made of. It heats nothing else here. */
  readonly fireKw: Float64Array;
  /** Temperature without a fire, °C. */
  readonly usualC: Float64Array;
  /** The same at rest on a day of 10 °C. */
  readonly restC: Float64Array;
  /** Charge when its fire began, kWh. */
  readonly litKwh: Float64Array;
  readonly fires: Fires;
  readonly runaway: Float32Array;
  readonly isolated: Float32Array;
  readonly stationOf: Int32Array;
  readonly station: Uint8Array;
  /** 1: not connected. */
  readonly off: Uint8Array;
  /** Largest charge and discharge of each in this step, kW, both ≥ 0. */
  readonly mostIn: Float64Array;
  readonly mostOut: Float64Array;
  /** Rating of all, kW, and what is asked of them after the ramp, kW. */
  readonly plantKw: number;
  readonly asked: Float64Array;
}

export const createStorage = (
  twin: Twin,
  columns: PlantColumns,
  { conditions, supply, seed }: Parts,
): Storage => {
  const containers = twin.table("battery");
  const column = (): Float64Array => new Float64Array(containers.count);
  const capacityKwh = attributeOr(twin, "battery", "energyKwh", 5000);
  const ratedKw = attributeOr(twin, "battery", "powerKw", 1250);
  const { thermalRunaway, isolated } = conditions.of("battery");
  return {
    // Classes other than the rack are stored in 64 bits (catalogue).
    column: columnsOf(columns, "battery", [
      "power",
      "stateOfCharge",
      "temperature",
      "smokeDetect",
      "status",
    ]) as Storage["column"],
    capacityKwh,
    ratedKw,
    energyKwh: Float64Array.from(capacityKwh, (kwh, row) => kwh * (0.52 + 0.008 * signed(seed + 421, row))),
    storedKw: column(),
    lossKw: column(),
    burntKw: column(),
    fireKw: column(),
    usualC: column(),
    restC: column().map((_, row) => 22 + 1.2 * signed(seed + 422, row)),
    litKwh: column(),
    fires: createFires(containers, seed),
    runaway: thermalRunaway,
    isolated,
    stationOf: stationsOf(twin, "battery"),
    station: supply.station,
    off: new Uint8Array(containers.count),
    mostIn: column(),
    mostOut: column(),
    plantKw: ratedKw.reduce((sum, kw) => sum + kw, 0),
    asked: new Float64Array(1),
  };
};

const isOff = ({ fires, isolated, stationOf, station }: Storage, row: number): boolean => {
  const bus = stationOf[row]!;
  return isolated[row]! > 0 || isLost(fires, row) || (bus < station.length && station[bus] === 0);
};

/** What each container could take and give through the whole step. */
const setLimits = (storage: Storage, hours: number): void => {
  const { capacityKwh, ratedKw, energyKwh, mostIn, mostOut, off } = storage;
  for (let row = 0; row < ratedKw.length; row++) {
    const room = Math.max(0, capacityKwh[row]! * socCeiling - energyKwh[row]!);
    const stock = Math.max(0, energyKwh[row]! - capacityKwh[row]! * socFloor);
    const isOut = isOff(storage, row);
    off[row] = isOut ? 1 : 0;
    // At the first moment there is no time in which it could fill or run dry.
    const roomKw = hours > 0 ? room / (hours * oneWayEfficiency) : room > 0 ? ratedKw[row]! : 0;
    const stockKw = hours > 0 ? (stock * oneWayEfficiency) / hours : stock > 0 ? ratedKw[row]! : 0;
    mostIn[row] = isOut ? 0 : Math.min(ratedKw[row]!, roomKw);
    mostOut[row] = isOut ? 0 : Math.min(ratedKw[row]!, stockKw);
  }
};

/** Part of the charge of all that are connected, 0…1: what fuller ones give more of. */
const meanCharge = ({ energyKwh, capacityKwh, off }: Storage): number => {
  let energy = 0;
  let capacity = 0;
  for (let row = 0; row < off.length; row++) {
    if (off[row] === 1) continue;
    energy += energyKwh[row]!;
    capacity += capacityKwh[row]!;
  }
  return capacity > 0 ? energy / capacity : 0;
};

const connectedKw = ({ ratedKw, off }: Storage): number => {
  let sum = 0;
  for (let row = 0; row < off.length; row++) if (off[row] === 0) sum += ratedKw[row]!;
  return sum;
};

/** Deals `askedKw` out by rating and charge, as far as each can; returns what that makes. */
const dealByCharge = (storage: Storage, askedKw: number): number => {
  const { ratedKw, energyKwh, capacityKwh, mostIn, mostOut } = storage;
  const { power } = storage.column;
  const mean = meanCharge(storage);
  const rated = connectedKw(storage);
  const perKw = rated > 0 ? askedKw / rated : 0;
  const tilt = askedKw < 0 ? -evening : evening;
  let dealt = 0;
  for (let row = 0; row < power.length; row++) {
    const fuller = energyKwh[row]! / capacityKwh[row]! - mean;
    const part = perKw * ratedKw[row]! * (1 + tilt * fuller);
    power[row] = clamp(part, -mostIn[row]!, mostOut[row]!);
    dealt += power[row]!;
  }
  return dealt;
};

/** What some could not take or give, others do, each the same part of what it has left; returns what that makes. */
const dealRest = (storage: Storage, restKw: number): number => {
  const { mostIn, mostOut } = storage;
  const { power } = storage.column;
  let headroom = 0;
  for (let row = 0; row < power.length; row++)
    headroom += restKw < 0 ? mostIn[row]! + power[row]! : mostOut[row]! - power[row]!;
  const part = headroom > 0 ? Math.min(1, Math.abs(restKw) / headroom) : 0;
  let dealt = 0;
  for (let row = 0; row < power.length; row++) {
    const own = restKw < 0 ? -mostIn[row]! - power[row]! : mostOut[row]! - power[row]!;
    power[row] = clamp(power[row]! + part * own, -mostIn[row]!, mostOut[row]!);
    dealt += power[row]!;
  }
  return dealt;
};

/** SoC += (η·P_c − P_d/η)·Δt/E (STANDARDS, formulas), less what burns. */
const store = (storage: Storage, hours: number): void => {
  const { column, energyKwh, storedKw, lossKw, burntKw, fireKw, fires, litKwh, capacityKwh } = storage;
  for (let row = 0; row < energyKwh.length; row++) {
    const kw = column.power[row]!;
    const into = kw > 0 ? -kw / oneWayEfficiency : -kw * oneWayEfficiency;
    if (fires.burnt[row] === 0) litKwh[row] = energyKwh[row]!;
    const left = litKwh[row]! * (1 - fires.burnt[row]!);
    const burnt = hours > 0 ? Math.max(0, energyKwh[row]! - left) / hours : 0;
    burntKw[row] = burnt;
    fireKw[row] =
      litKwh[row]! > 0 ? (burnt / litKwh[row]!) * (heatPerKwh * capacityKwh[row]! + litKwh[row]!) : 0;
    storedKw[row] = into - burnt;
    lossKw[row] = Math.abs(kw + into);
    energyKwh[row] = energyKwh[row]! + storedKw[row]! * hours;
  }
};

const show = (storage: Storage, moment: Moment): void => {
  const { column, energyKwh, capacityKwh, ratedKw, usualC, restC, fires, off } = storage;
  const share = approach(moment, thermalS);
  for (let row = 0; row < ratedKw.length; row++) {
    const load = Math.abs(column.power[row]!) / ratedKw[row]!;
    const wanted = restC[row]! + 6 * load + 0.08 * (moment.weather.airTemperature - 10);
    usualC[row] = usualC[row]! + (wanted - usualC[row]!) * share;
    column.stateOfCharge[row] = clamp((100 * energyKwh[row]!) / capacityKwh[row]!, 0, 100);
    column.temperature[row] = usualC[row]! + fires.rise[row]!;
    column.smokeDetect[row] = isSmoking(fires, row) ? 1 : 0;
    const idle = off[row] === 1 ? status.off : status.on;
    column.status[row] = isLost(fires, row) ? status.fault : idle;
  }
};

/**
 * One step of storage: fires, then the wanted power as far as ramps, ratings and charge allow.
 * @param wantedKw + discharge
 * @returns kW of all containers
 */
export const stepStorage = (storage: Storage, wantedKw: number, moment: Moment): number => {
  const { fires, runaway, asked, plantKw } = storage;
  const hours = moment.stepSeconds / 3600;
  stepFires(fires, runaway, moment);
  const most = plantKw * (moment.first ? 1 : Math.min(1, moment.stepSeconds / rampS));
  asked[0] = clamp(wantedKw, asked[0]! - most, asked[0]! + most);
  setLimits(storage, hours);
  const dealt = dealByCharge(storage, asked[0]!);
  const kw = dealRest(storage, asked[0]! - dealt);
  store(storage, hours);
  show(storage, moment);
  return kw;
};

/** What went in and out of each container and of all. */
export const visitStorageBalances = (storage: Storage, visit: VisitBalance): void => {
  const { column, lossKw, burntKw, storedKw } = storage;
  for (let row = 0; row < lossKw.length; row++) {
    const kw = column.power[row]!;
    visit("battery.power", row, {
      inKw: Math.max(0, -kw),
      outKw: Math.max(0, kw) + lossKw[row]! + burntKw[row]!,
      storedKw: storedKw[row]!,
    });
  }
};

import { cbrt, pow } from "#twins/physics/maths.ts";
import { clamp, lookUp } from "#twins/physics/noise.ts";

/** Measured power curve of a real 1.5 MW machine (STANDARDS, formulas), kW over m/s at hub height. */
const curveSpeeds = [2.5, 3, 5, 7, 9, 11, 12, 13, 25, 25.5];
const curveKw = [0, 86, 310, 735, 1134, 1397, 1441, 1500, 1500, 0];
const curveRatedKw = 1500;

/** Hub-height wind by the power law; exponent 1/7 for open steppe. */
export const hubWind = (windSpeed10m: number, hubHeightM: number): number =>
  windSpeed10m * pow(hubHeightM / 10, 1 / 7);

/**
 * Electrical power of a turbine, kW: the measured curve scaled to the rating, wind corrected for density (IEC 61400-12-1).
 */
export const turbinePower = (hubSpeed: number, density: number, ratedKw: number): number =>
  (ratedKw / curveRatedKw) * lookUp(curveSpeeds, curveKw, hubSpeed * cbrt(density / 1.225));

/** Rotor speed, /min: proportional to wind up to rated speed. */
export const rotorSpeed = (hubSpeed: number, ratedSpeed: number): number =>
  hubSpeed < 2.5 || hubSpeed > 25.5 ? 0 : clamp((hubSpeed / 11) * ratedSpeed, ratedSpeed * 0.42, ratedSpeed);

/** Module temperature, °C (Faiman 2008). */
export const moduleTemperature = (irradiance: number, airC: number, windSpeed: number): number =>
  airC + irradiance / (25 + 6.84 * windSpeed);

/** Wiring, mismatch, ageing and availability: 1 − Π(1 − Lᵢ) over PVWatts v5 defaults without soiling. */
const systemLoss = 0.098;
const gammaPerK = -0.0035;
const dcAcRatio = 1.2;

/** AC power of a PV table, kW (PVWatts v5, NREL/TP-6A20-62641): DC with temperature, inverter part-load curve, clipping. */
export const pvPower = (irradiance: number, moduleC: number, ratedDcKw: number): number => {
  const dc = (irradiance / 1000) * ratedDcKw * (1 + gammaPerK * (moduleC - 25)) * (1 - systemLoss);
  const acRated = ratedDcKw / dcAcRatio;
  const share = dc / (acRated / 0.96);
  if (share < 0.005) return 0;
  const efficiency = (0.96 / 0.9637) * (-0.0162 * share - 0.0059 / share + 0.9858);
  return clamp(dc * efficiency, 0, acRated);
};

/** State of the storage plant as one reservoir. */
export interface Storage {
  readonly capacityKwh: number;
  readonly ratedKw: number;
  energyKwh: number;
  /** + discharge. */
  powerKw: number;
}

const oneWayEfficiency = 0.95;
const socFloor = 0.1;
const socCeiling = 0.95;

/**
 * One step of storage: follow the wanted power (+ discharge) as far as power and state of charge allow.
 * SoC += (η·P_c − P_d/η)·Δt/E with clamps (STANDARDS, formulas).
 */
export const stepStorage = (storage: Storage, wantedKw: number, seconds: number): void => {
  const hours = seconds / 3600;
  const rampKw = storage.ratedKw * Math.min(1, seconds / 60);
  const room = storage.capacityKwh * socCeiling - storage.energyKwh;
  const stock = storage.energyKwh - storage.capacityKwh * socFloor;
  const ramped = clamp(wantedKw, storage.powerKw - rampKw, storage.powerKw + rampKw);
  const chargeLimit = hours > 0 ? Math.max(0, room) / (hours * oneWayEfficiency) : storage.ratedKw;
  const dischargeLimit = hours > 0 ? (Math.max(0, stock) * oneWayEfficiency) / hours : storage.ratedKw;
  storage.powerKw = clamp(
    ramped,
    -Math.min(storage.ratedKw, chargeLimit),
    Math.min(storage.ratedKw, dischargeLimit),
  );
  storage.energyKwh -=
    (storage.powerKw > 0 ? storage.powerKw / oneWayEfficiency : storage.powerKw * oneWayEfficiency) * hours;
};

/**
 * What the dispatcher wants, kW (+ discharge): fill the valley by night and the sunny noon, help the evening peak,
 * and take what wind and sun deliver above the load instead of exporting it.
 */
export const wantedStorage = (siteHour: number, netLoadKw: number, ratedKw: number): number => {
  if (netLoadKw < 0) return Math.max(-ratedKw, netLoadKw);
  if (siteHour < 5.5) return -0.4 * ratedKw;
  if (siteHour >= 11 && siteHour < 14) return -0.55 * ratedKw;
  if (siteHour >= 17.5 && siteHour < 22) return 0.7 * ratedKw;
  return 0;
};

import { exp } from "#twins/physics/maths.ts";

/**
 * The battery of a bank. Energy in kWh, power in kW. Self-discharge, temperature and the loss of capacity at high
 * currents (Peukert) are left out: half the load lasts twice as long.
 */

/** A new battery carries rated load for ten minutes (assumed; 15 min lead-acid and 5–10 min lithium are both built). */
export const batteryMinutes = 10;
/** Share of what is taken from the battery that arrives at the inverter, and of what is charged that is stored (assumed). */
export const dischargeEfficiency = 0.97;
const chargeEfficiency = 0.93;
/** Most that a bank takes from the mains for charging, share of its rating. */
const chargeLimit = 0.1;
/** Charging fades towards full: constant current, then constant voltage. */
const fadeS = 1800;

/** kWh that a battery holds when full. @param aged share of its capacity that is gone */
export const batteryCapacity = (ratedKw: number, aged: number): number =>
  ((ratedKw * batteryMinutes) / 60) * (1 - aged);

/** kWh that delivering `kw` for a step takes out of the battery. */
export const drawn = (kw: number, stepSeconds: number): number =>
  (kw * stepSeconds) / 3600 / dischargeEfficiency;

/** kWh that a step of charging adds: never past full, however long the step. @param missing kWh to full */
export const charged = (missing: number, ratedKw: number, stepSeconds: number): number => {
  if (missing <= 0) return 0;
  const most = ((chargeLimit * ratedKw * stepSeconds) / 3600) * chargeEfficiency;
  return Math.min(most, missing * (1 - exp(-stepSeconds / fadeS)));
};

/** Power that storing `kwh` in a step takes at the input. */
export const chargingPower = (kwh: number, stepSeconds: number): number =>
  stepSeconds > 0 ? (kwh * 3600) / stepSeconds / chargeEfficiency : 0;

/** Most that charging may take, kW: for whoever must keep capacity free for it. */
export const chargeLimitPower = (ratedKw: number): number => chargeLimit * ratedKw;

import type { Twin } from "#twins/model/twin.ts";
import { pow } from "#twins/physics/maths.ts";
import { clamp } from "#twins/physics/noise.ts";

/** Air and what moves it. Heat capacity rates in kW/K stand for flows: the same air as it goes round. */

/** Rise of air through an air handler at rated capacity, K; its rated flow follows from it. */
const designRiseK = 12;

/** Rated flow of a unit, kW/K; ratings hold at the site, where air is 11 % thinner and fans are larger for it. */
export const ratedAirRate = (capacityKw: number): number => capacityKw / designRiseK;

/** Rise of air through a rack at rated power, K, and the floor of its fans: as the racks themselves (`compute/`). */
const rackRiseK = 14;
const rackFanFloor = 0.42;

/** Air that the fans of servers want, kW/K, for what is installed and what it draws, both to air, kW. */
export const rackAirRate = (installedKw: number, drawnKw: number): number =>
  (rackFanFloor * installedKw + (1 - rackFanFloor) * drawnKw) / rackRiseK;

/** Pressure of the standard atmosphere at an altitude, Pa (ISO 2533). */
const pressureAt = (altitudeM: number): number => 101_325 * pow(1 - 2.25577e-5 * altitudeM, 5.25588);

/** Air outside a site: how much denser than at the 20 °C that outside fans are rated at. */
export const outsideDensity = (airTemperature: number): number => 293.15 / (273.15 + airTemperature);

/** Volume heat capacity of air at a site and 22 °C, kJ/(m³ K): 1.2 at sea level, about 1.06 at 1,050 m. */
export const airHeatCapacity = (twin: Twin): number =>
  (pressureAt(twin.site.altitudeM) / (287.05 * 295.15)) * 1.006;

/**
 * A clean filter's part of the pressure that a fan works against, and how many times the resistance of a clean one
 * that of a full one is. EN ISO 16890 filters are changed at two to three times; full here is what a dust storm does
 * to a filter that nobody changes. Assumed.
 */
const filterPart = 0.15;
const fullTimes = 10;
/** Pressure drop of the clean filter at rated flow, Pa (ISO ePM10 panel filter, manufacturers' 50–80 Pa). */
const cleanPa = 60;
/** Fall of a fan's pressure from no flow to rated flow, in parts of the latter (backward-curved plug fan, assumed). */
const fanSteepness = 1;

/** Filter's resistance over that of a clean one. @param clogged 0 clean … 1 full */
const resistance = (clogged: number): number => 1 + (fullTimes - 1) * clamp(clogged, 0, 1);

/**
 * Flow at full speed over rated flow: where the fan's curve p = (1 + a)·n² − a·v² meets the system's p = k·v².
 * Flow stays proportional to speed, so fans make up for a filter by running faster as long as they can.
 */
export const flowPerSpeed = (clogged: number): number => {
  if (clogged <= 0) return 1;
  const system = 1 + filterPart * (resistance(clogged) - 1);
  return Math.sqrt((1 + fanSteepness) / (system + fanSteepness));
};

/** Pressure drop over a filter, Pa. @param flow over rated flow */
export const filterPressure = (clogged: number, flow: number): number =>
  cleanPa * resistance(clogged) * flow * flow;

import { exp } from "#twins/physics/maths.ts";
import { outsideDensity } from "./air.ts";
import type { ShareSearch } from "./exchanger.ts";
import { effectiveness, findShare } from "./exchanger.ts";

/**
 * Heat from water to outside air in towers, all cells of a building as one. Open towers and wetted closed ones by
 * Merkel's method: wet air takes heat by its enthalpy, so the exchanger works between water and wet bulb with an air
 * side that is larger by the mean slope of the saturation line (ASHRAE Handbook, HVAC Systems and Equipment, cooling
 * towers; J. E. Braun, Methodologies for the design and control of central cooling plants, 1988). Dry ones work
 * between water and air.
 */
export interface TowerKind {
  /** Transfer units of the water at design flow: wet (or open), and dry; 0: never dry. */
  readonly wetNtu: number;
  readonly dryNtu: number;
  /** Air at full speed and 20 °C, kW/K per kW of capacity, and design water flow, the same. */
  readonly airRate: number;
  readonly waterRate: number;
}

/**
 * Open tower chosen for free cooling: at full speed it brings its rating from 20.5 to 14.5 °C at 11.5 °C wet bulb (3 K
 * approach), with a tenth more air than water by mass. Assumed.
 */
export const openTower: TowerKind = { wetNtu: 2.7, dryNtu: 0, airRate: 0.044, waterRate: 1 / 6 };
/**
 * Closed tower with finned coils: its rating from 43 to 33 °C, wet, with 4 K of wet bulb to spare in the hottest hour
 * here; two fifths of it dry at 15 °C. Assumed.
 */
export const closedTower: TowerKind = { wetNtu: 1, dryNtu: 0.8, airRate: 0.052, waterRate: 1 / 10 };

/** Air that draws through a tower whose fan stands, part of full flow. */
export const naturalDraught = 0.08;

/** Slope of the saturation line over that of dry air at 89 kPa: 1 + 0.77·e^(0.062 T), fitted from −20 to 35 °C (tested). */
const gainFactor = 0.77;
const gainPower = 0.062;
/** What saturation adds to the integral of the slope. */
const saturation = (temperature: number): number => (gainFactor / gainPower) * exp(gainPower * temperature);

/** The towers of a building at a step. */
export interface TowerWork {
  kind: TowerKind;
  /** Capacity of cells that take water, and of those among them whose fans run, kW; the same of those with spray. */
  open: number;
  driven: number;
  sprayed: number;
  sprayedDriven: number;
  /** Wet (or open), in which case cells without spray are closed off; else all of them dry. */
  isWet: boolean;
  /** Water, kW/K. */
  rate: number;
  airTemperature: number;
  wetBulb: number;
  /** `saturation` at the wet bulb. */
  saturated: number;
  /** How many times the heat of dry air the air takes per kelvin. */
  gain: number;
}

export const createTowerWork = (kind: TowerKind): TowerWork => ({
  kind,
  open: 0.5,
  driven: 0.5,
  sprayed: 0.5,
  sprayedDriven: 0.5,
  isWet: true,
  rate: 0.5,
  airTemperature: 0.5,
  wetBulb: 0.5,
  saturated: 0.5,
  gain: 1.5,
});

/** Sets the air outside. */
export const setOutside = (
  work: TowerWork,
  weather: Readonly<Record<"airTemperature" | "wetBulb", number>>,
): void => {
  work.airTemperature = weather.airTemperature;
  work.wetBulb = weather.wetBulb;
  work.saturated = saturation(weather.wetBulb);
};

/** Takes the mean slope of the saturation line between water that enters at a temperature and the wet bulb. */
export const aimAt = (work: TowerWork, hot: number, isWet: boolean): void => {
  work.isWet = isWet;
  const span = hot - work.wetBulb;
  if (!isWet) work.gain = 1;
  else if (Math.abs(span) < 1e-3) work.gain = 1 + gainPower * work.saturated;
  else work.gain = 1 + (saturation(hot) - work.saturated) / span;
};

const openCells = (work: TowerWork): number => (work.isWet ? work.sprayed : work.open);
const drivenCells = (work: TowerWork): number => (work.isWet ? work.sprayedDriven : work.driven);

/** Air of cells of 1 kW at full speed, kW/K. */
const airPerKw = (work: TowerWork): number => work.kind.airRate * outsideDensity(work.airTemperature);

/** Air through all cells, kW/K. @param speed of the fans that run */
const towerAir = (work: TowerWork, speed: number): number => {
  const driven = drivenCells(work);
  return (
    airPerKw(work) * (driven * Math.max(speed, naturalDraught) + (openCells(work) - driven) * naturalDraught)
  );
};

/** Fewer transfer units for more water on the same fill. */
const transferUnits = (work: TowerWork): number =>
  (work.isWet ? work.kind.wetNtu : work.kind.dryNtu) *
  Math.sqrt((openCells(work) * work.kind.waterRate) / work.rate);

/** Whether water goes round in any cell. */
export const hasWater = (work: TowerWork): boolean => work.rate > 0 && openCells(work) > 0;

/** Temperature that the water would come to in an endless tower, °C. */
export const sinkOf = (work: TowerWork): number => (work.isWet ? work.wetBulb : work.airTemperature);

/** Heat per kelvin between entering water and sink at a fan speed, kW/K. */
export const towerSlope = (work: TowerWork, speed: number): number =>
  hasWater(work)
    ? work.rate * effectiveness(transferUnits(work), (work.gain * towerAir(work, speed)) / work.rate)
    : 0;

/** A heat to be brought out of water that enters at a temperature, and the speed that does; infinite: none does. */
export interface SpeedSearch {
  heat: number;
  hot: number;
  most: number;
  speed: number;
}

const search: ShareSearch = { wanted: 0.5, ntu: 0.5, most: 0.5, share: 0.5 };
/** A heat that is what full speed brings, give or take rounding. */
const rounding = 1e-9;

/** Finds the fan speed; below natural draught water is led past the towers. */
export const findFanSpeed = (work: TowerWork, task: SpeedSearch): void => {
  task.speed = naturalDraught;
  if (task.heat <= 0) return;
  const over = task.hot - sinkOf(work);
  const share = work.gain / work.rate;
  search.wanted = over > 0 ? (task.heat * (1 - rounding)) / (work.rate * over) : 1;
  search.ntu = transferUnits(work);
  search.most = share * towerAir(work, task.most);
  findShare(search);
  const driven = drivenCells(work);
  if (search.share === Number.POSITIVE_INFINITY || driven <= 0) {
    task.speed = search.share <= share * towerAir(work, 0) ? naturalDraught : Number.POSITIVE_INFINITY;
    return;
  }
  const standing = (openCells(work) - driven) * naturalDraught;
  const speed = (search.share / (share * airPerKw(work)) - standing) / driven;
  task.speed = Math.max(naturalDraught, Math.min(task.most, speed));
};

/** Heat of evaporation, kJ/kg, and cycles of concentration before blow-down (assumed for softened water). */
const evaporationHeat = 2_430;
const concentration = 5;
/** Drift, part of the water that goes round (eliminators: 0.001–0.005 %), and volume heat, kWh/(m³ K). */
const driftPart = 3e-5;
const waterHeat = 4_186 / 3_600;

/**
 * Make-up of wet towers, m³/h: outside air is first saturated, then warmed along the saturation line; blow-down keeps
 * the concentration, drift is lost. Held against the formula of STANDARDS in the tests.
 */
export const makeUpWater = (work: TowerWork, heat: number, speed: number): number => {
  if (!work.isWet || heat <= 0) return 0;
  const saturating = towerAir(work, speed) * Math.max(0, work.airTemperature - work.wetBulb);
  const evaporated = ((saturating + heat * (1 - 1 / work.gain)) / evaporationHeat) * 3.6;
  const drift = (work.rate / waterHeat) * driftPart;
  return evaporated * (concentration / (concentration - 1)) + drift;
};

import { exp } from "#twins/physics/maths.ts";
import { outsideDensity } from "./air.ts";
import { effectiveness } from "./exchanger.ts";

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
/** Its integral's part. */
const saturation = (temperature: number): number => (gainFactor / gainPower) * exp(gainPower * temperature);

/** Mean slope between water and wet bulb: how many times the heat of dry air wet air takes per kelvin. */
const wetGain = (water: number, wetBulb: number): number => {
  const span = water - wetBulb;
  if (Math.abs(span) < 1e-3) return 1 + gainPower * saturation(wetBulb);
  return 1 + (saturation(water) - saturation(wetBulb)) / span;
};

/** The towers of a building at a step; filled anew for each. */
export interface TowerWork {
  kind: TowerKind;
  /** Capacity of cells that take water, and of those among them whose fans run, kW. */
  open: number;
  driven: number;
  /** Part of the cells that is wetted. */
  wetPart: number;
  /** Water, kW/K. */
  rate: number;
  airTemperature: number;
  wetBulb: number;
}

/** Heat of a group of towers over the temperature of the water that enters: slope · T − at, kW. Reused. */
export interface TowerLine {
  slope: number;
  at: number;
}

/** Air through all cells, kW/K. @param speed of the fans that run */
const towerAir = (work: TowerWork, speed: number): number =>
  work.kind.airRate *
  outsideDensity(work.airTemperature) *
  (work.driven * Math.max(speed, naturalDraught) + (work.open - work.driven) * naturalDraught);

/** Fewer transfer units for more water on the same fill. */
const transferUnits = (work: TowerWork, ntu: number): number =>
  ntu * Math.sqrt((work.open * work.kind.waterRate) / work.rate);

const line: TowerLine = { slope: 0.5, at: 0.5 };

/**
 * The line at a fan speed. Read it before the next call.
 * @param hot temperature of entering water at which the slope of the saturation line is taken, °C
 */
export const towerLine = (work: TowerWork, speed: number, hot: number): Readonly<TowerLine> => {
  line.slope = 0;
  line.at = 0;
  if (work.rate <= 0 || work.open <= 0) return line;
  const share = towerAir(work, speed) / work.rate;
  const { wetPart, kind } = work;
  if (wetPart > 0) {
    const gain = wetGain(hot, work.wetBulb);
    const wet = wetPart * work.rate * effectiveness(transferUnits(work, kind.wetNtu), gain * share);
    line.slope += wet;
    line.at += wet * work.wetBulb;
  }
  if (wetPart < 1 && kind.dryNtu > 0) {
    const dry = (1 - wetPart) * work.rate * effectiveness(transferUnits(work, kind.dryNtu), share);
    line.slope += dry;
    line.at += dry * work.airTemperature;
  }
  return line;
};

/** Heat at a fan speed from entering water of a temperature, kW. */
export const towerHeat = (work: TowerWork, speed: number, hot: number): number => {
  const { slope, at } = towerLine(work, speed, hot);
  return slope * hot - at;
};

/**
 * Fan speed that brings a heat from water at a temperature; `most` where that is not enough. Below natural draught
 * water is led past the towers.
 */
export const fanSpeedFor = (
  work: TowerWork,
  { heat, hot, most }: { readonly heat: number; readonly hot: number; readonly most: number },
): number => {
  let low = naturalDraught;
  let high = most;
  let below = towerHeat(work, low, hot) - heat;
  if (below >= 0) return low;
  let above = towerHeat(work, high, hot) - heat;
  // Rounding of the very heat that full speed brings.
  if (above <= 1e-9 * heat) return high;
  // Heat grows and is concave in the speed: chords from both sides close in (Illinois rule).
  for (let turn = 0; turn < 50 && high - low > 1e-7; turn++) {
    const middle = low - (below * (high - low)) / (above - below);
    const off = towerHeat(work, middle, hot) - heat;
    if (Math.abs(off) < 1e-9 * heat) return middle;
    if (off < 0) {
      low = middle;
      below = off;
      above /= 2;
    } else {
      high = middle;
      above = off;
      below /= 2;
    }
  }
  return high;
};

/** Heat of evaporation, kJ/kg, and cycles of concentration before blow-down (assumed for softened water). */
const evaporationHeat = 2_430;
const concentration = 5;
/** Drift, part of the water that goes round (eliminators: 0.001–0.005 %), and volume heat, kWh/(m³ K). */
const driftPart = 3e-5;
const waterHeat = 4_186 / 3_600;

/**
 * Make-up of towers, m³/h: outside air is first saturated, then warmed along the saturation line; blow-down keeps the
 * concentration, drift is lost. Held against the formula of STANDARDS in the tests.
 */
export const makeUpWater = (
  work: TowerWork,
  { heat, hot, speed }: { readonly heat: number; readonly hot: number; readonly speed: number },
): number => {
  if (work.wetPart <= 0 || heat <= 0) return 0;
  const gain = wetGain(hot, work.wetBulb);
  const saturating = towerAir(work, speed) * Math.max(0, work.airTemperature - work.wetBulb);
  const evaporated = ((saturating + heat * (1 - 1 / gain)) / evaporationHeat) * 3.6;
  const drift = (work.rate / waterHeat) * driftPart;
  return work.wetPart * (evaporated * (concentration / (concentration - 1)) + drift);
};

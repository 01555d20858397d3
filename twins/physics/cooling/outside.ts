import { drivePower } from "./curves.ts";
import { effectiveness, shareFor } from "./exchanger.ts";

/**
 * Units that give their heat to outside air themselves. Indirect evaporative: room air and outside air pass each other
 * in a plate exchanger, dry, or wetted by spray, so that outside air takes heat at its wet bulb; a compressor of its
 * own does the rest. Pumped refrigerant (氟泵), for the air that cold plates leave over: the same with refrigerant
 * between two coils, never wet. The cheapest mode that carries the heat is run: dry, wet, mixed as it gets hotter.
 */

/** Codes of crah.coolingMode (catalogue). */
export const airMode = { stopped: 0, chilledWater: 1, dry: 2, wet: 3, mixed: 4 } as const;

export interface OutsideKind {
  /** Transfer units at rated room air flow, dry and wetted (wetting is never complete); 0: it has no spray. */
  readonly dryNtu: number;
  readonly wetNtu: number;
  /** Outside air at full speed over room air at rated flow. */
  readonly outsideShare: number;
  /** Part of the unit's rated power that the outside fan has, and its lowest speed. */
  readonly fanPart: number;
  readonly fanFloor: number;
  /** Pumps while wet and while dry, kW. */
  readonly wetPumpKw: number;
  readonly dryPumpKw: number;
  /** Largest heat of the compressor over the unit's capacity. */
  readonly compressorShare: number;
}

/**
 * Plate exchanger of 65 % dry effectiveness at like flows and about 75 % to wet bulb (makers state 60–70 and 70–80 %),
 * compressor for a quarter (makers fit 20–40 %). Assumed within these.
 */
export const evaporativeUnit: OutsideKind = {
  dryNtu: 2,
  wetNtu: 1.6,
  outsideShare: 1.2,
  fanPart: 0.55,
  fanFloor: 0.25,
  wetPumpKw: 1.2,
  dryPumpKw: 0,
  compressorShare: 0.25,
};

/** Two coils and a refrigerant pump between: about half of the effectiveness; the compressor can carry all of it. */
export const refrigerantUnit: OutsideKind = {
  dryNtu: 1.3,
  wetNtu: 0,
  outsideShare: 2.5,
  fanPart: 0.4,
  fanFloor: 0.25,
  wetPumpKw: 0,
  dryPumpKw: 0.8,
  compressorShare: 1,
};

/**
 * Slope of the saturation line over that of dry air, Δh/(cp·ΔT), about 15 °C and 89 kPa: how much more heat wetted air
 * takes per kelvin (Merkel's method; 3.0 kJ/(kg K) over 1.0).
 */
const wetGain = 3;
/** Heat of evaporation, kJ/kg, and cycles of concentration before blow-down (assumed for softened water). */
const evaporationHeat = 2_430;
const concentration = 5;
/** Below this nothing is sprayed and the pan is drained; above the other it is filled again, °C. */
export const freezeBelow = 3;
export const thawAbove = 5;
/** A running mode is kept until another saves this part of the unit's rated power. */
const reluctance = 0.04;

/** Evaporation between room air at 16 °C leaving the coil and 15 K above the heat's sink, at half of Carnot. */
const compressorEfficiency = (sink: number): number =>
  Math.min(7, (0.5 * 289) / Math.max(10, sink + 15 - 16));

/** What a unit has before it at a step. */
export interface OutsideWork {
  kind: OutsideKind;
  /** Rated flow and flow of room air, kW/K; rated power of the unit, kW. */
  ratedRate: number;
  rate: number;
  ratedKw: number;
  /** Outside air at full speed, kW/K: thinner when hot, less through a clogged filter. */
  outsideRate: number;
  airTemperature: number;
  wetBulb: number;
  maySpray: boolean;
}

/** What it does: power beside the room fan, kW; mode; water, m³/h; speed of the outside fan, 0…1. */
export interface OutsideResult {
  power: number;
  mode: number;
  water: number;
  speed: number;
}

const transferUnits = (work: OutsideWork, ntu: number): number => ntu * Math.sqrt(work.ratedRate / work.rate);

/** Highest conductance to the sink, kW/K. */
const dryLimit = (work: OutsideWork): number =>
  work.rate * effectiveness(transferUnits(work, work.kind.dryNtu), work.outsideRate / work.rate);
const wetLimit = (work: OutsideWork): number =>
  work.maySpray && work.kind.wetNtu > 0
    ? work.rate *
      effectiveness(transferUnits(work, work.kind.wetNtu), (wetGain * work.outsideRate) / work.rate)
    : 0;

/** The better line of heat over room temperature without the compressor: slope · (T − sink), kW. */
export const outsideLimit = (
  work: OutsideWork,
  temperature: number,
): { readonly slope: number; readonly sink: number } => {
  const dry = dryLimit(work);
  const wet = wetLimit(work);
  return wet * (temperature - work.wetBulb) > dry * (temperature - work.airTemperature)
    ? { slope: wet, sink: work.wetBulb }
    : { slope: dry, sink: work.airTemperature };
};

const never = Number.POSITIVE_INFINITY;

/** Fan speed that carries a heat over a temperature difference, or infinity. */
const speedFor = (
  work: OutsideWork,
  { heat, over, ntu, gain }: { heat: number; over: number; ntu: number; gain: number },
): number => {
  if (heat <= 0) return work.kind.fanFloor;
  if (over <= 0) return never;
  const most = (gain * work.outsideRate) / work.rate;
  const units = transferUnits(work, ntu);
  const wanted = heat / (work.rate * over);
  if (wanted > effectiveness(units, most) * (1 + 1e-12)) return never;
  return Math.max(work.kind.fanFloor, shareFor(wanted, units, most) / most);
};

/** Water of a wetted exchanger, m³/h: outside air is first saturated, then warmed along the saturation line. */
const waterUse = (work: OutsideWork, heat: number, speed: number): number => {
  const saturating = work.outsideRate * speed * Math.max(0, work.airTemperature - work.wetBulb);
  const evaporated = (saturating + heat * (1 - 1 / wetGain)) / evaporationHeat;
  return evaporated * 3.6 * (concentration / (concentration - 1));
};

/**
 * Power and water to bring a heat from room air of a temperature outside.
 * @param before mode of the step before, kept unless another is clearly cheaper; `stopped` lets the cheapest win
 */
export const rejectOutside = (
  result: OutsideResult,
  work: OutsideWork,
  { heat, temperature, before }: { heat: number; temperature: number; before: number },
): void => {
  const { kind } = work;
  const fanKw = work.ratedKw * kind.fanPart;
  const wets = work.maySpray && kind.wetNtu > 0;
  const drySpeed = speedFor(work, {
    heat,
    over: temperature - work.airTemperature,
    ntu: kind.dryNtu,
    gain: 1,
  });
  const wetSpeed = wets
    ? speedFor(work, { heat, over: temperature - work.wetBulb, ntu: kind.wetNtu, gain: wetGain })
    : never;
  const { slope, sink } = outsideLimit(work, temperature);
  const free = Math.min(heat, Math.max(0, slope * (temperature - sink)));
  const dry = drySpeed === never ? never : drivePower(fanKw, drySpeed) + kind.dryPumpKw;
  const wet = wetSpeed === never ? never : drivePower(fanKw, wetSpeed) + kind.wetPumpKw;
  const pumps = wets ? kind.wetPumpKw : kind.dryPumpKw;
  const mixed = fanKw + pumps + (heat - free) / compressorEfficiency(sink);
  const kept =
    before === airMode.dry ? dry : before === airMode.wet ? wet : before === airMode.mixed ? mixed : never;
  const least = Math.min(dry, wet, mixed);
  const power = kept <= least + reluctance * work.ratedKw ? kept : least;
  result.power = power;
  result.mode = power === dry ? airMode.dry : power === wet ? airMode.wet : airMode.mixed;
  result.speed = result.mode === airMode.dry ? drySpeed : result.mode === airMode.wet ? wetSpeed : 1;
  result.water =
    result.mode === airMode.wet || (result.mode === airMode.mixed && wets)
      ? waterUse(work, result.mode === airMode.wet ? heat : free, result.speed)
      : 0;
};

import { drivePower } from "./curves.ts";
import { effectiveness, findShare } from "./exchanger.ts";

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
  /** Largest heat of its compressor, kW. */
  compressorKw: number;
  /** Outside air at full speed, kW/K: thinner when hot, less through a clogged filter. */
  outsideRate: number;
  airTemperature: number;
  wetBulb: number;
  maySpray: boolean;
  /** What it is to carry, kW, and the room's temperature, °C. */
  heat: number;
  temperature: number;
  /** Mode of the step before; `stopped` for none to keep. */
  before: number;
}

/** What it does: power beside the room fan, and of that its compressor's, kW; mode; water, m³/h; speed of the outside fan, 0…1. */
export interface OutsideResult {
  power: number;
  compressor: number;
  mode: number;
  water: number;
  speed: number;
}

const transferUnits = (work: OutsideWork, ntu: number): number => ntu * Math.sqrt(work.ratedRate / work.rate);

const canSpray = ({ maySpray, kind }: OutsideWork): boolean => maySpray && kind.wetNtu > 0;

/** The way out of heat that carries more at an outside fan speed: slope · (temperature − sink), kW. Reused. */
const way = { speed: 1, slope: 0, sink: 0, isWet: false };

const takeWay = (work: OutsideWork, isWet: boolean): void => {
  const { kind, rate, temperature } = work;
  const share = (isWet ? wetGain : 1) * ((work.outsideRate * way.speed) / rate);
  const slope = rate * effectiveness(transferUnits(work, isWet ? kind.wetNtu : kind.dryNtu), share);
  const sink = isWet ? work.wetBulb : work.airTemperature;
  if (isWet && slope * (temperature - sink) <= way.slope * (temperature - way.sink)) return;
  way.slope = slope;
  way.sink = sink;
  way.isWet = isWet;
};

const findWay = (work: OutsideWork): void => {
  takeWay(work, false);
  if (canSpray(work)) takeWay(work, true);
};

/** What a unit carries at most without its compressor, as a line over the room's temperature. Read it before the next call. */
export const outsideLimit = (work: OutsideWork): Readonly<typeof way> => {
  way.speed = 1;
  findWay(work);
  return way;
};

const never = Number.POSITIVE_INFINITY;

const search = { wanted: 0, ntu: 0, most: 0, share: 0 };

/** Speed of the outside fan that carries the heat through the exchanger alone, or infinity. */
const setSpeed = (result: OutsideResult, work: OutsideWork, isWet: boolean): void => {
  const { kind, heat, rate } = work;
  const over = work.temperature - (isWet ? work.wetBulb : work.airTemperature);
  result.speed = heat <= 0 ? kind.fanFloor : never;
  if (heat <= 0 || over <= 0) return;
  search.wanted = heat / (rate * over);
  search.ntu = transferUnits(work, isWet ? kind.wetNtu : kind.dryNtu);
  search.most = ((isWet ? wetGain : 1) * work.outsideRate) / rate;
  findShare(search);
  result.speed = Math.max(kind.fanFloor, search.share / search.most);
};

/** Water of a wetted exchanger, m³/h: outside air is first saturated, then warmed along the saturation line. */
const waterUse = (work: OutsideWork, heat: number, speed: number): number => {
  const saturating = work.outsideRate * speed * Math.max(0, work.airTemperature - work.wetBulb);
  const evaporated = (saturating + heat * (1 - 1 / wetGain)) / evaporationHeat;
  return evaporated * 3.6 * (concentration / (concentration - 1));
};

const fanPower = (work: OutsideWork, speed: number): number =>
  drivePower(work.ratedKw * work.kind.fanPart, speed);

/** Exchanger alone, dry or wet: its power, or infinity where it cannot carry the heat. */
const tryAlone = (result: OutsideResult, work: OutsideWork, isWet: boolean): void => {
  const { kind } = work;
  setSpeed(result, work, isWet);
  const { speed } = result;
  result.mode = isWet ? airMode.wet : airMode.dry;
  result.compressor = 0;
  result.power = speed === never ? never : fanPower(work, speed) + (isWet ? kind.wetPumpKw : kind.dryPumpKw);
  result.water = isWet && speed !== never ? waterUse(work, work.heat, speed) : 0;
};

/** Fan speeds that mixed mode chooses from: more outside air against more compressor. */
const mixedSpeeds = [0.4, 0.6, 0.8, 1];

/** Exchanger and compressor, at the outside fan speed where both together draw least. */
const tryMixed = (result: OutsideResult, work: OutsideWork): void => {
  const { kind, heat, temperature } = work;
  result.mode = airMode.mixed;
  result.power = never;
  for (let i = 0; i < mixedSpeeds.length; i++) {
    const speed = mixedSpeeds[i]!;
    way.speed = speed;
    findWay(work);
    const free = Math.min(heat, Math.max(0, way.slope * (temperature - way.sink)));
    // At full speed the compressor carries what is left: no more than it can was asked for (outsideLimit).
    if (speed < 1 && heat - free > work.compressorKw) continue;
    const pumps = canSpray(work) ? kind.wetPumpKw : kind.dryPumpKw;
    const compressor = (heat - free) / compressorEfficiency(way.sink);
    const power = fanPower(work, speed) + pumps + compressor;
    if (power >= result.power) continue;
    result.power = power;
    result.compressor = compressor;
    result.speed = speed;
    result.water = way.isWet ? waterUse(work, free, speed) : 0;
  }
};

const copy = (to: OutsideResult, from: OutsideResult): void => {
  to.power = from.power;
  to.compressor = from.compressor;
  to.mode = from.mode;
  to.water = from.water;
  to.speed = from.speed;
};

export const createOutsideResult = (): OutsideResult => ({
  power: 0,
  compressor: 0,
  mode: 0,
  water: 0,
  speed: 0,
});

const trial = createOutsideResult();
const kept = createOutsideResult();

/** Power and water to bring the heat outside, in the cheapest mode, or the one that runs if it is nearly that. */
export const rejectOutside = (result: OutsideResult, work: OutsideWork): void => {
  kept.power = never;
  tryAlone(result, work, false);
  if (work.before === airMode.dry) copy(kept, result);
  if (canSpray(work)) {
    tryAlone(trial, work, true);
    if (work.before === airMode.wet) copy(kept, trial);
    if (trial.power < result.power) copy(result, trial);
  }
  // Mixed mode never draws less than its slowest fan: with less than that nothing is left to win.
  if (work.before === airMode.mixed || result.power > fanPower(work, mixedSpeeds[0]!)) {
    tryMixed(trial, work);
    if (work.before === airMode.mixed) copy(kept, trial);
    if (trial.power < result.power) copy(result, trial);
  }
  if (kept.power <= result.power + reluctance * work.ratedKw) copy(result, kept);
};

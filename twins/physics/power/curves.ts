/** Losses on the way from the grid to the rack, by load curve with a no-load part. Power in kW. */

/** Shares of rating: fixed, proportional and growing with the square of the load. */
interface LossCurve {
  readonly idle: number;
  readonly linear: number;
  readonly square: number;
}

const lossBy = ({ idle, linear, square }: LossCurve, throughKw: number, ratedKw: number): number => {
  if (ratedKw <= 0) return 0;
  const x = throughKw / ratedKw;
  return ratedKw * (idle + linear * x + square * x * x);
};

/**
 * Double conversion: 96.9 % efficient at 40 % load, 96.5 % at 25 %, 93 % at 10 %: why half-empty rooms show 1.4.
 * (Shape as in the load-point tables of IEC 62040-3; values of a modern transformerless UPS, assumed.)
 */
const doubleConversion: LossCurve = { idle: 0.006, linear: 0.012, square: 0.012 };

/**
 * Rectifiers of a 240/336 V DC system, with those asleep that are not needed: 97.6 % efficient at 40 % load, 96.2 % at 10 %.
 * (Assumed: makers of high-efficiency modules state 96–98 % at best.)
 */
const rectifiers: LossCurve = { idle: 0.0025, linear: 0.0135, square: 0.012 };

/** Static bypass switch: thyristors and cables, assumed. */
const staticBypass: LossCurve = { idle: 0.001, linear: 0.003, square: 0.002 };

/** Switchboard of a path that comes straight from the mains: cables and busbars only, assumed. */
const switchboard: LossCurve = { idle: 0, linear: 0, square: 0.003 };

/** Dry type, GB 20052 grade 2: 0.1 % of rating in the core, 0.8 % of it in copper at full load. */
const dryTransformer: LossCurve = { idle: 0.001, linear: 0, square: 0.008 };

/** Oil type of a substation, 63 MVA at 110 kV: about 45 kW in the core and 280 kW in copper at full load (GB/T 6451). */
const oilTransformer: LossCurve = { idle: 0.0007, linear: 0, square: 0.0045 };

/** Loss of a UPS in double conversion. */
export const upsLoss = (outputKw: number, ratedKw: number): number =>
  lossBy(doubleConversion, outputKw, ratedKw);

/** Loss of the rectifiers of an HVDC system. */
export const hvdcLoss = (outputKw: number, ratedKw: number): number => lossBy(rectifiers, outputKw, ratedKw);

export const bypassLoss = (outputKw: number, ratedKw: number): number =>
  lossBy(staticBypass, outputKw, ratedKw);

export const switchboardLoss = (outputKw: number, ratedKw: number): number =>
  lossBy(switchboard, outputKw, ratedKw);

export const transformerLoss = (throughKw: number, ratedKw: number): number =>
  lossBy(dryTransformer, throughKw, ratedKw);

export const mainTransformerLoss = (throughKw: number, ratedKw: number): number =>
  lossBy(oilTransformer, throughKw, ratedKw);

/** What a main transformer loses as soon as it has voltage. */
export const coreLoss = (ratedKw: number): number => mainTransformerLoss(0, ratedKw);

/**
 * Voltage drop over an impedance, share of nominal: ΔU = (P·R + Q·X)/U² with R/X = 0.1 and a power factor of 0.975.
 * @param impedance share of nominal voltage at rated current (short-circuit voltage), or load over short-circuit power
 * @param share of rated current that flows
 */
export const voltageDrop = (impedance: number, share: number): number =>
  impedance * share * (0.1 * 0.975 + 0.222);

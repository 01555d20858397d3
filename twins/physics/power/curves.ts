/** Losses on the way from the grid to the rack. Power in kW. */

/**
 * UPS loss by load curve with a no-load part, as shares of rating: 0.6 % + 1.2 %·x + 1.2 %·x².
 * 96.9 % efficient at 40 % load, 93 % at 10 %: why half-empty rooms show 1.4. (Shape as in IEC 62040-3 load-point tables.)
 */
export const upsLoss = (outputKw: number, ratedKw: number): number => {
  if (ratedKw <= 0) return 0;
  const x = outputKw / ratedKw;
  return ratedKw * (0.006 + 0.012 * x + 0.012 * x * x);
};

/** Transformer loss: 0.1 % of rating in the core, 0.8 % of it in copper at full load (GB 20052 grade 2, dry type). */
export const transformerLoss = (throughKw: number, ratedKw: number): number => {
  if (ratedKw <= 0) return 0;
  const x = throughKw / ratedKw;
  return ratedKw * (0.001 + 0.008 * x * x);
};

/** Temperature coefficient of crystalline modules, 1/K. */
const gammaPerK = -0.0035;

/**
 * Temperature-corrected performance ratio (IEC 61724-1): power over what the rating would give under this light and at this
 * module temperature. NaN where there is no light or no rating.
 * @param kw AC power
 * @param conditions rated DC power, kW; irradiance in the plane, W/m²; module temperature, °C
 */
export const performanceRatio = (
  kw: number,
  {
    ratedKw,
    irradiance,
    moduleC,
  }: { readonly ratedKw: number; readonly irradiance: number; readonly moduleC: number },
): number => {
  const expected = ratedKw * (irradiance / 1000) * (1 + gammaPerK * (moduleC - 25));
  return expected > 0 ? kw / expected : Number.NaN;
};

import { cube } from "#twins/physics/maths.ts";
import { clamp } from "#twins/physics/noise.ts";

/**
 * Power of heat rejection. All heat and power in kW, temperatures in °C; every function grows with heat and never
 * falls with wet bulb (tested).
 */

/** Share of a fan's or pump's power that works against constant head: the cube law alone holds only without it. */
const staticShare = 0.2;

/** Power of a fan or pump at a speed 0…1: the cube law over a part that falls only with speed. */
export const drivePower = (ratedKw: number, speed: number): number =>
  ratedKw * (staticShare * speed + (1 - staticShare) * cube(speed));

/** Speed, 0…1, for a wanted flow share, never below the floor; the floor is why half-empty rooms are dear. */
export const speedOf = (share: number, floor: number): number => clamp(share, floor, 1);

/**
 * Share of heat that free cooling carries, 1 full … 0 none: full while wet bulb + approach is at most the supply
 * set-point, linear blend to the return temperature (STANDARDS, formulas).
 */
export const freeShare = (wetBulb: number, approach: number, supply: number, warmReturn: number): number =>
  clamp((warmReturn - (wetBulb + approach)) / (warmReturn - supply), 0, 1);

/** Reference efficiency of the chillers at rated lift; measured plants reach 7.3 (STANDARDS). */
const referenceCop = 6.6;

/** Compressor power for a heat at a plant load ratio: P = Q/COP · EIRfT · EIRfPLR/PLR, PLR curve of STANDARDS. */
export const chillerPower = (heat: number, loadRatio: number, wetBulb: number): number => {
  if (heat <= 0) return 0;
  const plr = clamp(loadRatio, 0.15, 1);
  const partLoad = (0.033 + 0.685 * plr + 0.282 * plr * plr) / plr;
  const lift = clamp(0.55 + 0.45 * ((wetBulb + 8) / 28), 0.6, 1.25);
  return (heat / referenceCop) * lift * partLoad;
};

/** Set-points of chilled water with a tower and plate exchanger: 16/22 °C for 20–22 °C supply air. */
export const chilledWater = { supply: 16, warmReturn: 22, approach: 4.5 };

/** Set-points of the liquid loop: 33 °C to the racks, rejected by closed towers without any chiller. */
export const liquidLoop = { supply: 33, warmReturn: 43, approach: 6 };

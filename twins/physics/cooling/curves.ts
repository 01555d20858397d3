import { cube } from "#twins/physics/maths.ts";
import { clamp } from "#twins/physics/noise.ts";

/** Power of what moves and compresses, and the set-points of the two kinds of loop. kW and °C. */

/** Share of a fan's or pump's power that works against constant head: the cube law alone holds only without it. */
const staticShare = 0.2;

/** Power of a fan or pump at a speed 0…1: the cube law over a part that falls only with speed. */
export const drivePower = (ratedKw: number, speed: number): number =>
  ratedKw * (staticShare * speed + (1 - staticShare) * cube(speed));

/** Speed, 0…1, for a wanted flow share, never below the floor; the floor is why half-empty rooms are dear. */
export const speedOf = (share: number, floor: number): number => clamp(share, floor, 1);

/**
 * Efficiency of the chillers at rated lift: 16 °C to the rooms, 30 °C to the condenser (GB/T 18430.1 rates at 30 °C).
 * At the 24 °C of a Hohhot summer day that makes 7.7 at full load: measured plants reach 7.3 (STANDARDS).
 */
const referenceCop = 6.6;
const ratedEntering = 30;
/** More compressor power per kelvin of warmer condenser water (centrifugal machines, 2–3 %). */
const perKelvin = 0.024;

/** EIRfT: compressor power over that at rated lift. @param entering water to the condenser, °C */
const liftFactor = (entering: number): number => clamp(1 + perKelvin * (entering - ratedEntering), 0.55, 1.5);

/** Below this part of its capacity a machine goes on and off: power per heat stays. */
const leastPartLoad = 0.15;
const partLoad = { idle: 0.033, linear: 0.685, square: 0.282 };

/**
 * Compressor power for a heat: P = Q/COP · EIRfT · EIRfPLR/PLR (DOE-2 form, PLR curve of STANDARDS).
 * @param loadRatio part of the running machines' capacity
 */
export const chillerPower = (heat: number, loadRatio: number, entering: number): number => {
  if (heat <= 0) return 0;
  const plr = Math.max(leastPartLoad, loadRatio);
  const perHeat = partLoad.idle / plr + partLoad.linear + partLoad.square * plr;
  return (heat / referenceCop) * liftFactor(entering) * perHeat;
};

/**
 * Machines that carry a heat with least power: one more pays as soon as each of n carries more than
 * √(0.033/0.282 · (n + 1)/n) of its capacity. The least of curves that all grow grows: more heat, more power.
 */
export const leastPowerCount = (heat: number, capacity: number, most: number): number => {
  const pays = Math.sqrt(partLoad.idle / partLoad.square) * capacity;
  let count = 1;
  while (count < most && heat > pays * Math.sqrt(count * (count + 1))) count++;
  return count;
};

/** Chilled water with towers and plate exchangers: 16 to 22 °C, for 20–22 °C supply air. */
export const chilledWater = { supply: 16, rise: 6 };

/** The liquid loop: 33 °C to the CDUs, rejected by closed towers without any chiller. */
export const liquidLoop = { supply: 33, rise: 10 };

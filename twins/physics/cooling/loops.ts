import type { Twin } from "#twins/model/twin.ts";

/**
 * The water between the rooms of a building and its cooling plant: chilled water, or the primary water of liquid
 * rooms. The water side writes what it sends, the rooms what they gave. Rooms take the loop as the step before left
 * it: water needs longer than a part of a step (10 s) to run from plant to coil. Shape of each: buildings.
 */
export interface Loops {
  /** Temperature of the water to the rooms of each building, °C. */
  readonly supply: Float64Array;
  /** Part of the design flow that circulates, 0…1. */
  readonly flow: Float64Array;
  /** Heat that the rooms gave to the water in the last step, kW; written by rooms. */
  readonly heat: Float64Array;
  /** Design flow as heat capacity rate, kW/K; 0 where a building has no loop to its rooms. */
  readonly capacityRate: Float64Array;
}

/** Loops at rest; the water side fills supply, flow and capacity rate when it is made. */
export const createLoops = (twin: Twin): Loops => {
  const { count } = twin.table("building");
  return {
    supply: new Float64Array(count),
    flow: new Float64Array(count),
    heat: new Float64Array(count),
    capacityRate: new Float64Array(count),
  };
};

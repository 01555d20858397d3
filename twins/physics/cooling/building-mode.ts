import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Ranges } from "#twins/physics/places.ts";
import { rangesBelow } from "#twins/physics/places.ts";
import { airMode } from "./outside.ts";
import type { LoopState } from "./plant-loop.ts";

/** How a building is cooled at the moment: how much of its heat goes out without a compressor. */

/** Codes of building.coolingMode (catalogue). */
const buildingMode = { stopped: 0, free: 1, partial: 2, mechanical: 3 } as const;

/** Below this part of the heat a compressor, or a plate exchanger, counts for nothing. */
const leastPart = 0.02;
/** Less than this is no cooling, kW. */
const leastKw = 1;

export interface BuildingModes {
  readonly units: Ranges;
  /** Truth. Shape: buildings; crah rows. */
  readonly mode: Float64Array;
  readonly unitMode: Float64Array;
}

export const createBuildingModes = (twin: Twin, columns: PlantColumns): BuildingModes => ({
  units: rangesBelow(twin, "building", "crah"),
  // Classes other than the rack are stored in 64 bits (catalogue).
  mode: columnsOf(columns, "building", ["coolingMode"]).coolingMode as Float64Array,
  unitMode: columnsOf(columns, "crah", ["coolingMode"]).coolingMode as Float64Array,
});

/** Units that reject heat themselves: any of them with its compressor on makes it partial. */
const unitsMode = ({ units, unitMode }: BuildingModes, building: number): number => {
  let mode: number = buildingMode.stopped;
  for (let unit = units[building * 2]!; unit < units[building * 2 + 1]!; unit++) {
    const own = unitMode[unit]!;
    // Rooms on chilled water have no other units: their plant says it all.
    if (own === airMode.chilledWater) return buildingMode.stopped;
    if (own === airMode.mixed) return buildingMode.partial;
    if (own === airMode.dry || own === airMode.wet) mode = buildingMode.free;
  }
  return mode;
};

const waterMode = ({ plate, chilled }: LoopState, building: number): number => {
  const free = plate[building]!;
  const total = free + chilled[building]!;
  if (total < leastKw) return buildingMode.stopped;
  if (total - free < leastPart * total) return buildingMode.free;
  return free < leastPart * total ? buildingMode.mechanical : buildingMode.partial;
};

/** Writes the mode of a building: the worse of its water's and its units'. */
export const showBuildingMode = (modes: BuildingModes, building: number, state: LoopState): void => {
  modes.mode[building] = Math.max(waterMode(state, building), unitsMode(modes, building));
};

import type { HallTemplate, Size } from "./schema.ts";

/**
 * Dimensions of what stands in a building, m, and the sizes of its machines. Illustrative, derived from public facts
 * and common practice: a standard rack cabinet is 0.6 × 1.2 m, aisles are 1.2 m (GB 50174 asks for at least 1.2 m
 * between cabinet fronts), a hall needs about 2.5–3 m² a rack.
 */
export const rackSize: Size = [0.6, 1.2, 2.2];
export const rackUnits = 46;
const aisleM = 1.2;
/** Room beside the rows for CDUs and the air handlers along the walls. */
const roomSideM = 3.8;
/** Room before the first and behind the last row. */
const roomEndM = 2.6;
/** Strip north of each band of rooms for UPS and transformers. */
export const stripM = 12;
/** Walls between bands. */
export const wallM = 1;
/** A standard rack (标准机架) is a unit of power, kW. */
export const standardRackKw = 2.5;

export const rowPitchM = rackSize[1] + aisleM;

export const roomsPerFloor = (template: HallTemplate): number => template.columns * template.bands;
export const racksPerRoom = (template: HallTemplate): number => template.rowsPerRoom * template.racksPerRow;
const roomsPerBuilding = (template: HallTemplate): number => template.floors * roomsPerFloor(template);
export const positionsPerBuilding = (template: HallTemplate): number =>
  roomsPerBuilding(template) * racksPerRoom(template);

/** Footprint of one room, m. */
export const roomSize = (template: HallTemplate): readonly [east: number, north: number] => [
  template.racksPerRow * rackSize[0] + 2 * roomSideM,
  template.rowsPerRoom * rowPitchM + 2 * roomEndM,
];

/** Least footprint and height of a building that holds the template, m. */
export const neededSize = (template: HallTemplate): Size => {
  const [east, north] = roomSize(template);
  return [
    template.columns * east,
    template.bands * (north + stripM + wallM),
    template.floors * template.floorHeightM,
  ];
};

/** Cold plates take about 75 % of the heat; the rest needs air. */
export const airShare = (template: HallTemplate): number => (template.liquid ? 0.25 : 1);

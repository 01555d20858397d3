import { airShare } from "./hall.ts";
import type { ClassName } from "./metric.ts";
import type { HallTemplate, Size } from "./schema.ts";
import type { Segment } from "./table.ts";

/** One kind of machine beside or on a building, in a line from west to east. */
export interface Machine {
  readonly className: ClassName;
  readonly segment: Segment;
  readonly count: number;
  readonly size: Size;
  readonly pitch: number;
  /** Centre of the line from the building's centre, m. */
  readonly north: number;
  readonly up: number;
  readonly ratedKw: number;
  /** Cooling capacity, kW. */
  readonly capacityKw?: number;
}

const segments = {
  chiller: { prefix: "ch", width: 2 },
  coolingTower: { prefix: "ct", width: 2 },
  pump: { prefix: "p", width: 2 },
  generator: { prefix: "gen", width: 2 },
  transformer: { prefix: "txm", width: 1, name: { zh: "动力变压器", en: "Mechanical transformer" } },
} satisfies Record<string, Segment>;

/** Capacities, kW (示意). */
const chillerKw = 4_200;
const openTowerKw = 5_000;
const closedTowerKw = 2_500;
const generatorKw = 2_400;

/** Machines that carry heat out of the building: chillers and pumps in the north yard, towers on the roof. */
export const coolingMachines = (
  template: HallTemplate,
  [, depth, height]: Size,
  ratedKw: number,
): readonly Machine[] => {
  if (template.cooling === "evaporative") return [];
  const liquid = template.cooling === "closedTowerLiquid";
  const chillers = Math.ceil((ratedKw * airShare(template)) / chillerKw) + 1;
  const towerKw = liquid ? closedTowerKw : openTowerKw;
  const towers = Math.ceil((ratedKw * 1.15) / towerKw) + 1;
  const chiller: Machine = {
    className: "chiller",
    segment: segments.chiller,
    count: chillers,
    size: [5, 3, 3],
    pitch: 6,
    north: depth / 2 + 3.5,
    up: 0,
    ratedKw: chillerKw / 6,
    capacityKw: chillerKw,
  };
  return [
    // What the cold plates leave to the air of a liquid-cooled hall goes to the same closed loop.
    ...(liquid ? [] : [chiller]),
    {
      className: "coolingTower",
      segment: segments.coolingTower,
      count: towers,
      size: [6, 6, 5],
      pitch: 7.5,
      north: 0,
      up: height,
      ratedKw: liquid ? 55 : 75,
      capacityKw: towerKw,
    },
    {
      className: "pump",
      segment: segments.pump,
      count: liquid ? towers : chillers * 2,
      size: [1.6, 1, 1.4],
      pitch: 2.4,
      north: depth / 2 + 7.5,
      up: 0,
      ratedKw: liquid ? 55 : 90,
    },
  ];
};

/** Stand-by sets for the whole building and one more, in the south yard. */
export const generators = (ratedKw: number, [, depth]: Size): Machine => ({
  className: "generator",
  segment: segments.generator,
  count: Math.ceil((ratedKw * 1.25) / generatorKw) + 1,
  size: [3.4, 12, 3.6],
  pitch: 4.2,
  north: -depth / 2 - 10,
  up: 0,
  ratedKw: generatorKw,
});

/** The pair that carries the building's mechanical load, in the north yard. */
export const transformers = (ratedKw: number, [, depth]: Size): Machine => ({
  className: "transformer",
  segment: segments.transformer,
  count: 2,
  size: [3, 2, 2.6],
  pitch: 4,
  north: depth / 2 + 11,
  up: 0,
  ratedKw: Math.ceil((ratedKw * 0.5) / 100) * 100,
});

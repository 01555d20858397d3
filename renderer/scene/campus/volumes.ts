import { controlHouses } from "#renderer/scene/plant/yards.ts";
import { coolingSystems, Stage } from "#twins/model/twin.ts";
import type { Placed } from "./instances.ts";
import type { BuildingRecord, Layout } from "./layout.ts";
import { Style, Volume } from "./shellForm.ts";
import { entranceEast, within } from "./site.ts";

/** Storeys as drawn where the twin does not tell floors. */
const storeyM = 6;
const officeStoreyM = 4.4;

/** From these sizes on a hall looks like those of a cloud operator, or like a tower of floors, m. */
const cloudDepthM = 90;
const towerHeightM = 17;

const coolingOf = (layout: Layout, row: number): (typeof coolingSystems)[number] | null =>
  coolingSystems[layout.twin.table("building").attribute("cooling")?.[row] ?? -1] ?? null;

/** What a building looks like follows from how it is cooled and how large it is; nothing else is known of it. */
const styleOf = (layout: Layout, building: BuildingRecord): Style => {
  const cooling = coolingOf(layout, building.row);
  if (cooling === "evaporative") return Style.finance;
  if (cooling === "closedTowerLiquid") return Style.liquid;
  if (cooling === null) return building.height > 9 ? Style.office : Style.house;
  if (building.depth > cloudDepthM) return Style.cloud;
  return building.height > towerHeightM ? Style.telecomTower : Style.telecomHall;
};

const storeyOf = (layout: Layout, building: BuildingRecord): number => {
  const floors = layout.twin.rangeBelow({ className: "building", row: building.row }, "floor");
  if (floors) return building.height / (floors[1] - floors[0]);
  const usual = styleOf(layout, building) === Style.office ? officeStoreyM : storeyM;
  return building.height / Math.max(1, Math.round(building.height / usual));
};

type Size = readonly [width: number, height: number, depth: number];
type Spot = readonly [east: number, up: number, south: number];

/** Lobby on the sunny side, wide and low for halls, tall for offices and the liquid hall. */
const lobbyOf = (b: BuildingRecord, style: Style): readonly [Spot, Size] => {
  const [width, height, depth]: Size =
    style === Style.office ? [26, 5.4, 9] : style === Style.finance ? [14, 4.8, 7] : [16, 4.6, 6];
  // Clear of the generators in the middle of the yard.
  const east = entranceEast(b);
  const side = style === Style.finance ? -1 : 1;
  return [
    [east, 0, side * (b.depth / 2 + depth / 2 - 0.5)],
    [width, height, depth],
  ];
};

/**
 * Each standing building as volumes: the hall, stair cores at its ends and their heads on the roof, a lobby, a dock for
 * trucks. Buildings under construction stand half height and bare.
 */
export const buildingVolumes = (layout: Layout): Placed[] => [
  ...controlHouses(layout).map(
    (box): Placed => ({ ...box, extra: [noBuilding, Volume.core, box.height, Style.house] }),
  ),
  ...layout.buildings.flatMap((b): Placed[] => volumesOf(layout, b)),
];

/** Row of volumes that are no building's: it is never looked into. */
const noBuilding = -9;

const volumesOf = (layout: Layout, b: BuildingRecord): Placed[] => {
  if (b.stage === Stage.planned) return [];
  const storey = storeyOf(layout, b);
  const style = styleOf(layout, b);
  const look = style + 16 * Math.max(0, b.zone);
  const asset = { className: "building", row: b.row } as const;
  if (b.stage === Stage.construction)
    return [{ ...b, asset, height: b.height * 0.5, extra: [b.row, Volume.construction, storey, look] }];
  const part = (kind: number, at: Spot, size: Size): Placed => ({
    ...within(b, at, size),
    asset,
    extra: [b.row, kind, storey, look],
  });
  const hall: Placed = { ...b, asset, extra: [b.row, Volume.hall, storey, look] };
  const lobby = part(Volume.lobby, ...lobbyOf(b, style));
  if (style === Style.house) return [hall];
  if (style === Style.office)
    return [
      hall,
      part(Volume.core, [b.width * 0.22, b.height - 1.1, -b.depth * 0.1], [14, 4.2, 10]),
      part(Volume.core, [-b.width * 0.3, b.height - 1.1, b.depth * 0.12], [9, 3, 8]),
      lobby,
    ];
  // Evaporative units hang on the south side: people and trucks come in from the north.
  const side = style === Style.finance ? -1 : 1;
  const south = b.depth * 0.18;
  const core = (end: number): Placed =>
    part(Volume.core, [end * (b.width / 2 + 1), 0, south], [5, b.height + 2.6, 9]);
  // A dock for racks and batteries, opposite the generators.
  const dock = part(Volume.core, [b.width * 0.42, 0, side * (b.depth / 2 + 1.8)], [13, 5.2, 4.6]);
  return [hall, core(-1), core(1), lobby, dock];
};

import type { Assets } from "./assets.ts";
import { neededSize, positionsPerBuilding, roomSize, roomsPerFloor, stripM, wallM } from "./hall.ts";
import type { LinkKind, LinkList } from "./links.ts";
import { meterKit } from "./meters.ts";
import type { ClassName } from "./metric.ts";
import type { Plot } from "./plan.ts";
import { airShare, expandRoom, placed } from "./room.ts";
import type { HallTemplate, Size } from "./schema.ts";
import type { Pose, Segment } from "./table.ts";
import type { AssetRef } from "./twin.ts";
import { coolingSystems, Stage } from "./twin.ts";

/** One kind of machine beside or on a building, in a line from west to east. */
interface Machine {
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
  floor: { prefix: "f", width: 1 },
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
const coolingMachines = (
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

const generators = (count: number, [, depth]: Size): Machine => ({
  className: "generator",
  segment: segments.generator,
  count,
  size: [3.4, 12, 3.6],
  pitch: 4.2,
  north: -depth / 2 - 10,
  up: 0,
  ratedKw: generatorKw,
});

const transformers = (ratedKw: number, [, depth]: Size): Machine => ({
  className: "transformer",
  segment: segments.transformer,
  count: 2,
  size: [3, 2, 2.6],
  pitch: 4,
  north: depth / 2 + 11,
  up: 0,
  ratedKw: Math.ceil((ratedKw * 0.5) / 100) * 100,
});

const addMachines = (
  assets: Assets,
  building: AssetRef,
  pose: Pose,
  machine: Machine,
): readonly AssetRef[] => {
  const table = assets.table(machine.className);
  return Array.from({ length: machine.count }, (_, index) => {
    const east = (index - (machine.count - 1) / 2) * machine.pitch;
    const asset = assets.add(machine.className, {
      parent: building,
      segment: machine.segment,
      ordinal: index + 1,
      pose: placed(pose, east, machine.north, machine.up),
      size: machine.size,
    });
    table.set(asset.row, "ratedKw", machine.ratedKw);
    if (machine.capacityKw !== undefined) table.set(asset.row, "capacityKw", machine.capacityKw);
    return asset;
  });
};

const linkAll = (
  links: LinkList,
  kind: LinkKind,
  [from, to]: readonly [readonly AssetRef[], readonly AssetRef[]],
): void => {
  if (from.length === 0) return;
  for (const [index, target] of to.entries()) links.add(kind, from[index % from.length]!, target);
};

/** Expands a building: its shell always, what is inside and beside it when it carries telemetry. */
export const expandBuilding = (
  assets: Assets,
  links: LinkList,
  { plot, zone }: { plot: Plot; zone: AssetRef },
): AssetRef => {
  const { block, template, pose } = plot;
  const building = assets.add("building", {
    parent: zone,
    segment: plot.segment,
    ordinal: plot.ordinal,
    pose,
    size: block.size,
  });
  const table = assets.table("building");
  const facts = {
    // A larger scale setting completes buildings that the plan has not built yet.
    stage: plot.telemetered > 0 ? Stage.built : plot.stage,
    publishedStage: plot.stage,
    cooling: template ? coolingSystems.indexOf(template.cooling) : -1,
    floors: template?.floors ?? Math.max(1, Math.round(block.size[2] / 4.5)),
    plannedStandardRacks: block.plannedStandardRacks,
    physicalRacks: plot.racks,
    telemetered: plot.telemetered,
  };
  for (const [name, value] of Object.entries(facts)) table.set(building.row, name, value);
  if (template && plot.telemetered > 0) expandInside(assets, links, { plot, template, building });
  assets.close(building);
  return building;
};

interface Inside {
  readonly plot: Plot;
  readonly template: HallTemplate;
  readonly building: AssetRef;
}

const expandInside = (assets: Assets, links: LinkList, inside: Inside): void => {
  const { plot, template, building } = inside;
  const { size } = plot.block;
  const ratedKw = plot.racks * template.rackKw;
  meterKit(assets, building, ["main", "it", "cooling", "aux"], ratedKw * 1.5);
  const mechanical = addMachines(assets, building, plot.pose, transformers(ratedKw, size));
  const machines = new Map<ClassName, readonly AssetRef[]>();
  for (const machine of coolingMachines(template, size, ratedKw))
    machines.set(machine.className, addMachines(assets, building, plot.pose, machine));
  const of = (className: ClassName): readonly AssetRef[] => machines.get(className) ?? [];
  for (const group of machines.values()) linkAll(links, "power", [mechanical, group]);
  linkAll(links, "liquid", [of("coolingTower"), of("chiller")]);
  linkAll(links, "liquid", [of("chiller").length > 0 ? of("chiller") : of("coolingTower"), of("pump")]);
  const standby = addMachines(
    assets,
    building,
    plot.pose,
    generators(Math.ceil((ratedKw * 1.25) / generatorKw) + 1, size),
  );
  for (const generator of standby) links.add("power", generator, building);
  const rooms = expandFloors(assets, links, { ...inside, mechanical });
  linkAll(links, "liquid", [of("pump"), rooms]);
};

/** Floors with their rooms, until the building's telemetered racks are placed. Returns the rooms. */
const expandFloors = (
  assets: Assets,
  links: LinkList,
  { plot, template, building, mechanical }: Inside & { readonly mechanical: readonly AssetRef[] },
): readonly AssetRef[] => {
  const [roomWidth, roomDepth] = roomSize(template);
  const bandDepth = roomDepth + stripM + wallM;
  const [, totalDepth] = neededSize(template);
  const positions = positionsPerBuilding(template);
  // Positions without a rack are spread over the building: the n-th rack's position is fixed by the counts alone.
  const isFilled = (position: number): boolean =>
    Math.floor(((position + 1) * plot.racks) / positions) > Math.floor((position * plot.racks) / positions);
  const perRoom = positions / (template.floors * roomsPerFloor(template));
  const rooms: AssetRef[] = [];
  let left = plot.telemetered;
  for (let level = 0; level < template.floors && left > 0; level++) {
    const floorPose = placed(plot.pose, 0, 0, level * template.floorHeightM);
    const floor = assets.add("floor", {
      parent: building,
      segment: segments.floor,
      ordinal: level + 1,
      pose: floorPose,
      size: [plot.block.size[0], plot.block.size[1], template.floorHeightM],
    });
    for (let index = 0; index < roomsPerFloor(template) && left > 0; index++) {
      const first = (level * roomsPerFloor(template) + index) * perRoom;
      const east = ((index % template.columns) - (template.columns - 1) / 2) * roomWidth;
      const north = -totalDepth / 2 + Math.floor(index / template.columns) * bandDepth + roomDepth / 2;
      left -= expandRoom(assets, links, {
        floor,
        ordinal: index + 1,
        pose: placed(floorPose, east, north),
        template,
        facadeNorth: -plot.block.size[1] / 2 - north,
        isFilled: (position) => isFilled(first + position),
        limit: left,
        mechanical,
      });
      rooms.push({ className: "room", row: assets.table("room").count - 1 });
    }
    assets.close(floor);
  }
  return rooms;
};

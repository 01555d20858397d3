import type { Assets } from "./assets.ts";
import { neededSize, positionsPerBuilding, roomSize, roomsPerFloor, stripM, wallM } from "./hall.ts";
import type { Campus, LinkKind, LinkList } from "./links.ts";
import type { Machine } from "./machines.ts";
import { coolingMachines, generators, transformers } from "./machines.ts";
import { meterKit, waterKit } from "./meters.ts";
import type { ClassName } from "./metric.ts";
import type { Plot } from "./plan.ts";
import { expandRoom } from "./room.ts";
import type { HallTemplate } from "./schema.ts";
import type { Segment } from "./table.ts";
import { placed } from "./table.ts";
import type { AssetRef } from "./twin.ts";
import { coolingSystems, Stage } from "./twin.ts";

const floorSegment: Segment = { prefix: "f", width: 1 };

/** Adds machines in a line from west to east. */
const addMachines = (
  assets: Assets,
  { building, plot }: Pick<Inside, "building" | "plot">,
  machine: Machine,
): readonly AssetRef[] => {
  const table = assets.table(machine.className);
  return Array.from({ length: machine.count }, (_, index) => {
    const east = (index - (machine.count - 1) / 2) * machine.pitch;
    const asset = assets.add(machine.className, {
      parent: building,
      segment: machine.segment,
      ordinal: index + 1,
      pose: placed(plot.pose, [east, machine.north, machine.up]),
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
export const expandBuilding = (campus: Campus, { plot, zone }: { plot: Plot; zone: AssetRef }): AssetRef => {
  const { assets } = campus;
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
  if (template && plot.telemetered > 0) expandInside(campus, { plot, template, building });
  assets.close(building);
  // Transformers stand in fields too, where each has a stage: without one these would read as planned.
  const [first, end] = assets.rangeBelow(building, "transformer") ?? [0, 0];
  for (let row = first; row < end; row++) assets.table("transformer").set(row, "stage", Stage.built);
  return building;
};

interface Inside {
  readonly plot: Plot;
  readonly template: HallTemplate;
  readonly building: AssetRef;
}

const expandInside = (campus: Campus, inside: Inside): void => {
  const { assets, links } = campus;
  const { plot, template, building } = inside;
  const { size } = plot.block;
  const ratedKw = plot.racks * template.rackKw;
  meterKit(assets, building, ["main", "it", "cooling", "aux"], ratedKw * 1.5);
  waterKit(assets, building);
  const mechanical = addMachines(assets, inside, transformers(ratedKw, size));
  const machines = new Map<ClassName, readonly AssetRef[]>();
  for (const machine of coolingMachines(template, size, ratedKw))
    machines.set(machine.className, addMachines(assets, inside, machine));
  const of = (className: ClassName): readonly AssetRef[] => machines.get(className) ?? [];
  for (const group of machines.values()) linkAll(links, "power", [mechanical, group]);
  linkAll(links, "liquid", [of("coolingTower"), of("chiller")]);
  linkAll(links, "liquid", [of("chiller").length > 0 ? of("chiller") : of("coolingTower"), of("pump")]);
  const standby = addMachines(assets, inside, generators(ratedKw, size));
  for (const generator of standby) links.add("power", generator, building);
  const rooms = expandFloors(campus, { ...inside, mechanical });
  linkAll(links, "liquid", [of("pump"), rooms]);
};

/** Floors with their rooms, until the building's telemetered racks are placed. Returns the rooms. */
const expandFloors = (
  campus: Campus,
  { plot, template, building, mechanical }: Inside & { readonly mechanical: readonly AssetRef[] },
): readonly AssetRef[] => {
  const { assets } = campus;
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
    const floorPose = placed(plot.pose, [0, 0, level * template.floorHeightM]);
    const floor = assets.add("floor", {
      parent: building,
      segment: floorSegment,
      ordinal: level + 1,
      pose: floorPose,
      size: [plot.block.size[0], plot.block.size[1], template.floorHeightM],
    });
    for (let index = 0; index < roomsPerFloor(template) && left > 0; index++) {
      const first = (level * roomsPerFloor(template) + index) * perRoom;
      const east = ((index % template.columns) - (template.columns - 1) / 2) * roomWidth;
      const north = -totalDepth / 2 + Math.floor(index / template.columns) * bandDepth + roomDepth / 2;
      left -= expandRoom(campus, {
        floor,
        ordinal: index + 1,
        pose: placed(floorPose, [east, north]),
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

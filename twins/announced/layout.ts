import type { Extent } from "./grid.ts";
import { inTable, most } from "./grid.ts";
import type { Place } from "./place.ts";
import { layOutRooms, shelve } from "./room.ts";
import { naturally } from "./words.ts";

/** Buildings and yards, m: illustrative, as everything that nobody announced. */
const floorHeightM = 5;
const roofM = 1.5;
const wallM = 1.5;
const leastHall: Extent = { width: 40, depth: 28 };
/** Between a building and its machines, and between those and the next building: aprons and a road. */
const yardGapM = 4;
const aroundM = 50;
const besideM = 34;
/** Shelves of a yard are at least so long. */
const leastYardM = 30;
/** Between the outermost building and the fence. */
const fenceM = 24;
const betweenZonesM = 60;

/** A place on the ground with what stands beside it. */
interface Cell extends Extent {
  to(east: number, north: number): void;
}

/** Storeys in the building, machines that serve more than a room of it in the yard north of it. */
const layOutBuilding = (building: Place): Cell => {
  const floors = building.childrenOf("floor");
  const storeys = floors.map(layOutRooms);
  const width = most(
    leastHall.width,
    storeys.map((storey) => storey.width + 2 * wallM),
  );
  const depth = most(
    leastHall.depth,
    storeys.map((storey) => storey.depth + 2 * wallM),
  );
  building.size = [width, depth, Math.max(1, floors.length) * floorHeightM + roofM];
  for (const [level, floor] of floors.entries()) {
    floor.size = [width, depth, floorHeightM];
    floor.at = [0, 0, level * floorHeightM];
    storeys[level]!.to(0, 0);
  }
  const yard = shelve(
    building.children.filter(({ className }) => className !== "floor"),
    width,
  );
  yard.to(0, depth / 2 + yardGapM);
  const yardM = yard.depth > 0 ? yard.depth + yardGapM : 0;
  return {
    width: Math.max(width, yard.width) + besideM,
    depth: depth + yardM + aroundM,
    to: (east, north) => {
      building.at = [east, north - yardM / 2, 0];
    },
  };
};

/** What stands in no building, in a yard of its own. */
const layOutYard = (machines: readonly Place[]): Cell => {
  const yard = shelve(machines, leastYardM);
  return {
    width: yard.width + besideM,
    depth: yard.depth + besideM,
    to: (east, north) => yard.to(east, north - yard.depth / 2),
  };
};

const layOutZone = (zone: Place): Cell => {
  const machines = zone.children.filter(({ className }) => className !== "building");
  const cells = [
    ...zone.childrenOf("building").map(layOutBuilding),
    ...(machines.length > 0 ? [layOutYard(machines)] : []),
  ];
  const table = inTable(cells, { ratio: 1.5, gap: 0 });
  for (const [i, cell] of cells.entries()) cell.to(...table.centres[i]!);
  zone.size = [table.width + 2 * fenceM, table.depth + 2 * fenceM, 40];
  return {
    width: zone.size[0] + betweenZonesM,
    depth: zone.size[1] + betweenZonesM,
    to: (east, north) => {
      zone.at = [east, north, 0];
    },
  };
};

const sortChildren = (place: Place): void => {
  place.children.sort((a, b) => naturally(a.word, b.word));
  for (const child of place.children) sortChildren(child);
};

/**
 * Lays out what was announced: rows in rooms, rooms in halls, halls along roads. Sizes and places are ours, never the
 * plant's; the same announcement is always laid out alike.
 */
export const layOutCampus = (zones: readonly Place[]): void => {
  for (const zone of zones) sortChildren(zone);
  const cells = zones.map(layOutZone);
  const table = inTable(cells, { ratio: 1.5, gap: 0 });
  for (const [i, cell] of cells.entries()) cell.to(...table.centres[i]!);
};

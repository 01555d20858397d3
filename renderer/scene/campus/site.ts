import { coolingSystems, Stage } from "#twins/model/twin.ts";
import type { Placed } from "./instances.ts";
import { type Box, type BuildingRecord, boxOf, type Layout } from "./layout.ts";
import { enclosedZones } from "./yard.ts";

/** A box given in the axes of another one: east, up and south of its centre. */
export const within = (
  parent: Box,
  [east, up, south]: readonly [number, number, number],
  [width, height, depth]: readonly [number, number, number],
): Box => {
  const c = Math.cos(parent.yaw);
  const s = Math.sin(parent.yaw);
  return {
    x: parent.x + east * c - south * s,
    y: parent.y + up,
    z: parent.z + east * s + south * c,
    yaw: parent.yaw,
    width,
    height,
    depth,
  };
};

/**
 * How far the field of building colour keeps from the parapet and from the row of towers along the ridge, the most it
 * spans between them, how thick it is and how far it hovers over the roof so that the two never fight for a pixel, m.
 */
const field = { parapet: 3.6, ridge: 6.4, most: 15, thick: 0.16, hover: 0.3 } as const;

/** The two roof strips of a building that carry its value: south of the ridge (side 1) and north of it (side −1). */
export const roofField = (building: BuildingRecord, side: 1 | -1): Box => {
  const depth = Math.min(field.most, building.depth / 2 - field.ridge - field.parapet);
  return within(
    building,
    [0, building.height - 1.1 + field.hover, side * (field.ridge + depth / 2)],
    [building.width - field.parapet * 2, field.thick, depth],
  );
};

export const roofFields = (layout: Layout): Placed[] =>
  layout.buildings.flatMap((b): Placed[] => {
    if (b.stage !== Stage.built || b.racks[1] === b.racks[0]) return [];
    const extra = [b.row, b.row, 1 / (b.racks[1] - b.racks[0]), 1] as const;
    const asset = { className: "building", row: b.row } as const;
    return [
      { ...roofField(b, 1), extra, asset },
      { ...roofField(b, -1), extra, asset },
    ];
  });

/** A cluster of buildings that shares roads and a fence: one zone, split where its parts lie far apart. */
export interface Plot {
  /** Row of its zone, −1 for none. */
  readonly zone: number;
  /** The zone says its bounds by itself (docs/TWIN-DIRECTORY.md, `enclosed`). */
  readonly isEnclosed: boolean;
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
  readonly buildings: readonly BuildingRecord[];
}

const farApart = 420;

const clusters = (buildings: readonly BuildingRecord[]): BuildingRecord[][] => {
  const left = new Set(buildings);
  const found: BuildingRecord[][] = [];
  for (const seed of buildings) {
    if (!left.delete(seed)) continue;
    const group = [seed];
    for (let i = 0; i < group.length; i++) {
      const a = group[i]!;
      for (const b of left)
        if (Math.hypot(a.x - b.x, a.z - b.z) < farApart) {
          left.delete(b);
          group.push(b);
        }
    }
    found.push(group);
  }
  return found;
};

const margin = 62;

/** Zones that say how far they reach: yards without a building have a fence too. */
const enclosedPlots = ({ twin, buildings }: Layout): Plot[] => {
  const ofZone = Map.groupBy(buildings, ({ zone }) => zone);
  return [...enclosedZones(twin)].map((zone) => {
    const { x, z, yaw, width, depth } = boxOf(twin.table("zone"), zone);
    const [c, s] = [Math.abs(Math.cos(yaw)), Math.abs(Math.sin(yaw))];
    const east = (width * c + depth * s) / 2;
    const south = (width * s + depth * c) / 2;
    return {
      zone,
      isEnclosed: true,
      west: x - east,
      east: x + east,
      north: z - south,
      south: z + south,
      buildings: ofZone.get(zone) ?? [],
    };
  });
};

export const plotsOf = (layout: Layout): Plot[] => {
  const enclosed = enclosedPlots(layout);
  const zones = new Map<number, BuildingRecord[]>();
  const fenced = enclosedZones(layout.twin);
  for (const b of layout.buildings)
    if (!fenced.has(b.zone)) zones.set(b.zone, [...(zones.get(b.zone) ?? []), b]);
  const open = [...zones.values()].flatMap(clusters).map((buildings) => ({
    zone: buildings[0]!.zone,
    isEnclosed: false,
    west: Math.min(...buildings.map((b) => b.x - b.width / 2)) - margin,
    east: Math.max(...buildings.map((b) => b.x + b.width / 2)) + margin,
    north: Math.min(...buildings.map((b) => b.z - b.depth / 2)) - margin,
    south: Math.max(...buildings.map((b) => b.z + b.depth / 2)) + margin,
    buildings,
  }));
  return [...enclosed, ...open];
};

/** East of a hall's middle where people come in, m: clear of the generators that stand in the middle of its yard. */
export const entranceEast = (b: Box): number => (b.width > 60 ? 12 - b.width / 2 : -b.width * 0.27);

/** Whether generators stand in front of a building: nobody parks there. */
export const hasGeneratorYard = (layout: Layout, building: number): boolean =>
  layout.twin.rangeBelow({ className: "building", row: building }, "generator") !== null;

/** On which side of a hall people and goods come in: south (1), or north (−1) where evaporative units hang on the south. */
export const frontOf = ({ twin }: Layout, building: number): 1 | -1 =>
  coolingSystems[twin.table("building").attribute("cooling")?.[building] ?? -1] === "evaporative" ? -1 : 1;

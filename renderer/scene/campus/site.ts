import { energyGround } from "#renderer/scene/energy/yard.ts";
import { Stage, type Twin } from "#twins/model/twin.ts";
import { Paving } from "./ground.ts";
import type { Placed } from "./instances.ts";
import { type Box, type BuildingRecord, boxOf, type Layout } from "./layout.ts";
import { enclosedZones, yardPlant } from "./yard.ts";

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
    return [
      { ...roofField(b, 1), extra },
      { ...roofField(b, -1), extra },
    ];
  });

const flat = (box: Box, kind: number): Placed => ({ ...box, y: 0, height: 0, extra: [kind, 0, 0, 0] });

const piece = (
  [x, z]: readonly [number, number],
  [width, depth]: readonly [number, number],
  kind: number,
): Placed => ({ x, y: 0, z, yaw: 0, width, height: 0, depth, extra: [kind, 0, 0, 0] });

/** Groups sorted numbers that lie within `gap` of each other; returns the middle of each group. */
const bands = (values: readonly number[], gap: number): number[] => {
  const sorted = [...new Set(values.map((v) => Math.round(v)))].sort((a, b) => a - b);
  const groups: number[][] = [];
  for (const value of sorted) {
    const last = groups.at(-1);
    if (last && value - last.at(-1)! < gap) last.push(value);
    else groups.push([value]);
  }
  return groups.map((g) => (g[0]! + g.at(-1)!) / 2);
};

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

const roadM = 9;

/** Roads of a plot: a ring inside the fence, and one between each two rows of buildings. */
const plotRoads = (plot: Plot): Placed[] => {
  const { west, east, north, south, buildings } = plot;
  const middle = [(west + east) / 2, (north + south) / 2] as const;
  const [width, depth] = [east - west - 24, south - north - 24];
  const rows = bands(
    buildings.map((b) => b.z),
    30,
  );
  const lanes = rows.slice(1).map((z, i) => (z + rows[i]!) / 2);
  const columns = bands(
    buildings.map((b) => b.x),
    60,
  );
  const avenues = columns.slice(1).map((x, i) => (x + columns[i]!) / 2);
  return [
    piece([middle[0], north + 12], [width + roadM, roadM], Paving.road),
    piece([middle[0], south - 12], [width + roadM, roadM], Paving.road),
    piece([west + 12, middle[1]], [roadM, depth], Paving.road),
    piece([east - 12, middle[1]], [roadM, depth], Paving.road),
    ...lanes.map((z) => piece([middle[0], z], [width, roadM - 2], Paving.road)),
    ...avenues.map((x) => piece([x, middle[1]], [roadM - 1, depth], Paving.road)),
  ];
};

/** Everything flat: lawns, yards, aprons, roads, parking. */
export const groundPieces = (layout: Layout): Placed[] => {
  const plots = plotsOf(layout);
  const lawns = plots.map((p) =>
    piece(
      [(p.west + p.east) / 2, (p.north + p.south) / 2],
      [p.east - p.west, p.south - p.north],
      Paving.lawn,
    ),
  );
  const aprons = layout.buildings
    .filter((b) => b.stage !== Stage.planned)
    .flatMap((b): Placed[] => [
      flat(within(b, [0, 0, 0], [b.width + 18, 0, b.depth + 42]), Paving.apron),
      ...(b.stage === Stage.built
        ? [flat(within(b, [b.width * 0.18, 0, b.depth / 2 + 13], [b.width * 0.34, 0, 12]), Paving.parking)]
        : []),
    ]);
  const ghosts = layout.buildings
    .filter((b) => b.stage === Stage.planned)
    .map((b) => flat(within(b, [0, 0, 0], [b.width, 0, b.depth]), Paving.yard));
  const substations = layout.twin.table("substation");
  const yards = Array.from({ length: substations.count }, (_, row) => {
    const box = boxOf(substations, row);
    return flat({ ...box, width: box.width + 10, depth: box.depth + 10 }, Paving.yard);
  });
  return [
    ...lawns,
    ...plots.flatMap(plotRoads),
    ...trunkRoads(plots),
    ...yards,
    ...zoneYards(layout.twin),
    ...energyGround(layout),
    ...ghosts,
    ...aprons,
  ];
};

/** One pad below the machines of each enclosed zone that stand in no building. */
const zoneYards = (twin: Twin): Placed[] =>
  [...yardPlant(twin).ofZones.values()].map((machines) => {
    const bounds = { west: Infinity, east: -Infinity, north: Infinity, south: -Infinity };
    for (const { className, row } of machines) {
      const { x, z, width, depth } = boxOf(twin.table(className), row);
      const reach = Math.max(width, depth) / 2 + 4;
      bounds.west = Math.min(bounds.west, x - reach);
      bounds.east = Math.max(bounds.east, x + reach);
      bounds.north = Math.min(bounds.north, z - reach);
      bounds.south = Math.max(bounds.south, z + reach);
    }
    const { west, east, north, south } = bounds;
    return piece([(west + east) / 2, (north + south) / 2], [east - west, south - north], Paving.apron);
  });

/** Public roads that the plots open to: one along the campus, and one to each plot's nearest side. */
const trunkRoads = (plots: readonly Plot[]): Placed[] => {
  if (plots.length < 2) return [];
  const west = Math.min(...plots.map((p) => p.west)) - 900;
  const east = Math.max(...plots.map((p) => p.east)) + 900;
  const z = freeLine(plots);
  return [
    piece([(west + east) / 2, z], [east - west, 22], Paving.road),
    ...plots.flatMap((p): Placed[] => {
      const edge = z < p.north ? p.north + 12 : z > p.south ? p.south - 12 : null;
      const x = (p.west + p.east) / 2;
      return edge === null ? [] : [piece([x, (edge + z) / 2], [12, Math.abs(edge - z)], Paving.road)];
    }),
  ];
};

/** The east–west line that meets the fewest plots, nearest to the middle. */
const freeLine = (plots: readonly Plot[]): number => {
  const middle = plots.reduce((sum, p) => sum + (p.north + p.south) / 2, 0) / plots.length;
  const candidates = plots.flatMap((p) => [p.north - 40, p.south + 40]);
  const cost = (z: number): number =>
    plots.filter((p) => z > p.north - 20 && z < p.south + 20).length * 1e5 + Math.abs(z - middle);
  return candidates.reduce((best, z) => (cost(z) < cost(best) ? z : best), candidates[0]!);
};

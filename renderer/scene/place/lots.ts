import { type Box, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { chance } from "#renderer/scene/campus/scatter.ts";
import { frontOf, type Plot } from "#renderer/scene/campus/site.ts";
import { groundOf } from "#renderer/scene/energy/yard.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Stage } from "#twins/model/twin.ts";
import { around, freeRects, type Grain, type Rect } from "./freeGround.ts";
import { waysTo } from "./housePieces.ts";
import { aprons, vergeM } from "./measures.ts";
import type { Roads } from "./roads.ts";

/** What a piece of ground between roads and halls is used for. */
export type Use =
  | "parking"
  | "garden"
  | "court"
  | "laydown"
  | "reserve"
  | "grove"
  | "meadow"
  | "basin"
  | "hay"
  | "nursery";

/** A piece of ground that neither roads nor halls need, level and along the axes; m. */
export interface Lot {
  readonly use: Use;
  readonly x: number;
  readonly z: number;
  readonly width: number;
  readonly depth: number;
  /** 0…1, its own. */
  readonly seed: number;
}

/** What plots are searched by, and the wide ground between them, m. */
const inPlots: Grain = { cell: 6, least: 18, widest: 96, deepest: 78, most: 200 };
const betweenPlots: Grain = { cell: 12, least: 48, widest: 192, deepest: 156, most: 170 };
/** Lawn that is left around each lot, m. */
const lawnM = 2.5;

/** Machines that stand on the ground beside halls. */
const machines: readonly ClassName[] = ["transformer", "chiller", "coolingTower", "generator"];

/** Ground that is taken: roads with their verges, halls with their aprons, plant, ground before displays. */
const takenBy = (layout: Layout, { roads }: Roads, displays: readonly Box[]): Rect[] => {
  const { twin } = layout;
  const substations = twin.table("substation");
  const ofRoads = roads.map((r): Rect => {
    const across = r.width / 2 + vergeM + 0.5;
    const [w, d] = r.along === "x" ? [r.length / 2, across] : [across, r.length / 2];
    return { west: r.x - w, east: r.x + w, north: r.z - d, south: r.z + d };
  });
  const halls = layout.buildings.map((b): Rect => {
    if (b.stage === Stage.planned) return around(b, 3);
    const [south, north] =
      frontOf(layout, b.row) > 0 ? [aprons.front, aprons.back] : [aprons.back, aprons.front];
    return {
      west: b.x - b.width / 2 - aprons.sides - 1,
      east: b.x + b.width / 2 + aprons.sides + 1,
      north: b.z - b.depth / 2 - north - 1,
      south: b.z + b.depth / 2 + south + 1,
    };
  });
  return [
    ...ofRoads,
    ...halls,
    ...waysTo(layout, roads).map((way) => around(way, 2.5)),
    ...Array.from({ length: substations.count }, (_, row) => around(boxOf(substations, row), 9)),
    ...machines.flatMap((name) => {
      const table = twin.table(name);
      return Array.from({ length: table.count }, (_, row) => around(boxOf(table, row), 4));
    }),
    ...displays.map((d) => around({ ...d, width: 70, depth: 70 }, 0)),
  ];
};

/** How often a lot that is no hall's first or second is used for what, and how wide it must be, m; the rest is meadow. */
const shares: readonly (readonly [use: Use, share: number, least: number])[] = [
  ["grove", 0.38, 12],
  ["garden", 0.08, 30],
  ["parking", 0.06, 40],
  ["reserve", 0.1, 30],
  ["court", 0.05, 40],
  ["basin", 0.05, 36],
];

/** Building sites have their yards beside them, m. */
const siteM = 130;
/** A lot is a hall's own within this; what lies farther off counts as its third, m. */
const [besideM, farRank] = [140, 2] as const;
/** A car park has two rows of bays at least, m. */
const parkM = 36;

interface Beside {
  readonly building: number;
  readonly stage: Stage;
  readonly away: number;
}

const nearestTo = (layout: Layout, x: number, z: number): Beside =>
  layout.buildings.reduce<Beside>(
    (best, b) => {
      const away = Math.hypot(b.x - x, b.z - z);
      return away < best.away ? { away, stage: b.stage, building: b.row } : best;
    },
    { away: Infinity, stage: Stage.built, building: -1 },
  );

/** What a lot beside a standing hall is for. @param rank how many larger ones that hall has already */
const besideHall = (least: number, rank: number, seed: number): Use => {
  if (rank === 0 && least >= parkM) return seed < 0.72 ? "parking" : "garden";
  if (rank <= 1 && least >= 30) return seed < 0.55 ? "garden" : seed < 0.8 && least >= 40 ? "court" : "grove";
  let left = seed;
  for (const [use, share, needs] of shares) {
    left -= share;
    if (left < 0) return least >= needs ? use : "grove";
  }
  return "meadow";
};

const purposeOf = (
  { stage, away }: Beside,
  least: number,
  { rank, seed }: { readonly rank: number; readonly seed: number },
): Use => {
  if (stage === Stage.construction && away < siteM) return least < 30 || seed < 0.4 ? "reserve" : "laydown";
  if (stage !== Stage.built) return seed < 0.3 ? "reserve" : seed < 0.6 ? "grove" : "meadow";
  return besideHall(least, rank, seed);
};

const lotIn = (rect: Rect, purpose: (x: number, z: number, size: number, seed: number) => Use): Lot => {
  const x = (rect.west + rect.east) / 2;
  const z = (rect.north + rect.south) / 2;
  const width = rect.east - rect.west - lawnM * 2;
  const depth = rect.south - rect.north - lawnM * 2;
  const seed = chance(x * 0.137, z * 0.219);
  return { use: purpose(x, z, Math.min(width, depth), seed), x, z, width, depth, seed };
};

const lotsOfPlot = (layout: Layout, plot: Plot, taken: readonly Rect[]): Lot[] => {
  const ranks = new Map<number, number>();
  return freeRects(plot, taken, inPlots).map((rect) =>
    lotIn(rect, (x, z, size, seed) => {
      const beside = nearestTo(layout, x, z);
      const isBeside = beside.away < besideM;
      const rank = isBeside ? (ranks.get(beside.building) ?? 0) : farRank;
      if (isBeside) ranks.set(beside.building, rank + 1);
      return purposeOf(beside, size, { rank, seed });
    }),
  );
};

/** How far the ground between plots goes on beyond them, and how far it keeps from what the energy zone covers, m. */
const [beyondM, energyM] = [40, 60] as const;

/** A strip between two neighbours is farmed by one of them: hay and young trees, m wide. */
const [stripLeastM, stripMostM] = [60, 140] as const;

/** Ground between plots that lie side by side, west of one another. */
const stripsBetween = (plots: Roads["plots"]): Rect[] =>
  plots.flatMap((a) =>
    plots.flatMap((b): Rect[] => {
      const [north, south] = [Math.max(a.north, b.north), Math.min(a.south, b.south)];
      const wide = b.west - a.east;
      if (wide < stripLeastM || wide > stripMostM || south - north < stripLeastM) return [];
      return [{ west: a.east, east: b.west, north, south }];
    }),
  );

/** Meadows, steppe, nurseries and woods between plots and a little beyond: nobody builds there yet. */
const lotsBetween = (layout: Layout, roads: Roads, taken: readonly Rect[]): Lot[] => {
  const { plots } = roads;
  if (plots.length < 2) return [];
  const ground: Rect = {
    west: Math.min(...plots.map((p) => p.west)) - beyondM,
    east: Math.max(...plots.map((p) => p.east)) + beyondM,
    north: Math.min(...plots.map((p) => p.north)) - beyondM,
    south: Math.max(...plots.map((p) => p.south)) + beyondM,
  };
  const portals = layout.twin.table("portal");
  const all = [
    ...taken,
    ...plots.map(
      (p): Rect => ({ west: p.west - 8, east: p.east + 8, north: p.north - 8, south: p.south + 8 }),
    ),
    ...(["pvTable", "battery", "windTurbine"] as const)
      .map((name) => groundOf(layout, name, energyM))
      .filter((rect) => rect !== null),
    ...Array.from({ length: portals.count }, (_, row) => around(boxOf(portals, row), 30)),
  ];
  const strips = stripsBetween(plots).flatMap((strip) => freeRects(strip, all, betweenPlots));
  const farmed = strips.map((rect, i) => lotIn(rect, () => (i % 3 === 1 ? "nursery" : "hay")));
  const wide = freeRects(ground, [...all, ...strips], betweenPlots).map((rect) =>
    lotIn(rect, (_x, _z, _size, seed) =>
      seed < 0.34 ? "hay" : seed < 0.42 ? "nursery" : seed < 0.58 ? "grove" : "meadow",
    ),
  );
  return [...farmed, ...wide];
};

/**
 * What the ground between roads and halls is used for: invented from footprints and roads, the same every time. Zones
 * that list their assets one by one say themselves what stands on them.
 */
export const lotsOf = (layout: Layout, roads: Roads, displays: readonly Box[] = []): Lot[] => {
  const taken = takenBy(layout, roads, displays);
  const found: Lot[] = [];
  // Plots of neighbours may overlap: what one has used the other leaves alone.
  for (const plot of roads.plots)
    if (!plot.isEnclosed)
      found.push(
        ...lotsOfPlot(layout, plot, [
          ...taken,
          ...found.map((lot) => around({ ...lot, y: 0, yaw: 0, height: 0 }, 1)),
        ]),
      );
  if (roads.plots.every((plot) => plot.isEnclosed)) return found;
  return [...found, ...lotsBetween(layout, roads, taken)];
};

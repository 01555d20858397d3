import { type Box, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { chance } from "#renderer/scene/campus/scatter.ts";
import { frontOf, type Plot } from "#renderer/scene/campus/site.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Stage } from "#twins/model/twin.ts";
import { aprons, vergeM } from "./measures.ts";
import type { Roads } from "./roads.ts";

/** What a piece of ground between roads and halls is used for. */
export type Use = "parking" | "garden" | "court" | "laydown" | "reserve" | "grove" | "meadow" | "basin";

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

interface Rect {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** Cells that a plot is searched by, the smallest lot and the largest one, m; how much lawn is left around each. */
const [cellM, leastM, widestM, deepestM, lawnM] = [6, 18, 96, 78, 2.5] as const;
const mostLots = 70;

/** Machines that stand on the ground beside halls. */
const machines: readonly ClassName[] = ["transformer", "chiller", "coolingTower", "generator"];

const around = ({ x, z, width, depth }: Box, margin: number): Rect => ({
  west: x - width / 2 - margin,
  east: x + width / 2 + margin,
  north: z - depth / 2 - margin,
  south: z + depth / 2 + margin,
});

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
    ...Array.from({ length: substations.count }, (_, row) => around(boxOf(substations, row), 9)),
    ...machines.flatMap((name) => {
      const table = twin.table(name);
      return Array.from({ length: table.count }, (_, row) => around(boxOf(table, row), 4));
    }),
    ...displays.map((d) => around({ ...d, width: 70, depth: 70 }, 0)),
  ];
};

/** Cells of a plot, 1 where it is taken. */
class Cells {
  readonly columns: number;
  readonly rows: number;
  readonly #taken: Uint8Array;
  readonly #west: number;
  readonly #north: number;

  constructor({ west, east, north, south }: Rect, taken: readonly Rect[]) {
    this.#west = west + 4;
    this.#north = north + 4;
    this.columns = Math.max(0, Math.floor((east - west - 8) / cellM));
    this.rows = Math.max(0, Math.floor((south - north - 8) / cellM));
    this.#taken = new Uint8Array(this.columns * this.rows);
    for (const rect of taken) this.#take(rect);
  }

  #take(rect: Rect): void {
    const clamp = (v: number, most: number): number => Math.min(most, Math.max(0, v));
    const from = clamp(Math.floor((rect.west - this.#west) / cellM), this.columns);
    const to = clamp(Math.ceil((rect.east - this.#west) / cellM), this.columns);
    const low = clamp(Math.floor((rect.north - this.#north) / cellM), this.rows);
    const high = clamp(Math.ceil((rect.south - this.#north) / cellM), this.rows);
    for (let j = low; j < high; j++) this.#taken.fill(1, j * this.columns + from, j * this.columns + to);
  }

  /** Takes the largest free rectangle that is left, no larger than a lot may be; null when none is worth it. */
  takeLargest(): Rect | null {
    const heights = new Int16Array(this.columns + 1);
    const stack: number[] = [];
    const [widest, deepest] = [Math.floor(widestM / cellM), Math.floor(deepestM / cellM)];
    const least = leastM / cellM;
    let best = { area: 0, left: 0, bottom: 0, width: 0, depth: 0 };
    for (let j = 0; j < this.rows; j++) {
      for (let i = 0; i < this.columns; i++)
        heights[i] = this.#taken[j * this.columns + i] ? 0 : heights[i]! + 1;
      stack.length = 0;
      for (let i = 0; i <= this.columns; i++) {
        while (stack.length > 0 && heights[stack.at(-1)!]! >= heights[i]!) {
          const depth = Math.min(deepest, heights[stack.pop()!]!);
          const left = stack.length > 0 ? stack.at(-1)! + 1 : 0;
          const width = Math.min(widest, i - left);
          if (width < least || depth < least || width * depth <= best.area) continue;
          best = { area: width * depth, left, bottom: j, width, depth };
        }
        stack.push(i);
      }
    }
    if (best.area === 0) return null;
    const south = this.#north + (best.bottom + 1) * cellM;
    const west = this.#west + best.left * cellM;
    const rect = { west, south, east: west + best.width * cellM, north: south - best.depth * cellM };
    this.#take(rect);
    return rect;
  }
}

/** How often a lot of some size is used for what; the rest of 1 is meadow. */
const shares: readonly (readonly [use: Use, share: number, least: number])[] = [
  ["parking", 0.24, 36],
  ["garden", 0.2, 30],
  ["grove", 0.24, 12],
  ["reserve", 0.1, 30],
  ["court", 0.06, 40],
  ["basin", 0.05, 36],
];

/** Building sites have their yards beside them, m. */
const siteM = 130;

const purposeOf = (layout: Layout, { x, z, width, depth }: Omit<Lot, "use" | "seed">, seed: number): Use => {
  const least = Math.min(width, depth);
  const nearest = layout.buildings.reduce<{ away: number; stage: number }>(
    (best, b) => {
      const away = Math.hypot(b.x - x, b.z - z);
      return away < best.away ? { away, stage: b.stage } : best;
    },
    { away: Infinity, stage: Stage.built },
  );
  if (nearest.stage === Stage.construction && nearest.away < siteM)
    return least < 30 || seed < 0.4 ? "reserve" : "laydown";
  if (nearest.stage === Stage.planned) return seed < 0.3 ? "reserve" : seed < 0.6 ? "grove" : "meadow";
  let left = seed;
  for (const [use, share, needs] of shares) {
    left -= share;
    if (left < 0) return least >= needs ? use : least < 30 && seed < 0.3 ? "grove" : "meadow";
  }
  return "meadow";
};

const lotsOfPlot = (layout: Layout, plot: Plot, taken: readonly Rect[]): Lot[] => {
  const inside = taken.filter(
    (r) => r.west < plot.east && r.east > plot.west && r.north < plot.south && r.south > plot.north,
  );
  const cells = new Cells(plot, inside);
  const found: Lot[] = [];
  for (let rect = cells.takeLargest(); rect && found.length < mostLots; rect = cells.takeLargest()) {
    const x = (rect.west + rect.east) / 2;
    const z = (rect.north + rect.south) / 2;
    const width = rect.east - rect.west - lawnM * 2;
    const depth = rect.south - rect.north - lawnM * 2;
    const seed = chance(x * 0.137, z * 0.219);
    found.push({ use: purposeOf(layout, { x, z, width, depth }, seed), x, z, width, depth, seed });
  }
  return found;
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
  return found;
};

import type { Layout } from "#renderer/scene/campus/layout.ts";
import { type Plot, plotsOf } from "#renderer/scene/campus/site.ts";

/** What a road is for: its width, its paint and its lamps follow. */
export type RoadClass = "trunk" | "ring" | "lane" | "drive";

/** A straight road along east–west (`x`) or north–south (`z`), on level ground. */
export interface Road {
  readonly class: RoadClass;
  readonly along: "x" | "z";
  /** Its middle. */
  readonly x: number;
  readonly z: number;
  readonly length: number;
  readonly width: number;
  /** Which way off its middle line lamps stand, m; 0 for none. */
  readonly lampAside: number;
}

/** Distance between lamps, m. */
export const lampGapM = 44;
const widths = { trunk: 22, ring: 9, lane: 7, drive: 6 } as const;
/** The ring road keeps this far from the fence, m. */
const ringInsetM = 14;

/** How far a point lies along and across a road, from its middle, m. */
export const onRoad = (road: Road, x: number, z: number): readonly [along: number, across: number] =>
  road.along === "x" ? [x - road.x, z - road.z] : [z - road.z, x - road.x];

const road = (
  kind: RoadClass,
  along: "x" | "z",
  [across, from, to]: readonly [number, number, number],
  lampSide = 0,
): Road => {
  const middle = (from + to) / 2;
  const width = widths[kind];
  return {
    class: kind,
    along,
    x: along === "x" ? middle : across,
    z: along === "x" ? across : middle,
    length: to - from,
    width,
    lampAside: lampSide * (width / 2 + 1.6),
  };
};

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

const between = (values: readonly number[]): number[] => values.slice(1).map((v, i) => (v + values[i]!) / 2);

/** Roads of a plot: a ring inside the fence, one between each two rows of buildings, and one between columns. */
const plotRoads = ({ west, east, north, south, buildings }: Plot): Road[] => {
  const [w, e] = [west + ringInsetM, east - ringInsetM];
  const [n, s] = [north + ringInsetM, south - ringInsetM];
  const lanes = between(
    bands(
      buildings.map((b) => b.z),
      30,
    ),
  );
  const avenues = between(
    bands(
      buildings.map((b) => b.x),
      60,
    ),
  );
  return [
    road("ring", "x", [n, w - 4.5, e + 4.5], -1),
    road("ring", "x", [s, w - 4.5, e + 4.5], 1),
    road("ring", "z", [w, n, s], -1),
    road("ring", "z", [e, n, s], 1),
    ...lanes.filter((z) => z > n + 20 && z < s - 20).map((z) => road("lane", "x", [z, w, e], 1)),
    ...avenues.filter((x) => x > w + 20 && x < e - 20).map((x) => road("lane", "z", [x, n, s], 1)),
  ];
};

/** Roads keep this far from buildings, and pieces shorter than this lead nowhere, m. */
const [keepM, leastM] = [7, 60];

/** What is left of a road where plots lie so close that it would run through a building. */
const cutAt = (cut: Road, buildings: Layout["buildings"]): Road[] => {
  const half = cut.length / 2;
  const hits = buildings
    .map((b) => {
      const [along, across] = onRoad(cut, b.x, b.z);
      const [long, deep] = cut.along === "x" ? [b.width, b.depth] : [b.depth, b.width];
      const isClear = Math.abs(across) > deep / 2 + cut.width / 2 + keepM;
      return isClear ? null : ([along - long / 2 - keepM, along + long / 2 + keepM] as const);
    })
    .filter((hit) => hit !== null && hit[0] < half && hit[1] > -half)
    .sort((p, q) => p![0] - q![0]) as (readonly [number, number])[];
  if (hits.length === 0) return [cut];
  const ends = [-half, ...hits.flat(), half];
  const pieces = Array.from({ length: ends.length / 2 }, (_, i) => [ends[i * 2]!, ends[i * 2 + 1]!] as const);
  return pieces
    .filter(([from, to]) => to - from > leastM)
    .map(([from, to]) => {
      const middle = (from + to) / 2;
      const moved = cut.along === "x" ? { x: cut.x + middle } : { z: cut.z + middle };
      return { ...cut, ...moved, length: to - from };
    });
};

/** The east–west line that meets the fewest plots, nearest to the middle. */
const freeLine = (plots: readonly Plot[]): number => {
  const middle = plots.reduce((sum, p) => sum + (p.north + p.south) / 2, 0) / plots.length;
  const candidates = plots.flatMap((p) => [p.north - 40, p.south + 40]);
  const cost = (z: number): number =>
    plots.filter((p) => z > p.north - 20 && z < p.south + 20).length * 1e5 + Math.abs(z - middle);
  return candidates.reduce((best, z) => (cost(z) < cost(best) ? z : best), candidates[0]!);
};

/** Where a plot opens to the public road. */
export interface Gate {
  readonly plot: Plot;
  readonly x: number;
  /** On the plot's fence. */
  readonly z: number;
  /** 1 when the road comes from the south, −1 from the north. */
  readonly side: 1 | -1;
}

export interface Roads {
  readonly plots: readonly Plot[];
  readonly roads: readonly Road[];
  readonly gates: readonly Gate[];
}

/** Every road of the campus: invented from positions of buildings, the same every time. */
export const roadsOf = (layout: Layout): Roads => {
  const plots = plotsOf(layout);
  const own = plots.flatMap(plotRoads).flatMap((each) => cutAt(each, layout.buildings));
  if (plots.length < 2) return { plots, roads: own, gates: [] };
  const west = Math.min(...plots.map((p) => p.west)) - 2600;
  const east = Math.max(...plots.map((p) => p.east)) + 2600;
  const z = freeLine(plots);
  const gates = plots.flatMap((plot): Gate[] => {
    const side = z < plot.north ? -1 : z > plot.south ? 1 : 0;
    if (side === 0) return [];
    return [{ plot, x: (plot.west + plot.east) / 2 + 24, z: side < 0 ? plot.north : plot.south, side }];
  });
  const feeders = gates.map((gate) => {
    const ring = gate.z - gate.side * ringInsetM;
    return road("ring", "z", [gate.x, Math.min(ring, z), Math.max(ring, z)], 1);
  });
  return { plots, gates, roads: [road("trunk", "x", [z, west, east], 1), ...feeders, ...own] };
};

/** Lamps of a road: how far along it each one stands from its middle, m. */
export const lampsOf = ({ length, lampAside }: Road): number[] => {
  if (lampAside === 0) return [];
  const count = Math.floor((length - 24) / lampGapM) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (i - (count - 1) / 2) * lampGapM);
};

/** Where two roads cross or meet: its middle, half its extents, and which arms go on. */
export interface Junction {
  readonly x: number;
  readonly z: number;
  /** Half of the carriageway that runs east–west, m across, and of the other. */
  readonly halfX: number;
  readonly halfZ: number;
  /** East 1, west 2, south 4, north 8. */
  readonly arms: number;
}

export const junctionsOf = (roads: readonly Road[]): Junction[] => {
  const found: Junction[] = [];
  for (const a of roads)
    for (const b of roads) {
      if (a.along !== "x" || b.along !== "z") continue;
      const [alongA] = onRoad(a, b.x, a.z);
      const [alongB] = onRoad(b, b.x, a.z);
      if (Math.abs(alongA) > a.length / 2 + 6 || Math.abs(alongB) > b.length / 2 + 6) continue;
      const least = 14;
      const arms =
        (a.length / 2 - alongA > least ? 1 : 0) +
        (a.length / 2 + alongA > least ? 2 : 0) +
        (b.length / 2 - alongB > least ? 4 : 0) +
        (b.length / 2 + alongB > least ? 8 : 0);
      found.push({ x: b.x, z: a.z, halfX: a.width / 2, halfZ: b.width / 2, arms });
    }
  return found;
};

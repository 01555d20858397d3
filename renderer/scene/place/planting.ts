import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Box, Layout } from "#renderer/scene/campus/layout.ts";
import { chance } from "#renderer/scene/campus/scatter.ts";
import { within } from "#renderer/scene/campus/site.ts";
import { windTracks } from "#renderer/scene/energy/windGround.ts";
import { around, outsideOf, type Rect } from "./freeGround.ts";
import { carParkOf } from "./lotPieces.ts";
import type { Lot } from "./lots.ts";
import { bays } from "./measures.ts";
import { onRoad, type Road, type Roads } from "./roads.ts";
import { TreeKind } from "./trees.ts";

/** Height, spread to height, and how much both vary. */
const shapes = {
  [TreeKind.poplar]: { height: 12.5, spread: 0.46, vary: 0.55 },
  [TreeKind.round]: { height: 7.6, spread: 1.0, vary: 0.62 },
  [TreeKind.pine]: { height: 8, spread: 0.56, vary: 0.7 },
  [TreeKind.shrub]: { height: 1.35, spread: 1.9, vary: 0.9 },
  [TreeKind.tuft]: { height: 0.85, spread: 1.5, vary: 0.8 },
} as const;

type Kind = keyof typeof shapes;

const treeAt = (x: number, z: number, kind: Kind): Placed => {
  const seed = chance(x * 0.731, z * 0.317);
  const { height, spread, vary } = shapes[kind];
  const tall = height * (1 - vary * 0.55 + vary * seed);
  // The far card shows the tree in the middle of a square tile: as wide as it is high.
  return {
    x: x + (chance(x * 3, z) - 0.5) * 1.6,
    y: -0.3,
    z: z + (chance(z * 3, x) - 0.5) * 1.6,
    yaw: seed * 6.28,
    width: tall * spread * (0.85 + 0.3 * chance(z, x)),
    height: tall,
    depth: tall * spread,
    extra: [kind, 0, 0, seed],
  };
};

/** Trees keep this far from where a display is read, m. */
const displayM = 55;

/** Uses of lots that leave no room for roots. */
const pavedUses: ReadonlySet<Lot["use"]> = new Set(["parking", "court", "laydown", "basin"]);

/** Ground where no tree may stand: roads, forecourts, before walls and displays. */
const builtOver = (layout: Layout, roads: readonly Road[], displays: readonly Box[]): Rect[] => [
  ...displays.map((d) => around({ ...d, width: 0, depth: 0 }, displayM)),
  ...roads.map((r): Rect => {
    const [along, across] = [r.length / 2 + 2, r.width / 2 + 1.8];
    const [w, d] = r.along === "x" ? [along, across] : [across, along];
    return { west: r.x - w, east: r.x + w, north: r.z - d, south: r.z + d };
  }),
  ...layout.buildings.map((b) => around({ ...b, depth: b.depth + 20 }, 14)),
];

type Free = (x: number, z: number) => boolean;

/** A place beside a road: how far along from its middle and how far off its middle line, m. */
const beside = (road: Road, along: number, off: number): readonly [number, number] =>
  road.along === "x" ? [road.x + along, road.z + off] : [road.x + off, road.z + along];

/** Windbreak: two rows of poplars, staggered and close, on one side. Now and then one is missing. */
const windbreak = (road: Road, side: number, isFree: Free): Placed[] => {
  const found: Placed[] = [];
  const gap = road.class === "trunk" ? 6.4 : 3.8;
  for (let i = 0, at = -road.length / 2 + 6; at < road.length / 2 - 4; at += gap, i++) {
    const [x, z] = beside(road, at, side * (road.width / 2 + (i % 2 ? 6.4 : 10)));
    // Gaps are stretches, as where a pipe was laid, rather than single teeth.
    if (chance(Math.floor(at / 21), x * 0.01 + z * 0.01) > 0.9 || chance(x, z) > 0.94 || !isFree(x, z))
      continue;
    found.push(treeAt(x, z, TreeKind.poplar));
  }
  return found;
};

/** Avenue: round crowns in runs of one kind of spacing, with openings between them; shrubs at the ends of runs. */
const avenue = (road: Road, isFree: Free): Placed[] => {
  const found: Placed[] = [];
  for (const side of [-1, 1])
    for (let at = -road.length / 2 + 9; at < road.length / 2 - 7; at += 9) {
      const [x, z] = beside(road, at, side * (road.width / 2 + 2.6));
      const run = chance(Math.floor(at / 54), road.x + road.z + side);
      if (!isFree(x, z) || run > 0.78) continue;
      if (chance(x, z) > 0.86) found.push(treeAt(x, z, TreeKind.shrub));
      else found.push(treeAt(x, z, run < 0.12 ? TreeKind.poplar : TreeKind.round));
    }
  return found;
};

/** Which side of a plot's ring road looks outwards: 1 for east or south, −1 for west or north. */
const outwards = (road: Road, plots: Roads["plots"]): number => {
  const plot = plots.find(
    (p) => road.x > p.west - 1 && road.x < p.east + 1 && road.z > p.north - 1 && road.z < p.south + 1,
  );
  if (!plot) return 0;
  const off =
    road.along === "x" ? road.z - (plot.north + plot.south) / 2 : road.x - (plot.west + plot.east) / 2;
  return Math.sign(off);
};

/** Trees beside a road: windbreaks outside ring roads and along the trunk, avenues along lanes. */
const rowOf = (road: Road, plots: Roads["plots"], isFree: Free): Placed[] => {
  if (road.class === "lane") return avenue(road, isFree);
  const side = road.class === "trunk" ? 0 : outwards(road, plots);
  return side === 0
    ? [...windbreak(road, -1, isFree), ...windbreak(road, 1, isFree)]
    : windbreak(road, side, isFree);
};

/** Trees of one clump: the tallest in its middle, shrubs around it. */
const clump = (
  [x, z]: readonly [number, number],
  [reach, count, kind]: readonly [number, number, Kind],
  isFree: Free,
): Placed[] =>
  Array.from({ length: count }, (_, i): Placed | null => {
    const turn = i * 2.399963 + chance(x, z) * 6;
    // Poplars stand close, as they are planted.
    const away = (kind === TreeKind.poplar ? 0.55 : 1) * reach * Math.sqrt((i + 0.4) / count);
    const at = [x + Math.cos(turn) * away * 1.25, z + Math.sin(turn) * away] as const;
    if (!isFree(...at)) return null;
    const tree = treeAt(...at, i / count > 0.72 ? TreeKind.shrub : kind);
    const share = 1.12 - 0.4 * (away / reach);
    return { ...tree, width: tree.width * share, height: tree.height * share, depth: tree.depth * share };
  }).filter((tree) => tree !== null);

const kindOf = (seed: number): Kind =>
  seed < 0.45 ? TreeKind.round : seed < 0.75 ? TreeKind.pine : TreeKind.poplar;

/** Trees of a lot that is planted, by its use. */
const plantedOn = (lot: Lot, isFree: Free): Placed[] => {
  const { x, z, width, depth, seed } = lot;
  const at = (u: number, v: number): readonly [number, number] => [x + u * width, z + v * depth];
  const scatter = (count: number, kind: Kind): Placed[] =>
    Array.from({ length: count }, (_, i) =>
      treeAt(...at(chance(x, i) * 0.94 - 0.47, chance(i, z) * 0.94 - 0.47), kind),
    );
  const area = width * depth;
  switch (lot.use) {
    case "grove": {
      const count = Math.min(5, Math.max(1, Math.round(area / 650)));
      return Array.from({ length: count }, (_, i) =>
        clump(
          at(count === 1 ? 0 : ((i + 0.5) / count - 0.5) * 0.8, (chance(i, x) - 0.5) * 0.5),
          [Math.min(11, Math.min(width, depth) * 0.45), 11, kindOf(chance(x + i, z))],
          isFree,
        ),
      ).flat();
    }
    case "garden":
      return [-0.32, 0.32].flatMap((u) =>
        [-0.27, 0.27].flatMap((v) => [
          ...clump(at(u, v), [7, 7, kindOf(chance(u + x, v + z) * 0.74)], isFree),
          ...clump(at(u * 0.5, v * 1.25), [4, 4, TreeKind.shrub], isFree),
        ]),
      );
    case "parking": {
      const { yaw, long, modules } = carParkOf(lot);
      return Array.from({ length: modules + 1 }, (_, i) => (i - modules / 2) * bays.module).flatMap((south) =>
        Array.from({ length: Math.floor((long - 18) / 9) }, (_, k) => {
          const east = -long / 2 + 13 + k * 9;
          return yaw === 0
            ? treeAt(x + east, z + south, TreeKind.round)
            : treeAt(x - south, z + east, TreeKind.round);
        }),
      );
    }
    case "nursery": {
      // Young trees in rows, a lane between each four.
      const rows = Math.min(12, Math.floor(depth / 6));
      const inRow = Math.min(14, Math.floor(width / 6));
      return Array.from({ length: rows * inRow }, (_, i): Placed => {
        const [row, k] = [Math.floor(i / inRow), i % inRow];
        const tree = treeAt(
          x + (k - (inRow - 1) / 2) * 6,
          z + (row - (rows - 1) / 2 + (Math.floor(row / 4) - rows / 8) * 0.5) * 5.4,
          seed < 0.44 ? TreeKind.poplar : TreeKind.round,
        );
        return { ...tree, width: tree.width * 0.55, height: tree.height * 0.5, depth: tree.depth * 0.55 };
      });
    }
    case "hay":
      return [-0.48, 0.48].flatMap((v) =>
        Array.from({ length: Math.min(14, Math.floor(width / 11)) }, (_, i) =>
          treeAt(x + (i + 0.5 - width / 22) * 11, z + v * depth, TreeKind.shrub),
        ).filter((shrub) => chance(shrub.x, shrub.z) < 0.6),
      );
    case "basin":
      return [
        ...clump(at(-0.42, 0.4), [9, 8, TreeKind.round], isFree),
        ...clump(at(0.4, -0.43), [8, 6, TreeKind.round], isFree),
      ];
    case "meadow":
    case "reserve":
      return [
        ...scatter(Math.min(26, Math.round(area / 80)), TreeKind.tuft),
        ...scatter(Math.min(9, Math.round(area / 420)), TreeKind.shrub),
        ...(lot.use === "meadow" && seed * 7 - Math.floor(seed * 7) < 0.6
          ? clump(at(0.3, -0.2), [8, 7, kindOf(seed)], isFree)
          : []),
      ];
    default:
      return [];
  }
};

/** Grass in clumps and low shrubs beside the tracks between turbines, thicker where the way in is. */
const steppe = (layout: Layout): Placed[] =>
  windTracks(layout).flatMap((points) =>
    points.slice(1).flatMap(([x, z], i) => {
      const [x0, z0] = points[i]!;
      const length = Math.hypot(x - x0, z - z0);
      const isWayIn = points.length > 2;
      const count = Math.min(240, Math.round(length / (isWayIn ? 0.4 : 14)));
      return Array.from({ length: count }, (_, k): Placed => {
        const t = (k + chance(k, x)) / count;
        const away = 4.6 + (isWayIn ? 60 : 30) * chance(k, z) ** 2.2;
        const off = chance(z, k + i) < 0.5 ? -away : away;
        const [ux, uz] = [(x - x0) / length, (z - z0) / length];
        const at = [x0 + ux * length * t - uz * off, z0 + uz * length * t + ux * off] as const;
        return treeAt(...at, chance(k, i + 3) < 0.05 ? TreeKind.shrub : TreeKind.tuft);
      });
    }),
  );

const [fieldM, beltCardM, beltReachM] = [640, 58, 5200] as const;

/** Shelter belts of poplars on edges of the fields around the campus: one card for eight trees. */
const belts = ({ centre, radius }: Layout, { plots, roads }: Roads): Placed[] => {
  const found: Placed[] = [];
  const isOpen = (x: number, z: number): boolean =>
    Math.hypot(x - centre.x, z - centre.z) > radius + 260 &&
    plots.every((p) => x < p.west - 40 || x > p.east + 40 || z < p.north - 40 || z > p.south + 40) &&
    roads.every((r) => {
      const [along, across] = onRoad(r, x, z);
      return Math.abs(along) > r.length / 2 + 40 || Math.abs(across) > r.width / 2 + 12;
    });
  const from = (c: number): number => Math.floor((c - radius - beltReachM) / fieldM);
  const to = (c: number): number => Math.ceil((c + radius + beltReachM) / fieldM);
  for (let i = from(centre.x); i <= to(centre.x); i++)
    for (let j = from(centre.z); j <= to(centre.z); j++)
      for (const turn of [0, 1]) {
        if (chance(i * 7 + turn, j * 3) > 0.44) continue;
        for (let k = 0; k < Math.floor(fieldM / beltCardM); k++) {
          const along = (k + 0.5) * beltCardM;
          const [x, z] = turn ? [i * fieldM, j * fieldM + along] : [i * fieldM + along, j * fieldM];
          const seed = chance(x, z);
          if (seed > 0.93 || !isOpen(x, z)) continue;
          found.push({
            x,
            y: -0.5,
            z,
            yaw: turn ? Math.PI / 2 : 0,
            width: beltCardM + 2,
            height: 10.5 + 4 * seed,
            depth: 1,
            extra: [TreeKind.belt, 0, 0, seed],
          });
        }
      }
  return found;
};

/** Shoots that stand out of clipped hedges, one for each of these metres along them. */
const shootM = 1.25;

/** What breaks the outline of hedges: small shrubs along them, a little higher and wider than what is clipped. */
export const leavesOfHedges = (hedges: readonly Placed[]): Placed[] =>
  hedges.flatMap((hedge) => {
    const long = Math.max(hedge.width, hedge.depth);
    const count = Math.max(1, Math.round(long / shootM));
    return Array.from({ length: count }, (_, i): Placed => {
      const at = ((i + 0.5) / count - 0.5) * long;
      const seed = chance(hedge.x + i * 0.37, hedge.z - i * 0.23);
      const on = within(hedge, hedge.width > hedge.depth ? [at, 0, 0] : [0, 0, at], [1.75, 0, 1.75]);
      return { ...on, height: 0.86 + 0.3 * seed, extra: [TreeKind.shrub, 0, 0, seed] };
    });
  });

/** Ground that trees are planted on. */
export interface Grounds {
  readonly roads: Roads;
  readonly lots: readonly Lot[];
  /** Where displays are read. */
  readonly displays: readonly Box[];
}

/** Every tree of the campus and of the plain around it, and what grows lower. */
export const treesOf = (layout: Layout, { roads, lots, displays }: Grounds): Placed[] => {
  const built = builtOver(layout, roads.roads, displays);
  const paved = lots.filter(({ use }) => pavedUses.has(use));
  const isFree = outsideOf(built);
  const isOpen = outsideOf([...built, ...paved.map((lot) => around({ ...lot, y: 0, yaw: 0, height: 0 }, 1))]);
  return [
    ...roads.roads
      .filter(({ class: kind }) => kind !== "drive")
      .flatMap((road) => rowOf(road, roads.plots, isOpen)),
    ...lots.flatMap((lot) => plantedOn(lot, isFree)),
    ...belts(layout, roads),
    ...steppe(layout),
  ];
};

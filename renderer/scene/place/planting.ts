import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Box, Layout } from "#renderer/scene/campus/layout.ts";
import { chance } from "#renderer/scene/campus/scatter.ts";
import { within } from "#renderer/scene/campus/site.ts";
import { Stage } from "#twins/model/twin.ts";
import { onRoad, type Road, type Roads } from "./roads.ts";
import { TreeKind } from "./trees.ts";

/** Height, spread to height, and how much both vary. */
const shapes = {
  [TreeKind.poplar]: { height: 12, spread: 0.36 },
  [TreeKind.round]: { height: 7.2, spread: 0.85 },
  [TreeKind.pine]: { height: 8, spread: 0.52 },
} as const;

type Kind = keyof typeof shapes;

const treeAt = (x: number, z: number, kind: Kind): Placed => {
  const seed = chance(x * 0.731, z * 0.317);
  const { height, spread } = shapes[kind];
  const tall = height * (0.72 + 0.5 * seed);
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

/** Whether a tree may stand there: on no road and no forecourt, beside no wall, before no display. */
const freeGround = (
  layout: Layout,
  roads: readonly Road[],
  displays: readonly Box[],
): ((x: number, z: number) => boolean) => {
  const near = (x: number, z: number): boolean =>
    displays.some((d) => Math.hypot(d.x - x, d.z - z) < displayM) ||
    roads.some((r) => {
      const [along, across] = onRoad(r, x, z);
      return Math.abs(along) < r.length / 2 + 2 && Math.abs(across) < r.width / 2 + 1.8;
    }) ||
    layout.buildings.some(
      (b) => Math.abs(x - b.x) < b.width / 2 + 12 && z > b.z - b.depth / 2 - 13 && z < b.z + b.depth / 2 + 24,
    );
  return (x, z) => !near(x, z);
};

/** Rows beside a road, both sides: poplars outside along rings and trunks, round crowns along lanes. */
const rowOf = (road: Road, isFree: (x: number, z: number) => boolean): Placed[] => {
  const lane = road.class === "lane";
  const gap = lane ? 14 : 7.5;
  const aside = road.width / 2 + (lane ? 3 : 5.6);
  const kind = lane ? TreeKind.round : TreeKind.poplar;
  const found: Placed[] = [];
  for (let at = -road.length / 2 + 8; at < road.length / 2 - 6; at += gap)
    for (const side of [-1, 1]) {
      const [x, z] =
        road.along === "x" ? [road.x + at, road.z + side * aside] : [road.x + side * aside, road.z + at];
      if (chance(x, z) > (lane ? 0.82 : 0.93) || !isFree(x, z)) continue;
      found.push(treeAt(x, z, kind));
    }
  return found;
};

/** A few pines and round crowns on the lawn beside each built hall. */
const groups = (layout: Layout, isFree: (x: number, z: number) => boolean): Placed[] =>
  layout.buildings.flatMap((b): Placed[] => {
    if (b.stage === Stage.planned) return [];
    return Array.from({ length: 14 }, (_, i): Placed | null => {
      const side = i % 2 === 0 ? 1 : -1;
      const at = within(
        b,
        [side * (b.width / 2 + 15 + 12 * chance(b.row, i)), 0, (chance(i, b.row) - 0.35) * b.depth * 1.1],
        [1, 1, 1],
      );
      if (!isFree(at.x, at.z)) return null;
      return treeAt(at.x, at.z, chance(b.row * 3, i) < 0.6 ? TreeKind.pine : TreeKind.round);
    }).filter((tree) => tree !== null);
  });

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

/** Every tree of the campus and of the plain around it. */
export const treesOf = (layout: Layout, roads: Roads, displays: readonly Box[] = []): Placed[] => {
  const isFree = freeGround(layout, roads.roads, displays);
  return [
    ...roads.roads.filter(({ class: kind }) => kind !== "drive").flatMap((road) => rowOf(road, isFree)),
    ...groups(layout, isFree),
    ...belts(layout, roads),
  ];
};

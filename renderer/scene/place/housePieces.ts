import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Box, BuildingRecord, Layout } from "#renderer/scene/campus/layout.ts";
import { entranceEast, frontOf, hasGeneratorYard, within } from "#renderer/scene/campus/site.ts";
import { Stage } from "#twins/model/twin.ts";
import { aprons, bays } from "./measures.ts";
import { Paving } from "./pavingKinds.ts";
import type { Road } from "./roads.ts";

type Extra = readonly [number, number, number];

const flat = (box: Box, kind: number, extra: Extra = [0, 0, 0]): Placed => ({
  ...box,
  y: 0,
  height: 0,
  extra: [kind, ...extra],
});

/** East of a hall's middle where goods come in (campus/volumes.ts), in parts of its width. */
export const dockShare = 0.42;

/** Where cars stand before a hall: how many bays, and the middle of the row, m east and from the front wall. */
export const frontRow = (
  layout: Layout,
  b: BuildingRecord,
): { readonly count: number; readonly east: number; readonly off: number } | null => {
  if (b.stage !== Stage.built || hasGeneratorYard(layout, b.row)) return null;
  const count = Math.floor((b.width * 0.34) / bays.wide);
  // Between the forecourt and the dock, nose towards the house, the service road behind.
  return { count, east: b.width * 0.13, off: aprons.front - aprons.road - 2.9 };
};

/** Whether a hall is turned so that nothing is drawn beside it but its apron. */
const isAskew = (b: Box): boolean => Math.abs(Math.sin(b.yaw)) > 0.02;

/** Concrete with its service road, forecourt, planting, parking and dock around each standing building. */
export const housePieces = (layout: Layout, roads: readonly Road[]): Placed[] =>
  layout.buildings
    .filter((b) => b.stage !== Stage.planned)
    .flatMap((b): Placed[] => {
      const side = frontOf(layout, b.row);
      const depth = b.depth + aprons.back + aprons.front;
      const shift = (side * (aprons.front - aprons.back)) / 2;
      const ground = within(b, [0, 0, shift], [b.width + aprons.sides * 2, 0, depth]);
      // A building site has no concrete around it yet.
      if (b.stage !== Stage.built) return [flat(ground, Paving.reserve)];
      const put = (
        east: number,
        off: number,
        [wide, deep]: readonly [number, number],
        kind: number,
      ): Placed => flat(within(b, [east, 0, side * (b.depth / 2 + off)], [wide, 0, deep]), kind);
      const entrance = entranceEast(b);
      const row = frontRow(layout, b);
      const forecourt = aprons.front - aprons.road;
      return [
        // The house stands off the middle of its apron.
        flat(ground, Paving.apron, [b.width, b.depth, shift]),
        put(entrance, forecourt / 2 + 2, [26, forecourt - 4.4], Paving.plaza),
        put(b.width * dockShare, 4.1 + 6.2, [13, 12.4], Paving.dock),
        ...(row
          ? [
              put(row.east, row.off, [row.count * bays.wide, 5.6], Paving.parking),
              put(row.east, row.off - 4.4, [row.count * bays.wide, 2.4], Paving.bed),
            ]
          : []),
        ...[-1, 1].flatMap((end) => [
          put(entrance + end * 13.6, 2.2, [8, 2.4], Paving.bed),
          put(entrance + end * 10, forecourt - 2.4, [6, 2.4], Paving.bed),
        ]),
        ...footpath(b, [side, entrance], roads),
      ];
    });

/** The road that a hall's front looks at, and how far its middle is from the apron's rim, m; null where none is near. */
const roadBefore = (
  b: BuildingRecord,
  [side, x]: readonly [1 | -1, number],
  roads: readonly Road[],
): { readonly road: Road; readonly gap: number } | null => {
  const edge = b.z + side * (b.depth / 2 + aprons.front);
  const near = roads
    .filter((r) => r.along === "x" && r.class !== "drive" && Math.abs(r.x - x) < r.length / 2)
    .map((road) => ({ road, gap: side * (road.z - edge) }))
    .filter(({ gap }) => gap > 0 && gap < 80)
    .sort((p, q) => p.gap - q.gap)[0];
  return near && near.road.class !== "trunk" ? near : null;
};

/** From the entrance to the pavement of the road. */
const footpath = (
  b: BuildingRecord,
  [side, entrance]: readonly [1 | -1, number],
  roads: readonly Road[],
): Placed[] => {
  if (isAskew(b)) return [];
  const near = roadBefore(b, [side, b.x + entrance], roads);
  const length = (near?.gap ?? 0) - (near?.road.width ?? 0) / 2 - 1;
  if (length < 3) return [];
  const off = b.depth / 2 + aprons.front + length / 2;
  return [flat(within(b, [entrance, 0, side * off], [3, 0, length]), Paving.path)];
};

/** A way from each standing building's apron to the nearest road in front of it. */
export const drives = (layout: Layout, roads: readonly Road[]): Road[] =>
  layout.buildings.flatMap((b): Road[] => {
    if (b.stage === Stage.planned || isAskew(b)) return [];
    const side = frontOf(layout, b.row);
    const x = b.x + b.width * 0.36;
    const near = roadBefore(b, [side, x], roads);
    if (!near) return [];
    const z = b.z + side * (b.depth / 2 + aprons.front + near.gap / 2);
    return [{ class: "drive", along: "z", x, z, length: near.gap + 1, width: 6, lampAside: 0 }];
  });

/** Footprints of the drives and footpaths between halls and roads. */
export const waysTo = (layout: Layout, roads: readonly Road[]): Box[] => [
  ...drives(layout, roads).map(
    ({ x, z, length, width }): Box => ({ x, y: 0, z, yaw: 0, width, height: 0, depth: length }),
  ),
  ...layout.buildings
    .filter((b) => b.stage === Stage.built)
    .flatMap((b) => footpath(b, [frontOf(layout, b.row), entranceEast(b)], roads)),
];

import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Box, Layout } from "#renderer/scene/campus/layout.ts";
import { chance, metric, scaled } from "#renderer/scene/campus/scatter.ts";
import { entranceEast, frontOf, hasGeneratorYard, within } from "#renderer/scene/campus/site.ts";
import { windTracks } from "#renderer/scene/energy/windGround.ts";
import { Stage } from "#twins/model/twin.ts";
import { dockShare, frontRow } from "./housePieces.ts";
import { carParkOf } from "./lotPieces.ts";
import type { Lot } from "./lots.ts";
import { aprons, bays } from "./measures.ts";
import type { Thing } from "./merge.ts";
import type { Roads } from "./roads.ts";
import { Site } from "./siteKits.ts";

/** Paint of lorries and boxes: quiet, none of an alarm's hues. */
const paints = [0xb5b9bb, 0x54636f, 0x7c8790, 0x8d8a80, 0x3f4d5a, 0x9aa39c] as const;
const paintOf = (seed: number): number => paints[Math.floor(seed * 97) % paints.length]!;

type Size = readonly [width: number, height: number, depth: number];
/** What large things throw a shadow with, m. */
const shadows: Readonly<Record<number, Size>> = {
  [Site.boxTruck]: [2.5, 3.4, 8.4],
  [Site.lorry]: [2.5, 3.8, 14],
  [Site.container]: [6, 2.6, 2.4],
  [Site.cabin]: [6, 2.8, 3],
  [Site.shelter]: [8, 2.3, 2.4],
};
const unit = [1, 1, 1] as const;
const boxOfLot = ({ x, z, width, depth }: Lot): Box => ({ x, y: -0.15, z, yaw: 0, width, height: 0, depth });
const ofUse = (lots: readonly Lot[], use: Lot["use"]): Lot[] => lots.filter((lot) => lot.use === use);

/** Cars before halls and in car parks, each in a bay. */
export const cars = (layout: Layout, lots: readonly Lot[]): Placed[] => [
  ...layout.buildings.flatMap((b): Placed[] => {
    const row = frontRow(layout, b);
    if (!row) return [];
    const side = frontOf(layout, b.row);
    return Array.from({ length: row.count }, (_, i) => i)
      .filter((i) => chance(b.row, i) > 0.56)
      .map((i) => ({
        ...within(
          b,
          [row.east + (i - (row.count - 1) / 2) * bays.wide, -0.2, side * (b.depth / 2 + row.off)],
          [1.8, 1.5, 4.4],
        ),
        yaw: b.yaw + (chance(i, b.row) < 0.3 ? Math.PI : 0),
        extra: metric(chance(b.row, i)),
      }));
  }),
  ...ofUse(lots, "parking").flatMap((lot) => {
    const { long, modules, ...at } = carParkOf(lot);
    const count = Math.floor((long / 2 - bays.ends) / bays.wide) * 2;
    const park: Box = { ...at, y: -0.2, width: long, height: 0, depth: modules * bays.module };
    return Array.from({ length: modules * 2 * count }, (_, i): Placed | null => {
      const seed = chance(lot.x + i * 0.71, lot.z);
      if (seed > 0.2 + 0.26 * ((lot.seed * 9) % 1)) return null;
      const [module, side, bay] = [
        Math.floor(i / (2 * count)),
        Math.floor(i / count) % 2 === 0 ? -1 : 1,
        i % count,
      ];
      const south = (module - (modules - 1) / 2) * bays.module + side * bays.middle;
      return {
        ...within(park, [(bay - (count - 1) / 2) * bays.wide, 0, south], [1.8, 1.5, 4.4]),
        yaw: park.yaw + (seed * 10 - Math.floor(seed * 10) < 0.5 ? Math.PI : 0),
        extra: metric((seed * 131) % 1),
      };
    }).filter((car) => car !== null);
  }),
];

/** Clipped green: before car parks, around gardens, along forecourts. */
export const hedges = (layout: Layout, lots: readonly Lot[]): Placed[] => {
  const put = (
    parent: Box,
    [east, south]: readonly [number, number],
    size: readonly [number, number],
  ): Placed => ({
    ...within(parent, [east, -0.15, south], [size[0], 0.84, size[1]]),
    extra: scaled(chance(parent.x + east, parent.z + south)),
  });
  const ofHalls = layout.buildings.flatMap((b): Placed[] => {
    if (b.stage !== Stage.built) return [];
    const front = frontOf(layout, b.row) * (b.depth / 2 + aprons.front + 1.6);
    const back = -frontOf(layout, b.row) * (b.depth / 2 + aprons.back + 1.6);
    const entrance = entranceEast(b);
    // Open where people and lorries come in.
    const [west, gap, east] = [-b.width / 2 - 4, entrance + 4, b.width * 0.36 - 5];
    return [
      put({ ...b, y: 0 }, [(west + entrance - 4) / 2, front], [Math.max(2, entrance - 4 - west), 1]),
      put({ ...b, y: 0 }, [(gap + east) / 2, front], [Math.max(2, east - gap), 1]),
      put({ ...b, y: 0 }, [0, back], [b.width * 0.9, 1]),
    ];
  });
  const ofLots = lots.flatMap((lot): Placed[] => {
    const box = { ...boxOfLot(lot), y: 0 };
    if (lot.use === "garden")
      return [-1, 1].flatMap((s) => [
        put(box, [-lot.width * 0.27, s * (lot.depth / 2 - 0.6)], [lot.width * 0.4, 0.9]),
        put(box, [lot.width * 0.27, s * (lot.depth / 2 - 0.6)], [lot.width * 0.4, 0.9]),
        put(box, [s * (lot.width / 2 - 0.6), 0], [0.9, lot.depth * 0.55]),
      ]);
    if (lot.use === "parking") {
      const { yaw, long, modules } = carParkOf(lot);
      const park = { ...box, yaw };
      return Array.from({ length: modules + 1 }, (_, i) =>
        put(
          park,
          [0, (i - modules / 2) * bays.module + (i === 0 ? -0.9 : i === modules ? 0.9 : 0)],
          [long - 17, 0.8],
        ),
      );
    }
    return [];
  });
  return [...ofHalls, ...ofLots];
};

const laydown = (lot: Lot): Thing[] => {
  const box = boxOfLot(lot);
  const { width: w, depth: d, seed } = lot;
  const put = (kit: number, at: readonly [number, number, number], yaw = 0): Thing => {
    const own = chance(lot.x + at[0], lot.z + at[2] + at[1]);
    return { ...within(box, at, shadows[kit]!), yaw, kit, tint: paintOf(own) };
  };
  const boxes = Math.min(7, Math.floor((w - 16) / 6.6));
  return [
    ...Array.from({ length: boxes * 2 }, (_, i) =>
      put(Site.container, [-w / 2 + 8 + (i % boxes) * 6.5, 0, -d / 2 + 5 + Math.floor(i / boxes) * 3.1]),
    ).filter(({ x, z }) => chance(x, z) > 0.2),
    ...Array.from({ length: Math.floor(boxes / 2) }, (_, i) =>
      put(Site.container, [-w / 2 + 8 + (i * 2 + (i % 2)) * 6.5, 2.59, -d / 2 + 5]),
    ),
    ...Array.from({ length: Math.min(5, Math.floor(w / 9)) }, (_, i) =>
      put(Site.cabin, [w / 2 - 6 - i * 6.3, 0, d / 2 - 5], Math.PI),
    ),
    put(seed < 0.5 ? Site.lorry : Site.boxTruck, [w * 0.16, 0, d * 0.08], 1.2 + seed * 0.6),
  ];
};

/** Lorries at docks, containers and cabins of laydown yards, gatehouses, roofs for bicycles. */
export const yardThings = (layout: Layout, { gates }: Roads, lots: readonly Lot[]): Thing[] => [
  ...layout.buildings.flatMap((b): Thing[] => {
    if (b.stage !== Stage.built || b.width < 60) return [];
    const side = frontOf(layout, b.row);
    const seed = chance(b.row, 61);
    const found: Thing[] = [];
    // Backed against the gate: its front looks away from the house.
    const back = (lane: number, kit: number, length: number): Thing => ({
      ...within(
        b,
        [b.width * dockShare + lane * 4.3, -0.2, side * (b.depth / 2 + 4.4 + length / 2)],
        shadows[kit]!,
      ),
      yaw: b.yaw + (side > 0 ? Math.PI : 0),
      kit,
      tint: paintOf(chance(b.row, lane + 5)),
    });
    if (seed > 0.3) found.push(back(seed > 0.65 ? -1 : 0, Site.boxTruck, 8.6));
    if (seed < 0.45 || seed > 0.8) found.push(back(1, Site.boxTruck, 8.6));
    if (!hasGeneratorYard(layout, b.row) && seed > 0.5)
      found.push({
        ...within(b, [entranceEast(b) + 18, -0.2, side * (b.depth / 2 + 5)], shadows[Site.shelter]!),
        yaw: b.yaw + (side > 0 ? 0 : Math.PI),
        kit: Site.shelter,
      });
    return found;
  }),
  ...ofUse(lots, "laydown").flatMap(laydown),
  ...gates.map(
    ({ x, z, side }): Thing => ({
      x,
      y: -0.1,
      z: z - side * 2,
      yaw: side > 0 ? 0 : Math.PI,
      width: 3,
      height: 5,
      depth: 5,
      kit: Site.gatehouse,
    }),
  ),
];

const small = (parent: Box, at: readonly [number, number, number], kit: number, turn = 0): Thing => ({
  ...within(parent, at, unit),
  yaw: parent.yaw + turn,
  kit,
});

/** Posts every so many metres beside a bent line, on both sides. */
const markers = (layout: Layout): Thing[] =>
  (windTracks(layout).at(-1) ?? []).flatMap(([x, z], i, points) => {
    const next = points[i + 1];
    if (!next) return [];
    const yaw = Math.atan2(next[1] - z, next[0] - x);
    const at: Box = { x, y: -0.4, z, yaw, width: 1, height: 1, depth: 1 };
    return [-1, 1].map((s) => small(at, [0, 0, s * 4.2], Site.marker));
  });

/** What people wear outdoors: dull blues, greys, one in a pale coat. */
const coats = [0x3f5068, 0x5d656c, 0x2e3640, 0x8a8377, 0xb9b8b2, 0x4f5a4e] as const;

/** A few people at entrances, docks, gardens and courts. */
const people = (layout: Layout, lots: readonly Lot[]): Thing[] => {
  const put = (parent: Box, east: number, south: number): Thing => {
    const seed = chance(parent.x + east, parent.z + south);
    return {
      ...small(parent, [east, 0, south], Site.person, seed * 6.28),
      tint: coats[Math.floor(seed * 89) % coats.length]!,
    };
  };
  const some = (count: number, parent: Box, [east, south, wide, deep]: readonly number[]): Thing[] =>
    Array.from({ length: count }, (_, i) =>
      put(parent, east! + (chance(parent.x, i) - 0.5) * wide!, south! + (chance(i, parent.z) - 0.5) * deep!),
    );
  const ofHalls = layout.buildings.flatMap((b): Thing[] => {
    if (b.stage !== Stage.built) return [];
    const side = frontOf(layout, b.row);
    const ground: Box = { ...b, y: -0.22 };
    const wall = b.depth / 2;
    return [
      ...some(3, ground, [entranceEast(b), side * (wall + 12), 24, 8]),
      ...some(1, ground, [b.width * dockShare - 9, side * (wall + 9), 6, 9]),
    ];
  });
  const ofLots = lots.flatMap((lot): Thing[] => {
    const box = { ...boxOfLot(lot), y: -0.3 };
    if (lot.use === "garden") return some(4, box, [0, 0, 11, 11]);
    if (lot.use === "court") return some(7, box, [0, -9, 12, 12]);
    return lot.use === "parking" ? some(2, box, [0, 0, lot.width * 0.6, 4]) : [];
  });
  return [...ofHalls, ...ofLots];
};

/** Lamps, bollards, benches, hoops, marker posts and people. */
export const smallThings = (layout: Layout, lots: readonly Lot[]): Thing[] => [
  ...layout.buildings.flatMap((b): Thing[] => {
    if (b.stage !== Stage.built) return [];
    const side = frontOf(layout, b.row);
    const ground: Box = { ...b, y: -0.2 };
    const front = side * (b.depth / 2 + aprons.front + 0.9);
    const back = -side * (b.depth / 2 + aprons.back + 0.9);
    const ends = b.width / 2 + aprons.sides + 0.9;
    const entrance = entranceEast(b);
    return [
      ...[-0.4, 0.4].flatMap((e) => [
        small(ground, [e * b.width, 0, front], Site.post),
        small(ground, [e * b.width, 0, back], Site.post),
      ]),
      ...[-1, 1].map((e) => small(ground, [e * ends, 0, 0], Site.post)),
      ...Array.from({ length: 7 }, (_, i) =>
        small(
          ground,
          [entrance + (i - 3) * 3.4, 0.05, side * (b.depth / 2 + aprons.front - aprons.road - 0.5)],
          Site.bollard,
        ),
      ),
    ];
  }),
  ...lots.flatMap((lot): Thing[] => {
    const box = boxOfLot(lot);
    if (lot.use === "garden")
      return [0, 1, 2, 3].flatMap((i) => {
        const a = (i / 4) * Math.PI * 2 + 0.6;
        return [
          small(box, [Math.sin(a) * 5, 0, -Math.cos(a) * 5], Site.bench, a),
          small(box, [Math.sin(a) * lot.width * 0.24, 0, -Math.cos(a) * lot.depth * 0.24], Site.post),
        ];
      });
    if (lot.use === "court") {
      const court = { ...box, yaw: lot.width >= lot.depth ? Math.PI / 2 : 0 };
      return [-1, 1].flatMap((e) =>
        [-1, 1].map((s) => small(court, [e * 14.4, 0, s * 9.4], Site.hoop, (e * Math.PI) / -2)),
      );
    }
    if (lot.use !== "parking") return [];
    const { yaw, long, modules } = carParkOf(lot);
    return Array.from({ length: modules + 1 }, (_, i) => (i - modules / 2) * bays.module).flatMap((south) =>
      [-0.3, 0, 0.3].map((e) => small({ ...box, yaw }, [e * long, 0, south], Site.post)),
    );
  }),
  ...markers(layout),
  ...people(layout, lots),
];

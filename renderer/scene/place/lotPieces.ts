import type { Placed } from "#renderer/scene/campus/instances.ts";
import type { Lot } from "./lots.ts";
import { bays } from "./measures.ts";
import { Paving } from "./pavingKinds.ts";
import { onRoad, type Road } from "./roads.ts";

type Pair = readonly [number, number];

const flat = ([x, z]: Pair, [width, depth]: Pair, kind: number, yaw = 0): Placed => ({
  x,
  y: 0,
  z,
  yaw,
  width,
  height: 0,
  depth,
  extra: [kind, 0, 0, 0],
});

/** A car park as it fits a lot: aisles along its longer side. */
export interface CarPark {
  readonly x: number;
  readonly z: number;
  /** 0 with aisles along x, a quarter turn with aisles along z. */
  readonly yaw: number;
  readonly long: number;
  readonly modules: number;
}

export const carParkOf = ({ x, z, width, depth }: Lot): CarPark => {
  const [long, across] = width >= depth ? [width, depth] : [depth, width];
  const modules = Math.max(1, Math.min(3, Math.floor(across / bays.module)));
  return { x, z, yaw: width >= depth ? 0 : Math.PI / 2, long, modules };
};

/** Half the length of a garden's cross of paths, and the round place in its middle, m. */
const garden = { path: 2.4, middle: 13 } as const;

const gardenPieces = ({ x, z, width, depth, seed }: Lot): Placed[] => {
  const slant = Math.atan2(depth, width);
  const length = Math.hypot(width, depth) - 4;
  const round = flat([x, z], [garden.middle, garden.middle], Paving.round);
  const paths =
    seed * 10 - Math.floor(seed * 10) < 0.5
      ? [
          flat([x, z], [length, garden.path], Paving.path, slant),
          flat([x, z], [length, garden.path], Paving.path, -slant),
        ]
      : [
          flat([x, z], [width - 2, garden.path], Paving.path),
          flat([x, z - depth / 4], [garden.path, depth / 2 - 2], Paving.path),
          flat([x, z + depth / 4], [garden.path, depth / 2 - 2], Paving.path),
        ];
  const beds = [-1, 1].flatMap((e) =>
    [-1, 1].map((s) => flat([x + e * width * 0.27, z + s * depth * 0.3], [width * 0.2, 3], Paving.bed)),
  );
  return [...paths, ...beds, round];
};

/** Ground of one lot, without its way to the road. */
const groundOf = (lot: Lot): Placed[] => {
  const { x, z, width, depth } = lot;
  switch (lot.use) {
    case "parking": {
      const { yaw, long, modules } = carParkOf(lot);
      const park = flat([x, z], [long, modules * bays.module], Paving.parking, yaw);
      return [{ ...park, extra: [Paving.parking, modules] }];
    }
    case "garden":
      return gardenPieces(lot);
    case "court":
      return [flat([x, z], [34, 40], Paving.court, width >= depth ? Math.PI / 2 : 0)];
    case "laydown":
      return [flat([x, z], [width, depth], Paving.yard)];
    case "reserve":
      return [flat([x, z], [width, depth], Paving.reserve)];
    case "hay":
      return [flat([x, z], [width, depth], Paving.hay)];
    case "basin":
      return [
        flat([x, z], [width, depth], Paving.rough),
        flat([x, z], [width - 10, depth - 10], Paving.basin),
      ];
    default:
      return [flat([x, z], [width, depth], Paving.rough)];
  }
};

/** A drive is no longer than this; a road farther off is reached otherwise, m. */
const driveM = 34;

/** The way from a lot that is driven onto to the nearest road beside it; null when none runs near. */
export const driveOf = (lot: Lot, roads: readonly Road[]): Road | null => {
  if (lot.use !== "parking" && lot.use !== "laydown") return null;
  const park = lot.use === "parking" ? carParkOf(lot) : null;
  const across = park ? park.modules * bays.module : 0;
  const halfX = (park ? (park.yaw === 0 ? park.long : across) : lot.width) / 2;
  const halfZ = (park ? (park.yaw === 0 ? across : park.long) : lot.depth) / 2;
  // A car park is entered where its aisles end, first module.
  const aside = park ? -across / 2 + bays.module / 2 : 0;
  let best: { gap: number; road: Road } | null = null;
  for (const r of roads) {
    if (r.class === "trunk" || r.class === "drive") continue;
    if (park && (park.yaw === 0) === (r.along === "x")) continue;
    const [along, off] = onRoad(r, lot.x, lot.z);
    if (Math.abs(along) > r.length / 2 - 8) continue;
    const gap = Math.abs(off) - (r.along === "x" ? halfZ : halfX) - r.width / 2;
    if (gap < 1 || gap > driveM || (best && best.gap <= gap)) continue;
    const to = off > 0 ? -1 : 1;
    const at = (r.along === "x" ? halfZ : halfX) + gap / 2;
    best = {
      gap,
      road: {
        class: "drive",
        along: r.along === "x" ? "z" : "x",
        x: r.along === "x" ? lot.x : lot.x + to * at,
        z: r.along === "x" ? lot.z + to * at : lot.z,
        length: gap + 3,
        width: 6,
        lampAside: 0,
      },
    };
  }
  if (!best) return null;
  // Turned with its piece: a quarter turn takes a module's south to the west.
  const { road } = best;
  return road.along === "x" ? { ...road, z: road.z + aside } : { ...road, x: road.x - aside };
};

/** Ground of all lots. */
export const lotPieces = (lots: readonly Lot[]): Placed[] => lots.flatMap(groundOf);

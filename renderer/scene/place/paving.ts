import type { Placed } from "#renderer/scene/campus/instances.ts";
import { type Box, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { within } from "#renderer/scene/campus/site.ts";
import { yardPlant } from "#renderer/scene/campus/yard.ts";
import { windGround } from "#renderer/scene/energy/windGround.ts";
import { energyGround } from "#renderer/scene/energy/yard.ts";
import { Stage, type Twin } from "#twins/model/twin.ts";
import { drives, housePieces } from "./housePieces.ts";
import { driveOf, lotPieces } from "./lotPieces.ts";
import type { Lot } from "./lots.ts";
import { vergeM } from "./measures.ts";
import { Paving } from "./pavingKinds.ts";
import { junctionsOf, lampGapM, lampsOf, type Road, type Roads } from "./roads.ts";

type Extra = readonly [number, number, number];
const plain: Extra = [0, 0, 0];

const flat = (box: Box, kind: number, extra: Extra = plain): Placed => ({
  ...box,
  y: 0,
  height: 0,
  extra: [kind, ...extra],
});

const piece = (
  [x, z]: readonly [number, number],
  [width, depth]: readonly [number, number],
  kind: number,
  extra: Extra = plain,
): Placed => ({ x, y: 0, z, yaw: 0, width, height: 0, depth, extra: [kind, ...extra] });

const roadPieces = (road: Road): Placed[] => {
  const lamps = lampsOf(road);
  const lit: Extra = lamps.length > 0 ? [lampGapM, lamps[0]!, road.lampAside] : plain;
  const at = [road.x, road.z] as const;
  const sized = (width: number): readonly [number, number] =>
    road.along === "x" ? [road.length, width] : [width, road.length];
  const kind = road.class === "drive" ? Paving.drive : road.class === "lane" ? Paving.lane : Paving.road;
  return [
    ...(road.class === "drive" ? [] : [piece(at, sized(road.width + vergeM * 2), Paving.verge, lit)]),
    piece(at, sized(road.width), kind, lit),
  ];
};

const armM = 5.5;

const junctionPieces = (roads: readonly Road[]): Placed[] =>
  junctionsOf(roads.filter((road) => road.class !== "drive")).map(({ x, z, halfX, halfZ, arms }) =>
    piece([x, z], [(halfZ + armM) * 2, (halfX + armM) * 2], Paving.junction, [halfX, halfZ, arms]),
  );

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

/** Everything flat: lawns, lots, yards, aprons, roads, parking. */
export const groundPieces = (layout: Layout, { plots, roads }: Roads, lots: readonly Lot[]): Placed[] => {
  const lawns = plots.map((p) =>
    piece(
      [(p.west + p.east) / 2, (p.north + p.south) / 2],
      [p.east - p.west, p.south - p.north],
      Paving.lawn,
    ),
  );
  const ghosts = layout.buildings
    .filter((b) => b.stage === Stage.planned)
    .map((b) => flat(within(b, [0, 0, 0], [b.width, 0, b.depth]), Paving.reserve));
  const substations = layout.twin.table("substation");
  const yards = Array.from({ length: substations.count }, (_, row) => {
    const box = boxOf(substations, row);
    return flat({ ...box, width: box.width + 10, depth: box.depth + 10 }, Paving.yard);
  });
  const ways = lots.map((lot) => driveOf(lot, roads)).filter((way) => way !== null);
  return [
    ...lawns,
    ...lotPieces(lots),
    ...[...roads, ...drives(layout, roads), ...ways].flatMap(roadPieces),
    ...junctionPieces(roads),
    ...yards,
    ...zoneYards(layout.twin),
    ...energyGround(layout),
    ...windGround(layout),
    ...ghosts,
    ...housePieces(layout, roads),
  ];
};

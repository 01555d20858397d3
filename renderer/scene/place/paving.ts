import type { Placed } from "#renderer/scene/campus/instances.ts";
import { type Box, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { entranceEast, hasGeneratorYard, within } from "#renderer/scene/campus/site.ts";
import { yardPlant } from "#renderer/scene/campus/yard.ts";
import { energyGround } from "#renderer/scene/energy/yard.ts";
import { Stage, type Twin } from "#twins/model/twin.ts";
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

/** Grass beside a carriageway, with a footpath in it and the light of the lamps on it, m on each side. */
const vergeM = 7;

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

/** How far the concrete around a hall reaches: wider in front, where goods and people come. */
const aprons = { sides: 10, back: 11, front: 22 } as const;

/** Concrete, forecourt, planting and parking around each standing building. */
const housePieces = (layout: Layout): Placed[] =>
  layout.buildings
    .filter((b) => b.stage !== Stage.planned)
    .flatMap((b): Placed[] => {
      const depth = b.depth + aprons.back + aprons.front;
      const shift = (aprons.front - aprons.back) / 2;
      // The house stands off the middle of its apron: its depth's sign of shift goes with the depth itself.
      const apron = flat(within(b, [0, 0, shift], [b.width + aprons.sides * 2, 0, depth]), Paving.apron, [
        b.width,
        b.depth,
        shift,
      ]);
      if (b.stage !== Stage.built) return [apron];
      const front = b.depth / 2;
      const entrance = entranceEast(b);
      const parking = flat(
        within(b, [b.width * 0.2, 0, front + 13.5], [b.width * 0.36, 0, 12]),
        Paving.parking,
      );
      return [
        apron,
        flat(within(b, [entrance, 0, front + 11.5], [34, 0, 13]), Paving.plaza),
        ...(hasGeneratorYard(layout, b.row) ? [] : [parking]),
        flat(within(b, [entrance - 13, 0, front + 2.6], [8, 0, 2.6]), Paving.bed),
        flat(within(b, [entrance + 13, 0, front + 2.6], [8, 0, 2.6]), Paving.bed),
        flat(within(b, [entrance - 12, 0, front + 15.5], [7, 0, 3.2]), Paving.bed),
        flat(within(b, [entrance + 12, 0, front + 15.5], [7, 0, 3.2]), Paving.bed),
      ];
    });

/** A way from each standing building's apron to the nearest road in front of it. */
const drives = (layout: Layout, roads: readonly Road[]): Road[] =>
  layout.buildings.flatMap((b): Road[] => {
    if (b.stage === Stage.planned || Math.abs(Math.sin(b.yaw)) > 0.02) return [];
    const edge = b.z + b.depth / 2 + aprons.front;
    const x = b.x + b.width * 0.36;
    const near = roads
      .filter((r) => r.along === "x" && Math.abs(r.x - x) < r.length / 2 && r.z > edge && r.z < edge + 70)
      .sort((p, q) => p.z - q.z)[0];
    if (!near || near.class === "trunk") return [];
    const length = near.z - edge;
    return [{ class: "drive", along: "z", x, z: edge + length / 2, length, width: 6, lampAside: 0 }];
  });

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

/** Everything flat: lawns, yards, aprons, roads, parking. */
export const groundPieces = (layout: Layout, { plots, roads }: Roads): Placed[] => {
  const lawns = plots.map((p) =>
    piece(
      [(p.west + p.east) / 2, (p.north + p.south) / 2],
      [p.east - p.west, p.south - p.north],
      Paving.lawn,
    ),
  );
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
    ...[...roads, ...drives(layout, roads)].flatMap(roadPieces),
    ...junctionPieces(roads),
    ...yards,
    ...zoneYards(layout.twin),
    ...energyGround(layout),
    ...ghosts,
    ...housePieces(layout),
  ];
};

import { Vector3 } from "three";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { flowMetersOf, type SupplyId, type UseId } from "#twins/kpi/energy-balance.ts";
import { classNames } from "#twins/model/metric.ts";
import { Stage } from "#twins/model/twin.ts";
import { type Ground, groundOf } from "./yard.ts";

/** Height of the busbar above its station, m. */
const busM = 230;

/** What a ribbon starts or ends at: where it touches, and half the ground of it, east and south, m. */
export interface Subject {
  readonly at: Vector3;
  readonly half: readonly [east: number, south: number];
}

/** Halls of one zone whose IT is metered. */
export interface HallGroup {
  readonly zone: number;
  /** Rows of their meters. */
  readonly meters: readonly number[];
  readonly subject: Subject;
}

/** Ends of the balance in space. */
export interface RibbonPlaces {
  readonly bus: Vector3;
  /** The station that the busbar stands at. */
  readonly station: Subject;
  readonly sources: Readonly<Record<SupplyId, Subject>>;
  readonly uses: Readonly<Record<UseId, Subject>>;
  /** IT by zone, in the order of zones. */
  readonly halls: readonly HallGroup[];
}

const subjectOf = (ground: Ground | null, up: number): Subject | null =>
  ground && {
    at: new Vector3((ground.west + ground.east) / 2, up, (ground.north + ground.south) / 2),
    half: [(ground.east - ground.west) / 2, (ground.south - ground.north) / 2],
  };

/** The built station for which `cost` is least; null without any. */
const stationOf = ({ twin }: Layout, cost: (row: number) => number): Subject | null => {
  const stations = twin.table("substation");
  const stages = stations.attribute("stage");
  let best = -1;
  for (let row = 0; row < stations.count; row++)
    if (stages?.[row] !== Stage.planned && (best < 0 || cost(row) < cost(best))) best = row;
  if (best < 0) return null;
  const { x, z, width, depth } = boxOf(stations, best);
  return { at: new Vector3(x, 16, z), half: [width / 2, depth / 2] };
};

/** Ground of the assets of a class that stand within some other ground; null without any. */
const groundWithin = (
  layout: Layout,
  className: "coolingTower" | "transformer" | "chiller",
  { at, half }: Subject,
): Subject | null => {
  const table = layout.twin.table(className);
  let [west, east, north, south, top] = [Infinity, -Infinity, Infinity, -Infinity, 0];
  for (let row = 0; row < table.count; row++) {
    const { x, y, z, height } = boxOf(table, row);
    if (Math.abs(x - at.x) > half[0] + 40 || Math.abs(z - at.z) > half[1] + 40) continue;
    [west, east, north, south] = [
      Math.min(west, x),
      Math.max(east, x),
      Math.min(north, z),
      Math.max(south, z),
    ];
    top = Math.max(top, y + height);
  }
  return subjectOf(west > east ? null : { west, east, north, south }, top + 3);
};

/** The metered halls of each zone, as one ground. */
const hallsOf = (layout: Layout): HallGroup[] => {
  const { twin, buildings } = layout;
  const meters = twin.table("meter");
  const groups = new Map<number, { rows: number[]; ground: Ground; top: number }>();
  for (const row of flowMetersOf(twin).it) {
    if (classNames[meters.parentClass[row]!] !== "building") continue;
    const { x, z, width, depth, height, zone } = buildings[meters.parentRow[row]!]!;
    const was = groups.get(zone);
    const ground = {
      west: Math.min(was?.ground.west ?? Infinity, x - width / 2),
      east: Math.max(was?.ground.east ?? -Infinity, x + width / 2),
      north: Math.min(was?.ground.north ?? Infinity, z - depth / 2),
      south: Math.max(was?.ground.south ?? -Infinity, z + depth / 2),
    };
    groups.set(zone, {
      rows: [...(was?.rows ?? []), row],
      ground,
      top: Math.max(was?.top ?? 0, height),
    });
  }
  return [...groups].map(([zone, { rows, ground, top }]) => ({
    zone,
    meters: rows,
    subject: subjectOf(ground, top + 4)!,
  }));
};

/**
 * Where ribbons start and end. IT comes down on the metered halls of each zone; cooling at the plant and losses at the
 * transformers of the zone with the most meters, for both are sums of the whole campus.
 */
export const ribbonPlaces = (layout: Layout): RibbonPlaces => {
  const { centre, radius, twin } = layout;
  const away = (east: number, south: number): Subject => ({
    at: new Vector3(centre.x + east * radius, 10, centre.z + south * radius),
    half: [60, 60],
  });
  const stations = twin.table("substation");
  const kv = stations.attribute("voltageKv");
  // The busbar stands at the station next to the middle; the public grid arrives at the highest voltage.
  const station = stationOf(layout, (row) => {
    const { x, z } = boxOf(stations, row);
    return Math.hypot(x - centre.x, z - centre.z);
  }) ?? { at: new Vector3(centre.x, 0, centre.z), half: [60, 60] };
  const grid = stationOf(layout, (row) => -(kv?.[row] ?? 0)) ?? away(1, -1);
  const halls = hallsOf(layout);
  const main = halls.reduce<HallGroup | null>(
    (best, group) => (!best || area(group) > area(best) ? group : best),
    null,
  );
  const plant = main?.subject ?? away(-0.2, 0.2);
  const wind = subjectOf(groundOf(layout, "windTurbine", 60), 70) ?? away(0.5, 1);
  const pv = subjectOf(groundOf(layout, "pvTable", 12), 6) ?? away(0.2, 1);
  const storage = subjectOf(groundOf(layout, "battery", 14), 8) ?? away(1, 0.5);
  const generators = away(-0.8, -0.3);
  const transformers = groundWithin(layout, "transformer", plant) ?? plant;
  return {
    bus: station.at.clone().setY(busM),
    station,
    halls,
    sources: { grid, wind, pv, storage, generator: generators, surplus: station },
    uses: {
      it: plant,
      cooling: groundWithin(layout, "coolingTower", plant) ?? groundWithin(layout, "chiller", plant) ?? plant,
      aux: transformers,
      charge: storage,
      export: grid,
      ownUse: wind,
      unmetered: transformers,
    },
  };
};

const area = ({ meters, subject: { half } }: HallGroup): number => meters.length * half[0] * half[1];

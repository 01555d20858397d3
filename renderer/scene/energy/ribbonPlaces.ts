import { Vector3 } from "three";
import { type Box, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { flowMetersOf, type SupplyId, type UseId } from "#twins/kpi/energy-balance.ts";
import { classNames } from "#twins/model/metric.ts";
import { Stage } from "#twins/model/twin.ts";
import { type Ground, groundOf } from "./yard.ts";

/** Height of the busbar, m. */
const busM = 260;
/** Rings lie this high over a roof, clear of what stands on it, m. */
const overRoofM = 5;
/** Where it stands between the middle of what takes (0) and of what gives (1), and so far south of all that takes, m. */
const busBetween = 0.3;
const busSouthM = 190;
/** Where on their grounds sun and wind give, as a share of half of it eastwards: apart, so that ribbons do not run in one line. */
const givesAt = { wind: -0.82, pv: 0.2 } as const;

/** What a ribbon starts or ends at: where it touches, and half the ground of it, east and south, m. */
export interface Subject {
  readonly at: Vector3;
  readonly half: readonly [east: number, south: number];
  /** Middle of its ground where that is not below `at`. */
  readonly middle?: Vector3;
  /** Roofs of the other halls that its power is the sum of. */
  readonly parts?: readonly Vector3[];
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

/** Machines this near to each other are taken for one yard, m. */
const yardM = 75;

/** The yard of a class next to a place, of those within some other ground and clear of another yard; null without any. */
const yardWithin = (
  layout: Layout,
  className: "coolingTower" | "transformer" | "chiller",
  { plant, near, clearOf }: { readonly plant: Subject; readonly near: Vector3; readonly clearOf?: Vector3 },
): Subject | null => {
  const table = layout.twin.table(className);
  const middle = plant.middle ?? plant.at;
  const within = Array.from({ length: table.count }, (_, row) => boxOf(table, row)).filter(
    ({ x, z }) =>
      Math.abs(x - middle.x) < plant.half[0] + 40 &&
      Math.abs(z - middle.z) < plant.half[1] + 40 &&
      !(clearOf && Math.hypot(x - clearOf.x, z - clearOf.z) < 2 * yardM),
  );
  const far = ({ x, z }: Box): number => Math.hypot(x - near.x, z - near.z);
  const first = within.toSorted((a, b) => far(a) - far(b))[0];
  if (!first) return null;
  const yard = within.filter(({ x, z }) => Math.hypot(x - first.x, z - first.z) < yardM);
  const xs = yard.map(({ x }) => x);
  const zs = yard.map(({ z }) => z);
  const ground = {
    west: Math.min(...xs) - 6,
    east: Math.max(...xs) + 6,
    north: Math.min(...zs) - 6,
    south: Math.max(...zs) + 6,
  };
  return subjectOf(ground, Math.max(...yard.map(({ y, height }) => y + height)) + 3);
};

/** The metered halls of each zone, as one ground: a ribbon lands on the roof nearest to its middle. */
const hallsOf = (layout: Layout): HallGroup[] => {
  const { twin, buildings } = layout;
  const meters = twin.table("meter");
  const groups = Map.groupBy(
    flowMetersOf(twin).it.filter((row) => classNames[meters.parentClass[row]!] === "building"),
    (row) => buildings[meters.parentRow[row]!]!.zone,
  );
  return [...groups].map(([zone, rows]) => {
    const halls = rows.map((row) => buildings[meters.parentRow[row]!]!);
    const ground = {
      west: Math.min(...halls.map(({ x, width }) => x - width / 2)),
      east: Math.max(...halls.map(({ x, width }) => x + width / 2)),
      north: Math.min(...halls.map(({ z, depth }) => z - depth / 2)),
      south: Math.max(...halls.map(({ z, depth }) => z + depth / 2)),
    };
    const { at: middle, half } = subjectOf(ground, 0)!;
    const roofs = halls
      .map(({ x, z, height }) => new Vector3(x, height + overRoofM, z))
      .sort((a, b) => away(a, middle) - away(b, middle));
    return { zone, meters: rows, subject: { at: roofs[0]!, half, middle, parts: roofs.slice(1) } };
  });
};

const away = (a: Vector3, b: Vector3): number => Math.hypot(a.x - b.x, a.z - b.z);

/**
 * Where ribbons start and end. IT comes down on the metered halls of each zone; cooling at the plant and losses at the
 * transformers of the zone with the most racks, for both are sums of the whole campus.
 */
export const ribbonPlaces = (layout: Layout): RibbonPlaces => {
  const { centre, radius, twin } = layout;
  const beyond = (east: number, south: number): Subject => ({
    at: new Vector3(centre.x + east * radius, 10, centre.z + south * radius),
    half: [60, 60],
  });
  const stations = twin.table("substation");
  const kv = stations.attribute("voltageKv");
  // The public grid arrives at the highest voltage.
  const grid = stationOf(layout, (row) => -(kv?.[row] ?? 0)) ?? beyond(1, -1);
  const halls = hallsOf(layout);
  const racksOf = ({ meters }: HallGroup): number =>
    meters.reduce((sum, row) => {
      const { racks } = layout.buildings[twin.table("meter").parentRow[row]!]!;
      return sum + racks[1] - racks[0];
    }, 0);
  const main = halls.reduce<HallGroup | null>(
    (best, group) => (!best || racksOf(group) > racksOf(best) ? group : best),
    null,
  );
  const plant = main?.subject ?? beyond(-0.2, 0.2);
  const wind = aside(subjectOf(groundOf(layout, "windTurbine", 60), 9), givesAt.wind) ?? beyond(0.5, 1);
  const pv = aside(subjectOf(groundOf(layout, "pvTable", 12), 6), givesAt.pv) ?? beyond(0.2, 1);
  const storage = subjectOf(groundOf(layout, "battery", 14), 8) ?? beyond(1, 0.5);
  const generators = beyond(-0.8, -0.3);
  // The busbar is no place: it stands between what gives and what takes, where ribbons fan out to both sides.
  const gives = middleOf([grid, wind, pv, storage].map(middleOfGround));
  const takes = halls.length > 0 ? middleOf(halls.map(({ subject }) => subject.at)) : gives;
  const near = takes.lerp(gives, busBetween).setY(16);
  if (halls.length > 0) near.z = Math.max(...halls.map(({ subject }) => subject.at.z)) + busSouthM;
  const foot: Subject = { at: near, half: [60, 60] };
  const cooling =
    yardWithin(layout, "coolingTower", { plant, near }) ??
    yardWithin(layout, "chiller", { plant, near }) ??
    plant;
  const transformers = yardWithin(layout, "transformer", { plant, near, clearOf: cooling.at }) ?? plant;
  return {
    bus: near.clone().setY(busM),
    halls,
    sources: { grid, wind, pv, storage, generator: generators, surplus: foot },
    uses: {
      it: plant,
      cooling,
      aux: transformers,
      charge: storage,
      export: grid,
      ownUse: wind,
      unmetered: transformers,
    },
  };
};

const middleOf = (places: readonly Vector3[]): Vector3 =>
  places.reduce((sum, at) => sum.addScaledVector(at, 1 / places.length), new Vector3());

const middleOfGround = ({ at, middle = at }: Subject): Vector3 => middle;

/** The same ground, touched at another place of it: `share` of half of it eastwards. */
const aside = (subject: Subject | null, share: number): Subject | null =>
  subject && {
    ...subject,
    at: subject.at.clone().add(new Vector3(share * subject.half[0], 0, 0)),
    middle: subject.at,
  };

import type { LocalText, Twin } from "#twins/model/twin.ts";

/** A place of the diagram in world axes: metres east (x) and south (z). */
export interface Spot {
  readonly x: number;
  readonly z: number;
}

/** A compute centre that the campus is linked with. */
export interface CentreSpot extends Spot {
  /** Row of its class. */
  readonly row: number;
  /** The centre that is the campus itself. */
  readonly isHome: boolean;
  /** Hub of the national plan that it stands for; null where it is none. */
  readonly hub: LocalText | null;
}

/** A hub of the national plan without a link of ours: a name and nothing else. */
export interface HubSpot extends Spot {
  readonly row: number;
}

/** The region as a diagram of points: bearings roughly true, distance from the middle by round trip, no coordinates. */
export interface Diagram {
  readonly home: CentreSpot;
  /** Without the home. */
  readonly centres: readonly CentreSpot[];
  readonly hubs: readonly HubSpot[];
}

/** Radius of a round trip of one millisecond, m: distance grows with its root, so that near places keep room. */
const rootMs = 5500;
/** The twin draws the same diagram smaller, in units of its own zone. */
const unitsPerRoot = 50;
/** A hub this near to a centre, in the twin's units, is at it. */
const atCentre = 38;

/** How far from the middle a round trip lies, m. */
export const radiusOf = (roundTripMs: number): number => rootMs * Math.sqrt(roundTripMs);

/** Round trips that the diagram has rings for, ms. */
export const ringsMs = [5, 10, 15, 20, 25] as const;

/** Where along the compass the rings are written on, degrees: before the eye, where no link runs. */
const ringLetterBearing = 184;

export const ringLetterAt = (ms: number, home: Spot): Spot => {
  const a = (ringLetterBearing * Math.PI) / 180;
  // Just inside its ring, so that the line does not strike it through.
  const radius = radiusOf(ms) - 1250;
  return { x: home.x + Math.sin(a) * radius, z: home.z - Math.cos(a) * radius };
};

/**
 * The diagram of a twin; null where it knows no other centre.
 * @param middle of its campus
 */
export const diagramOf = (twin: Twin, middle: Spot): Diagram | null => {
  const table = twin.table("centre");
  const roundTrip = table.attribute("roundTripMs");
  const sample = table.attribute("sample");
  const rows = Array.from({ length: table.count }, (_, row) => row).filter((row) => !sample?.[row]);
  const home = rows.find((row) => roundTrip?.[row] === 0);
  if (home === undefined || rows.length < 2) return null;
  const east = (row: number): number => table.pose[row * 4]! - table.pose[home * 4]!;
  const north = (row: number): number => table.pose[row * 4 + 1]! - table.pose[home * 4 + 1]!;

  const portals = twin.table("portal");
  const isHub = portals.attribute("hub");
  const hubs = Array.from({ length: portals.count }, (_, row) => row)
    .filter((row) => isHub?.[row] === 1)
    .map((row) => ({
      row,
      east: portals.pose[row * 4]! - table.pose[home * 4]!,
      north: portals.pose[row * 4 + 1]! - table.pose[home * 4 + 1]!,
    }));
  const hubAt = (row: number) =>
    hubs.find((hub) => Math.hypot(hub.east - east(row), hub.north - north(row)) < atCentre);

  const spotOf = (row: number): CentreSpot => {
    const hub = hubAt(row);
    const length = Math.hypot(east(row), north(row)) || 1;
    const radius = radiusOf(roundTrip?.[row] ?? 0);
    return {
      row,
      isHome: row === home,
      hub: hub ? portals.nameOf(hub.row) : null,
      x: middle.x + (east(row) / length) * radius,
      z: middle.z - (north(row) / length) * radius,
    };
  };
  const taken = new Set(rows.map((row) => hubAt(row)?.row));
  const scale = rootMs / unitsPerRoot;
  return {
    home: spotOf(home),
    centres: rows.filter((row) => row !== home).map(spotOf),
    hubs: hubs
      .filter(({ row }) => !taken.has(row))
      .map((hub) => ({ row: hub.row, x: middle.x + hub.east * scale, z: middle.z - hub.north * scale })),
  };
};

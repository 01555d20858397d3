import { ancestorRow, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { classNames } from "#twins/model/metric.ts";
import { type AssetRef, linkKinds, meterRoles, Stage, type Twin } from "#twins/model/twin.ts";
import { groundOf } from "./yard.ts";

/** A point on the ground, world axes: east, south. */
export type Ground = readonly [x: number, z: number];

/** What tells how much runs over a line. `none`: nobody measures it. */
export type LineMeter =
  | { readonly kind: "station"; readonly row: number }
  | { readonly kind: "sources" }
  | { readonly kind: "grid" }
  /** The main meter of a building. */
  | { readonly kind: "building"; readonly row: number }
  | { readonly kind: "none" };

/** One overhead line; `path` from what feeds to what is fed. */
export interface GridLine {
  /** Cables in the ground, from a station to a building; shown with the energy view alone. */
  readonly isCable?: boolean;
  readonly kv: number;
  readonly isPlanned: boolean;
  readonly meter: LineMeter;
  readonly path: readonly Ground[];
}

const usualKv = 110;
/** How far lines keep from buildings, m. */
const clearM = 34;
/** Lines that leave the same station stand this far apart, m. */
const apartM = 46;
/** The public grid's line goes on this far beyond the first station, m: over the horizon of the campus. */
const awayM = 4200;

interface Rect {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** What lines go round: buildings, the solar field, batteries and turbines. */
const rectsOf = (layout: Layout): Rect[] => [
  ...layout.buildings.map((b) => {
    const [c, s] = [Math.abs(Math.cos(b.yaw)), Math.abs(Math.sin(b.yaw))];
    const [w, d] = [(b.width * c + b.depth * s) / 2 + clearM, (b.width * s + b.depth * c) / 2 + clearM];
    return { west: b.x - w, east: b.x + w, north: b.z - d, south: b.z + d };
  }),
  ...(["pvTable", "battery", "windTurbine"] as const).flatMap(
    (className) => groundOf(layout, className, clearM) ?? [],
  ),
];

/** Whether a segment meets a rectangle: clipped against each pair of its sides. */
const meets = ([ax, az]: Ground, [bx, bz]: Ground, rect: Rect): boolean => {
  let [enter, leave] = [0, 1];
  for (const [from, step, low, high] of [
    [ax, bx - ax, rect.west, rect.east],
    [az, bz - az, rect.north, rect.south],
  ] as const) {
    if (Math.abs(step) < 1e-9) {
      if (from < low || from > high) return false;
      continue;
    }
    const [t0, t1] = [(low - from) / step, (high - from) / step];
    enter = Math.max(enter, Math.min(t0, t1));
    leave = Math.min(leave, Math.max(t0, t1));
  }
  return enter <= leave;
};

/** Costs in metres of detour: a building crossed, a corner. */
const cost = { building: 4000, corner: 260 } as const;

const costOf = (path: readonly Ground[], rects: readonly Rect[]): number => {
  let sum = (path.length - 2) * cost.corner;
  for (let i = 0; i + 1 < path.length; i++) {
    const [a, b] = [path[i]!, path[i + 1]!];
    sum += Math.hypot(a[0] - b[0], a[1] - b[1]);
    for (const rect of rects) if (meets(a, b, rect)) sum += cost.building;
  }
  return sum;
};

const detours = [-1200, -800, -400, 0, 400, 800, 1200];

/** The cheapest of straight lines, angles and steps from one place to another: round buildings, with few corners. */
export const routeOf = (a: Ground, b: Ground, rects: readonly Rect[], shift = 0): readonly Ground[] => {
  const [mx, mz] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const tried: Ground[][] = [
    [a, b],
    [a, [a[0], b[1]], b],
    [a, [b[0], a[1]], b],
  ];
  for (const by of detours) {
    const [x, z] = [mx + by + shift, mz + by + shift];
    tried.push([a, [x, a[1]], [x, b[1]], b], [a, [a[0], z], [b[0], z], b]);
    tried.push([a, [x, a[1]], b], [a, [a[0], z], b], [a, [b[0], z], b], [a, [x, b[1]], b]);
  }
  return tried.reduce((best, path) => (costOf(path, rects) < costOf(best, rects) ? path : best));
};

const powerLinks = (twin: Twin): readonly (readonly [from: AssetRef, to: AssetRef])[] => {
  const { links } = twin;
  const found: (readonly [AssetRef, AssetRef])[] = [];
  for (let i = 0; i < links.count; i++) {
    const [from, to] = [classNames[links.fromClass[i]!]!, classNames[links.toClass[i]!]!];
    if (linkKinds[links.kind[i]!] !== "power" || to !== "substation") continue;
    if (from !== "substation" && from !== "portal") continue;
    found.push([
      { className: from, row: links.fromRow[i]! },
      { className: to, row: links.toRow[i]! },
    ]);
  }
  return found;
};

/** Stations that gather sun, wind and storage: power runs from them to what they serve. */
const collectorsOf = ({ links }: Twin): ReadonlySet<number> => {
  const found = new Set<number>();
  for (let i = 0; i < links.count; i++) {
    const from = classNames[links.fromClass[i]!]!;
    if (
      classNames[links.toClass[i]!] === "substation" &&
      ["windTurbine", "pvTable", "battery"].includes(from)
    )
      found.add(links.toRow[i]!);
  }
  return found;
};

/**
 * The overhead lines of a twin: what its links say, and, where a built station is fed by nobody or by planned stations
 * only, a line from the highest voltage (illustrative, as the whole layout: the plant has "the grid itself" feed it).
 * From there the public grid's own line goes out of the picture.
 */
export const gridLines = (layout: Layout): GridLine[] => {
  const { twin } = layout;
  const stations = twin.table("substation");
  if (stations.count === 0) return [];
  const kvs = stations.attribute("voltageKv");
  const stages = stations.attribute("stage");
  const kvOf = (row: number): number => kvs?.[row] || usualKv;
  const isPlanned = (row: number): boolean => stages?.[row] === Stage.planned;
  const collectors = collectorsOf(twin);
  const rects = rectsOf(layout);
  const at = (ref: AssetRef): Ground => {
    const { x, z } = boxOf(twin.table(ref.className), ref.row);
    return [x, z];
  };
  const lines: GridLine[] = [];
  const hasFeeder = new Set<number>();
  const add = (from: AssetRef, to: AssetRef, meter: LineMeter): void => {
    const ghost = [from, to].some(({ className, row }) => className === "substation" && isPlanned(row));
    const kv = from.className === "substation" ? Math.min(kvOf(from.row), kvOf(to.row)) : kvOf(to.row);
    const path = routeOf(at(from), at(to), rects, lines.length * apartM);
    lines.push({ kv, isPlanned: ghost, meter: ghost ? { kind: "none" } : meter, path });
  };
  for (const [from, to] of powerLinks(twin)) {
    const isCollector = from.className === "substation" && collectors.has(from.row);
    const isGhost = from.className === "substation" && isPlanned(from.row);
    if (!isCollector && !isGhost) hasFeeder.add(to.row);
    const meter: LineMeter = isCollector
      ? { kind: "sources" }
      : from.className === "portal"
        ? { kind: "none" }
        : { kind: "station", row: to.row };
    add(from, to, meter);
  }
  const rows = Array.from({ length: stations.count }, (_, row) => row).filter((row) => !isPlanned(row));
  if (rows.length < 2) return lines;
  const top = rows.reduce((best, row) => (kvOf(row) > kvOf(best) ? row : best));
  const head: AssetRef = { className: "substation", row: top };
  for (const row of rows)
    if (row !== top && !collectors.has(row) && !hasFeeder.has(row))
      add(head, { className: "substation", row }, { kind: "station", row });
  const [x, z] = at(head);
  const out = Math.atan2(z - layout.centre.z, x - layout.centre.x) + 0.42;
  const away: Ground = [x + Math.cos(out) * awayM, z + Math.sin(out) * awayM];
  lines.push({ kv: kvOf(top), isPlanned: false, meter: { kind: "grid" }, path: [away, [x, z]] });
  return lines;
};

/** Rows of the main meters of buildings. */
const mainMeters = ({ tables }: Twin): ReadonlyMap<number, number> => {
  const meters = tables.get("meter");
  const role = meters?.attribute("role");
  const found = new Map<number, number>();
  if (!meters || !role) return found;
  for (let row = 0; row < meters.count; row++)
    if (classNames[meters.parentClass[row]!] === "building" && meterRoles[role[row]!] === "main")
      found.set(meters.parentRow[row]!, row);
  return found;
};

/**
 * Cables from stations to the buildings that they feed by way of the buildings' own transformers, as the twin links them, each
 * with the building's main meter. They run along the axes of the campus, as cable trenches do.
 */
export const feeders = (layout: Layout): GridLine[] => {
  const { twin } = layout;
  const { links } = twin;
  const meters = mainMeters(twin);
  const done = new Set<number>();
  const lines: GridLine[] = [];
  for (let i = 0; i < links.count; i++) {
    if (classNames[links.fromClass[i]!] !== "substation" || classNames[links.toClass[i]!] !== "transformer")
      continue;
    const building = ancestorRow(twin, ["transformer", links.toRow[i]!], "building");
    const meter = meters.get(building);
    if (building < 0 || meter === undefined || done.has(building)) continue;
    done.add(building);
    const from = boxOf(twin.table("substation"), links.fromRow[i]!);
    const to = boxOf(twin.table("building"), building);
    lines.push({
      kv: 10,
      isPlanned: false,
      isCable: true,
      meter: { kind: "building", row: meter },
      path: [
        [from.x, from.z],
        [from.x, to.z + to.depth / 2 + 6],
        [to.x, to.z + to.depth / 2 + 6],
      ],
    });
  }
  return lines;
};

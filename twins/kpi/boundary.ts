import { type ClassName, classNames } from "#twins/model/metric.ts";
import { type AssetRef, type MeterRole, meterRoles, type Twin } from "#twins/model/twin.ts";

/** Classes that have KPI columns, innermost first. */
export const boundaryClasses = ["room", "building", "zone", "site"] as const satisfies readonly ClassName[];
export type BoundaryClass = (typeof boundaryClasses)[number];

/** Roles that bring energy into a site: E_DC is their sum (ISO/IEC 30134-2:2016; storage counts + discharge). */
const supplyRoles: readonly MeterRole[] = ["grid", "pv", "wind", "storage", "generator"];
/** Roles that make up the total of a boundary without a main meter, and the sub-meters of one that has. */
const subRoles: readonly MeterRole[] = ["it", "cooling", "aux"];

/** How a boundary's total is measured. */
export type TotalSource = "supply" | "main" | "parts" | "children" | "none";

/** One place where PUE or pPUE exists: which meters (rows of the meter table) its numbers need. */
export interface Boundary {
  readonly className: BoundaryClass;
  readonly row: number;
  /** Place in the list of boundaries of the boundary around it; −1 for the site. */
  readonly parent: number;
  /** Meters whose sum is IT power. Empty: there is none to measure it. */
  readonly it: readonly number[];
  /** Meters whose sum is total power. */
  readonly total: readonly number[];
  readonly totalSource: TotalSource;
  /** Sub-meters that should add up to the total (总分表平衡). Empty where the total is their sum by definition. */
  readonly subs: readonly number[];
}

type Roles = ReadonlyMap<MeterRole, readonly number[]>;

const metersByParent = (twin: Twin): ReadonlyMap<string, Roles> => {
  const meters = twin.table("meter");
  const role = meters.attribute("role");
  const byParent = new Map<string, Map<MeterRole, number[]>>();
  for (let row = 0; row < meters.count; row++) {
    const name = meterRoles[role?.[row] ?? -1];
    if (!name) continue;
    const key = `${meters.parentClass[row]}/${meters.parentRow[row]}`;
    const roles = byParent.get(key) ?? new Map<MeterRole, number[]>();
    byParent.set(key, roles);
    roles.set(name, [...(roles.get(name) ?? []), row]);
  }
  return byParent;
};

const boundaryAround = (twin: Twin, ref: AssetRef): AssetRef | undefined => {
  let up = twin.parentOf(ref);
  while (up && !(boundaryClasses as readonly ClassName[]).includes(up.className)) up = twin.parentOf(up);
  return up;
};

const noMeters: Roles = new Map();

const rowsOf = (roles: Roles, wanted: readonly MeterRole[]): number[] =>
  wanted.flatMap((role) => roles.get(role) ?? []);

/**
 * All boundaries of a twin, innermost first, with the meters each needs. A boundary without meters of its own is the
 * sum of the boundaries in it; one with nothing metered in it has no numbers, never an estimate.
 */
export const boundariesOf = (twin: Twin): readonly Boundary[] => {
  const byParent = metersByParent(twin);
  const refs: { className: BoundaryClass; row: number }[] = boundaryClasses.flatMap((className) =>
    Array.from({ length: twin.table(className).count }, (_, row) => ({ className, row })),
  );
  const indexOf = new Map(refs.map((ref, index) => [`${ref.className}/${ref.row}`, index]));
  const children = new Map<number, Boundary[]>();
  const boundaries: Boundary[] = [];
  for (const [index, ref] of refs.entries()) {
    const roles = byParent.get(`${classNames.indexOf(ref.className)}/${ref.row}`) ?? noMeters;
    const inside = children.get(index) ?? [];
    const around = boundaryAround(twin, ref);
    const parent = around ? (indexOf.get(`${around.className}/${around.row}`) ?? -1) : -1;
    const boundary: Boundary = { ...ref, parent, ...metersOf(roles, inside) };
    boundaries.push(boundary);
    if (parent >= 0) children.set(parent, [...(children.get(parent) ?? []), boundary]);
  }
  return boundaries;
};

const metersOf = (
  roles: Roles,
  inside: readonly Boundary[],
): Pick<Boundary, "it" | "total" | "totalSource" | "subs"> => {
  const ownIt = rowsOf(roles, ["it"]);
  const it = ownIt.length > 0 ? ownIt : inside.flatMap((child) => child.it);
  const ownSubs = rowsOf(roles, subRoles);
  const subs = ownSubs.length > 0 ? ownSubs : inside.flatMap((child) => child.total);
  const supply = rowsOf(roles, supplyRoles);
  if (supply.length > 0) return { it, total: supply, totalSource: "supply", subs };
  const main = rowsOf(roles, ["main"]);
  if (main.length > 0) return { it, total: main, totalSource: "main", subs };
  if (ownIt.length > 0) return { it, total: ownSubs, totalSource: "parts", subs: [] };
  const total = inside.flatMap((child) => child.total);
  return { it, total, totalSource: total.length > 0 ? "children" : "none", subs: [] };
};

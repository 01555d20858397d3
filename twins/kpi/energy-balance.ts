import { classNames } from "#twins/model/metric.ts";
import { Origin } from "#twins/model/quality.ts";
import { type AssetRef, type MeterRole, meterRoles, type Twin } from "#twins/model/twin.ts";
import { type KpiInput, type KpiSum, sumOf } from "./reading.ts";

/** Where power comes from, in the order it is drawn. `surplus`: sub-meters say more than the supply meters do. */
export const supplyIds = ["grid", "wind", "pv", "storage", "generator", "surplus"] as const;
export type SupplyId = (typeof supplyIds)[number];
/**
 * Where it goes. `ownUse`: what wind, solar and generators draw themselves while they give nothing;
 * `unmetered`: supply less everything that a sub-meter accounts for.
 */
export const useIds = ["it", "cooling", "aux", "charge", "export", "ownUse", "unmetered"] as const;
export type UseId = (typeof useIds)[number];

/** Meters at the site's border, by what they measure, and those that say what power is used for. */
export const suppliers = [
  "grid",
  "wind",
  "pv",
  "storage",
  "generator",
] as const satisfies readonly MeterRole[];
export type Supplier = (typeof suppliers)[number];
export const consumers = ["it", "cooling", "aux"] as const satisfies readonly MeterRole[];
export type Consumer = (typeof consumers)[number];
export type FlowRole = Supplier | Consumer;

/** Rows of the meter table by role. An empty list: nobody measures it. */
export type FlowMeters = Readonly<Record<FlowRole, readonly number[]>>;

/** One end of the balance. */
export interface FlowNode<Id extends string> {
  readonly id: Id;
  /** Power, kW, never negative; NaN where a meter it needs has no usable value. */
  readonly kw: number;
  /** Meters it is made of; null for what is left over. */
  readonly role: FlowRole | null;
}

/** One share of a source in a use, by the rule: each use takes from each source in proportion to its size. */
export interface AllocatedFlow {
  readonly from: SupplyId;
  readonly to: UseId;
  readonly kw: number;
}

export interface EnergyBalance {
  readonly supplies: readonly FlowNode<SupplyId>[];
  readonly uses: readonly FlowNode<UseId>[];
  /** What goes in, which is what comes out, kW; NaN while one of the meters is missing: then nothing is left over or shared out. */
  readonly totalKw: number;
  /** Empty while `totalKw` is not known. */
  readonly shares: readonly AllocatedFlow[];
  /** Roles that have meters, and no usable sum. */
  readonly gaps: readonly FlowRole[];
  /** Weakest origin of all that went in. */
  readonly origin: Origin;
}

const roleAt = (twin: Twin, row: number): MeterRole | undefined =>
  meterRoles[twin.table("meter").attribute("role")?.[row] ?? -1];

const isSupplier = (role: MeterRole): role is Supplier => (suppliers as readonly MeterRole[]).includes(role);
const isConsumer = (role: MeterRole): role is Consumer => (consumers as readonly MeterRole[]).includes(role);

/**
 * The meters of a twin's balance: supplies at the site; uses at the outermost boundary that measures them, so that a
 * room's meter behind its building's counts once.
 */
export const flowMetersOf = (twin: Twin): FlowMeters => {
  const table = twin.table("meter");
  const found: Record<FlowRole, number[]> = {
    grid: [],
    wind: [],
    pv: [],
    storage: [],
    generator: [],
    it: [],
    cooling: [],
    aux: [],
  };
  const measured = new Set<string>();
  const keyOf = (ref: AssetRef, role: MeterRole): string => `${ref.className}/${ref.row}/${role}`;
  const parentOf = (row: number): AssetRef => ({
    className: classNames[table.parentClass[row]!]!,
    row: table.parentRow[row]!,
  });
  for (let row = 0; row < table.count; row++) {
    const role = roleAt(twin, row);
    if (role) measured.add(keyOf(parentOf(row), role));
  }
  const isWithin = (boundary: AssetRef, role: MeterRole): boolean => {
    for (let up = twin.parentOf(boundary); up; up = twin.parentOf(up))
      if (measured.has(keyOf(up, role))) return true;
    return false;
  };
  for (let row = 0; row < table.count; row++) {
    const role = roleAt(twin, row);
    if (!role) continue;
    const boundary = parentOf(row);
    if (isSupplier(role) && boundary.className === "site") found[role].push(row);
    if (isConsumer(role) && !isWithin(boundary, role)) found[role].push(row);
  }
  return found;
};

/** What each role's meters say together. */
export type FlowSums = Readonly<Record<FlowRole, KpiSum>>;

export const flowSumsOf = (meters: FlowMeters, read: (meterRow: number) => KpiInput): FlowSums =>
  Object.fromEntries(
    [...suppliers, ...consumers].map((role) => [role, sumOf(meters[role], read)]),
  ) as unknown as FlowSums;

/** Less than this is rounding of meters, kW. */
const nothingKw = 1e-6;

const reverseOf: Readonly<Record<Supplier, UseId>> = {
  grid: "export",
  storage: "charge",
  wind: "ownUse",
  pv: "ownUse",
  generator: "ownUse",
};

/** Sums of uses that several meters may add to. */
const addTo = (
  uses: Map<UseId, FlowNode<UseId>>,
  id: UseId,
  { kw, role }: { kw: number; role: FlowRole },
): void => {
  uses.set(id, { id, kw: (uses.get(id)?.kw ?? 0) + kw, role });
};

const pro = (supplies: readonly FlowNode<SupplyId>[], uses: readonly FlowNode<UseId>[], totalKw: number) =>
  supplies.flatMap((from) =>
    uses.map((to): AllocatedFlow => ({ from: from.id, to: to.id, kw: (from.kw * to.kw) / totalKw })),
  );

/**
 * The balance of a moment. A role without meters is left out; one whose meters are missing, stale or bad is a gap: its
 * node has no number, and since what is left over would then be a guess, there is neither a remainder nor a share.
 * Measured and simulated values never meet in one balance.
 */
export const balanceOf = (sums: FlowSums): EnergyBalance => {
  const supplies: FlowNode<SupplyId>[] = [];
  const uses = new Map<UseId, FlowNode<UseId>>();
  const gaps: FlowRole[] = [];
  const known = ([...suppliers, ...consumers] as const).filter((role) => sums[role].needed > 0);
  for (const role of known) {
    const { value } = sums[role];
    if (Number.isNaN(value)) gaps.push(role);
    if (!isSupplier(role)) addTo(uses, role, { kw: Math.max(0, value), role });
    else if (value < -nothingKw) addTo(uses, reverseOf[role], { kw: -value, role });
    else if (Number.isNaN(value) || value > nothingKw) supplies.push({ id: role, kw: value, role });
  }
  const origins = known.filter((role) => sums[role].usable > 0).map((role) => sums[role].origin);
  const isMixed = origins.includes(Origin.simulated) && origins.some((origin) => origin < Origin.trace);
  const origin = Math.max(Origin.derived, ...origins) as Origin;
  const inKw = supplies.reduce((sum, { kw }) => sum + kw, 0);
  const outKw = [...uses.values()].reduce((sum, { kw }) => sum + kw, 0);
  const isKnown = gaps.length === 0 && !isMixed && Math.max(inKw, outKw) > nothingKw;
  if (isKnown && inKw - outKw > nothingKw)
    uses.set("unmetered", { id: "unmetered", kw: inKw - outKw, role: null });
  if (isKnown && outKw - inKw > nothingKw) supplies.push({ id: "surplus", kw: outKw - inKw, role: null });
  const totalKw = isKnown ? Math.max(inKw, outKw) : Number.NaN;
  const ends = useIds.flatMap((id) => uses.get(id) ?? []);
  return { supplies, uses: ends, totalKw, shares: isKnown ? pro(supplies, ends, totalKw) : [], gaps, origin };
};

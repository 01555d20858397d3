import { classNames } from "#twins/model/metric.ts";
import type { AssetRef, AssetTable, Twin } from "#twins/model/twin.ts";
import type { Jobs } from "./jobs.ts";
import type { DealtRacks, RackFacts } from "./racks.ts";

/**
 * Racks summed for years: every row of racks becomes one rack, with the rating, power and coolant of all of them and
 * the mean of what is a temperature. A campus of 100,000 racks steps a twentieth of them; its sums stay the same
 * within 0.1 % (totals.test.ts). Everything that is no rack stays as it is.
 */
interface RackGroups {
  /** First rack of each group, and at the end the number of racks: group g is [starts[g], starts[g + 1]). */
  readonly starts: Int32Array;
  /** Group of each rack. */
  readonly ofRack: Int32Array;
}

/** Neighbours under one parent, of one job. */
const groupRacks = (twin: Twin, jobOfRack: Int32Array): RackGroups => {
  const { count, parentClass, parentRow } = twin.table("rack");
  const starts: number[] = [];
  const ofRack = new Int32Array(count);
  for (let rack = 0; rack < count; rack++) {
    const before = rack - 1;
    if (
      rack === 0 ||
      parentRow[rack] !== parentRow[before] ||
      parentClass[rack] !== parentClass[before] ||
      jobOfRack[rack] !== jobOfRack[before]
    )
      starts.push(rack);
    ofRack[rack] = starts.length - 1;
  }
  starts.push(count);
  return { starts: Int32Array.from(starts), ofRack };
};

type Weigh = (rack: number) => number;

/** Sum of a column over each group. */
const sums = (column: Float32Array, { starts }: RackGroups): Float32Array =>
  Float32Array.from({ length: starts.length - 1 }, (_, group) => {
    let sum = 0;
    for (let rack = starts[group]!; rack < starts[group + 1]!; rack++) sum += column[rack]!;
    return sum;
  });

/** Weighted mean of a column over each group; of an unweighted group its first. */
const means = (column: Float32Array, { starts }: RackGroups, weigh: Weigh): Float32Array =>
  Float32Array.from({ length: starts.length - 1 }, (_, group) => {
    let [sum, weight] = [0, 0];
    for (let rack = starts[group]!; rack < starts[group + 1]!; rack++) {
      sum += weigh(rack) * column[rack]!;
      weight += weigh(rack);
    }
    return weight > 0 ? sum / weight : column[starts[group]!]!;
  });

/** What all racks of a group have in common. */
const firsts = <T extends Float32Array | Int32Array | Uint8Array>(column: T, { starts }: RackGroups): T => {
  const picked = column.slice(0, starts.length - 1) as T;
  for (let group = 0; group < picked.length; group++) picked[group] = column[starts[group]!]!;
  return picked;
};

/** Facts of the groups. */
const groupFacts = (facts: RackFacts, groups: RackGroups): RackFacts => {
  const installed: Weigh = (rack) => facts.installedKw[rack]!;
  const installedKw = sums(facts.installedKw, groups);
  // Per kW of one rack; the group's kW are those of many.
  const recirculated = facts.recirculation.map((perKw, rack) => perKw * facts.installedKw[rack]!);
  return {
    ratedKw: sums(facts.ratedKw, groups),
    occupied: sums(facts.occupied, groups),
    installedKw,
    liquid: firsts(facts.liquid, groups),
    gain: means(facts.gain, groups, (rack) => facts.spanKw[rack]!),
    idleKw: sums(facts.idleKw, groups),
    spanKw: sums(facts.spanKw, groups),
    phaseSin: means(facts.phaseSin, groups, (rack) => facts.spanKw[rack]!),
    phaseCos: means(facts.phaseCos, groups, (rack) => facts.spanKw[rack]!),
    placeK: means(facts.placeK, groups, installed),
    recirculation: means(recirculated, groups, installed).map((k, group) =>
      installedKw[group]! > 0 ? k / installedKw[group]! : 0,
    ),
    flow: sums(facts.flow, groups),
    accelerated: firsts(facts.accelerated, groups),
    row: firsts(facts.row, groups),
    bootDelayS: means(facts.bootDelayS, groups, installed),
  };
};

/** The same jobs, dealt to the groups. */
const groupJobs = (jobs: Jobs, groups: RackGroups): Jobs => ({
  ...jobs,
  ofRack: firsts(jobs.ofRack, groups),
});

/** The rack table of the groups: a group stands where its first rack does and has its id. */
const groupTable = (racks: AssetTable, groups: RackGroups): AssetTable => {
  const { starts } = groups;
  const count = starts.length - 1;
  const pick = <T extends Float32Array | Int32Array | Uint8Array>(column: T, width = 1): T => {
    const picked = column.slice(0, count * width) as T;
    for (let group = 0; group < count; group++)
      for (let i = 0; i < width; i++) picked[group * width + i] = column[starts[group]! * width + i]!;
    return picked;
  };
  const ratedOf = racks.attribute("ratedKw");
  const attribute = (name: string): Float32Array | undefined => {
    const column = racks.attribute(name);
    if (column === undefined || name === "ratedKw") return column && sums(column, groups);
    // Rating × occupied stays the rating of the racks with servers.
    if (name === "occupied") return means(column, groups, (rack) => ratedOf?.[rack] ?? 1);
    return pick(column);
  };
  return {
    className: racks.className,
    count,
    parentClass: pick(racks.parentClass),
    parentRow: pick(racks.parentRow),
    pose: pick(racks.pose, 4),
    size: pick(racks.size, 3),
    attribute,
    idOf: (row) => racks.idOf(starts[row]!),
    nameOf: (row) => racks.nameOf(starts[row]!),
  };
};

/** The twin with its racks summed: what the other parts of the plant are created from. */
const groupTwin = (twin: Twin, groups: RackGroups): Twin => {
  const racks = groupTable(twin.table("rack"), groups);
  const { starts, ofRack } = groups;
  const whole = (ref: AssetRef): AssetRef =>
    ref.className === "rack" ? { className: "rack", row: starts[ref.row]! } : ref;
  const summed = (ref: AssetRef | undefined): AssetRef | undefined =>
    ref?.className === "rack" ? { className: "rack", row: ofRack[ref.row]! } : ref;
  const tables = new Map(twin.tables);
  if (tables.has("rack")) tables.set("rack", racks);
  return {
    ...twin,
    tables,
    links: withoutRacks(twin.links),
    table: (name) => (name === "rack" ? racks : twin.table(name)),
    find: (id) => summed(twin.find(id)),
    idOf: (ref) => twin.idOf(whole(ref)),
    parentOf: (ref) => summed(twin.parentOf(whole(ref))),
    rangeBelow: (ref, child) => {
      const range = twin.rangeBelow(whole(ref), child);
      return range && child === "rack" ? [ofRack[range[0]]!, ofRack[range[1] - 1]! + 1] : range;
    },
  };
};

/** Links name racks by row, and rows have changed: nothing of the plant follows a link to a rack. */
const withoutRacks = (links: Twin["links"]): Twin["links"] => {
  const rack = classNames.indexOf("rack");
  const kept = Int32Array.from({ length: links.count }, (_, i) => i).filter(
    (i) => links.fromClass[i] !== rack && links.toClass[i] !== rack,
  );
  const pick = <T extends Uint8Array | Int32Array>(column: T): T => {
    const picked = column.slice(0, kept.length) as T;
    for (const [to, from] of kept.entries()) picked[to] = column[from]!;
    return picked;
  };
  return {
    count: kept.length,
    kind: pick(links.kind),
    fromClass: pick(links.fromClass),
    fromRow: pick(links.fromRow),
    toClass: pick(links.toClass),
    toRow: pick(links.toRow),
  };
};

/** A twin and its racks with every row of racks summed into one. */
export const sumRows = (
  twin: Twin,
  { facts, jobs }: DealtRacks,
): { readonly twin: Twin; readonly dealt: DealtRacks } => {
  const groups = groupRacks(twin, jobs.ofRack);
  return {
    twin: groupTwin(twin, groups),
    dealt: { facts: groupFacts(facts, groups), jobs: groupJobs(jobs, groups) },
  };
};

import type { ClassName } from "#twins/model/metric.ts";
import { classNames } from "#twins/model/metric.ts";
import type { AssetRef, AssetTable, LinkTable, Twin } from "#twins/model/twin.ts";

/** Neighbouring rows of a class table that count as one. */
export interface Groups {
  /** First row of each group, and at the end the number of rows: group g is [starts[g], starts[g + 1]). */
  readonly starts: Int32Array;
  /** Group of each row. */
  readonly ofRow: Int32Array;
}

/** Cuts a table into groups: a row whose key is that of the row before belongs to its group. */
export const groupBy = (count: number, keyOf: (row: number) => string): Groups => {
  const starts: number[] = [];
  const ofRow = new Int32Array(count);
  let last: string | undefined;
  for (let row = 0; row < count; row++) {
    const key = keyOf(row);
    if (key !== last) starts.push(row);
    last = key;
    ofRow[row] = starts.length - 1;
  }
  starts.push(count);
  return { starts: Int32Array.from(starts), ofRow };
};

type Numbers = Float32Array | Int32Array | Uint8Array;

/** Sum of a column over each group. */
export const sums = (column: Float32Array, { starts }: Groups): Float32Array =>
  Float32Array.from({ length: starts.length - 1 }, (_, group) => {
    let sum = 0;
    for (let row = starts[group]!; row < starts[group + 1]!; row++) sum += column[row]!;
    return sum;
  });

/** Weighted mean of a column over each group; of an unweighted group its first. */
export const means = (
  column: Float32Array,
  { starts }: Groups,
  weigh: (row: number) => number,
): Float32Array =>
  Float32Array.from({ length: starts.length - 1 }, (_, group) => {
    let sum = 0;
    let weight = 0;
    for (let row = starts[group]!; row < starts[group + 1]!; row++) {
      sum += weigh(row) * column[row]!;
      weight += weigh(row);
    }
    return weight > 0 ? sum / weight : column[starts[group]!]!;
  });

/** What all rows of a group have in common. @param width values of each row */
export const firsts = <T extends Numbers>(column: T, { starts }: Groups, width = 1): T => {
  const count = starts.length - 1;
  const picked = column.slice(0, count * width) as T;
  for (let group = 0; group < count; group++)
    for (let i = 0; i < width; i++) picked[group * width + i] = column[starts[group]! * width + i]!;
  return picked;
};

/** How a class is grouped, and what an attribute of a group is; the first row's where it is not said. */
export interface Grouping {
  readonly groups: Groups;
  attribute?(name: string, column: Float32Array): Float32Array | undefined;
}

type Groupings = ReadonlyMap<ClassName, Grouping>;

/** Row of the group that a parent is in, for parents of a grouped class. */
const parentRows = (table: AssetTable, groupings: Groupings): Int32Array =>
  table.parentRow.map((row, i) => {
    const parent = classNames[table.parentClass[i]!];
    return (parent && groupings.get(parent)?.groups.ofRow[row]) ?? row;
  });

/** The table of the groups: a group stands where its first row does and has its id. */
const groupTable = (table: AssetTable, groupings: Groupings): AssetTable => {
  const grouping = groupings.get(table.className)!;
  const { groups } = grouping;
  return {
    className: table.className,
    count: groups.starts.length - 1,
    parentClass: firsts(table.parentClass, groups),
    parentRow: firsts(parentRows(table, groupings), groups),
    pose: firsts(table.pose, groups, 4),
    size: firsts(table.size, groups, 3),
    attribute: (name) => {
      const column = table.attribute(name);
      return column && (grouping.attribute?.(name, column) ?? firsts(column, groups));
    },
    idOf: (group) => table.idOf(groups.starts[group]!),
    nameOf: (group) => table.nameOf(groups.starts[group]!),
  };
};

/** Links between groups: those of each group's first row. */
const groupLinks = (links: LinkTable, groupings: Groupings): LinkTable => {
  const groupOf = (code: number, row: number): number => {
    const groups = groupings.get(classNames[code]!)?.groups;
    if (groups === undefined) return row;
    const group = groups.ofRow[row]!;
    return groups.starts[group] === row ? group : -1;
  };
  const kept: number[] = [];
  const [from, to]: [number[], number[]] = [[], []];
  for (let i = 0; i < links.count; i++) {
    const fromRow = groupOf(links.fromClass[i]!, links.fromRow[i]!);
    const toRow = groupOf(links.toClass[i]!, links.toRow[i]!);
    if (fromRow < 0 || toRow < 0) continue;
    kept.push(i);
    from.push(fromRow);
    to.push(toRow);
  }
  const pick = (column: Uint8Array): Uint8Array => Uint8Array.from(kept, (i) => column[i]!);
  return {
    count: kept.length,
    kind: pick(links.kind),
    fromClass: pick(links.fromClass),
    fromRow: Int32Array.from(from),
    toClass: pick(links.toClass),
    toRow: Int32Array.from(to),
  };
};

/** The twin with some classes grouped. Ids of single rows find their group. */
export const groupTwin = (twin: Twin, groupings: Groupings): Twin => {
  const groupsOf = (name: ClassName): Groups | undefined => groupings.get(name)?.groups;
  const tables = new Map(twin.tables);
  for (const name of groupings.keys())
    if (tables.has(name)) tables.set(name, groupTable(twin.table(name), groupings));
  /** First or last row of a group. */
  const member = (ref: AssetRef, which: 0 | 1): AssetRef => {
    const starts = groupsOf(ref.className)?.starts;
    return starts ? { className: ref.className, row: starts[ref.row + which]! - which } : ref;
  };
  const grouped = (ref: AssetRef | undefined): AssetRef | undefined => {
    const groups = ref && groupsOf(ref.className);
    return groups ? { className: ref.className, row: groups.ofRow[ref.row]! } : ref;
  };
  return {
    ...twin,
    tables,
    links: groupLinks(twin.links, groupings),
    table: (name) => tables.get(name) ?? twin.table(name),
    find: (id) => grouped(twin.find(id)),
    idOf: (ref) => twin.idOf(member(ref, 0)),
    parentOf: (ref) => grouped(twin.parentOf(member(ref, 0))),
    rangeBelow: (ref, child) => {
      const first = twin.rangeBelow(member(ref, 0), child);
      const last = twin.rangeBelow(member(ref, 1), child);
      if (first === null || last === null) return first ?? last;
      const groups = groupsOf(child);
      return groups ? [groups.ofRow[first[0]]!, groups.ofRow[last[1] - 1]! + 1] : [first[0], last[1]];
    },
  };
};

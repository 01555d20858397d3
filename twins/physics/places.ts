import type { ClassName } from "#twins/model/metric.ts";
import { classNames } from "#twins/model/metric.ts";
import type { LinkTable, Twin } from "#twins/model/twin.ts";
import { linkKinds } from "#twins/model/twin.ts";

/** Rows [start, end) of a class below each row of another, interleaved: start₀, end₀, start₁, … Empty is 0, 0. */
export type Ranges = Int32Array;

export const rangesBelow = (twin: Twin, parent: ClassName, child: ClassName): Ranges => {
  const { count } = twin.table(parent);
  const ranges = new Int32Array(count * 2);
  for (let row = 0; row < count; row++) {
    const range = twin.rangeBelow({ className: parent, row }, child);
    if (range) ranges.set(range, row * 2);
  }
  return ranges;
};

/** Sum of a column over one range. */
export const sumRange = (values: ArrayLike<number>, ranges: Ranges, row: number): number => {
  const end = ranges[row * 2 + 1]!;
  let sum = 0;
  for (let i = ranges[row * 2]!; i < end; i++) sum += values[i]!;
  return sum;
};

/** The column, with `otherwise` where the twin does not state it: no column, or NaN. */
export const attributeOr = (
  twin: Twin,
  name: ClassName,
  attribute: string,
  otherwise: number,
): Float32Array =>
  twin
    .table(name)
    .attribute(attribute)
    ?.map((value) => (Number.isNaN(value) ? otherwise : value)) ??
  new Float32Array(twin.table(name).count).fill(otherwise);

/** The ancestor of a class for each row of another, or −1. Shape: child rows. */
export const ancestorRows = (twin: Twin, child: ClassName, ancestor: ClassName): Int32Array => {
  const rows = new Int32Array(twin.table(child).count).fill(-1);
  const ranges = rangesBelow(twin, ancestor, child);
  for (let row = 0; row < ranges.length / 2; row++) rows.fill(row, ranges[row * 2]!, ranges[row * 2 + 1]!);
  return rows;
};

/** Power links from one class to another as pairs of rows. */
export const powerPairs = (links: LinkTable, from: ClassName, to: ClassName): Int32Array => {
  const power = linkKinds.indexOf("power");
  const fromCode = classNames.indexOf(from);
  const toCode = classNames.indexOf(to);
  const pairs: number[] = [];
  for (let i = 0; i < links.count; i++)
    if (links.kind[i] === power && links.fromClass[i] === fromCode && links.toClass[i] === toCode)
      pairs.push(links.fromRow[i]!, links.toRow[i]!);
  return Int32Array.from(pairs);
};

/** Ratings of what serves a place, scaled by the part of the place that is commissioned. Shape: child rows. */
export const commissioned = (ratings: Float32Array, ranges: Ranges, parts: Float64Array): Float32Array => {
  const scaled = ratings.slice();
  for (let place = 0; place < parts.length; place++)
    for (let row = ranges[place * 2]!; row < ranges[place * 2 + 1]!; row++)
      scaled[row] = ratings[row]! * parts[place]!;
  return scaled;
};

/** Share of each building's racks that are commissioned; its cooling plant is commissioned by the same share. */
export const commissionedBuildings = (twin: Twin): Float64Array => {
  const all = attributeOr(twin, "building", "physicalRacks", 0);
  const live = attributeOr(twin, "building", "telemetered", 0);
  return Float64Array.from(all, (racks, row) =>
    racks > 0 && live[row]! > 0 ? Math.min(1, live[row]! / racks) : 1,
  );
};

/** Share of each room's rated power whose racks there are: only so many of its units and UPS modules are commissioned. */
export const commissionedRooms = (twin: Twin): Float64Array => {
  const racks = rangesBelow(twin, "room", "rack");
  const whole = attributeOr(twin, "room", "ratedKw", 0);
  const rackKw = attributeOr(twin, "rack", "ratedKw", 5);
  return Float64Array.from(whole, (kw, room) =>
    kw > 0 ? Math.min(1, sumRange(rackKw, racks, room) / kw) : 1,
  );
};

/** A rectangle to be put somewhere, m. */
export interface Extent {
  readonly width: number;
  readonly depth: number;
}

/** Rectangles put side by side: the middle of each from the middle of all, in the order given. */
export interface Arrangement extends Extent {
  readonly centres: readonly (readonly [east: number, north: number])[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The largest number, at least `least`; of any count, where a call with as many arguments would not be possible. */
export const most = (least: number, numbers: readonly number[]): number =>
  numbers.reduce((a, b) => Math.max(a, b), least);

/** Middle of each length laid one behind another. */
const middles = (lengths: readonly number[], gap: number): readonly number[] => {
  let start = 0;
  return lengths.map((length) => {
    const middle = start + length / 2;
    start += length + gap;
    return middle;
  });
};

const inColumns = (cells: readonly Extent[], columns: number, gap: number): Arrangement => {
  const rows = Math.ceil(cells.length / columns);
  const widths = Array.from({ length: columns }, () => 0);
  const depths = Array.from({ length: rows }, () => 0);
  for (const [i, { width, depth }] of cells.entries()) {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    widths[column] = Math.max(widths[column]!, width);
    depths[row] = Math.max(depths[row]!, depth);
  }
  const width = sum(widths) + (columns - 1) * gap;
  const depth = sum(depths) + (rows - 1) * gap;
  const [east, south] = [middles(widths, gap), middles(depths, gap)];
  const centres = cells.map((_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return [east[column]! - width / 2, depth / 2 - south[row]!] as const;
  });
  return { width, depth, centres };
};

/**
 * A table of cells, first at the north-west, with so many columns that it is about `ratio` times as wide as deep, and
 * few places stay empty.
 */
export const inTable = (
  cells: readonly Extent[],
  { ratio, gap }: { readonly ratio: number; readonly gap: number },
): Arrangement => {
  let best: Arrangement = { width: 0, depth: 0, centres: [] };
  let least = Number.POSITIVE_INFINITY;
  // Of many columns one more or less makes no difference.
  for (let columns = 1; columns <= cells.length; columns += Math.ceil(columns / 20)) {
    const table = inColumns(cells, columns, gap);
    const empty = Math.ceil(cells.length / columns) * columns - cells.length;
    const miss = Math.abs(Math.log(table.width / table.depth / ratio)) + empty / cells.length;
    if (miss < least) [best, least] = [table, miss];
  }
  return best;
};

/** Shelves of things one behind another from south to north, none wider than `width` unless one thing is. */
export const onShelves = (
  things: readonly Extent[],
  { width, gap }: { readonly width: number; readonly gap: number },
): Arrangement => {
  const shelves: { items: number[]; used: number; depth: number }[] = [];
  for (const [i, thing] of things.entries()) {
    const last = shelves.at(-1);
    const used = last ? last.used + gap + thing.width : thing.width;
    if (last && used <= width) {
      last.items.push(i);
      last.used = used;
      last.depth = Math.max(last.depth, thing.depth);
    } else shelves.push({ items: [i], used: thing.width, depth: thing.depth });
  }
  const depth = sum(shelves.map((shelf) => shelf.depth)) + Math.max(0, shelves.length - 1) * gap;
  const centres: (readonly [number, number])[] = [];
  let south = -depth / 2;
  for (const shelf of shelves) {
    let west = -shelf.used / 2;
    for (const i of shelf.items) {
      centres[i] = [west + things[i]!.width / 2, south + shelf.depth / 2];
      west += things[i]!.width + gap;
    }
    south += shelf.depth + gap;
  }
  return {
    width: most(
      0,
      shelves.map((shelf) => shelf.used),
    ),
    depth,
    centres,
  };
};

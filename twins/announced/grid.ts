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
  const middle = (lengths: readonly number[], i: number): number =>
    sum(lengths.slice(0, i)) + i * gap + lengths[i]! / 2;
  const centres = cells.map((_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return [middle(widths, column) - width / 2, depth / 2 - middle(depths, row)] as const;
  });
  return { width, depth, centres };
};

/** Columns that are tried. */
const mostColumns = 40;

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
  for (let columns = 1; columns <= Math.min(cells.length, mostColumns); columns++) {
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
  return { width: Math.max(0, ...shelves.map((shelf) => shelf.used)), depth, centres };
};

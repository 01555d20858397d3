import type { Box } from "#renderer/scene/campus/layout.ts";

/** Level ground along the axes, m; south is +z. */
export interface Rect {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** The footprint of a box that stands along the axes, and a margin. */
export const around = ({ x, z, width, depth }: Box, margin: number): Rect => ({
  west: x - width / 2 - margin,
  east: x + width / 2 + margin,
  north: z - depth / 2 - margin,
  south: z + depth / 2 + margin,
});

/** How finely free ground is looked for, and how large a piece may be, m; how many pieces at most. */
export interface Grain {
  readonly cell: number;
  readonly least: number;
  readonly widest: number;
  readonly deepest: number;
  readonly most: number;
}

/** Side of a tile, m. */
const tileM = 96;

/** Rectangles of at least this share of the largest one's area are taken with it. */
const nearlyAll = 0.8;

/** A free rectangle of cells; `bottom` is its southernmost row. */
interface Block {
  readonly area: number;
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly depth: number;
}

/** Cells of some ground, 1 where it is taken. */
class Cells {
  readonly columns: number;
  readonly rows: number;
  readonly #taken: Uint8Array;
  readonly #west: number;
  readonly #north: number;

  readonly #grain: Grain;

  constructor({ west, east, north, south }: Rect, taken: readonly Rect[], grain: Grain) {
    this.#grain = grain;
    const { cell } = grain;
    this.#west = west + 4;
    this.#north = north + 4;
    this.columns = Math.max(0, Math.floor((east - west - 8) / cell));
    this.rows = Math.max(0, Math.floor((south - north - 8) / cell));
    this.#taken = new Uint8Array(this.columns * this.rows);
    for (const rect of taken) this.#take(rect);
  }

  #take(rect: Rect): void {
    const { cell } = this.#grain;
    const clamp = (v: number, most: number): number => Math.min(most, Math.max(0, v));
    const from = clamp(Math.floor((rect.west - this.#west) / cell), this.columns);
    const to = clamp(Math.ceil((rect.east - this.#west) / cell), this.columns);
    const low = clamp(Math.floor((rect.north - this.#north) / cell), this.rows);
    const high = clamp(Math.ceil((rect.south - this.#north) / cell), this.rows);
    for (let j = low; j < high; j++) this.#taken.fill(1, j * this.columns + from, j * this.columns + to);
  }

  /**
   * Takes the largest free rectangle that is left, and with it those that are nearly as large and clear of it: a search
   * costs a look at every cell. Empty when none is worth it.
   */
  takeLargest(): Rect[] {
    const found = this.#search().sort((p, q) => q.area - p.area);
    const least = (found[0]?.area ?? 0) * nearlyAll;
    return found
      .filter((block) => block.area >= least)
      .flatMap((block) => {
        if (!this.#isFree(block)) return [];
        const { cell } = this.#grain;
        const south = this.#north + (block.bottom + 1) * cell;
        const west = this.#west + block.left * cell;
        const rect = { west, south, east: west + block.width * cell, north: south - block.depth * cell };
        this.#take(rect);
        return [rect];
      });
  }

  /** The largest rectangle that ends in each row of cells: heights of free columns, and a stack of those that rise. */
  #search(): Block[] {
    const { cell, widest, deepest, least } = this.#grain;
    const most = [Math.floor(widest / cell), Math.floor(deepest / cell)] as const;
    const heights = new Int16Array(this.columns + 1);
    const stack = new Int16Array(this.columns + 2);
    const found: Block[] = [];
    for (let j = 0; j < this.rows; j++) {
      for (let i = 0; i < this.columns; i++)
        heights[i] = this.#taken[j * this.columns + i] ? 0 : heights[i]! + 1;
      let best: Block | null = null;
      for (let i = 0, size = 0; i <= this.columns; i++) {
        while (size > 0 && heights[stack[size - 1]!]! >= heights[i]!) {
          const depth = Math.min(most[1], heights[stack[--size]!]!);
          const left = size > 0 ? stack[size - 1]! + 1 : 0;
          const width = Math.min(most[0], i - left);
          const area = width * depth;
          if (Math.min(width, depth) * cell < least || area <= (best?.area ?? 0)) continue;
          best = { area, left, bottom: j, width, depth };
        }
        stack[size++] = i;
      }
      if (best) found.push(best);
    }
    return found;
  }

  #isFree({ left, bottom, width, depth }: Block): boolean {
    for (let j = bottom - depth + 1; j <= bottom; j++) {
      const row = j * this.columns + left;
      if (this.#taken.subarray(row, row + width).includes(1)) return false;
    }
    return true;
  }
}

/** The largest free rectangles of some ground, largest first. */
export const freeRects = (ground: Rect, taken: readonly Rect[], grain: Grain): Rect[] => {
  const inside = taken.filter(
    (r) => r.west < ground.east && r.east > ground.west && r.north < ground.south && r.south > ground.north,
  );
  const cells = new Cells(ground, inside, grain);
  const found: Rect[] = [];
  for (let taking = cells.takeLargest(); taking.length > 0; taking = cells.takeLargest()) {
    found.push(...taking);
    if (found.length >= grain.most) break;
  }
  return found;
};

/** Which points lie in none of many rectangles: they are kept by tiles, so that a question looks at a few. */
export const outsideOf = (rects: readonly Rect[]): ((x: number, z: number) => boolean) => {
  const tiles = new Map<number, Rect[]>();
  const tileOf = (v: number): number => Math.floor(v / tileM) + 4096;
  for (const rect of rects)
    for (let i = tileOf(rect.west); i <= tileOf(rect.east); i++)
      for (let j = tileOf(rect.north); j <= tileOf(rect.south); j++) {
        const tile = tiles.get(i * 8192 + j);
        if (tile) tile.push(rect);
        else tiles.set(i * 8192 + j, [rect]);
      }
  return (x, z) =>
    !tiles
      .get(tileOf(x) * 8192 + tileOf(z))
      ?.some((r) => x > r.west && x < r.east && z > r.north && z < r.south);
};

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

  /** Takes the largest free rectangle that is left, no larger than a lot may be; null when none is worth it. */
  takeLargest(): Rect | null {
    const { cell } = this.#grain;
    const heights = new Int16Array(this.columns + 1);
    const stack: number[] = [];
    const [widest, deepest] = [Math.floor(this.#grain.widest / cell), Math.floor(this.#grain.deepest / cell)];
    const least = this.#grain.least / cell;
    let best = { area: 0, left: 0, bottom: 0, width: 0, depth: 0 };
    for (let j = 0; j < this.rows; j++) {
      for (let i = 0; i < this.columns; i++)
        heights[i] = this.#taken[j * this.columns + i] ? 0 : heights[i]! + 1;
      stack.length = 0;
      for (let i = 0; i <= this.columns; i++) {
        while (stack.length > 0 && heights[stack.at(-1)!]! >= heights[i]!) {
          const depth = Math.min(deepest, heights[stack.pop()!]!);
          const left = stack.length > 0 ? stack.at(-1)! + 1 : 0;
          const width = Math.min(widest, i - left);
          if (width < least || depth < least || width * depth <= best.area) continue;
          best = { area: width * depth, left, bottom: j, width, depth };
        }
        stack.push(i);
      }
    }
    if (best.area === 0) return null;
    const south = this.#north + (best.bottom + 1) * cell;
    const west = this.#west + best.left * cell;
    const rect = { west, south, east: west + best.width * cell, north: south - best.depth * cell };
    this.#take(rect);
    return rect;
  }
}

/** The largest free rectangles of some ground, largest first. */
export const freeRects = (ground: Rect, taken: readonly Rect[], grain: Grain): Rect[] => {
  const inside = taken.filter(
    (r) => r.west < ground.east && r.east > ground.west && r.north < ground.south && r.south > ground.north,
  );
  const cells = new Cells(ground, inside, grain);
  const found: Rect[] = [];
  for (let rect = cells.takeLargest(); rect && found.length < grain.most; rect = cells.takeLargest())
    found.push(rect);
  return found;
};

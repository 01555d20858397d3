import type { Pose } from "./table.ts";

/** Side of a cell, m: about the pitch of data halls, so that a building meets few others. */
const cellM = 128;
/** A footprint that lies in more cells than this is compared with every other one instead. */
const mostCells = 1_024;
/** Buildings that share a wall touch; rounding must not make that an overlap, m. */
const touchM = 0.01;

/** A rectangle on the ground, turned by its yaw. */
interface Footprint {
  readonly id: string;
  readonly east: number;
  readonly north: number;
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly cos: number;
  readonly sin: number;
}

const footprintOf = (id: string, [east, north, , yawDeg]: Pose, size: readonly number[]): Footprint => {
  const yaw = (yawDeg * Math.PI) / 180;
  const [width = 0, depth = 0] = size;
  return {
    id,
    east,
    north,
    halfWidth: width / 2,
    halfDepth: depth / 2,
    cos: Math.cos(yaw),
    sin: Math.sin(yaw),
  };
};

/** Half the length of a footprint's shadow on an axis of length 1. */
const shadow = (of: Footprint, x: number, y: number): number =>
  Math.abs(of.cos * x - of.sin * y) * of.halfWidth + Math.abs(of.sin * x + of.cos * y) * of.halfDepth;

/** True unless one of the four directions of their walls keeps them apart. */
const meet = (a: Footprint, b: Footprint): boolean => {
  const [east, north] = [b.east - a.east, b.north - a.north];
  const axes = [
    [a.cos, -a.sin],
    [a.sin, a.cos],
    [b.cos, -b.sin],
    [b.sin, b.cos],
  ] as const;
  return axes.every(([x, y]) => Math.abs(east * x + north * y) < shadow(a, x, y) + shadow(b, x, y) - touchM);
};

/** The ground that buildings stand on, by cells: a new one is compared with its neighbours, not with all. */
export class Ground {
  readonly #cells = new Map<string, Footprint[]>();
  readonly #vast: Footprint[] = [];
  readonly #all: Footprint[] = [];

  /** Takes the ground for a building. @returns id of one that stands there already: then nothing is taken. */
  claim(id: string, pose: Pose, size: readonly number[]): string | undefined {
    const own = footprintOf(id, pose, size);
    const keys = this.#keysOf(own);
    const near = keys ? [...this.#vast, ...keys.flatMap((key) => this.#cells.get(key) ?? [])] : this.#all;
    const other = near.find((candidate) => meet(candidate, own));
    if (other) return other.id;
    this.#all.push(own);
    if (keys === null) this.#vast.push(own);
    for (const key of keys ?? []) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(own);
      else this.#cells.set(key, [own]);
    }
    return undefined;
  }

  /** Cells that a footprint's bounds lie in; null when there are too many. */
  #keysOf(own: Footprint): readonly string[] | null {
    const span = (centre: number, half: number): readonly [number, number] => [
      Math.floor((centre - half) / cellM),
      Math.floor((centre + half) / cellM),
    ];
    const [west, east] = span(own.east, shadow(own, 1, 0));
    const [south, north] = span(own.north, shadow(own, 0, 1));
    if ((east - west + 1) * (north - south + 1) > mostCells) return null;
    const keys: string[] = [];
    for (let x = west; x <= east; x++) for (let y = south; y <= north; y++) keys.push(`${x} ${y}`);
    return keys;
  }
}

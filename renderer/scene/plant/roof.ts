import type { BuildingRecord, Layout } from "#renderer/scene/campus/layout.ts";
import { chance } from "#renderer/scene/campus/scatter.ts";
import { within } from "#renderer/scene/campus/site.ts";
import { Stage } from "#twins/model/twin.ts";
import { deckM } from "./cooling.ts";
import type { Member } from "./crowd.ts";
import { Part } from "./partKits.ts";

const steel = 0x868e95;
const pale = 0xb4b9bd;

/** Wide halls have smoke vents in rows beyond the strips that carry data; this far from the ridge, m. */
const clearOfFields = 23;

const rods = (b: BuildingRecord, put: Put): void => {
  const count = Math.max(2, Math.round(b.width / 22));
  for (let i = 0; i <= count; i++)
    for (const side of [-1, 1])
      put(
        Part.upright,
        [(i / count - 0.5) * (b.width - 0.4), b.height, side * (b.depth / 2 - 0.2)],
        [0.09, 2.2, 0.09],
        0x9aa1a7,
      );
};

const vents = (b: BuildingRecord, put: Put): void => {
  const roof = b.height - deckM;
  for (const end of [-1, 1])
    for (let i = 0; i < 4; i++) {
      const south = (i - 1.5) * Math.min(5.2, (b.depth - 12) / 4);
      const east = end * (b.width / 2 - 2.6);
      if (chance(b.row, i * 2 + end) < 0.3) put(Part.box, [east, roof, south], [1.5, 0.9, 1.5], pale);
      else {
        put(Part.upright, [east, roof, south], [0.7, 0.8, 0.7], steel);
        put(Part.upright, [east, roof + 0.8, south], [1.1, 0.35, 1.1], pale);
      }
    }
  for (let south = clearOfFields; south < b.depth / 2 - 6; south += 11)
    for (let east = -b.width / 2 + 9; east < b.width / 2 - 8; east += 9.5)
      for (const side of [-1, 1]) put(Part.box, [east, roof, side * south], [2.6, 0.55, 1.6], 0xc3c8cc);
};

/** Cable trays along the roof, from the shaft at one end to the plant on the ridge. */
const trays = (b: BuildingRecord, put: Put): void => {
  const roof = b.height - deckM;
  for (const side of [-1, 1]) {
    put(Part.box, [0, roof + 0.35, side * 5.5], [b.width - 9, 0.16, 0.62], 0x959ca2);
    for (let east = -b.width / 2 + 6; east < b.width / 2 - 5; east += 6)
      put(Part.box, [east, roof, side * 5.5], [0.12, 0.36, 0.7], steel);
  }
};

/** Downpipes on the long walls and ladders with cages at the ends: what a wall carries besides its pattern. */
const wallParts = (b: BuildingRecord, put: Put): void => {
  const bays = Math.max(3, Math.round(b.width / 27));
  for (let i = 0; i <= bays; i++)
    for (const side of [-1, 1]) {
      const east = (i / bays - 0.5) * (b.width - 1.2);
      put(Part.upright, [east, 0.2, side * (b.depth / 2 + 0.14)], [0.2, b.height - 1.5, 0.2], 0x8d9398);
      put(Part.box, [east, b.height - 1.5, side * (b.depth / 2 + 0.16)], [0.5, 0.4, 0.32], 0x8d9398);
    }
};

type Put = (
  kit: number,
  at: readonly [number, number, number],
  size: readonly [number, number, number],
  tint: number,
) => void;

/** What stands on roofs and hangs on walls besides machines; it goes with the shell. */
export const shellParts = (layout: Layout): Member[] =>
  layout.buildings.flatMap((b): Member[] => {
    if (b.stage !== Stage.built || b.height < 9) return [];
    const found: Member[] = [];
    const put: Put = (kit, at, size, tint) => {
      found.push({ ...within(b, at, size), kit, tint, on: b.row, isSkin: true });
    };
    rods(b, put);
    vents(b, put);
    wallParts(b, put);
    if (b.racks[1] > b.racks[0] && b.depth > 34) trays(b, put);
    return found;
  });

/** A building under construction is this much of its height, as its volume is drawn (campus/volumes.ts). */
const builtShare = 0.5;

/** Columns that wait for the next storey, edge protection, loads on the slab, cabins and stacks around: a site at work. */
export const siteParts = (layout: Layout): Member[] =>
  layout.buildings.flatMap((b): Member[] => {
    if (b.stage !== Stage.construction) return [];
    const found: Member[] = [];
    const put: Put = (kit, at, size, tint) => {
      found.push({ ...within(b, at, size), kit, tint });
    };
    const deck = b.height * builtShare - deckM;
    const [columns, rows] = [Math.floor((b.width - 6) / 8), Math.floor((b.depth - 6) / 8)];
    for (let i = 0; i <= columns; i++)
      for (let j = 0; j <= rows; j++) {
        // The next storey is cast from the west on.
        const isCast = i < columns * (0.35 + 0.3 * chance(b.row));
        const at = [(i - columns / 2) * 8, deck, (j - rows / 2) * 8] as const;
        put(Part.box, at, isCast ? [0.7, 4.6, 0.7] : [0.3, 1.7, 0.3], isCast ? 0xa09c93 : 0x6d5a4a);
      }
    const cast = columns * (0.35 + 0.3 * chance(b.row)) * 8;
    put(Part.box, [-(columns * 8) / 2 + cast / 2 - 2, deck + 4.5, 0], [cast, 0.35, rows * 8 + 2], 0x9d998f);
    for (let i = 0; i < 9; i++) {
      const [u, v] = [chance(b.row, i + 20), chance(b.row, i + 40)];
      put(
        Part.box,
        [b.width * (u * 0.5 - 0.05), deck, (v - 0.5) * (b.depth - 14)],
        [3 + 3 * v, 0.7 + u, 1.4],
        i % 3 ? 0x8a7a5e : 0x77706a,
      );
    }
    for (let i = 0; i < 7; i++)
      put(
        Part.box,
        [-b.width / 2 + 8 + i * 6.3, 0, b.depth / 2 + 15],
        [6, i % 3 === 2 ? 2.8 : 5.6, 2.6],
        i % 2 ? 0xc9cdd0 : 0x9fb0bd,
      );
    for (let i = 0; i < 14; i++)
      put(
        Part.box,
        [b.width * (0.05 + 0.4 * chance(b.row, i)), 0, b.depth / 2 + 8 + 9 * chance(i, b.row)],
        [2 + 5 * chance(i), 0.6 + 1.1 * chance(i, 3), 1.2 + chance(i, 5)],
        i % 2 ? 0x857968 : 0x6f6a63,
      );
    return found;
  });

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

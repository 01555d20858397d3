import { type Box, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { within } from "#renderer/scene/campus/site.ts";
import { Stage } from "#twins/model/twin.ts";
import type { Member } from "./crowd.ts";
import { Part } from "./partKits.ts";

/** A bay as its kit draws it, for 110 kV, m. */
const bay = { width: 8, depth: 44, kv: 110 } as const;

interface Yard extends Box {
  /** Bays are as much larger as insulation of the voltage asks, about. */
  readonly scale: number;
}

/** Switchyards that stand; planned ones are ghosts. */
const yardsOf = ({ twin }: Layout): Yard[] => {
  const table = twin.table("substation");
  const [stage, kv] = [table.attribute("stage"), table.attribute("voltageKv")];
  return Array.from({ length: table.count }, (_, row) => row)
    .filter((row) => stage?.[row] !== Stage.planned)
    .map((row) => ({ ...boxOf(table, row), scale: ((kv?.[row] || bay.kv) / bay.kv) ** 0.62 }));
};

/** Where a control house stands in a yard: its south-west corner. */
const controlHouse = (yard: Box): Box =>
  within(yard, [-yard.width / 2 + 10, 0, yard.depth / 2 - 6], [16, 4.4, 7.5]);

/** Boxes of all control houses, for volumes. */
export const controlHouses = (layout: Layout): Box[] => yardsOf(layout).map(controlHouse);

/** Bays side by side. */
export const yardBays = (layout: Layout): Member[] =>
  yardsOf(layout).flatMap((yard) => {
    const pitch = bay.width * yard.scale;
    const count = Math.max(1, Math.floor((yard.width - 6) / pitch));
    const depth = Math.min(bay.depth * yard.scale, yard.depth - 8);
    return Array.from({ length: count }, (_, i) =>
      within(yard, [(i - (count - 1) / 2) * pitch, 0, -2], [yard.scale, yard.scale, depth / bay.depth]),
    );
  });

const wallTint = 0xa7a6a0;
const concrete = 0x94948f;

/** Walls around yards with a gate in the south, lightning masts in the corners, cable trenches, fire walls between main transformers. */
export const yardParts = (layout: Layout): Member[] => [
  ...yardsOf(layout).flatMap((yard): Member[] => {
    const part = (
      at: readonly [number, number, number],
      size: readonly [number, number, number],
      tint: number,
    ): Member => ({
      ...within(yard, at, size),
      kit: Part.box,
      tint,
    });
    const [w, d] = [yard.width / 2 + 2.5, yard.depth / 2 + 2.5];
    const side = (w * 2 - 7) / 2;
    const mast = (x: number, z: number): readonly Member[] =>
      [
        [0.42, 0, 13],
        [0.28, 13, 8],
        [0.1, 21, 5],
      ].map(([wide, up, tall]) => ({
        ...within(yard, [x * (w - 5), up! * yard.scale, z * (d - 5)], [wide!, tall! * yard.scale, wide!]),
        kit: Part.upright,
        tint: 0x7b838a,
      }));
    return [
      ...mast(-1, -1),
      ...mast(1, -1),
      ...mast(-1, 1),
      ...mast(1, 1),
      part([-w, 0, 0], [0.3, 2.3, d * 2], wallTint),
      part([w, 0, 0], [0.3, 2.3, d * 2], wallTint),
      part([-w + side / 2, 0, d], [side, 2.3, 0.3], wallTint),
      part([w - side / 2, 0, d], [side, 2.3, 0.3], wallTint),
      part([0, 0, yard.depth / 2 - 3], [yard.width - 4, 0.12, 1.1], concrete),
      ...[-1, 0, 1].map((i) => part([i * yard.width * 0.3, 0, -2], [0.9, 0.1, yard.depth - 10], concrete)),
    ];
  }),
  ...fireWalls(layout),
];

/** A main transformer is at least this wide, m: smaller ones have no wall beside them. */
const mainM = 6;

const fireWalls = ({ twin }: Layout): Member[] => {
  const table = twin.table("transformer");
  const found: Member[] = [];
  for (let row = 0; row < table.count; row++) {
    const box = boxOf(table, row);
    if (box.width < mainM) continue;
    found.push({
      ...within(box, [box.width / 2 + 2.6, 0, 0], [0.35, box.height + 0.6, box.depth + 3.4]),
      kit: Part.box,
      tint: concrete,
    });
    found.push({
      ...within(box, [0, 0, 0], [box.width + 3.4, 0.22, box.depth + 4]),
      kit: Part.box,
      tint: 0x7d7b76,
    });
  }
  return found;
};

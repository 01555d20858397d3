import { type BufferGeometry, Vector4 } from "three";
import type { Placed } from "#renderer/scene/campus/instances.ts";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";
import { type Box, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { Paving } from "#renderer/scene/place/pavingKinds.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { turbineFeet } from "./turbineFeet.ts";

/** Ground that machines of a class cover, with a margin; null without any. */
export interface Ground {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

export const groundOf = (layout: Layout, className: ClassName, margin: number): Ground | null => {
  const table = layout.twin.table(className);
  if (table.count === 0) return null;
  const ground = { west: Infinity, east: -Infinity, north: Infinity, south: -Infinity };
  for (let row = 0; row < table.count; row++) {
    const { x, z, width, depth } = boxOf(table, row);
    const reach = Math.max(width, depth) / 2;
    ground.west = Math.min(ground.west, x - reach);
    ground.east = Math.max(ground.east, x + reach);
    ground.north = Math.min(ground.north, z - reach);
    ground.south = Math.max(ground.south, z + reach);
  }
  return {
    west: ground.west - margin,
    east: ground.east + margin,
    north: ground.north - margin,
    south: ground.south + margin,
  };
};

/** Distance of the inset's border from its outermost turbines, m: rotors stay within. */
const insetM = 130;
export const windInset = (layout: Layout): Ground | null => groundOf(layout, "windTurbine", insetM);

/** Where sheep graze below turbines and tables: west, east, north and south, m; nowhere without any. */
export const pastureOf = (layout: Layout): Vector4 => {
  const grounds = [windInset(layout), groundOf(layout, "pvTable", 20)].filter((ground) => ground !== null);
  if (grounds.length === 0) return new Vector4(0, 0, 0, 0);
  return new Vector4(
    Math.min(...grounds.map(({ west }) => west)),
    Math.max(...grounds.map(({ east }) => east)),
    Math.min(...grounds.map(({ north }) => north)),
    Math.max(...grounds.map(({ south }) => south)),
  );
};

/** A flat piece of ground, without any of a kind's own numbers. */
export const pave = (
  x: number,
  z: number,
  [width, depth]: readonly [number, number],
  kind: number,
): Placed => ({
  x,
  y: 0,
  z,
  yaw: 0,
  width,
  height: 0,
  depth,
  extra: [kind, 0, 0, 0],
});

const ringOf = ({ west, east, north, south }: Ground, wide: number, kind: number): Placed[] => {
  const [x, z] = [(west + east) / 2, (north + south) / 2];
  return [
    pave(x, north, [east - west + wide, wide], kind),
    pave(x, south, [east - west + wide, wide], kind),
    pave(west, z, [wide, south - north], kind),
    pave(east, z, [wide, south - north], kind),
  ];
};

/** Distinct centres along an axis, sorted. */
export const linesOf = (layout: Layout, className: ClassName, axis: "x" | "z"): number[] => {
  const table = layout.twin.table(className);
  const found = new Set<number>();
  for (let row = 0; row < table.count; row++) found.add(Math.round(boxOf(table, row)[axis] * 10) / 10);
  return [...found].sort((a, b) => a - b);
};

/** Everything flat of solar field and batteries. */
export const energyGround = (layout: Layout): Placed[] => {
  const found: Placed[] = [];
  const solar = groundOf(layout, "pvTable", 12);
  if (solar) {
    found.push(...ringOf(solar, 5, Paving.yard));
    const rows = linesOf(layout, "pvTable", "z");
    for (let i = 5; i < rows.length; i += 5)
      found.push(
        pave(
          (solar.west + solar.east) / 2,
          (rows[i]! + rows[i - 1]!) / 2,
          [solar.east - solar.west, 2.6],
          Paving.yard,
        ),
      );
  }
  const storage = groundOf(layout, "battery", 12);
  if (storage)
    found.push(
      pave(
        (storage.west + storage.east) / 2,
        (storage.north + storage.south) / 2,
        [storage.east - storage.west, storage.south - storage.north],
        Paving.apron,
      ),
    );
  return found;
};

const steel = 0x8f969c;
const pale = 0xd9dcdd;
const concrete = 0x9b9a95;

/** Posts every five metres and three wires: a stock fence, not a wall. */
const fence = (kit: Kit, { west, east, north, south }: Ground): void => {
  const post = { color: steel } as const;
  const side = (x: number, z: number, [dx, dz]: readonly [number, number], length: number): void => {
    for (let at = 0; at <= length; at += 6)
      kit.box([x + dx * at - 0.04, -0.2, z + dz * at - 0.04], [0.08, 2.1, 0.08], post);
    for (const y of [0.35, 1, 1.6])
      kit.box(
        [x - 0.02, y, z - 0.02],
        [Math.max(0.04, dx * length), 0.04, Math.max(0.04, dz * length)],
        post,
      );
  };
  side(west, north, [1, 0], east - west);
  side(west, south, [1, 0], east - west);
  side(west, north, [0, 1], south - north);
  side(east, north, [0, 1], south - north);
};

/** Box transformer of a solar block: housing on a plinth, louvred doors, low roof. */
const boxTransformer = (kit: Kit, x: number, z: number): void => {
  kit
    .box([x - 1.5, -0.3, z - 1.1], [3, 0.6, 2.2], { color: concrete })
    .box([x - 1.35, 0.3, z - 0.95], [2.7, 2.1, 1.9], { color: 0xc9cec6 })
    .box([x - 1.2, 0.5, z + 0.93], [1.1, 1.6, 0.06], { color: 0x8d958f, finish: Finish.louvre })
    .box([x + 0.1, 0.5, z + 0.93], [1.1, 1.6, 0.06], { color: 0xb7bdb4 })
    .box([x - 1.45, 2.4, z - 1.05], [2.9, 0.14, 2.1], { color: 0x9aa19b });
};

/** Converter skid between two rows of containers: PCS, transformer, busbar. */
const converter = (kit: Kit, x: number, z: number): void => {
  kit
    .box([x - 1.3, -0.2, z - 4.4], [2.6, 0.5, 8.8], { color: concrete })
    .box([x - 1.15, 0.3, z - 4.2], [2.3, 2.3, 3.4], { color: pale })
    .box([x - 1.18, 0.6, z - 4], [0.05, 1.6, 3], { color: 0x7c858c, finish: Finish.louvre })
    .box([x + 1.13, 0.6, z - 4], [0.05, 1.6, 3], { color: 0x7c858c, finish: Finish.louvre })
    .box([x - 0.9, 0.3, z - 0.1], [1.8, 1.7, 2.2], { color: 0x87929a })
    .box([x - 1.2, 0.4, z], [0.3, 1.3, 2], { color: 0x707b83, finish: Finish.louvre })
    .box([x + 0.9, 0.4, z], [0.3, 1.3, 2], { color: 0x707b83, finish: Finish.louvre })
    .prism([x - 0.4, 2, z + 1], [0.1, 0.06, 0.6], { color: 0x6b4a3a, sides: 6 })
    .prism([x, 2, z + 1], [0.1, 0.06, 0.6], { color: 0x6b4a3a, sides: 6 })
    .prism([x + 0.4, 2, z + 1], [0.1, 0.06, 0.6], { color: 0x6b4a3a, sides: 6 })
    .box([x - 1.1, 0.3, z + 2.6], [2.2, 2.1, 1.5], { color: 0xc9cec6 });
};

const solarYard = (kit: Kit, layout: Layout): void => {
  const solar = groundOf(layout, "pvTable", 17);
  if (!solar) return;
  fence(kit, solar);
  const rows = linesOf(layout, "pvTable", "z");
  const columns = linesOf(layout, "pvTable", "x");
  // One for every fifty tables: in the gap between columns, beside a track.
  for (let r = 5; r < rows.length; r += 5)
    for (let c = 5; c < columns.length; c += 10)
      boxTransformer(kit, (columns[c]! + columns[c - 1]!) / 2, (rows[r]! + rows[r - 1]!) / 2 - 2.9);
};

const storageYard = (kit: Kit, layout: Layout): void => {
  const ground = groundOf(layout, "battery", 10);
  if (!ground) return;
  fence(kit, ground);
  const rows = linesOf(layout, "battery", "z");
  const columns = linesOf(layout, "battery", "x");
  for (const z of rows) {
    for (let c = 1; c < columns.length; c += 2) converter(kit, (columns[c]! + columns[c - 1]!) / 2, z);
    // Cable trench along the heads of the containers, its covers a hand above the ground.
    kit.box([ground.west + 6, -0.2, z + 7.3], [ground.east - ground.west - 12, 0.34, 1.1], {
      color: 0x74736f,
    });
  }
  kit.box([ground.west + 4, -0.2, ground.north + 6], [1.1, 0.34, ground.south - ground.north - 12], {
    color: 0x74736f,
  });
};

/** All that stands still between tables and containers and at the feet of turbines, in world metres: one piece, one draw. */
export const energyYard = (layout: Layout): BufferGeometry => {
  const kit = new Kit();
  solarYard(kit, layout);
  storageYard(kit, layout);
  turbineFeet(kit, layout);
  return kit.build();
};

/** Containers, long axis north–south. */
export const containers = ({ twin }: Layout): Placed[] => {
  const table = twin.table("battery");
  return Array.from({ length: table.count }, (_, row): Placed => {
    const box: Box = boxOf(table, row);
    return { ...box, asset: { className: "battery", row }, extra: [0, 0, 1, (row * 0.37) % 1] };
  });
};

/** Battery container: corrugated sides with doors, cooling units at the head, vents on the roof. Unit box, long axis z. */
export const containerKit = (): BufferGeometry => {
  const kit = new Kit()
    .box([-0.5, 0, -0.5], [1, 0.07, 1], { color: 0x5b6066 })
    .box([-0.49, 0.07, -0.49], [0.98, 0.88, 0.98], { color: 0xdfe3e4 })
    .box([-0.5, 0.95, -0.5], [1, 0.05, 1], { color: 0xc4cacd });
  for (const [x, z] of [
    [-0.5, -0.5],
    [0.44, -0.5],
    [-0.5, 0.488],
    [0.44, 0.488],
  ] as const)
    kit.box([x, 0.05, z], [0.06, 0.93, 0.012], { color: 0xaab1b5 });
  for (const side of [-1, 1])
    for (let i = 0; i < 6; i++) {
      const z = -0.44 + i * 0.148;
      kit.box([side * 0.495 - 0.006, 0.12, z], [0.012, 0.8, 0.004], { color: 0x9aa2a7 });
      kit.box([side * 0.495 - 0.008, 0.45, z + 0.02], [0.016, 0.1, 0.006], { color: 0x4b5359 });
      if (i % 3 === 1)
        kit.box([side * 0.495 - 0.008, 0.2, z + 0.03], [0.016, 0.32, 0.09], {
          color: 0x8b949b,
          finish: Finish.louvre,
        });
    }
  return kit
    .box([-0.4, 0.14, 0.49], [0.36, 0.74, 0.025], { color: 0xb6bdc1, finish: Finish.louvre })
    .box([0.04, 0.14, 0.49], [0.36, 0.74, 0.025], { color: 0xb6bdc1, finish: Finish.louvre })
    .build();
};

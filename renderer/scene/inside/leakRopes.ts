import { floorM, Part, type Piece } from "./pieces.ts";
import type { RoomPlan } from "./plan.ts";

/** A piece of leak rope and the sensors that tell of it. */
export interface RopePiece {
  readonly piece: Piece;
  /** Racks whose sensor it is; empty beside a coolant unit. */
  readonly racks: readonly number[];
  /** Coolant unit whose sensor it is, −1 for none. */
  readonly cdu: number;
}

/** Leak ropes on the floor behind rows that liquid cools, a piece for every rack, and around their coolant units. */
export const ropesOf = ({ rows, cdus }: RoomPlan): RopePiece[] => [
  ...rows
    .filter(({ isLiquid }) => isLiquid)
    .flatMap(({ z, depth, facing, racks: [start], rackX }): RopePiece[] =>
      rackX.map((x, i) => ({
        piece: {
          part: Part.rope,
          x,
          y: floorM,
          z: z - facing * (depth / 2 + 0.09),
          width: 0.6,
          height: 0.014,
          depth: 0.03,
        },
        racks: [start + i],
        cdu: -1,
      })),
    ),
  ...cdus.flatMap(({ row, x, z }): RopePiece[] =>
    [-1, 1].map((side) => ({
      piece: { part: Part.rope, x: x + side * 0.56, y: floorM, z, width: 0.03, height: 0.014, depth: 1.4 },
      racks: [],
      cdu: row,
    })),
  ),
];

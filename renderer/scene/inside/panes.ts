import { Part, type Piece } from "./pieces.ts";
import type { RoomPlan } from "./plan.ts";

/** Glass of the cold aisles: a roof over each, and a sliding door of frosted glass at both ends: it closes the aisle in the middle,
 * and opens to who comes near (pane.glsl.ts). */
export const panesOf = ({ rows, aisles }: RoomPlan): Piece[] =>
  aisles
    .filter(({ isCold }) => isCold)
    .flatMap(({ x, z, length, width }): Piece[] => {
      const top = (rows[0]?.height ?? 2.2) + 0.02;
      const doors = [-1, 1].flatMap((end): Piece[] =>
        [-1, 1].map((side) => ({
          part: Part.pane,
          x: x + end * (length / 2 + 0.012 * side),
          y: 0.06,
          z: z + side * width * 0.235,
          width: 0.012,
          height: top - 0.1,
          depth: width * 0.46,
          tone: 1,
        })),
      );
      return [
        { part: Part.pane, x, y: top + 0.06, z, width: length, height: 0.012, depth: width, tone: 0 },
        ...doors,
      ];
    });

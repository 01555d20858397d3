import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";

/** Shapes that take size and tint from each instance: walls, trays, rails, pipes. Black stands for the tint. */
export const Part = { upright: 0, along: 1, box: 2 } as const;

export const boxPart = (): BufferGeometry => new Kit().box([-0.5, 0, -0.5], [1, 1, 1], { color: 0 }).build();

/** In the order of `Part`: a cylinder that stands up, one along x. */
export const roundParts = (): readonly BufferGeometry[] => {
  const round = { color: 0, finish: Finish.lagging, sides: 7 } as const;
  return [
    new Kit().prism([0, 0, 0], [0.5, 0.5, 1], round).build(),
    new Kit().tube([-0.5, 0.5, 0], { axis: "x", radius: 0.5, length: 1 }, round).build(),
  ];
};

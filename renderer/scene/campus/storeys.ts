import type { Placed } from "./instances.ts";
import { ancestorRow, boxOf, type Layout } from "./layout.ts";
import { roomBlock } from "./picker.ts";

/** Rooms as blocks that fill two fifths of their storey, so that stacked floors read from the side. */
export const roomBoxes = (layout: Layout): Placed[] => {
  const table = layout.twin.table("room");
  return Array.from({ length: table.count }, (_, row) => ({
    ...roomBlock(boxOf(table, row), false),
    asset: { className: "room", row },
    extra: [row, layout.buildingOfRoom[row]!, 1 / Math.max(1, layout.racksOfRoom[row]!), 0],
  }));
};

/** Storeys of telemetered buildings as thin plates. */
export const plates = (layout: Layout): Placed[] => {
  const table = layout.twin.table("floor");
  return Array.from({ length: table.count }, (_, row) => {
    const box = boxOf(table, row);
    const building = ancestorRow(layout.twin, ["floor", row], "building");
    return {
      ...box,
      y: box.y - 0.32,
      height: 0.3,
      width: box.width - 1,
      depth: box.depth - 1,
      extra: [0, building],
    };
  });
};

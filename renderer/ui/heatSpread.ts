import { useCallback } from "react";
import { type Heatmap, heatmaps } from "#renderer/data/heatmaps.ts";
import { type Spread, spreadOf } from "#renderer/data/spread.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { useSpread } from "./Scale.tsx";
import { useView } from "./services.tsx";

const none = [0, 0] as const;

/** Class and rows that carry the colours: halls from outside, else what stands in the building or room looked into. */
const shownIn = (campus: CampusState, heatmap: Heatmap, inside: AssetRef | null) => {
  if (!inside) return { className: "building", rows: [0, campus.of("building").rows] as const } as const;
  const className = heatmap.inherited ? "room" : "rack";
  if (className === inside.className)
    return { className, rows: [inside.row, inside.row + 1] as const } as const;
  return { className, rows: campus.twin.rangeBelow(inside, className) ?? none } as const;
};

/** Where the values that the picture is coloured by lie now. */
export const useHeatSpread = (heatmap: Heatmap, step: number): Spread => {
  const inside = useView((view) => view.inside);
  const read = useCallback(
    (campus: CampusState): Spread => {
      const { className, rows } = shownIn(campus, heatmap, inside);
      const isRack = className === "rack";
      const metric = isRack ? heatmap.rack.metric : heatmap.room;
      // Of a hall a sum is shown as the mean of its racks, as its colour is.
      const perRack = (row: number): number => {
        const racks = campus.twin.rangeBelow({ className, row }, "rack") ?? none;
        return racks[1] > racks[0] ? 1 / (racks[1] - racks[0]) : Number.NaN;
      };
      return spreadOf(campus.of(className), {
        rows,
        column: metricIndex(className, metric),
        range: heatmap.range,
        ...(!isRack && heatmap === heatmaps.power && { scaleOf: perRack }),
      });
    },
    [heatmap, inside],
  );
  return useSpread(read, step);
};

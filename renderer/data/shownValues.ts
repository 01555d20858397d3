import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { type HeatmapId, heatmaps } from "./heatmaps.ts";
import type { ScaleId } from "./scales.ts";
import type { Spreading } from "./spread.ts";
import type { CampusState, ClassState } from "./state.ts";

/** The values that a scale colours in what is looked at. */
export interface ShownValues extends Omit<Spreading, "range"> {
  readonly state: ClassState;
}

const none = [0, 0] as const;

/** From the unit of a field's metric to that of its scale. */
const fieldScales = { pvTable: 1, windTurbine: 0.001 } as const;

/** Class and rows that carry the colours: halls from outside, else what stands in the building or room looked into. */
const shownIn = (campus: CampusState, id: HeatmapId, inside: AssetRef | null) => {
  if (!inside) return { className: "building", rows: [0, campus.of("building").rows] as const } as const;
  const className = heatmaps[id].inherited ? "room" : "rack";
  if (className === inside.className)
    return { className, rows: [inside.row, inside.row + 1] as const } as const;
  return { className, rows: campus.twin.rangeBelow(inside, className) ?? none } as const;
};

const heatValues = (campus: CampusState, id: HeatmapId, inside: AssetRef | null): ShownValues => {
  const { className, rows } = shownIn(campus, id, inside);
  const isRack = className === "rack";
  const metric = isRack ? heatmaps[id].rack.metric : heatmaps[id].room;
  // Of a hall a sum is shown as the mean of its racks, as its colour is.
  const perRack = (row: number): number => {
    const racks = campus.twin.rangeBelow({ className, row }, "rack") ?? none;
    return racks[1] > racks[0] ? 1 / (racks[1] - racks[0]) : Number.NaN;
  };
  return {
    state: campus.of(className),
    rows,
    column: metricIndex(className, metric),
    ...(!isRack && id === "power" && { scaleOf: perRack }),
  };
};

/** @param inside room or building that is looked into; null outside */
export const shownValues = (campus: CampusState, id: ScaleId, inside: AssetRef | null): ShownValues => {
  if (id !== "pvTable" && id !== "windTurbine") return heatValues(campus, id, inside);
  const state = campus.of(id);
  return { state, rows: [0, state.rows], column: metricIndex(id, "power"), scaleOf: () => fieldScales[id] };
};

/** Those that are usable now, in the unit of the scale. */
export const usableValues = ({ state, rows, column, scaleOf }: ShownValues): Float64Array => {
  const found: number[] = [];
  for (let row = rows[0]; row < rows[1]; row++) {
    const cell = row * state.columns + column;
    const value = state.value[cell]! * (scaleOf?.(row) ?? 1);
    if (isUsable(state.status[cell]!) && Number.isFinite(value)) found.push(value);
  }
  return Float64Array.from(found);
};

import { useCallback } from "react";
import { type Spread, spreadOf } from "#renderer/data/spread.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { useSpread } from "#renderer/ui/Scale.tsx";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";

export interface Field {
  readonly className: ClassName;
  readonly metric: string;
  readonly range: readonly [low: number, high: number];
  /** From the metric's unit to that of the range. */
  readonly scale: number;
  /** Smallest step that is told, in the unit of the range. */
  readonly step: number;
}

/** Where the values of all machines of a field lie now. `field` keeps its identity between renders. */
export const useFieldSpread = (field: Field): Spread => {
  const read = useCallback(
    (campus: CampusState): Spread => {
      const state = campus.of(field.className);
      return spreadOf(state, {
        rows: [0, state.rows],
        column: metricIndex(field.className, field.metric),
        range: field.range,
        scaleOf: () => field.scale,
      });
    },
    [field],
  );
  return useSpread(read, field.step);
};

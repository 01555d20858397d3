import { useCallback } from "react";
import type { ScaleId } from "#renderer/data/scales.ts";
import { shownValues } from "#renderer/data/shownValues.ts";
import { type Spread, spreadOf } from "#renderer/data/spread.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { useSpread } from "./Scale.tsx";
import { useView } from "./services.tsx";
import { useScale } from "./zoom.ts";

/**
 * Where the values that the picture is coloured by lie now in the range in force.
 *
 * @param step less than this of a difference is not shown
 * @param toldTo step that the values themselves have, where the range may be narrow against it; 0 for none
 */
export const useScaleSpread = (id: ScaleId, step: number, toldTo = 0): Spread => {
  const inside = useView((view) => view.inside);
  const { range } = useScale(id);
  const read = useCallback(
    (campus: CampusState): Spread => {
      const { state, ...values } = shownValues(campus, id, inside);
      return spreadOf(state, { ...values, range, step: toldTo });
    },
    [id, range, inside, toldTo],
  );
  return useSpread(read, step);
};

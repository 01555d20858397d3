import { useCallback } from "react";
import type { ScaleId } from "#renderer/data/scales.ts";
import { shownValues } from "#renderer/data/shownValues.ts";
import { type Spread, spreadOf } from "#renderer/data/spread.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { useSpread } from "./Scale.tsx";
import { useView } from "./services.tsx";
import { useScale } from "./zoom.ts";

/** Where the values that the picture is coloured by lie now in the range in force. */
export const useScaleSpread = (id: ScaleId, step: number): Spread => {
  const inside = useView((view) => view.inside);
  const { range } = useScale(id);
  const read = useCallback(
    (campus: CampusState): Spread => {
      const { state, ...values } = shownValues(campus, id, inside);
      return spreadOf(state, { ...values, range });
    },
    [id, range, inside],
  );
  return useSpread(read, step);
};

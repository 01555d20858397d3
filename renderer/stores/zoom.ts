import { fixedScales } from "#renderer/data/scales.ts";
import { shownValues, usableValues } from "#renderer/data/shownValues.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { zoomedRange } from "#renderer/data/zoomRange.ts";
import { scaleShown, type ViewStore } from "./view.ts";

/**
 * Puts round ends around the values of what is looked at now, and holds them: until it is asked again, the fixed range is
 * asked for, or something else is looked at (`createViewStore`). Does nothing where no scale leads or no value is usable.
 */
export const zoomIn = (view: ViewStore, campus: CampusState): void => {
  const state = view.getState();
  const shown = scaleShown(state);
  if (!shown) return;
  const values = usableValues(shownValues(campus, shown.scale, state.inside));
  const range = zoomedRange(values, fixedScales[shown.scale].range);
  if (range) view.setState({ zoom: { ...shown, range } });
};

/** From the fixed range to the zoomed one, and back. */
export const toggleZoom = (view: ViewStore, campus: CampusState): void => {
  if (view.getState().zoom) view.setState({ zoom: null });
  else zoomIn(view, campus);
};

import type { ViewState, ViewStore } from "#renderer/stores/view.ts";
import type { CampusRenderer } from "./campus/campusRenderer.ts";
import type { Walk } from "./inside/walk.ts";
import type { Lettering } from "./lettering.ts";
import type { QualityLadder } from "./quality.ts";

interface Following {
  readonly view: ViewStore;
  readonly ladder: QualityLadder;
  readonly campus: CampusRenderer;
  readonly walk: Walk;
  readonly lettering: Lettering;
  /** What a person sees has changed, or may have. */
  readonly onChange: () => void;
  /** A picture that is half drawn would show both the old and the new. */
  readonly onOther: () => void;
  readonly onFlight: (flight: NonNullable<ViewState["flight"]>) => void;
}

/** Has the scene do what panels and keys say. @returns what ends it */
export const followView = (parts: Following): (() => void) => {
  const { view, ladder, campus, walk, lettering, onChange, onOther, onFlight } = parts;
  let flightId = view.getState().flight?.id ?? 0;
  let before: readonly unknown[] = [];
  const apply = (): void => {
    const { heatmap, zoom, xray, walks, energy, flight, selected, hovered, language, mode, pictureChosen } =
      view.getState();
    const drawn = [heatmap, zoom, xray, energy, selected, hovered, language, mode, pictureChosen];
    if (drawn.some((each, i) => each !== before[i])) onOther();
    before = drawn;
    ladder.choose(pictureChosen);
    campus.setHeatmap(heatmap, zoom);
    campus.setXray(xray);
    campus.setEnergy(energy);
    walk.follow(walks);
    campus.mark(selected, hovered);
    lettering.write({ language, mode });
    onChange();
    if (!flight || flight.id === flightId) return;
    flightId = flight.id;
    onFlight(flight);
  };
  apply();
  // The typeface comes piece by piece: names painted before one was there lack its characters.
  const repaint = (): void => {
    lettering.renew();
    onOther();
    apply();
  };
  document.fonts.addEventListener("loadingdone", repaint);
  const unsubscribe = view.subscribe(apply);
  return () => {
    unsubscribe();
    document.fonts.removeEventListener("loadingdone", repaint);
  };
};

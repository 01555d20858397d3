import type { AssetRef, Twin } from "#twins/model/twin.ts";
import type { Navigation } from "./navigation.ts";
import type { SessionStore } from "./session.ts";
import { renameTrends, type TrendsStore } from "./trends.ts";
import type { ViewStore } from "./view.ts";

/** How far what a person looks at has moved when a campus was laid out anew, metres. */
export interface Shift {
  readonly east: number;
  readonly north: number;
}

/** The same asset in another expansion, by its id; null where it is gone. */
const again = (before: Twin, after: Twin, ref: AssetRef | null): AssetRef | null =>
  (ref && after.find(before.idOf(ref))) ?? null;

const shiftOf = (before: Twin, after: Twin, [from, to]: readonly [AssetRef, AssetRef]): Shift => {
  const old = before.table(from.className).pose;
  const now = after.table(to.className).pose;
  return {
    east: now[to.row * 4]! - old[from.row * 4]!,
    north: now[to.row * 4 + 1]! - old[from.row * 4 + 1]!,
  };
};

export interface TwinChangeInputs {
  readonly session: SessionStore;
  readonly view: ViewStore;
  readonly navigation: Navigation;
  readonly trends: TrendsStore;
  /** Called before the new campus is shown. */
  readonly onShift: (shift: Shift) => void;
}

/**
 * Keeps what a person looks at when the campus is laid out anew: selection and the way back and curves by asset id, the camera where
 * it was seen from the selected asset. Row numbers of another expansion would be other assets.
 */
export const followTwin = ({
  session,
  view,
  navigation,
  trends,
  onShift,
}: TwinChangeInputs): (() => void) => {
  let shown: Twin | null = null;
  return session.subscribe((state) => {
    if (state.phase !== "ready" || state.campus.twin === shown) return;
    const before = shown;
    const after = state.campus.twin;
    shown = after;
    if (!before) return;
    const { selected } = view.getState();
    const found = again(before, after, selected);
    onShift(selected && found ? shiftOf(before, after, [selected, found]) : { east: 0, north: 0 });
    navigation.rename((ref) => again(before, after, ref));
    renameTrends(trends, (ref) => again(before, after, ref));
    view.setState({ selected: found, hovered: null, zoom: null });
  });
};

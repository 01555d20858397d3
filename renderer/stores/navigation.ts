import type { AssetRef } from "#twins/model/twin.ts";
import { flyTo, type ViewStore } from "./view.ts";

type Place = AssetRef | "home";

/** Where the person has been: Back returns, however they came (tree, search, click, alarm). */
export interface Navigation {
  /** Returns to the place before this one; home when there is none. */
  back(): void;
  home(): void;
  /** The same places in another expansion of the twin; those that are gone are forgotten. To be called before the view has it. */
  rename(find: (ref: AssetRef) => AssetRef | null): void;
  close(): void;
}

/** Steps kept; older ones fall off. */
const depth = 50;

const isSame = (a: Place, b: Place): boolean =>
  a === b || (a !== "home" && b !== "home" && a.className === b.className && a.row === b.row);

/** Follows the view store's flights and selections, and can undo them. */
export const createNavigation = (view: ViewStore): Navigation => {
  const trail: Place[] = [];
  let here: Place = view.getState().selected ?? "home";
  let isReturning = false;
  const stop = view.subscribe((now, before) => {
    if (now.selected === before.selected && now.flight === before.flight) return;
    const next: Place = now.selected ?? "home";
    if (isSame(next, here)) return;
    if (!isReturning) {
      trail.push(here);
      if (trail.length > depth) trail.shift();
    }
    here = next;
  });
  const go = (place: Place): void => {
    isReturning = true;
    flyTo(view, place);
    isReturning = false;
  };
  return {
    back: () => go(trail.pop() ?? "home"),
    home: () => flyTo(view, "home"),
    rename: (find) => {
      const found = (place: Place): Place | null => (place === "home" ? place : find(place));
      trail.splice(0, trail.length, ...trail.flatMap((place) => found(place) ?? []));
      here = found(here) ?? "home";
    },
    close: stop,
  };
};

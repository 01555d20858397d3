import type { AssetRef, Fact } from "#twins/model/twin.ts";
import { flyTo, type LibraryPage, type ViewStore } from "./view.ts";

/** Opens the library at a page, and brings one entry of it into sight. */
export const openLibrary = (view: ViewStore, page: LibraryPage, at: string | null = null): void =>
  view.setState(({ library }) => ({ panels: "all", library: { page, at, led: library?.led ?? null } }));

export const closeLibrary = (view: ViewStore): void => view.setState({ library: null });

export const toggleLibrary = (view: ViewStore): void =>
  view.getState().library ? closeLibrary(view) : openLibrary(view, "facts");

/** Flies to where a fact is shown; the library stays open beside it. */
export const showFact = (view: ViewStore, fact: Fact, asset: AssetRef): void => {
  view.setState(({ library }) => ({ library: library && { ...library, at: fact.id, led: asset } }));
  flyTo(view, asset);
};

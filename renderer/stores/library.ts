import type { AssetRef, Fact } from "#twins/model/twin.ts";
import { flyTo, type ViewStore } from "./view.ts";

/** Pages of the library: what was published, and what the product shows beside it. */
export const libraryPages = ["facts", "figures"] as const;
export type LibraryPage = (typeof libraryPages)[number];

/** What the library of published facts shows while it is open. */
export interface LibraryPlace {
  readonly page: LibraryPage;
  /** Fact or figure that is to be brought into sight; null stays where it is. */
  readonly at: string | null;
  /** Asset that the library itself led to: it may be selected while the library stays open. */
  readonly led: AssetRef | null;
}

/** Opens the library at a page, and brings one entry of it into sight. */
export const openLibrary = (view: ViewStore, page: LibraryPage, at: string | null = null): void =>
  view.setState(({ library }) => ({ library: { page, at, led: library?.led ?? null } }));

export const closeLibrary = (view: ViewStore): void => view.setState({ library: null });

export const toggleLibrary = (view: ViewStore): void =>
  view.getState().library ? closeLibrary(view) : openLibrary(view, "facts");

/** Flies to where a fact is shown; the library stays open beside it. */
export const showFact = (view: ViewStore, fact: Fact, asset: AssetRef): void => {
  view.setState(({ library }) => ({ library: library && { ...library, at: fact.id, led: asset } }));
  flyTo(view, asset);
};
